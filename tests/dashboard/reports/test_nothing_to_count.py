"""A promise of which nothing can be counted: the same true words wherever it stands, and why nothing is compared."""

import json
import shutil
from datetime import date

import pytest
from test_reports import SWEDISH, made, words_of

from dashboard.desk import Desk
from dashboard.shell import show
from geodata.analyses.ground import open_register
from geodata.privacy import Audience
from geodata.promises.activity import ActivityKind, Party
from geodata.promises.promise import Activity, Promise, Responsible, Signature
from geodata.promises.scope import Scope
from geodata.promises.targets.unmeasured import NoNumber

pytestmark = pytest.mark.xdist_group("reports")  # one worker makes the town

SIGNED = (Signature("Kommunen och polisen", None),)
OFTEN = Activity(
    "natt",
    "Nattarbete",
    (Responsible(Party.POLICE),),
    (NoNumber("frekvent"),),
    Scope(kinds=(ActivityKind.TRAFFIC_CHECK,)),
)
SHOWN = SWEDISH("promise_so_far.shown")
PLACES = ("/", "/loften", "/loften/tom")


def body(workspace, path):
    _, found, _ = show(Desk(workspace), path=path, search="?som=namnd", shown=None)
    return json.dumps(found.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)


@pytest.fixture
def one_promise(small_workspace, tmp_path):
    """A town with the one promise that a test gives it."""

    def add(**values):
        folder = tmp_path / "town"
        shutil.copytree(small_workspace, folder)
        values = {"first": date(2026, 1, 1), **values}
        open_register(folder).promises.add(Promise("tom", "Tomt löfte", "Trafik", **values), by="kim")
        return folder

    return add


def everywhere(folder):
    yield from (body(folder, path) for path in PLACES)
    yield from (
        words_of(made(folder, name, Audience.COUNCIL)) for name in ("namnd", "aterkoppling", "tertial")
    )


def test_without_activities_there_is_nothing_to_count_wherever_it_stands(one_promise):
    folder = one_promise(signed=SIGNED)
    for words in everywhere(folder):
        assert SWEDISH("promises.no_measure") in words
        assert SHOWN not in words
    lead = words_of(made(folder, "namnd", Audience.COUNCIL))
    assert SWEDISH("promises.rest_nothing", n=1) in lead
    assert SWEDISH("promises.rest_shown", n=1) not in lead


def test_what_has_not_begun_has_not_begun_wherever_it_stands(one_promise):
    folder = one_promise(first=date(2030, 1, 1), activities=(OFTEN,))
    for words in everywhere(folder):
        assert SWEDISH("promise_so_far.not_begun") in words
        assert SHOWN not in words
    assert SWEDISH("promises.rest_not_begun", n=1) in words_of(made(folder, "namnd", Audience.COUNCIL))


def test_without_an_agreed_number_what_was_done_is_shown_wherever_it_stands(one_promise):
    folder = one_promise(activities=(OFTEN,))
    for words in everywhere(folder):
        assert SHOWN in words
    assert SWEDISH("promises.rest_shown", n=1) in words_of(made(folder, "namnd", Audience.COUNCIL))


@pytest.mark.parametrize(
    ("signed", "at_places", "why"),
    [
        (True, False, "no_place"),
        (False, True, "unsigned"),
        (False, False, "unsigned_no_place"),
    ],
)
def test_why_nothing_is_compared_is_the_true_reason(one_promise, small_workspace, signed, at_places, why):
    places = tuple(one.place_id for one in open_register(small_workspace).places()[:1]) if at_places else ()
    activity = Activity("natt", "Nattarbete", OFTEN.responsible, OFTEN.targets, Scope(places=places))
    folder = one_promise(signed=SIGNED if signed else (), activities=(activity,))
    words = words_of(made(folder, "aterkoppling", Audience.PUBLIC))
    reasons = ("no_place", "unsigned", "unsigned_no_place")
    assert [one for one in reasons if SWEDISH(f"report.aterkoppling.{one}") in words] == [why]


def test_a_signed_promise_with_a_place_is_compared(one_promise, small_workspace):
    place = open_register(small_workspace).places()[0].place_id
    activity = Activity("natt", "Nattarbete", OFTEN.responsible, OFTEN.targets, Scope(places=(place,)))
    words = words_of(
        made(one_promise(signed=SIGNED, activities=(activity,)), "aterkoppling", Audience.PUBLIC)
    )
    for one in ("no_place", "unsigned", "unsigned_no_place"):
        assert SWEDISH(f"report.aterkoppling.{one}") not in words
