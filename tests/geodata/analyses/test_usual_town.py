"""The questions, asked of a town with enough to answer them."""

from datetime import date

import numpy as np
import pytest
import shapely
from provstad import EAST, NORTH

from geodata import codes, crs
from geodata.analyses.area_counts import count_known_to_area
from geodata.analyses.coverage import cover
from geodata.analyses.ground import open_ground
from geodata.analyses.hotspots import find_hotspots
from geodata.analyses.observations import observations_in_view
from geodata.analyses.place import describe_place
from geodata.analyses.ranking import rank_places
from geodata.errors import AccessError, MissingError, ParameterError
from geodata.evidence.agreement import Agreement
from geodata.grid import GRIDS
from geodata.hotspots.methods import METHODS
from geodata.periods import Period, TimeWindow, tertial, year
from geodata.privacy import Audience
from geodata.schema import PlaceKind, Stream
from geodata.selection import Selection

POLICE = Selection(Audience.POLICE)
SCHOOL = 1
EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)


def lonlat(x, y):
    lon, lat = crs.to_lonlat([EAST + x], [NORTH + y], working=3006)
    return shapely.Point(lon[0], lat[0])


@pytest.mark.parametrize("grid", GRIDS)
def test_hotspots_are_where_they_were_put(usual, grid):
    answer = find_hotspots(usual, POLICE, grid=grid)
    for x, y in ((400, 400), (1600, 1600)):
        assert any(area.outline.distance(lonlat(x, y)) < 1e-3 for area in answer.areas), (x, y)
    assert all(area.area_m2 <= 250_000 for area in answer.areas)
    assert answer.used == sum(answer.counts.values())
    assert answer.left_out == {"municipality": 7}
    assert set(answer.cells) == set(answer.counts)
    assert set(answer.cells.values()) <= {1, 2, 3, 4, 5}
    assert set(answer.warnings) <= set(codes.WARNINGS)
    assert answer.counting_rule in codes.COUNTING_RULES


def test_an_area_says_where_it_is_and_what_happens_there(usual):
    answer = find_hotspots(usual, Selection(Audience.POLICE, categories=frozenset({"damage"})))
    (area,) = answer.areas
    assert area.count == 60
    assert area.category == "damage_vandalism"
    assert area.ratio == pytest.approx(area.count / area.expected)
    assert set(area.street_names) <= {"Östra 16", "Norra 16"}
    assert area.p_adjusted < 0.001


WHAT_IS_NEW = {"alive_clusters", "emerging", "near_repeat"}
"""Methods that point at what is so in the last weeks, where nothing was planted in the town."""


@pytest.mark.parametrize("method", METHODS)
def test_every_method_answers(usual, method):
    answer = find_hotspots(usual, POLICE, method=method)
    assert answer.method == method
    assert bool(answer.areas) == (method not in WHAT_IS_NEW)
    assert answer.used
    assert answer.parameters


def test_unknown_methods_and_grids_are_refused(usual):
    with pytest.raises(ParameterError, match="no method kde"):
        find_hotspots(usual, POLICE, method="kde")
    with pytest.raises(ParameterError, match="no grid triangle"):
        find_hotspots(usual, POLICE, grid="triangle")


def test_filters_leave_less(usual):
    morning = Selection(Audience.POLICE, window=TimeWindow(from_hour=7, to_hour=8))
    assert 0 < find_hotspots(usual, morning).used < find_hotspots(usual, POLICE).used
    last = Selection(Audience.POLICE, period=year(2025), streams=frozenset({Stream.SURVEY}))
    assert 0 < find_hotspots(usual, last).used < 700


