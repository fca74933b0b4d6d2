"""Walking forward over a town: what is told of each method, and to whom."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from provstad import EAST, NORTH, planned_town

from geodata.analyses.accuracy import tell_accuracy
from geodata.analyses.past import UNITS, periods_of, scores_of
from geodata.errors import ParameterError
from geodata.hotspots.base import Finding, HotspotResult
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
    for row in answer.rows:
        assert row.stream is Stream.INCIDENT
        assert 0.3 < row.capture <= 1
        assert row.pai == pytest.approx(row.capture / row.share, rel=0.05)
        assert (row.above_count is None) == (row.method == "count")


def test_a_forecast_is_not_behind_the_count(steady):
    rows = tell_accuracy(steady, POLICE, unit="streets").rows
    assert all(row.above_count.high > 0 for row in rows if row.method == "forecast")


def test_two_years_are_too_few_to_tell_one(steady):
    answer = tell_accuracy(steady, POLICE, step="year")
    assert (answer.rows, answer.warnings) == ((), ("few_periods",))


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
