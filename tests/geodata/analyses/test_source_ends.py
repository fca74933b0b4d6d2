"""A source of incidents that ends early is no fall: not in the picture, the tertials, the week, or the effect."""

from datetime import date

import numpy as np
import pytest
from provstad import EAST, NORTH, planned_town

from geodata.analyses.effect import tell_effect
from geodata.analyses.est import est_week
from geodata.analyses.picture import picture
from geodata.analyses.place import describe_place
from geodata.analyses.reached import missed, told_until
from geodata.analyses.recorded_crime import crime_pattern
from geodata.analyses.when import when_at
from geodata.analyses.work_done import WorkDone
from geodata.evidence.source_end import SourceEnd
from geodata.periods import Period, tertial, year
from geodata.picture.change import Verdict
from geodata.picture.picture import from_document, shown_to, to_document
from geodata.privacy import Audience
from geodata.schema import Stream
from geodata.selection import Selection

LAST, TODAY = date(2025, 6, 30), date(2025, 12, 31)
STOPS = (SourceEnd("handelser", LAST),)


def town(folder, *, until):
    """Make a town with an even pace, so that nothing changes but what stops."""
    made = planned_town()
    spots = [(EAST + 400, NORTH + 400), (EAST + 1600, NORTH + 1600)]
    for day in np.arange("2023-01-01", "2026-01-01", dtype="datetime64[D]"):
        for at in spots:
            step = int(day.astype(int))
            if day <= np.datetime64(until):
                crimes = {"category": "damage_vandalism", "source": "handelser"}
                made.add(*at, count=1 + step % 2, day=str(day), **crimes)
            made.add(*at, count=step % 2, day=str(day), category="traffic_accident", source="olyckor")
    made.add(*spots[0], category="traffic_accident", day="2025-12-31", source="olyckor")
    made.add(*spots[0], stream="survey", category="environment_dark", count=40, day="2023-05-05")
    return made.publish(folder / "provstad")


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    return town(tmp_path_factory.mktemp("stopped"), until=LAST.isoformat())


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return town(tmp_path_factory.mktemp("whole"), until="2025-12-31")


@pytest.fixture(scope="module")
def given_up(tmp_path_factory):
    return town(tmp_path_factory.mktemp("given_up"), until="2024-06-30")


@pytest.fixture(scope="module", params=[None, "handelser"])
def replaced(request, tmp_path_factory):
    """Make a town whose police got another system on 1 March, with and without saying which one it follows."""
    made = planned_town()
    follows = {} if request.param is None else {"follows": request.param}
    files = {"mapping": "police_incidents", "files": ["inbox/x.csv"]}
    made.settings = {
        **made.settings,
        "source": [{"name": "handelser", **files}, {"name": "nytt", **files, **follows}],
    }
    for day in np.arange("2023-01-01", "2026-01-01", dtype="datetime64[D]"):
        source = "handelser" if day < np.datetime64("2025-03-01") else "nytt"
        count = 2 + int(day.astype(int)) % 2
        made.add(
            EAST + 400, NORTH + 400, count=count, day=str(day), category="damage_vandalism", source=source
        )
    return request.param, made.publish(tmp_path_factory.mktemp("replaced") / "provstad")


def test_a_source_that_follows_another_is_one_with_it(replaced):
    follows, ground = replaced
    made = picture(ground, Audience.POLICE, period=year(2025), today=TODAY)
    week = est_week(ground, Audience.POLICE, day=date(2025, 10, 13), today=TODAY)
    if follows is None:
        assert [one.source for one in made.ends] == ["handelser"]
        assert week.counts is None
        return
    assert ground.records.source_ends == ()
    change = recorded(made, "damage_vandalism")
    assert (change.verdict, change.of, change.before_of) == (Verdict.NO_CLEAR_CHANGE, 365, 366)
    assert week.counts is not None


def recorded(made, problem):
    return next(one for one in made.problem(problem).changes if one.stream == Stream.INCIDENT)


def test_the_source_that_stops_is_told_from_the_one_that_goes_on(stopped, whole):
    assert stopped.records.source_ends == STOPS
    assert whole.records.source_ends == ()


def test_the_survey_has_no_end(whole):
    assert not any(one.source == "surveys" for one in whole.records.source_ends)


def test_a_year_is_compared_up_to_where_the_source_ends(stopped, whole):
    made = picture(stopped, Audience.POLICE, period=year(2025), today=TODAY)
    assert made.period == year(2025), "the picture itself is not cut"
    assert made.ends == STOPS
    change = recorded(made, "damage_vandalism")
    assert (change.verdict, change.until, change.of) == (Verdict.NO_CLEAR_CHANGE, LAST, 181)
    assert change.before_of == 181
    assert made.problem("damage_vandalism").recorded.count == change.count
    other = recorded(made, "traffic_accident")
    assert (other.until, other.of, other.before_of) == (None, 365, 366)
    same = recorded(picture(whole, Audience.POLICE, period=year(2025), today=TODAY), "damage_vandalism")
    assert (same.until, same.of) == (None, 365)


def test_a_period_that_the_source_reaches_whole_has_no_end(stopped):
    made = picture(stopped, Audience.POLICE, period=tertial(1, 2025), today=TODAY)
    assert made.ends == ()
    assert recorded(made, "damage_vandalism").until is None


