from dataclasses import replace

import numpy as np
import pytest

from geodata.hotspots.near_repeat import NEAR_REPEAT, NearRepeatParameters
from tests.geodata.hotspots.plaza import DAYS, material


def chains(seed=0, *, lately=True):
    """Return a town where every event of some cells is followed by two more there within the week."""
    rng = np.random.default_rng(seed)
    cell = np.repeat(rng.integers(0, 400, 150), 3)
    first = rng.integers(0, DAYS - 40, 150)
    day = np.repeat(first, 3) + np.tile([0, 2, 5], 150)
    if lately:
        cell, day = np.concatenate([cell, np.full(8, 210)]), np.concatenate([day, np.full(8, DAYS - 3)])
    order = np.argsort(cell, kind="stable")
    return material(np.bincount(cell, minlength=400).astype(float), side=20, day=day[order])


def test_where_one_event_is_followed_by_more_the_newest_places_are_hot():
    result = NEAR_REPEAT(chains())
    assert "100 m, 7 d" in dict(result.chosen)["raised"]
    assert result.cells.hot[210]
    assert result.cells.score[210] == result.cells.score.max()
    assert result.cells.p_adjusted[210] <= 0.05


def test_where_nothing_happened_lately_no_place_is_hot():
    result = NEAR_REPEAT(chains(lately=False))
    assert dict(result.chosen)["raised"] != "–"
    assert not result.cells.hot.any()


def test_days_without_pattern_raise_nothing():
    rng = np.random.default_rng(0)
    said = [
        dict(
            NEAR_REPEAT(
                material(rng.poisson(1.0, 400).astype(float), side=20, seed=seed),
                NearRepeatParameters(permutations=99),
                seed=seed,
            ).chosen
        )["raised"]
        for seed in range(20)
    ]
    assert sum(one != "–" for one in said) <= 3


def test_a_day_that_is_not_known_is_left_out_and_counted():
    given = chains()
    given.events.last_day[:5] += 3
    result = NEAR_REPEAT(given)
    assert result.left_out == (("day_unknown", 5),)
    assert result.used == given.events.number - 5


@pytest.mark.parametrize(("cell", "near"), [(210, 8), (211, 8), (399, 0)])
def test_one_event_counts_once_for_a_cell_however_many_bands_reach_it(cell, near):
    given = chains()
    loose = NearRepeatParameters(lowest_ratio=0.0, alpha=1.0, permutations=19)
    result = NEAR_REPEAT(given, loose)
    assert len(dict(result.chosen)["raised"].split(";")) == 12
    for fewest in (near, near + 1):
        hot = NEAR_REPEAT(given, replace(loose, fewest_recent=max(fewest, 1))).cells.hot[cell]
        assert hot == (0 < fewest <= near)


def test_an_event_counts_in_the_highest_band_that_reaches():
    given = chains()
    result = NEAR_REPEAT(given)
    table, bands = result.details, np.array([10.0, 100.0, 200.0, 300.0])
    ratio = np.where(table.p_adjusted <= 0.05, table.pairs / table.expected, 0)[:, 0]
    late = np.flatnonzero(given.last_day - given.events.first_day <= 7)
    for cell in (210, 212):
        away = np.hypot(
            given.events.x[late] - given.cells.x[cell], given.events.y[late] - given.cells.y[cell]
        )
        by_band = [ratio[np.maximum(bands, 50 * 2**0.5) >= one] for one in away]
        told = sum(max(one.max(initial=0), 1) - 1 for one in by_band)
        assert result.cells.score[cell] == pytest.approx(told)
