"""Walking forward over a town: what is told of each method, and to whom."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from provstad import EAST, NORTH, planned_town, street_grid

from geodata.analyses.accuracy import tell_accuracy
from geodata.analyses.past import UNITS, periods_of, scores_of, street_ground
from geodata.errors import ParameterError
from geodata.hotspots.base import Finding, HotspotResult, Method, no_scores
from geodata.hotspots.count import CountParameters
from geodata.hotspots.methods import METHODS
from geodata.periods import Period
from geodata.privacy import Audience
from geodata.schema import Stream
from geodata.selection import Selection
from tests.geodata.hotspots.plaza import material

POLICE = Selection(Audience.POLICE, streams=frozenset({Stream.INCIDENT}))


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    """Two years and a few days in which one corner has a third of all, period after period."""
    town, random = planned_town(), np.random.default_rng(3)
    for number in range(900):
        day = np.datetime64("2023-01-02") + (number * 730) // 900
        corner = number % 3 == 0
        at = (1600, 1600) if corner else random.integers(0, 20, 2) * 100 + 50
        town.add(EAST + at[0] + random.uniform(-30, 30), NORTH + at[1] + random.uniform(-9, 9), day=str(day))
    town.add(EAST + 400, NORTH + 400, day="2025-01-03")
    town.add(EAST + 400, NORTH + 400, local_first=date(2023, 1, 1), local_last=date(2023, 12, 31))
    return town.publish(tmp_path_factory.mktemp("steady") / "provstad")


def test_periods_are_whole_and_over(steady):
    periods, period_of = periods_of(steady, POLICE, step="tertial")
    assert [one.first for one in periods][:2] == [date(2023, 1, 1), date(2023, 5, 1)]
    assert len(periods) == 6
    assert all((later.first - earlier.last).days == 1 for earlier, later in pairwise(periods))
    # The day of the new year is in a period that is not over, and the year alone in no tertial.
    assert (period_of == -1).sum() == 2
    years, of_year = periods_of(steady, POLICE, step="year")
    assert len(years) == 2
    assert (of_year == -1).sum() == 1


@pytest.mark.parametrize("unit", UNITS)
def test_a_steady_corner_is_caught_by_every_method(steady, unit):
    answer = tell_accuracy(steady, POLICE, unit=unit)
    assert len(answer.periods) == 4
    assert {row.method for row in answer.rows} == {"count", *UNITS[unit].usual}
    assert answer.counting_rule == UNITS[unit].counting_rule
    # One record of a period that is not over, one known to the year, and on streets those near none.
    near = 902 - 2 if unit == "cells" else answer.used
    assert (answer.used, answer.left_out) == (near, 902 - near)
    for row in answer.rows:
        assert row.stream is Stream.INCIDENT
        assert 0.3 < row.capture <= 1
        assert row.pai == pytest.approx(row.capture / row.share, rel=0.05)
        assert (row.above_count is None) == (row.method == "count")


def test_a_forecast_is_not_behind_the_count(steady):
    rows = tell_accuracy(steady, POLICE, unit="streets").rows
    assert all(row.above_count.high > 0 for row in rows if row.method == "forecast")


@pytest.mark.parametrize("period", [None, Period(date(2023, 1, 1), date(2024, 12, 31))])
def test_a_method_is_told_that_time_ends_with_the_last_period_before(steady, monkeypatch, period):
    """Else what is newest would be looked for in the days that are to be told, which are empty to it."""
    seen = []

    def look(material, _parameters, _seed):
        seen.append((material.first_day, material.last_day, material.events.number))
        return HotspotResult(material.events.number, no_scores(material.cells))

    monkeypatch.setitem(METHODS, "kde_quartic", Method(look, CountParameters, "inside_cell"))
    asked = Selection(Audience.POLICE, streams=POLICE.streams, period=period)
    answer = tell_accuracy(steady, asked, methods=["kde_quartic"])
    ends = [one.first.toordinal() - date(1970, 1, 1).toordinal() - 1 for one in answer.periods]
    assert [last for _, last, _ in seen] == ends
    assert {first for first, _, _ in seen} == {(date(2023, 1, 2) - date(1970, 1, 1)).days}
    numbers = [number for _, _, number in seen]
    assert 0 < numbers[0] < numbers[-1] < 900


def test_small_streets_round_a_piece_are_service_ways_alone(tmp_path):
    town = planned_town()
    town.streets = street_grid(8)
    town.streets.loc[0, "road_class"] = "service"
    town.add(EAST + 400, NORTH + 400)
    made = street_ground(town.publish(tmp_path / "provstad"))
    small = made.surroundings[:, 0]
    far = np.hypot(made.x - (EAST + 50), made.y - NORTH)
    assert small[far < 60].min() > 0
    assert small[far > 600].max() == 0
    assert (made.surroundings[:, 1] > 0).all()


def test_two_years_are_too_few_to_tell_one(steady):
    answer = tell_accuracy(steady, POLICE, step="year")
    assert (answer.rows, answer.warnings) == ((), ("few_periods",))


def test_without_points_or_without_streets_that_is_said(tmp_path):
    town = planned_town()
    for number in range(30):
        town.add(None, None, day=str(np.datetime64("2023-01-02") + number * 24))
    ground = town.publish(tmp_path / "provstad")
    for unit in UNITS:
        answer = tell_accuracy(ground, POLICE, unit=unit)
        assert (answer.used, answer.left_out, answer.rows, answer.warnings) == (0, 30, (), ("no_events",))
    town.streets = town.streets[:0]
    bare = tell_accuracy(town.publish(tmp_path / "ren"), POLICE, unit="streets")
    assert {"stretches_need_streets", "no_events"} <= set(bare.warnings)


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_onlookers_see_no_cells(steady, audience):
    answer = tell_accuracy(steady, Selection(audience))
    assert (answer.used, answer.rows, answer.warnings) == (None, (), ("cells_withheld",))


def test_a_method_that_there_is_not_is_refused(steady):
    with pytest.raises(ParameterError, match="getis_ord"):
        tell_accuracy(steady, POLICE, methods=["tea_leaves"])


def test_places_of_a_methods_own_give_their_cells_its_score():
    import shapely

    given = material([2.0, 0, 1, 0], side=2)
    x, y = given.cells.x, given.cells.y
    ground = shapely.box(x[1] - 10, y[1] - 10, x[1] + 10, y[1] + 10)
    found = HotspotResult(3, findings=(Finding(ground, np.array([0, 1]), 0.5, 7.0, 0.01),))
    assert scores_of(found, given).tolist() == [7, 7, 0, 0]
