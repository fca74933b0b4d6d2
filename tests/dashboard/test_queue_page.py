"""The queue on the page, over a real small town with words that a person must settle."""

import json
import shutil
import threading
from datetime import UTC, date, datetime

import pytest

from dashboard.desk import Desk
from dashboard.pages import queue
from dashboard.pages.visit import receive
from dashboard.shell import show
from dashboard.views.queue import queue_view
from etl.pipeline import (
    Batch,
    KeyedAnswer,
    PlaceChoice,
    SettledPlace,
    WaitingPhrase,
    key_answer,
    open_batch,
    run,
    settled_places,
    waiting_places,
    withdraw_place,
)
from geodata.precision import LocationPrecision

pytestmark = pytest.mark.xdist_group("queue page")  # its tests go on from what those before them left

SEARCH = "?som=samordnare"
SOURCES = """
[[source]]
name = "papper"
mapping = "paper_survey"
files = ["inbox/inmatning/svar_*.csv"]
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, small_workspace):
    folder = tmp_path_factory.mktemp("queue") / "town"
    shutil.copytree(small_workspace, folder)
    project = folder / "problembild.toml"
    project.write_text(project.read_text(encoding="utf-8") + SOURCES, encoding="utf-8")
    open_batch(folder, Batch("A", "Torget", date(2026, 3, 14)))
    for words in ("Tomteverkstaden", "Tomteverkstaden", "Trollskogen <b>", "Älvdansen"):
        key_answer(folder, KeyedAnswer(batch="A", place=words, category="environment_dark"))
    run(folder)
    return folder


@pytest.fixture
def desk(workspace):
    yield Desk(workspace)
    for answer in settled_places(workspace):
        withdraw_place(workspace, answer.phrase_key)


def key_of(desk, phrase):
    return next(one.phrase_key for one in waiting_places(desk.workspace) if one.phrase == phrase)


def text_of(component):
    return json.dumps(
        component.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    )


def test_what_waits_is_asked_about_and_the_rest_is_listed(desk):
    visit = receive(desk, "/ko", SEARCH)
    view = queue.view_of(visit, asked=key_of(desk, "Tomteverkstaden"))
    assert view.card.phrase == "Tomteverkstaden"
    assert view.card.records == "2 enkätsvar"
    assert view.card.why == "Orden nämner inget som finns i kartlagren."
    assert "Älvdansen" in {phrase for phrase, _, _ in view.waiting}
    _, body, _ = show(desk, path="/ko", search=SEARCH, shown=None)
    said = text_of(body)
    assert "Det går inte att säga" in said
    assert "Trollskogen <b>" not in said


def test_an_answer_is_kept_and_the_next_is_asked_until_it_is_undone(desk):
    key = key_of(desk, "Tomteverkstaden")
    west, south, east, north = receive(desk, "/ko", SEARCH).project.geography.extent
    point = {"lon": (west + east) / 2, "lat": (south + north) / 2}
    _lead, card, lists, marks, _ = queue.answer(desk, {"key": key, **point}, [], SEARCH)
    assert "är sparat" in card
    assert "Tomteverkstaden”</h2>" not in card
    assert "utpekad på kartan" in lists
    assert set(marks) >= {"ground_url", "bounds", "palettes", "marks"}
    (kept,) = settled_places(desk.workspace)
    assert (kept.phrase_key, kept.decided_by) == (key, "coordinator")
    _, card, lists, _, _ = queue.answer(desk, {"key": key, "withdraw": True}, [], SEARCH)
    assert "är tillbakataget" in card
    assert settled_places(desk.workspace) == ()


def test_nowhere_is_an_answer_too(desk):
    queue.answer(desk, {"key": key_of(desk, "Älvdansen"), "nowhere": True}, [], SEARCH)
    assert [one.precision for one in settled_places(desk.workspace)] == [LocationPrecision.MUNICIPALITY]


def test_what_is_skipped_is_asked_last(desk):
    key = key_of(desk, "Tomteverkstaden")
    _, card, _, _, skipped = queue.answer(desk, {"key": key, "skip": True}, [], SEARCH)
    assert skipped == [key]
    assert "Tomteverkstaden”</h2>" not in card
    assert settled_places(desk.workspace) == ()
    _, card, *_ = queue.answer(desk, {"key": key, "ask": True}, skipped, SEARCH)
    assert "Tomteverkstaden”</h2>" in card


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"lon": 0.0, "lat": 0.0}, "utanför kommunen"),
        ({"lon": "x", "lat": None}, "Säg en sak om platsen"),
        ({"choice": "finns inte"}, "ingen sådan kandidat"),
    ],
)
def test_an_answer_that_will_not_do_is_told_and_the_phrase_stays(desk, sent, fault):
    key = key_of(desk, "Tomteverkstaden")
    _, card, *_ = queue.answer(desk, {"key": key, **sent}, [], SEARCH)
    assert fault in card
    assert "Tomteverkstaden”</h2>" in card
    assert settled_places(desk.workspace) == ()


@pytest.mark.parametrize("som", ["polis", "planerare", "namnd", "allmanhet"])
def test_others_neither_see_nor_answer(desk, som):
    _, body, _ = show(desk, path="/ko", search=f"?som={som}", shown=None)
    assert "Det här visas inte för dem du ser sidan som." in text_of(body)
    key = key_of(desk, "Tomteverkstaden")
    queue.answer(desk, {"key": key, "nowhere": True}, [], f"?som={som}")
    assert settled_places(desk.workspace) == ()
    queue.apply_answers(desk, f"?som={som}")
    assert desk.imports.state.number == 0


def test_applying_imports_and_the_answer_stands_in_what_came_of_it(desk):
    queue.answer(desk, {"key": key_of(desk, "Tomteverkstaden"), "nowhere": True}, [], SEARCH)
    assert queue.apply_answers(desk, SEARCH)["path"] == "/underlag"
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(120)
    assert desk.imports.state.error is None
    table = receive(desk, "/ko", SEARCH).ground.snapshot.table("observations")
    ours = table[table["location_text"] == "Tomteverkstaden"]
    assert list(ours["location_precision"]) == ["municipality", "municipality"]


def test_choices_have_keys_kinds_and_a_place_on_the_map(swedish):
    choices = (
        PlaceChoice("c1", "Tegnérskolan", "school", LocationPrecision.NAMED_PLACE, 0.83, 12.9, 59.1),
        PlaceChoice("c2", "Älvsborg", "district", LocationPrecision.AREA, 0.8, None, None),
        PlaceChoice("c3", "Något", "brand_new_kind", LocationPrecision.NAMED_PLACE, 0.7, 12.8, 59.0),
    )
    waiting = WaitingPhrase("skolan", "skolan", {"survey": 1, "incident": 2}, "ambiguous", choices)
    wordless = WaitingPhrase("", "", {"survey": 7}, "no_words", ())
    answered = SettledPlace(
        "Systemet",
        "systemet",
        "Systembolaget",
        LocationPrecision.NAMED_PLACE,
        12.9,
        59.1,
        "anna",
        datetime(2026, 3, 14, tzinfo=UTC),
    )
    view = queue_view(swedish, waiting=[waiting, wordless], settled=[answered])
    assert view.sentence == "1 ord för en plats väntar på dig."
    assert "7 uppgifter säger inget om platsen" in view.basis
    assert view.card.records == "1 enkätsvar och 2 händelser"
    assert [(one.number, one.kind, one.lonlat) for one in view.card.choices] == [
        ("1", "Skola", (12.9, 59.1)),
        ("2", "Område", None),
        ("3", "Plats", (12.8, 59.0)),
    ]
    assert view.card.choices[0].sure == "passar till 83\xa0%"
    assert view.settled == (("Systemet", "Systembolaget", "systemet"),)


def test_an_empty_queue_says_so(swedish):
    view = queue_view(swedish, waiting=[], settled=[])
    assert (view.card, view.sentence) == (None, "Inga ord för platser väntar på svar.")
