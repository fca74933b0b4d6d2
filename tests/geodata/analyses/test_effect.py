"""A town with twelve squares; something was done at the first on 1 March 2025."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
import shapely
from provstad import EAST, NORTH, Town, area, frame, squares, street_grid

from geodata.analyses.effect import tell_effect
from geodata.analyses.work_done import WorkDone, spans_of, survey_spans_of
from geodata.analyses.works import built_of, works_of
from geodata.errors import AccessError, MissingError, ParameterError
from geodata.evaluation.effect import Verdict
from geodata.periods import Period
from geodata.privacy import Audience
from geodata.promises.activity import Party
from geodata.promises.promise import Activity, Promise, Responsible, Signature
from geodata.promises.scope import Scope
from geodata.promises.targets.kinds import NoNumber
from geodata.reviews.review import Measure, MeasureStatus, Review, StatusChange

DONE = date(2025, 3, 1)
SPOTS = [(x, y) for y in (210, 710, 1210) for x in (210, 710, 1210, 1610)]


def town(counts, *, survey=(), measured=()):
    """Make a town of squares with so many incidents in the year before and the year after."""
    made = Town(
        streets=street_grid(20),
        population=squares(20),
        areas=frame("areas", [area(at, "square", f"Torg {at}", *SPOTS[at]) for at in range(len(counts))]),
    )
    random = np.random.default_rng(1)

    def add(at, first, number, **values):
        for _ in range(number):
            day = np.datetime64(first) + random.integers(0, 364)
            made.add(EAST + SPOTS[at][0] + 30, NORTH + SPOTS[at][1] + 30, day=str(day), **values)

    for at, (before, after) in enumerate(counts):
        add(at, "2024-03-01", before)
        add(at, "2025-03-02", after)
    for number in (-1, 1):  # the days that the records cover
        made.add(EAST + 5, NORTH + 5, day=str(np.datetime64(DONE) + number * 366))
    for day, here, in_all in survey:
        made.add(EAST + 240, NORTH + 240, stream="survey", day=day, count=here)
        made.add(EAST + 1900, NORTH + 1900, stream="survey", day=day, count=in_all - here)
    made.measurements = frame("measurements", measured)
    return made


def measured(number, at, day, share):
    return {
        "measurement_id": str(number),
        "site": f"site {at}",
        "direction": "N",
        "first_day": day,
        "last_day": day,
        "vehicles": 2000.0,
        "share_above": share,
        "geometry": shapely.Point(EAST + SPOTS[at][0] + 30, NORTH + SPOTS[at][1] + 30),
    }


@pytest.fixture(scope="module")
def helped(tmp_path_factory):
    speeds = [
        measured(2 * at + after, at, date(2024 + after, 6, 3), share + after * change)
        for at, share, change in (
            (0, 0.55, -0.2),
            (1, 0.5, 0.02),
            (2, 0.4, -0.01),
            (3, 0.6, 0.01),
            (5, 0.5, 0.0),
        )
        for after in (0, 1)
    ]
    answers = [("2024-05-10", 60, 400), ("2025-05-10", 20, 420)]
    made = town([(60, 20), *[(40, 42)] * 11], survey=answers, measured=speeds)
    return made.publish(tmp_path_factory.mktemp("helped") / "provstad")


def at_first(ground, **values):
    (place,) = [place for place in ground.places if place.name == "Torg 0"]
    return WorkDone((place.place_id,), DONE, DONE, **values)


def of(answer, stream):
    return next(one for one in answer.streams if one.stream == stream)


def test_it_fell_more_than_elsewhere(helped):
    answer = tell_effect(helped, at_first(helped), Audience.POLICE)
    assert answer.places == ("Torg 0",)
    assert (answer.before, answer.after) == (
        Period(date(2024, 3, 1), date(2025, 2, 28)),
        Period(date(2025, 3, 2), date(2026, 3, 1)),
    )
    assert answer.comparison_rule == "same_kind"
    assert len(answer.comparison) == 11
    found = of(answer, "incident")
    one = found.estimate
    assert (one.verdict, one.method) == (Verdict.FELL, "bayes_before_after")
    assert (one.before, one.after) == (60, 20)
    assert (one.comparison_before, one.comparison_after) == (440, 462)
    assert one.low < one.estimate < one.high < 0.8
    assert 40 < one.usual_before < 60
    assert found.beside.method == "log_ratio"
    assert found.beside.estimate == pytest.approx(20 / 60 * 440 / 462)
    assert found.displaced.total < -20


def test_fewer_answers_are_about_the_place_and_fewer_drive_too_fast(helped):
    answer = tell_effect(helped, at_first(helped), Audience.PLANNER)
    survey = of(answer, "survey").estimate
    assert (survey.verdict, survey.unit) == (Verdict.FELL, "points")
    assert (survey.before, survey.before_of, survey.after, survey.after_of) == (60, 400, 20, 420)
    assert survey.estimate == pytest.approx(20 / 420 - 60 / 400)
    speed = of(answer, "speed").estimate
    assert (speed.verdict, speed.before_of, speed.after_of) == (Verdict.FELL, 2000, 2000)
    assert speed.estimate == pytest.approx(-0.205, abs=0.02)
    assert speed.warnings == ()


def test_what_nobody_recorded_is_not_for_the_council(helped):
    with pytest.raises(AccessError) as refused:
        tell_effect(helped, at_first(helped), Audience.COUNCIL)
    assert refused.value.code == "effect_not_listed"
    listed = at_first(helped, source="measure")
    with pytest.raises(AccessError):
        tell_effect(helped, listed, Audience.PUBLIC, months=3)


def test_the_council_sees_the_class_and_a_coarse_range(helped):
    answer = tell_effect(helped, at_first(helped, source="measure"), Audience.COUNCIL)
    found = of(answer, "incident")
    assert found.estimate.verdict is Verdict.FELL
    assert (found.beside, found.displaced) == (None, None)
    for name in (
        "estimate",
        "before",
        "after",
        "comparison_before",
        "comparison_after",
        "usual_before",
        "expected",
    ):
        assert getattr(found.estimate, name) is None
    exact = of(tell_effect(helped, at_first(helped), Audience.POLICE), "incident").estimate
    assert found.estimate.low <= exact.low
    assert found.estimate.high >= exact.high
    assert [round(20 * end, 6) % 1 for end in (found.estimate.low, found.estimate.high)] == [0, 0]


def test_few_events_are_told_to_nobody_without_exact_counts(tmp_path):
    ground = town([(6, 4), *[(8, 8)] * 11]).publish(tmp_path / "provstad")
    staff = of(tell_effect(ground, at_first(ground), Audience.POLICE), "incident").estimate
    assert staff.verdict is Verdict.TOO_FEW
    assert (staff.before, staff.after) == (6, 4)
    assert 0 < staff.smallest_visible < 0.3
    open_ = of(tell_effect(ground, at_first(ground, source="measure"), Audience.PUBLIC), "incident").estimate
    assert open_.verdict is Verdict.TOO_FEW
    assert (open_.before, open_.after, open_.low, open_.high, open_.smallest_visible) == (None,) * 5


def test_a_bad_spell_that_ended_is_no_effect(tmp_path):
    counts = [(24, 13), *[(7 + at % 3, 8) for at in range(11)]]
    ground = town(counts).publish(tmp_path / "provstad")
    found = of(tell_effect(ground, at_first(ground), Audience.POLICE), "incident")
    assert "regression_to_mean" in found.estimate.warnings
    assert found.estimate.usual_before < 22
    assert found.estimate.estimate > found.beside.estimate
    assert found.estimate.verdict is not Verdict.FELL


def test_with_few_other_places_luck_is_not_ruled_out(tmp_path):
    ground = town([(60, 20), (40, 42), (40, 42)]).publish(tmp_path / "provstad")
    found = of(tell_effect(ground, at_first(ground), Audience.POLICE), "incident")
    assert found.estimate.method == "log_ratio"
    assert "regression_not_ruled_out" in found.estimate.warnings
    assert found.beside is None


def test_alone_it_is_compared_with_the_rest_of_the_municipality(tmp_path):
    made = town([(60, 20)])
    for day in ("2024-06-01", "2025-06-01"):
        made.add(EAST + 1500, NORTH + 1500, day=day, count=50)
    ground = made.publish(tmp_path / "provstad")
    answer = tell_effect(ground, at_first(ground), Audience.POLICE)
    assert (answer.comparison, answer.comparison_rule) == ((), "rest_of_municipality")
    one = of(answer, "incident").estimate
    assert (one.comparison_before, one.comparison_after) == (50, 50)


def test_places_treated_together_are_judged_together(helped):
    ids = tuple(place.place_id for place in helped.places if place.name in {"Torg 0", "Torg 1"})
    answer = tell_effect(helped, WorkDone(ids, DONE, DONE), Audience.POLICE)
    one = of(answer, "incident").estimate
    assert (one.before, one.after) == (100, 62)
    assert len(answer.comparison) == 10


def test_where_something_else_was_done_is_not_compared_with(helped):
    other = WorkDone((helped.places[3].place_id,), date(2025, 1, 1), date(2025, 1, 1))
    answer = tell_effect(helped, at_first(helped), Audience.POLICE, others=[other])
    assert helped.places[3].name not in answer.comparison
    assert len(answer.comparison) == 10


def test_too_short_a_time_says_so(helped):
    late = WorkDone((helped.places[0].place_id,), date(2026, 2, 20), date(2026, 2, 20))
    answer = tell_effect(helped, late, Audience.POLICE)
    assert answer.warnings == ("effect_too_short",)
    assert [one.stream for one in answer.streams if one.stream == "incident"] == []


def test_a_place_that_is_not_there(helped):
    with pytest.raises(MissingError):
        tell_effect(helped, WorkDone((999,), DONE, DONE), Audience.POLICE)


def test_work_done_before_it_began():
    with pytest.raises(ParameterError, match="before it began"):
        WorkDone((1,), DONE, date(2025, 2, 1))


KNOWN = Period(date(2023, 1, 1), date(2025, 8, 31))


def test_less_than_a_year_is_held_against_the_same_season():
    spans = spans_of(WorkDone((1,), date(2025, 5, 10), date(2025, 5, 20)), KNOWN)
    assert spans.after == Period(date(2025, 5, 21), date(2025, 8, 31))
    assert spans.before == Period(date(2024, 5, 21), date(2024, 8, 31))
    assert spans.same_season
    months = spans_of(WorkDone((1,), date(2025, 5, 10), date(2025, 5, 20)), KNOWN, months=2)
    assert months.after == Period(date(2025, 5, 21), date(2025, 7, 20))


def test_without_an_earlier_season_the_days_before_stand_in():
    spans = spans_of(WorkDone((1,), date(2023, 5, 10), date(2023, 5, 20), ends=date(2023, 7, 31)), KNOWN)
    assert spans.before == Period(date(2023, 2, 27), date(2023, 5, 9))
    assert spans.after.days == spans.before.days == 72
    assert not spans.same_season
    assert (
        spans_of(WorkDone((1,), date(2023, 1, 10), date(2023, 1, 10), ends=date(2023, 7, 1)), KNOWN) is None
    )


def test_a_leap_day_has_a_day_in_every_year():
    spans = spans_of(WorkDone((1,), date(2024, 2, 28), date(2024, 2, 28), ends=date(2024, 6, 1)), KNOWN)
    assert spans.after.first == date(2024, 2, 29)
    assert spans.before.first == date(2023, 2, 28)


def test_surveys_are_taken_on_both_sides_or_not_at_all():
    spans = survey_spans_of(WorkDone((1,), DONE, DONE), KNOWN)
    assert (spans.before, spans.after) == (
        Period(date(2023, 1, 1), date(2025, 2, 28)),
        Period(date(2025, 3, 2), date(2025, 8, 31)),
    )
    assert survey_spans_of(WorkDone((1,), date(2022, 1, 1), date(2022, 1, 1)), KNOWN) is None


def test_a_signed_promise_at_places_is_on_the_list(helped):
    ids = (helped.places[0].place_id, 999)
    activity = Activity(
        "kontroller",
        "Trafikkontroller",
        (Responsible(Party.POLICE),),
        (NoNumber(),),
        Scope(places=ids),
    )
    promise = Promise(
        "torg", "Lugnare torg", "Trygghet", DONE, signed=(Signature("Polisen"),), activities=(activity,)
    )
    (work,) = works_of(promise, helped)
    assert (work.place_ids, work.source, work.title) == ((ids[0],), "promise", "Lugnare torg")
    draft = Promise("torg", "Lugnare torg", "Trygghet", DONE, activities=(activity,))
    assert list(works_of(draft, helped)) == []


def test_a_built_measure_is_on_the_list_and_a_decided_one_is_not(helped):
    def measure(number, *statuses):
        history = tuple(
            StatusChange(status, DONE, "kim", datetime(2025, 3, 1, tzinfo=UTC)) for status in statuses
        )
        return Measure(number, "Gupp", "Gatuenheten", None, history)

    names = {one.name for one in fields(Review)}
    review = Review(
        **dict.fromkeys(names)
        | {
            "place_id": helped.places[0].place_id,
            "measures": (
                measure(1, MeasureStatus.PROPOSED, MeasureStatus.BUILT),
                measure(2, MeasureStatus.DECIDED),
            ),
        }
    )
    (work,) = built_of(review, helped)
    assert (work.place_ids, work.done, work.source) == ((helped.places[0].place_id,), DONE, "measure")
    assert work.categories == {"traffic", "environment"}
    assert list(built_of(replace(review, place_id=None), helped)) == []
