"""The worklist: strong evidence without a review first, imported and own reviews both seen, decided measures for all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from provstad import EAST, NORTH

from geodata.analyses.outcomes import outcome_of, places_of
from geodata.analyses.reviews import default_selection, review_worklist
from geodata.privacy import Audience
from geodata.promises.activity import Party
from geodata.reviews.checklist import Verdict
from geodata.reviews.review import (
    Light,
    Measure,
    MeasureStatus,
    Review,
    ReviewResult,
    Season,
    StatusChange,
)
from geodata.schema import Stream

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STAFF = (Audience.POLICE, Audience.PLANNER, Audience.COORDINATOR)


def measure(*history, number=1):
    changes = tuple(StatusChange(MeasureStatus(status), day, "kim", NOW) for status, day in history)
    return Measure(number, "Gupp", "Gatuenheten", 80_000, changes)


def review(**change):
    made = Review(
        review_id=1,
        place_id=None,
        x=None,
        y=None,
        day=date(2025, 9, 1),
        season=Season.AUTUMN,
        light=Light.DAYLIGHT,
        parties=frozenset({Party.POLICE}),
        with_whom="",
        road_keeper=None,
        result=ReviewResult.OPEN,
        note="",
        checks=(("crossing", Verdict.LACKING),),
        findings=(),
        measures=(),
        photos=(),
        made_by="kim",
        made_at=NOW,
        revision=0,
    )
    return replace(made, **change)


@pytest.fixture
def ground(usual):
    return usual


@pytest.fixture
def hot(ground):
    """The school that was made hot; a file brought one review of it."""
    found = review_worklist(ground, (), default_selection(Audience.PLANNER))
    return next(one for one in found.reviewed if one.strong)


def test_a_file_s_reviews_are_seen_and_nothing_called_for_is_a_review_too(ground, hot):
    found = review_worklist(ground, (), default_selection(Audience.PLANNER))
    assert found.to_review == ()  # the hot school was looked at within three years
    assert hot.reviews == 1
    assert {one.text for one in found.measures} == set()
    assert [one.result for one in found.reviews if one.result]
    assert len(found.reviews) == 2
    assert len(found.without_evidence) == 1
    assert found.calm == len(ground.places) - 2


def test_strong_evidence_calls_for_a_review_until_there_is_one(ground, hot):
    selection = default_selection(Audience.PLANNER)
    bare = replace(ground)  # nothing is kept over from the other
    table = bare.records.frame
    object.__setattr__(
        bare.records, "frame", table.assign(set_aside=table["set_aside"] | (table["stream"] == "review"))
    )
    found = review_worklist(bare, (), selection)
    assert [one.place.place_id for one in found.to_review] == [hot.place.place_id]
    assert found.reviewed == ()
    again = review_worklist(bare, [review(place_id=hot.place.place_id, day=date(2026, 1, 1))], selection)
    assert again.to_review == ()
    assert [one.place.place_id for one in again.reviewed] == [hot.place.place_id]
    stale = review_worklist(bare, [review(place_id=hot.place.place_id, day=date(2019, 1, 1))], selection)
    assert [(one.stale, one.reviews) for one in stale.to_review] == [(True, 1)]


def test_a_review_by_a_point_belongs_to_the_places_it_lies_in(ground, hot):
    by_point = review(x=EAST + 410.0, y=NORTH + 400.0)
    assert hot.place.place_id in {place_id for place_id, _ in places_of(ground, by_point)}
    assert places_of(ground, review(x=EAST - 9e4, y=NORTH)) == ()
    assert places_of(ground, review()) == ()


@pytest.mark.parametrize("audience", Audience)
def test_who_sees_what(ground, hot, audience):
    own = [
        review(
            place_id=hot.place.place_id,
            result=ReviewResult.MEASURES,
            measures=(
                measure(("proposed", date(2025, 9, 1)), number=1),
                measure(("proposed", date(2025, 9, 1)), ("decided", date(2025, 10, 1)), number=2),
                measure(("proposed", date(2025, 9, 1)), ("rejected", date(2025, 10, 1)), number=3),
            ),
        )
    ]
    found = review_worklist(ground, own, default_selection(audience))
    if audience in STAFF:
        assert {1, 2, 3} <= {one.measure_id for one in found.measures}
        assert found.reviews
        assert found.reviewed
        return
    assert [one.measure_id for one in found.measures] == [2]
    assert found.measures[0].outcome is None
    assert (found.to_review, found.reviewed, found.reviews, found.calm) == ((), (), (), 0)
    assert found.warnings == ("reviews_withheld",)


def test_before_and_after_are_the_records_of_the_place(ground, hot):
    days = ground.school_days[0]
    first, last = days[0].item(), days[-1].item()
    middle = first + (last - first) / 2
    at = review(place_id=hot.place.place_id, measures=(measure(("built", middle)),))
    selection = default_selection(Audience.PLANNER)
    outcome = outcome_of(ground, at, at.measures[0], selection)
    assert outcome.windows.comparable
    counts = dict(outcome.streams)[Stream.INCIDENT]
    rows = ground.observations
    members, observation = ground.place_members
    here = rows.index.isin(observation[members == ground.place_position(hot.place.place_id)])
    here &= (rows["stream"] == "incident") & rows["category"].str.startswith(("traffic", "environment"))
    day = rows["local_first"].dt.date
    span = timedelta(days=outcome.windows.days)
    assert counts.here.other_count == (here & (day >= middle - span) & (day < middle)).sum() > 50
    assert counts.here.count == (here & (day > middle) & (day <= middle + span)).sum() > 50
    assert min(counts.elsewhere) > 100
    proposed = measure(("proposed", middle))
    assert outcome_of(ground, at, proposed, selection) is None
    late = measure(("built", last))
    assert not outcome_of(ground, at, late, selection).windows.comparable
