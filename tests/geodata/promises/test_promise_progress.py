"""How a promise stands: done against target, at the pace so far, with its range, and what can't be made good."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from scipy.stats import binom
from sentences import EVERYTHING, PLACES, PROMISES, SETTING, entry

from geodata.errors import ParameterError
from geodata.periods import Period
from geodata.promises.feasibility import contradictions
from geodata.promises.lacking import lacking
from geodata.promises.progress import progress
from geodata.promises.reading import from_document, made_promise, read_promise, require_feasible, to_document
from geodata.promises.targets.kinds import TARGETS
from geodata.promises.targets.measure import State
from geodata.promises.targets.pace import project_count, project_share, share_range
from geodata.promises.targets.part import Part


def stands(key, activity, entries, today, **values):
    ids = {name: number for (promise, name), number in EVERYTHING.items() if promise == key}
    found = progress(
        PROMISES[key], entries, today=date.fromisoformat(today), setting=SETTING, activity_ids=ids, **values
    )
    return next(one for one in found.activities if one.activity.key == activity)


def operations(*days, kind="targeted_operation", **values):
    return [
        entry(f"{kind}{number}", kind, f"{day} 12:00", f"{day} 13:00", **values)
        for number, day in enumerate(days)
    ]


FOUR = operations("2015-01-20", "2015-03-03", "2015-05-05", "2015-06-20")


@pytest.mark.parametrize(
    ("entries", "today", "state", "done"),
    [
        ([], "2014-12-01", State.NOT_BEGUN, 0),
        ([], "2015-01-10", State.TOO_EARLY, 0),
        (FOUR, "2015-06-30", State.ON_COURSE, 4),
        (FOUR[:2], "2015-06-30", State.LATE, 2),
        (FOUR, "2016-01-01", State.MISSED, 4),
        (FOUR, "2015-12-31", State.LATE, 4),
        (
            [*FOUR, *operations("2015-07-01", "2015-07-02", kind="targeted_operation")][:4],
            "2015-07-03",
            State.ON_COURSE,
            4,
        ),
    ],
)
def test_a_count(entries, today, state, done):
    stood = stands("arvidsjaur-narkotika-2015", "riktade-insatser", entries, today)
    (measure,) = stood.measures
    assert (measure.state, measure.done, measure.target, stood.state) == (state, done, 6, state)


def test_a_count_is_projected_with_its_range():
    (measure,) = stands("arvidsjaur-narkotika-2015", "riktade-insatser", FOUR, "2015-06-30").measures
    assert measure.due == pytest.approx(6 * 181 / 365)
    assert measure.projection.mean == pytest.approx(4 * 365 / 181)
    assert measure.projection.low < 8 < measure.projection.high
    assert measure.projection.low >= 4


def test_the_ranges_hold_what_they_say():
    """Negative binomial against its definition by simulation, Clopper–Pearson against published limits."""
    import numpy as np

    chance = np.random.default_rng(1)
    inside = 0
    for _ in range(1000):
        rate = chance.gamma(2.0, 3.0)
        so_far, later = chance.poisson(rate * 0.5), chance.poisson(rate * 0.5)
        found = project_count(int(so_far), passed=50, left=50)
        inside += found.low <= so_far + later <= found.high
    assert 0.88 < inside / 1000 < 0.97
    assert project_count(3, passed=10, left=0).high == 3
    low, high = share_range(4, 10)  # 90 % limits of 4 of 10: tails of 5 % on either side
    assert binom.sf(3, 10, low) == pytest.approx(0.05, abs=1e-6)
    assert binom.cdf(4, 10, high) == pytest.approx(0.05, abs=1e-6)
    assert share_range(0, 5)[0] == 0.0
    assert share_range(5, 5)[1] == 1.0
    assert project_share(5, of=10, left=0).high == 5
    assert project_share(5, of=10, left=10).mean == 10


def test_two_of_the_six_are_joint():
    inspections = [
        entry(
            str(number),
            "premises_inspection",
            f"2015-0{number}-06 22:00",
            f"2015-0{number}-06 23:00",
            parties=who,
        )
        for number, who in enumerate(
            ["police", "police,municipality", "police", "police", "police,municipality", "police"], start=1
        )
    ]
    count, part = stands("arvidsjaur-alkohol-2015", "krogtillsyn", inspections, "2015-07-01").measures
    assert (count.done, count.state) == (6, State.KEPT)
    assert (part.done, part.target, part.state) == (2, 2, State.KEPT)
    part = stands("arvidsjaur-alkohol-2015", "krogtillsyn", inspections[:4], "2016-02-01").measures[1]
    assert (part.done, part.state) == (1, State.MISSED)


def test_presence_on_every_risk_evening():
    nights = [
        entry("1", "presence", "2015-01-23 21:00", "2015-01-23 23:00"),
        entry("2", "presence", "2015-01-25 00:30", "2015-01-25 02:00"),  # of Saturday the 24th
        entry("3", "presence", "2015-01-24 22:00", "2015-01-24 23:00"),  # the same evening
    ]
    presence, way = stands("arvidsjaur-alkohol-2015", "riskkvallar", nights, "2015-02-01").measures
    assert (presence.done, presence.target, presence.state) == (2, 2, State.ON_COURSE)
    assert way.state is State.SHOWN
    (presence, _) = stands("arvidsjaur-alkohol-2015", "riskkvallar", nights, "2015-03-01").measures
    assert (presence.done, presence.target, presence.state) == (2, 4, State.PARTLY)
    assert presence.missing == ("2015-02-27", "2015-02-28")


def test_an_evening_that_is_not_over_is_not_missed():
    (presence, _) = stands("arvidsjaur-alkohol-2015", "riskkvallar", [], "2015-01-23").measures
    assert (presence.state, presence.missing) == (State.NOT_BEGUN, ())


def test_a_number_of_evenings_and_a_part_of_them():
    nights = [
        entry(f"{day}", "presence", f"2017-01-{day:02} 23:00", f"2017-01-{day:02} 23:50", parties=who)
        for day, who in ((6, "police"), (7, "police,other"), (13, "police"), (14, "police"), (20, "police"))
    ]
    presence, part = stands("are-2017", "natt", nights, "2017-02-01").measures
    assert (presence.done, presence.target, part.done) == (5, 20, 1)
    assert presence.state is State.ON_COURSE
    few = stands("are-2017", "natt", nights[:1], "2018-12-29").measures[0]
    assert few.state is State.MISSED  # one evening left can't give nineteen


def test_school_checks_have_no_number_but_hours_and_cars():
    checks = [
        entry(
            "1",
            "traffic_check",
            "2015-05-05 07:50",
            "2015-05-05 08:10",
            place_name="Tegnérskolan",
            car="marked",
        ),
        entry(
            "2",
            "traffic_check",
            "2015-05-06 14:20",
            "2015-05-06 14:40",
            place_name="Tegnérskolan",
            car="marked",
        ),
        entry(
            "3",
            "traffic_check",
            "2015-05-07 09:30",
            "2015-05-07 10:00",
            place_name="Tegnérskolan",
            car="marked",
        ),
    ]
    stood = stands("arvidsjaur-skolor-2015", "kontroller", checks, "2015-06-01")
    number, hours, cars, way = stood.measures
    assert (number.state, number.done, number.target) == (State.SHOWN, 3, None)
    assert dict(hours.parts) == {"preferred": 2, "elsewhere": 1}
    assert hours.state is State.ON_COURSE
    assert dict(cars.parts) == {"marked": 3, "unmarked": 0}
    assert (cars.state, way.state) == (State.LATE, State.SHOWN)
    assert stood.state is State.LATE
    varied = [
        *checks,
        entry("4", "traffic_check", "2015-05-08 08:00", place_name="Tegnérskolan", car="unmarked"),
    ]
    assert stands("arvidsjaur-skolor-2015", "kontroller", varied, "2015-06-01").state is State.ON_COURSE


def test_one_a_week_where_somebody_complained():
    """Stortorget was complained about on 1 March and 15 August: weeks without a complaint ask nothing."""
    checks = [
        entry(str(week), "traffic_check", f"{day} 15:00", f"{day} 16:00", place_name="Stortorget")
        for week, day in enumerate(("2019-03-08", "2019-03-15", "2019-03-29"))
    ]
    (rate,) = stands("kungsbacka-2019", "kontroll", checks, "2019-04-01").measures
    assert (rate.done, rate.target, rate.state, rate.unit) == (3, 5, State.PARTLY, "weeks")
    assert rate.missing == ("2019-02-25", "2019-03-18")
    assert rate.free == 7  # January and February, from 7 January on


def test_the_clock_change_makes_no_week_shorter():
    saturdays = [date(2015, 10, 3) + timedelta(days=7 * week) for week in range(5)]
    nights = [
        entry(f"{day}", "presence", f"{day} 23:00", f"{day} 23:30", place_name="Stortorget")
        for day in saturdays
    ]
    (rate,) = stands("exempel-natt", "natt", nights, "2015-11-02").measures
    assert (rate.done, rate.target) == (5, 43)


def test_each_of_a_list_and_a_decision_on_each():
    reviews = [
        entry(
            "1",
            "environment_review",
            "2016-05-03 13:00",
            "2016-05-03 15:00",
            place_name="Norra skolan",
            parties="police,municipality",
        ),
        entry(
            "2",
            "environment_review",
            "2016-05-10 13:00",
            "2016-05-10 15:00",
            note="Gamla bron, gångbanan",
            parties="police,municipality",
        ),
    ]
    (each,) = stands("hagfors-2016", "oversyn", reviews, "2016-06-01", decided={"Norra skolan"}).measures
    assert (each.done, each.target, each.missing) == (1, 3, ("Torget", "Gamla bron"))
    assert dict(each.parts) == {"done": 2, "decided": 1}
    assert each.state is State.UNDER_WAY
    (each,) = stands("hagfors-2016", "oversyn", reviews, "2017-06-01", decided={"Norra skolan"}).measures
    assert each.state is State.MISSED


@pytest.mark.parametrize(
    ("on", "today", "state"),
    [
        (None, "2016-05-01", State.UNDER_WAY),
        (None, "2016-07-01", State.MISSED),
        ("2016-06-20", "2016-07-01", State.KEPT),
        ("2016-09-20", "2016-10-01", State.PARTLY),
    ],
)
def test_a_document_by_june(on, today, state):
    written = [] if on is None else [entry("1", "document", f"{on} 08:00", parties="municipality")]
    assert stands("hagfors-2016", "drogpolicy", written, today).state is state


def test_no_number_agreed_invents_none():
    (measure,) = stands(
        "hagfors-2016", "trafik", operations("2016-02-02", kind="traffic_check"), "2016-06-01"
    ).measures
    assert (measure.state, measure.done, measure.target, measure.projection) == (State.SHOWN, 1, None, None)
    assert not measure.over
    (measure,) = stands("hagfors-2016", "trafik", [], "2031-01-01").measures
    assert measure.over


def test_a_promise_without_an_end_a_place_or_an_activity_is_no_error():
    found = progress(PROMISES["mellerud-2019"], [], today=date(2031, 1, 1), setting=SETTING)
    assert (found.activities, found.state) == ((), State.SHOWN)
    open_ended = replace(PROMISES["arvidsjaur-narkotika-2015"], last=None)
    (one,) = progress(open_ended, FOUR, today=date(2015, 7, 1), setting=SETTING).activities
    assert (one.measures[0].state, one.measures[0].projection) == (State.UNDER_WAY, None)
    (shown,) = [
        one
        for one in progress(PROMISES["saffle-2016"], [], today=date(2026, 1, 1), setting=SETTING).activities
        if one.activity.key == "resultat"
    ]
    assert shown.state is State.UNDER_WAY


def test_tertials_and_years_add_up():
    stood = stands("arvidsjaur-narkotika-2015", "riktade-insatser", FOUR, "2015-09-02")
    assert [(one.period.first.month, one.counted, one.whole, one.over) for one in stood.tertials] == [
        (1, 2, True, True),
        (5, 2, True, True),
        (9, 0, True, False),
    ]
    assert [one.counted for one in stood.years] == [4]


def test_what_lies_after_today_is_not_there_yet():
    assert stands("arvidsjaur-narkotika-2015", "riktade-insatser", FOUR, "2015-03-03").measures[0].done == 2


@pytest.mark.parametrize("key", sorted(PROMISES))
def test_every_promise_stands_somehow_and_comes_back_from_its_document(key):
    promise = PROMISES[key]
    assert from_document(to_document(promise)) == promise
    for today in ("2014-01-01", "2015-06-30", "2016-06-30", "2019-06-30", "2021-01-01"):
        found = progress(promise, [], today=date.fromisoformat(today), setting=SETTING)
        assert len(found.activities) == len(promise.activities)
        assert all(one.state is not State.IMPOSSIBLE for one in found.activities)


def test_the_sentences_use_every_kind_of_target():
    used = {
        target.kind for one in PROMISES.values() for activity in one.activities for target in activity.targets
    }
    assert used == set(TARGETS)


PLAIN = {
    "key": "prov",
    "name": "Prov",
    "focus_area": "Prov",
    "first": date(2026, 1, 1),
    "last": date(2026, 12, 31),
}


def made(scope=None, targets=None, **values):
    activity = {
        "key": "a",
        "name": "A",
        "responsible": [{"party": "police"}],
        "scope": scope or {},
        "targets": targets or [{"kind": "no_number"}],
    }
    return made_promise(
        {**PLAIN, "activities": [activity], **values}, file="prov.toml", place_ids={"torget": 3}
    )


@pytest.mark.parametrize(
    ("values", "code", "key"),
    [
        (
            {"targets": [{"kind": "count", "at_least": 0}]},
            "promise_target_zero",
            "activities.0.targets.0.at_least",
        ),
        (
            {"targets": [{"kind": "count", "at_least": "många"}]},
            "promise_invalid",
            "activities.0.targets.0.at_least",
        ),
        ({"targets": [{"kind": "wish"}]}, "promise_invalid", "activities.0.targets.0"),
        (
            {"scope": {"hours": [{"start": "7.30", "end": "08:00"}]}},
            "promise_invalid",
            "activities.0.scope.hours.0.start",
        ),
        ({"scope": {"hours": [{}]}}, "promise_invalid", "activities.0.scope.hours.0"),
        ({"scope": {"places": ["Nytorget"]}}, "promise_place_unknown", "activities.0.scope.places"),
        ({"colour": "red"}, "promise_invalid", "colour"),
        ({"last": date(2025, 1, 1)}, "promise_backwards", None),
    ],
)
def test_what_cannot_be_read_is_said_with_file_and_key(values, code, key):
    with pytest.raises(ParameterError) as raised:
        made(**values)
    assert (raised.value.code, raised.value.values["file"]) == (code, "prov.toml")
    assert key is None or raised.value.values["key"] == key


def test_a_file_that_is_no_toml_is_said():
    with pytest.raises(ParameterError) as raised:
        read_promise("key = ", file="x.toml", place_ids={})
    assert raised.value.code == "promise_not_toml"


@pytest.mark.parametrize(
    ("scope", "targets", "code"),
    [
        (
            {},
            [
                {"kind": "count", "at_least": 2},
                {"kind": "part", "at_least": 3, "jointly_with": ["municipality"]},
            ],
            "part_above_whole",
        ),
        ({"places": [5]}, None, "places_retired"),
        ({"places": [3], "place_kinds": ["school_zone"]}, None, "places_other_kind"),
        ({"dates": [date(2027, 1, 1)]}, None, "no_day"),
        (
            {"days": "risk_evenings", "evenings": ["lucia"]},
            [{"kind": "presence", "at_least": 2}],
            "too_few_evenings",
        ),
        ({"months": [7], "hours": [{"at": "school_start"}]}, None, "no_school_day"),
        ({}, [{"kind": "document", "title": "Plan", "by": date(2025, 6, 1)}], "due_before_start"),
        ({}, [{"kind": "each", "items": [{"name": "Gamla skolan", "place": 5}]}], "places_retired"),
    ],
)
def test_a_rule_that_can_never_be_met_is_named(scope, targets, code):
    promise = made(scope=scope, targets=targets)
    assert [one.code for one in contradictions(promise, promise.activities[0], setting=SETTING)] == [code]
    stood = progress(promise, [], today=date(2026, 6, 1), setting=SETTING)
    assert stood.state is State.IMPOSSIBLE


def test_a_place_that_is_retired_later_makes_the_rule_impossible_and_keeps_what_counted():
    promise = made(scope={"places": [1]}, targets=[{"kind": "count", "at_least": 5}])
    gone = replace(SETTING, places={**PLACES, 1: replace(PLACES[1], retired=True)})
    one = entry("1", "other", "2026-02-02 12:00", place_name="Tegnérskolan", activity_id=7)
    (stood,) = progress(
        promise, [one], today=date(2026, 6, 1), setting=gone, activity_ids={"a": 7}
    ).activities
    assert (stood.state, stood.measures[0].done) == (State.IMPOSSIBLE, 1)


WEEK = Period(date(2019, 3, 4), date(2019, 3, 10))


def test_what_a_week_lacks():
    (lack,) = lacking(PROMISES["kungsbacka-2019"], [], WEEK, setting=SETTING)
    assert (lack.times, lack.place_ids, lack.target) == (1, (3,), "rate")
    done = entry("1", "traffic_check", "2019-03-05 15:00", "2019-03-05 16:00", place_name="Stortorget")
    assert lacking(PROMISES["kungsbacka-2019"], [done], WEEK, setting=SETTING) == ()
    quiet = Period(date(2019, 1, 7), date(2019, 1, 13))  # nobody has complained
    assert lacking(PROMISES["kungsbacka-2019"], [], quiet, setting=SETTING) == ()
    outside = Period(date(2022, 1, 3), date(2022, 1, 9))
    assert lacking(PROMISES["kungsbacka-2019"], [], outside, setting=SETTING) == ()


def test_a_count_lacks_its_even_share_and_presence_its_evenings():
    week = Period(date(2015, 12, 7), date(2015, 12, 13))
    found = {
        one.target: one for one in lacking(PROMISES["arvidsjaur-alkohol-2015"], [], week, setting=SETTING)
    }
    assert found["presence"].days == (date(2015, 12, 12),)
    assert found["count"].times == 2  # six in the twenty-five days that are left
    assert found["part"].jointly_with == ("municipality",)
    assert isinstance(PROMISES["arvidsjaur-alkohol-2015"].activities[1].targets[1], Part)


def test_a_rule_that_can_never_be_met_is_refused_in_words():
    promise = made(
        scope={"days": "risk_evenings", "evenings": ["lucia"]}, targets=[{"kind": "presence", "at_least": 2}]
    )
    with pytest.raises(ParameterError) as raised:
        require_feasible(promise, setting=SETTING)
    assert raised.value.code == "promise_too_few_evenings"
    assert raised.value.values == {"activity": "A", "wanted": 2, "there": 1}
    for one in PROMISES.values():
        require_feasible(one, setting=SETTING)


def test_a_week_is_judged_when_it_is_over():
    stood = [
        stands("exempel-natt", "natt", [], day).measures[0].target for day in ("2015-01-11", "2015-01-12")
    ]
    assert stood == [0, 1]


def test_a_long_promise_is_looked_at_whole():
    long = made(
        scope={"days": "risk_evenings", "evenings": ["lucia"]},
        targets=[{"kind": "presence", "at_least": 5}],
        last=date(2030, 12, 31),
    )
    assert contradictions(long, long.activities[0], setting=SETTING) == ()
    late = made(scope={"dates": [date(2035, 6, 1)]}, last=None)
    assert contradictions(late, late.activities[0], setting=SETTING) == ()