def test_after_its_end_a_source_is_in_no_comparison(stopped):
    made = picture(stopped, Audience.POLICE, period=tertial(3, 2025), today=TODAY)
    assert made.against.left_out == ("handelser",)
    assert all(
        one.verdict not in {Verdict.FELL, Verdict.PERHAPS_FELL}
        for problem in made.problems
        for one in problem.changes
    )


def test_the_end_is_kept_with_the_picture_and_shown_to_everybody(stopped):
    made = picture(stopped, Audience.POLICE, period=year(2025), today=TODAY)
    assert from_document(to_document(made)) == made
    assert shown_to(made, Audience.PUBLIC).ends == STOPS


def test_a_tertial_is_counted_to_the_day_that_every_source_reaches(stopped, whole):
    pattern = crime_pattern(stopped, Audience.POLICE, period=year(2025))
    newest, sound = pattern.years[-1], crime_pattern(whole, Audience.POLICE, period=year(2025))
    assert newest.until == (None, LAST, None)
    assert newest.tertials[2] is None, "nothing of it has come from a source that is missed"
    assert newest.tertials[1] < sound.years[-1].tertials[1] / 1.5
    assert sound.years[-1].until == (None, None, None)
    assert pattern.years[0].until == (None, None, None)


def test_rates_are_of_the_days_that_every_source_covers(stopped, whole):
    pattern, sound = (crime_pattern(one, Audience.POLICE, period=year(2025)) for one in (stopped, whole))
    assert (pattern.rated, pattern.ends) == (Period(date(2025, 1, 1), LAST), STOPS)
    rates = [{one.name: one.rate for one in made.parts if one.count} for made in (pattern, sound)]
    for name, rate in rates[0].items():
        assert rate == pytest.approx(rates[1][name], rel=0.15)
    after = crime_pattern(stopped, Audience.POLICE, period=tertial(3, 2025))
    assert after.rated is None
    assert all(one.rate is None for one in after.parts)


def test_a_week_that_a_used_source_does_not_reach_is_not_whole(stopped, whole):
    told = est_week(stopped, Audience.POLICE, day=date(2025, 10, 15), today=TODAY)
    assert (told.days, told.counts, told.ends) == (0, None, STOPS)
    part = est_week(stopped, Audience.POLICE, day=LAST, today=TODAY)
    assert (part.days, part.counts) == (1, None)
    before = est_week(stopped, Audience.POLICE, day=date(2025, 6, 25), today=TODAY)
    assert (before.days, before.ends) == (7, ())
    assert est_week(whole, Audience.POLICE, day=date(2025, 10, 15), today=TODAY).days == 7


def test_a_source_that_was_given_up_a_year_ago_stops_no_week_and_is_usual_of_none(given_up):
    missed_still = est_week(given_up, Audience.POLICE, day=date(2025, 6, 18), today=TODAY)
    assert missed_still.counts is None
    told = est_week(given_up, Audience.POLICE, day=date(2025, 10, 15), today=TODAY)
    assert (told.days, told.ends) == (7, ())
    assert [one.problem for one in told.counts.problems] == ["traffic_accident"]


def test_nothing_helped_because_a_source_ended(stopped, whole):
    work = WorkDone(
        place_ids=(stopped.places[0].place_id,),
        begins=date(2025, 3, 1),
        done=date(2025, 3, 1),
        categories=frozenset({"damage_vandalism"}),
        title="Belysning",
        source="measure",
        key="1",
    )
    assert tell_effect(stopped, work, Audience.POLICE).after.last == LAST
    assert tell_effect(whole, work, Audience.POLICE).after.last == date(2025, 12, 31)
    accidents = WorkDone(
        place_ids=work.place_ids,
        begins=work.begins,
        done=work.done,
        categories=frozenset({"traffic_accident"}),
        title="Farthinder",
        source="measure",
        key="2",
    )
    assert tell_effect(stopped, accidents, Audience.POLICE).after.last == date(2025, 12, 31)


def test_the_trend_of_a_place_says_which_tertials_are_not_whole(stopped, whole):
    for ground, expected in ((stopped, [True, False, False]), (whole, [True, True, True])):
        hot = ground.places[np.bincount(ground.place_members[0]).argmax()]
        answer = describe_place(ground, hot.place_id, Selection(Audience.POLICE))
        assert [one.whole for one in answer.trend[-3:]] == expected


def test_school_days_and_others_are_counted_to_the_end_of_the_source(stopped, whole):
    for ground, last in ((stopped, LAST), (whole, TODAY)):
        hot = ground.places[np.bincount(ground.place_members[0]).argmax()]
        rate = when_at(ground, hot.place_id, Selection(Audience.POLICE)).school_days
        days = np.arange("2023-01-01", np.datetime64(last) + 1, dtype="datetime64[D]")
        assert rate.days + rate.other_days == np.is_busday(days).sum()


def test_what_is_missed_and_until_when_all_tell(stopped):
    accidents = (stopped.observations["source"] == "olyckor").to_numpy()
    every = np.ones(len(accidents), dtype=bool)
    assert missed(stopped, year(2025), among=accidents) == ()
    assert missed(stopped, year(2025)) == STOPS
    assert missed(stopped, Period(date(2026, 7, 1), date(2026, 7, 31))) == ()
    assert told_until(stopped, TODAY, among=every) == LAST
    assert told_until(stopped, TODAY, among=accidents) == TODAY
