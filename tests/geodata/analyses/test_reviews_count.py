"""A review of the register counts for a promise, once, and its decision is the promise's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import shapely
from test_promised import SCHOOL, SQUARE
from test_reviews import measure, review

from geodata.analyses.reviews_done import as_entry, concluded, done_work
from geodata.promises.activity import ActivityKind, Party
from geodata.promises.progress import progress
from geodata.promises.promise import Activity, Promise, Responsible
from geodata.promises.scope import Scope
from geodata.promises.setting import Setting
from geodata.promises.targets.count import Count
from geodata.promises.targets.each import Each, Item
from geodata.promises.targets.measure import State
from geodata.reviews.review import ReviewResult
from geodata.school_year import SchoolYear

ZONE = ZoneInfo("Europe/Stockholm")
TODAY = date(2025, 12, 1)
SETTING = Setting(
    zone=ZONE,
    school_year=SchoolYear((), (), frozenset(), 9),
    places={place.place_id: place for place in (SCHOOL, SQUARE)},
)
ITEMS = (Item("Tegnérskolan", SCHOOL.place_id), Item("Stortorget", SQUARE.place_id))
EACH = Activity(
    "oversyner",
    "Översyner",
    (Responsible(Party.POLICE),),
    (Each(ITEMS, decide=True),),
    Scope(kinds=(ActivityKind.ENVIRONMENT_REVIEW,)),
)
PROMISE = Promise("p", "Prov", "Trafik", date(2025, 1, 1), date(2025, 12, 31), activities=(EACH,))
AT_SCHOOL = review(review_id=7, place_id=SCHOOL.place_id)
AT_SQUARE = review(review_id=8, place_id=SQUARE.place_id)


def measured(reviews, *, log=(), promise=PROMISE, today=TODAY):
    register = SimpleNamespace(
        promises=SimpleNamespace(all=lambda **_: ()),
        places=lambda: (SCHOOL, SQUARE),
        log=SimpleNamespace(entries=lambda: tuple(log)),
        reviews=SimpleNamespace(all=lambda: tuple(reviews)),
    )
    stands = progress(
        promise,
        done_work(register, zone=ZONE),
        today=today,
        setting=SETTING,
        concluded=concluded(register, today=today),
    )
    return stands.activities[0]


def parts(*reviews, **change):
    (found,) = measured(reviews, **change).measures
    return dict(found.parts)


def counting(activity, *targets, scope=EACH.scope):
    return replace(PROMISE, activities=(replace(activity, targets=targets, scope=scope),))


def test_a_review_is_done_and_what_came_of_it_is_its_decision():
    assert parts(AT_SCHOOL) == {"done": 1, "decided": 0}
    nothing = replace(AT_SCHOOL, result=ReviewResult.NOTHING_CALLED_FOR)
    assert parts(nothing) == {"done": 1, "decided": 1}
    both = measured([nothing, replace(AT_SQUARE, result=ReviewResult.NOTHING_CALLED_FOR)])
    assert (both.state, both.measures[0].missing) == (State.KEPT, ())
    assert measured([nothing]).measures[0].missing == ("Stortorget",)


@pytest.mark.parametrize(
    ("histories", "decided"),
    [
        ([[("proposed", date(2025, 9, 1))]], 0),
        ([[("proposed", date(2025, 9, 1)), ("decided", date(2025, 10, 1))]], 1),
        ([[("proposed", date(2025, 9, 1)), ("rejected", date(2025, 10, 1))]], 1),
        ([[("proposed", date(2025, 9, 1)), ("decided", date(2026, 1, 1))]], 0),  # after the day looked at
        ([[("built", date(2025, 10, 1))], [("proposed", date(2025, 9, 1))]], 0),  # one still waits
        ([], 0),
    ],
)
def test_every_measure_of_a_review_is_decided_on(histories, decided):
    made = [measure(*history, number=number) for number, history in enumerate(histories)]
    assert parts(replace(AT_SCHOOL, result=ReviewResult.MEASURES, measures=tuple(made)))["decided"] == decided


def test_a_review_that_was_logged_too_counts_once_and_keeps_its_decision():
    nothing = replace(AT_SCHOOL, result=ReviewResult.NOTHING_CALLED_FOR)
    first = datetime(2025, 9, 1, 9, tzinfo=UTC)
    logged = replace(
        as_entry(AT_SCHOOL, zone=ZONE),
        entry_key="from the telephone",
        started_at=first,
        ended_at=first + timedelta(hours=1),
        logged_at=AT_SCHOOL.made_at - timedelta(hours=1),
    )
    twice = measured([nothing], log=[logged], promise=counting(EACH, Count(at_least=2)))
    assert [one.why for one in twice.judged.verdicts] == ["double", "counted"]
    assert twice.measures[0].done == 1
    assert parts(nothing, log=[logged]) == {"done": 1, "decided": 1}
    other = replace(logged, entry_key="another day", started_at=first + timedelta(days=2))
    other = replace(other, ended_at=other.started_at + timedelta(hours=1))
    assert (
        measured([nothing], log=[other], promise=counting(EACH, Count(at_least=2))).measures[0].state
        is State.KEPT
    )


def test_a_review_before_the_promise_decides_nothing_of_it():
    early = replace(AT_SCHOOL, day=date(2024, 9, 1), result=ReviewResult.NOTHING_CALLED_FOR)
    assert parts(early) == {"done": 0, "decided": 0}


def test_a_review_with_a_point_alone_is_at_the_place_it_stands_on():
    ground = replace(SCHOOL, geometry=shapely.box(0, 0, 9, 9))
    here = review(review_id=9, x=4.0, y=4.0, result=ReviewResult.NOTHING_CALLED_FOR)
    scope = replace(EACH.scope, places=(ground.place_id,))
    promise = counting(EACH, Each(ITEMS[:1], decide=True), scope=scope)
    assert parts(here, promise=promise) == {"done": 1, "decided": 1}


@pytest.mark.parametrize("day", [date(2025, 3, 30), date(2025, 10, 26), date(2025, 7, 1)])
def test_it_lasts_its_local_day_when_the_clock_changes_too(day):
    entry = as_entry(replace(AT_SCHOOL, day=day), zone=ZONE)
    assert entry.started_at.astimezone(ZONE) == datetime(day.year, day.month, day.day, tzinfo=ZONE)
    assert entry.ended_at.astimezone(ZONE).date() == day + timedelta(days=1)
    assert entry.ended_at.astimezone(ZONE).hour == 0


def test_two_visits_that_were_logged_stay_two_beside_the_review_of_the_day():
    start = datetime(2025, 9, 1, 9, tzinfo=UTC)
    logged = [
        replace(
            as_entry(AT_SCHOOL, zone=ZONE),
            entry_key=f"visit {number}",
            started_at=start + timedelta(hours=3 * number),
            ended_at=start + timedelta(hours=3 * number + 1),
            logged_at=start + timedelta(days=9),  # after the review was kept
        )
        for number in (0, 1)
    ]
    found = measured([AT_SCHOOL], log=logged, promise=counting(EACH, Count(at_least=3)))
    assert found.measures[0].done == 2


def test_a_review_of_a_point_is_the_same_as_what_was_logged_at_its_place():
    point = review(review_id=9, x=4.0, y=4.0, result=ReviewResult.NOTHING_CALLED_FOR)
    start = datetime(2025, 9, 1, 9, tzinfo=UTC)
    logged = replace(
        as_entry(AT_SCHOOL, zone=ZONE), entry_key="v", started_at=start, ended_at=start + timedelta(hours=1)
    )
    found = measured([point], log=[logged], promise=counting(EACH, Count(at_least=2)))
    assert found.measures[0].done == 1
    assert parts(point) == {"done": 1, "decided": 1}


def test_a_thing_of_a_list_is_done_in_words_where_the_entry_tells_no_place():
    start = datetime(2025, 9, 1, 9, tzinfo=UTC)
    named = replace(
        as_entry(AT_SCHOOL, zone=ZONE),
        entry_key="in words",
        started_at=start,
        ended_at=start,
        place_id=None,
        note="Årskurs 9 på Tegnérskolan",
    )
    assert measured([], log=[named]).measures[0].missing == ("Tegnérskolan", "Stortorget"), "no decision yet"
    assert parts(log=[named]) == {"done": 1, "decided": 0}
    elsewhere = replace(named, place_id=SQUARE.place_id)
    assert parts(log=[elsewhere]) == {"done": 1, "decided": 0}, "what tells another place is of that one"
