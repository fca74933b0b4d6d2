"""Pairs of records on the page, over a real small town where two answers say the same of one spot."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest

from dashboard.components.links import link_list
from dashboard.desk import Desk
from dashboard.pages import links as links_page
from dashboard.shell import show
from dashboard.views.links import links_view
from etl.pipeline import (
    Batch,
    KeyedAnswer,
    LinkedRecord,
    LinkView,
    add_sources,
    key_answer,
    links,
    open_batch,
    restore_link,
    run,
)
from geodata.project import read_project

SEARCH = "?som=samordnare"
SAID = "Lamporna vid gångtunneln har varit trasiga sedan i höstas och ingen vågar gå där"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, small_workspace):
    folder = tmp_path_factory.mktemp("links") / "town"
    shutil.copytree(small_workspace, folder)
    add_sources(folder)
    west, south, east, north = read_project(folder).geography.extent
    point = {"longitude": (west + east) / 2, "latitude": (south + north) / 2}
    for code in "AB":
        open_batch(folder, Batch(code, "Torget", date(2026, 3, 14)))
        answer = KeyedAnswer(batch=code, respondent="resident", category="environment_dark", comment=SAID)
        key_answer(folder, KeyedAnswer(**{name: getattr(answer, name) for name in answer.__slots__} | point))
    run(folder)
    return folder


@pytest.fixture
def desk(workspace):
    yield Desk(workspace)
    for link in links(workspace):
        if link.undone:
            restore_link(workspace, link.record.observation_id, link.linked_to.observation_id)


def ours(desk):
    return next(link for link in links(desk.workspace) if link.record.text == SAID)


def sent(link, **more):
    return {"record": link.record.observation_id, "linked": link.linked_to.observation_id, **more}


def text_of(component):
    return json.dumps(
        component.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    )


def test_a_pair_is_shown_parted_and_one_again(desk):
    _, body, _ = show(desk, path="/dubbletter", search=SEARCH, shown=None)
    assert SAID in text_of(body)
    link = ours(desk)
    lead, pairs = links_page.answer(desk, sent(link), SEARCH)
    assert "1 par är delat." in lead
    assert "Låt dem höra ihop igen" in pairs
    assert ours(desk).undone
    _, pairs = links_page.answer(desk, sent(link, restore=True), SEARCH)
    assert "Paret hör ihop igen" in pairs
    assert not ours(desk).undone


def test_a_pair_that_is_not_there_is_told(desk):
    _, pairs = links_page.answer(desk, {"record": "x", "linked": "y"}, SEARCH)
    assert 'class="fault"' in pairs


@pytest.mark.parametrize("som", ["polis", "planerare", "namnd", "allmanhet"])
def test_others_neither_see_nor_part(desk, som):
    _, body, _ = show(desk, path="/dubbletter", search=f"?som={som}", shown=None)
    assert "Det här visas inte för dem du ser sidan som." in text_of(body)
    links_page.answer(desk, sent(ours(desk)), f"?som={som}")
    assert not ours(desk).undone


def test_a_pair_says_why_how_sure_and_what_both_are(swedish):
    record = LinkedRecord("a", "enkat", date(2026, 3, 14), "vid <torget>", "")
    other = LinkedRecord("b", "polisen", None, "", "Bil & cykel")
    view = links_view(
        swedish,
        [LinkView(record, other, "same_accident", 0.83, undone=False)],
        mappings={"polisen": "strada"},
    )
    (pair,) = view.pairs
    assert (pair.why, pair.sure) == ("Samma olycka", "plats, tid och skada stämmer till 83\xa0%")
    assert pair.counts.head == "Olyckor (Strada) · okänt"
    assert pair.repeats.text == "utan text"
    written = link_list(swedish, view)
    assert "vid &lt;torget&gt;" in written
    assert "Bil &amp; cykel" in written


def test_the_same_words_are_no_certainty_and_a_forms_sentence_says_so(swedish):
    def pair(number):
        record = LinkedRecord(f"a{number}", "polisen", None, "", "Larm om trafikolycka.")
        return LinkView(record, replace(record, observation_id=f"b{number}"), "same_event", 1.0, undone=False)

    alone = links_view(swedish, [pair(1)], mappings={}).pairs[0].sure
    assert alone == "samma minut och plats, orden är lika till 100\xa0%"
    often = links_view(swedish, [pair(number) for number in range(3)], mappings={}).pairs[0].sure
    assert often == f"{alone} · samma mening står i 3 par och säger lite i sig"


def test_without_pairs_the_page_says_so(swedish):
    assert links_view(swedish, [], mappings={}).sentence == "Inga uppgifter räknas som upprepningar av andra."