def test_the_hot_school_is_first_and_felt_and_recorded(usual):
    ranking = rank_places(usual, POLICE)
    first = ranking.places[0]
    assert (first.place_id, first.rank, first.kind) == (SCHOOL, 1, PlaceKind.SCHOOL_ZONE)
    assert first.agreement is Agreement.FELT_AND_RECORDED
    assert first.rank_low == 1
    assert (first.top_category, first.top_share > 0.9) == ("traffic_speed", True)
    assert (first.window.from_minute, first.window.to_minute) == (420, 480)
    assert first.polygon.covers(shapely.Point(first.lon, first.lat))
    assert [one.stream for one in first.streams] == list(Stream)
    assert ranking.weights == {"survey": 1.0, "review": 1.0, "incident": 1.0}
    assert ranking.left_out == {"municipality": 7}


def test_places_without_a_rank_stand_last(usual):
    ranks = [place.rank for place in rank_places(usual, POLICE).places]
    known = [rank for rank in ranks if rank is not None]
    assert known == list(range(1, len(known) + 1))
    assert ranks == known + [None] * (len(ranks) - len(known))


def test_kinds_are_ranked_among_themselves(usual):
    squares = rank_places(usual, POLICE, kinds={PlaceKind.SQUARE})
    assert {place.kind for place in squares.places} == {PlaceKind.SQUARE}
    assert squares.places[0].rank in {1, None}
    everything = {place.place_id: place.streams for place in rank_places(usual, POLICE).places}
    assert all(place.streams == everything[place.place_id] for place in squares.places)


def test_a_stream_that_is_not_selected_weighs_nothing_but_is_shown(usual):
    felt = rank_places(usual, Selection(Audience.POLICE, streams=frozenset({Stream.SURVEY})))
    assert felt.weights == {"survey": 1.0, "review": 0.0, "incident": 0.0}
    assert felt.places[0].streams[2].count > 0
    assert felt.used < rank_places(usual, POLICE).used


def test_a_review_that_found_nothing_is_no_evidence(usual):
    by_id = {place.place_id: place.streams for place in rank_places(usual, POLICE).places}
    assert [by_id[place][1].count for place in (1, 2, 3)] == [1, 0, 0]


def test_what_is_expected_over_all_ground_is_what_happened(usual):
    exposed = usual.exposure.values.sum(axis=0)
    from geodata.evidence.baseline import fit

    cells = usual.place_cells
    chosen = usual.records.of_stream(Stream.INCIDENT) & usual.records.in_places
    expected = exposed @ fit(cells.count(chosen), cells.design).coefficients
    assert expected == pytest.approx(3000, rel=0.05)


def test_a_place_tells_what_is_known_of_it(usual):
    answer = describe_place(usual, SCHOOL, POLICE)
    assert answer.place.name == "Skola 1"
    assert answer.ground.bells == ("08:10", "14:10")
    rhythm = np.array(answer.rhythm)
    assert rhythm.shape == (7, 24)
    assert rhythm.sum() == answer.rhythm_known
    assert answer.when.windows[0] == answer.place.window
    assert answer.categories[0][0] == "traffic_speed"
    assert {quote.text for quote in answer.quotes} == {"Bilarna kör för fort"}
    (review,) = answer.reviews
    assert (review.status, review.v85, review.text) == ("proposed", 43.0, None)
    by_stream = {one.stream: one.count for one in answer.place.streams}
    counted = {stream: sum(dict(point.counts)[stream] for point in answer.trend) for stream in Stream}
    assert counted == by_stream
    assert [point.label for point in answer.trend][:3] == ["2023 T1", "2023 T2", "2023 T3"]
    assert all(point.low <= point.total <= point.high for point in answer.trend)


def test_a_review_that_found_nothing_is_told_at_its_place(usual):
    (review,) = describe_place(usual, 2, POLICE).reviews
    assert review.status == "nothing_called_for"


def test_a_square_has_no_bells(usual):
    square = next(place for place in usual.places if place.kind is PlaceKind.SQUARE)
    assert describe_place(usual, square.place_id, POLICE).ground.bells is None


