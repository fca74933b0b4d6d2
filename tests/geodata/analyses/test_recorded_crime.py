"""Where and when recorded crime lies: parts, tertials, times of day, and what is no crime."""

from datetime import date

import numpy as np
import pytest
from provstad import EAST, NORTH, area, background, frame, planned_town

from geodata.analyses.division import division_of
from geodata.analyses.recorded_crime import crime_pattern
from geodata.errors import AccessError
from geodata.periods import Period, year
from geodata.privacy import Audience


def town_with(tmp_path_factory, name, areas=()):
    town = planned_town()
    if areas:
        town.areas = frame("areas", areas)
    background(town, records=600, blocks=20)
    town.add(EAST + 400, NORTH + 400, category="damage_vandalism", count=40, severity="none")
    town.add(EAST + 400, NORTH + 400, category="traffic_accident", count=30, severity="death")
    town.add(EAST + 400, NORTH + 400, category="environment_dark", count=20)
    town.add(
        EAST + 1500, NORTH + 400, category="theft_burglary", count=25, local_hour=23, time_precision="hour"
    )
    town.add(None, None, category="theft_burglary", count=7, location_precision="municipality")
    return town.publish(tmp_path_factory.mktemp(name) / "provstad")


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    return town_with(tmp_path_factory, "crime")


@pytest.fixture(scope="module")
def pattern(ground):
    return crime_pattern(ground, Audience.POLICE, period=year(2025))


def test_crime_is_counted_and_accidents_and_dark_streets_are_not(ground, pattern):
    speed = (ground.observations["category"] == "traffic_speed").to_numpy()
    in_2025 = speed & (ground.records.day.astype("datetime64[Y]").astype(int) == 55)
    assert pattern.count == in_2025.sum() + 40 + 25 + 7
    assert pattern.graded == {"damage_vandalism": 40}


def test_parts_add_up_and_their_ranges_hold_their_rates(ground, pattern):
    assert pattern.division == "schools"
    assert sum(one.count for one in pattern.parts) + pattern.outside == pattern.count
    assert pattern.outside == 7
    counts = [one.count for one in pattern.parts]
    assert counts == sorted(counts, reverse=True)
    for one in pattern.parts:
        assert one.low < one.rate < one.high
        assert one.rate == pytest.approx(1000 * one.count / one.residents, rel=0.01)
    division = division_of(ground)
    assert sum(division.residents(ground)) == pytest.approx(8000, abs=3)


def test_districts_are_taken_before_schools(tmp_path_factory):
    areas = [
        area(900, "district", "Väster", 0, 0, width=1000.0),
        area(901, "district", "Öster", 1000, 0, width=1000.0),
    ]
    ground = town_with(tmp_path_factory, "districts", areas=areas)
    division = division_of(ground)
    assert (division.kind, set(division.names)) == ("districts", {"Väster", "Öster"})
    found = division.at(np.array([EAST + 500.0, EAST - 9000.0]), np.array([NORTH + 500.0] * 2))
    assert division.names[found[0]] == "Väster"
    assert found[1] == -1


def test_a_tertial_counts_when_the_records_cover_it_whole(ground, pattern):
    assert [one.year for one in pattern.years] == [2023, 2024, 2025]
    days, _ = ground.school_days
    assert days[0] > np.datetime64("2023-01-01")
    assert days[-1] == np.datetime64("2025-12-31")
    first, *_, newest = pattern.years
    assert first.tertials[0] is None
    assert all(first.tertials[1:])
    assert sum(newest.tertials) + newest.undated == pattern.count


def test_times_of_day_share_out_all_that_is_known(ground, pattern):
    assert 100 < pattern.timed < pattern.count
    assert pattern.shares.shape == (7, 4)
    assert pattern.shares.sum() == pytest.approx(1)
    # 25 break-ins on a Monday after eleven in the evening.
    assert np.unravel_index(pattern.shares.argmax(), pattern.shares.shape) == (0, 2)
    few = crime_pattern(ground, Audience.POLICE, period=Period(date(2025, 3, 4), date(2025, 3, 4)))
    assert few.count < 100
    assert few.shares is None


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_nothing_is_counted_over_the_municipality_for_council_and_public(ground, audience):
    with pytest.raises(AccessError):
        crime_pattern(ground, audience, period=year(2025))