def test_the_trend_goes_on_beside_the_selected_period(usual):
    spring = Selection(Audience.POLICE, period=tertial(1, 2025))
    assert len(describe_place(usual, SCHOOL, spring).trend) == 9


def test_an_unknown_place_is_missing(usual):
    with pytest.raises(MissingError) as error:
        describe_place(usual, 999, POLICE)
    assert error.value.code == "no_place"


def test_observations_in_view_are_bounded_and_newest_first(usual):
    point = lonlat(1600, 1600)
    bounds = (point.x - 0.0005, point.y - 0.0003, point.x + 0.0005, point.y + 0.0003)
    answer = observations_in_view(usual, POLICE, bounds=bounds)
    assert answer.in_view == len(answer.points) >= 60
    assert all(
        bounds[0] <= one.lon <= bounds[2] and bounds[1] <= one.lat <= bounds[3] for one in answer.points
    )
    days = [one.day for one in answer.points]
    assert days == sorted(days, reverse=True)
    cut = observations_in_view(usual, POLICE, bounds=EVERYWHERE, limit=10)
    assert (len(cut.points), cut.cut) == (10, True)


def test_what_is_known_to_the_municipality_is_counted_for_it_alone(usual):
    answer = count_known_to_area(usual, POLICE)
    (row,) = answer.rows
    assert (row.name, str(row.precision), row.count, answer.total) == ("Provstad", "municipality", 7, 7)
    assert all(point.category for point in observations_in_view(usual, POLICE, bounds=EVERYWHERE).points)


def test_coverage(usual):
    answer = cover(usual, Audience.POLICE)
    assert answer.streams[Stream.SURVEY] == 700
    assert answer.streams[Stream.REVIEW] == 2
    assert answer.first.year == 2023
    assert answer.period == Period(answer.first, answer.last)
    assert [source.source for source in answer.sources] == ["incidents", "reviews", "surveys"]
    assert isinstance(answer.last, date)


def test_the_same_ground_until_something_is_published(usual):
    assert open_ground(usual.workspace) is usual


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
class TestOnlookers:
    def test_no_cells_and_no_areas(self, usual, audience):
        answer = find_hotspots(usual, Selection(audience))
        assert (answer.cells, answer.counts, answer.areas) == ({}, {}, ())
        assert "cells_withheld" in answer.warnings
        assert (answer.used, answer.left_out) == (None, {})

    def test_no_small_count_and_nothing_it_follows_from(self, usual, audience):
        for place in rank_places(usual, Selection(audience)).places:
            for one in place.streams:
                assert one.count is None or one.count == 0 or one.count >= 5
                if one.count is None:
                    assert (one.expected, one.ratio, one.low, one.high, one.tellable) == (None,) * 4 + (
                        False,
                    )
                    assert place.score is None

    def test_no_single_hours_words_or_reviews(self, usual, audience):
        answer = describe_place(usual, SCHOOL, Selection(audience))
        assert (answer.rhythm, answer.rhythm_known, answer.quotes, answer.reviews) == (None, 0, (), ())
        for point in answer.trend:
            shown = [count for _, count in point.counts]
            assert all(count is None or count == 0 or count >= 5 for count in shown)
            assert all(count is None or count % 5 == 0 for count in shown)
            assert point.total is None or point.total <= sum(count or 0 for count in shown)
        assert all(count >= 5 for _, count in answer.categories)

    def test_no_points(self, usual, audience):
        with pytest.raises(AccessError):
            observations_in_view(usual, Selection(audience), bounds=EVERYWHERE)

    def test_no_small_source(self, usual, audience):
        answer = cover(usual, audience)
        assert answer.streams[Stream.REVIEW] is None
        assert {source.source: source.count for source in answer.sources}["reviews"] is None


def test_chosen_hours_are_not_given_back_as_a_finding(usual):
    asked = Selection(Audience.POLICE, window=TimeWindow(frozenset(range(5)), 7, 9))
    assert {place.window for place in rank_places(usual, asked).places} == {None}
