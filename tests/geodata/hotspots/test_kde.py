import math
from dataclasses import replace

import numpy as np
import pytest

from geodata.hotspots.bandwidth import likeliest_bandwidth
from geodata.hotspots.kde import KDE_GAUSSIAN, KDE_QUARTIC
from tests.geodata.hotspots.plaza import EAST, NORTH, SIDE_M, cells_of, material

METHODS = {"quartic": KDE_QUARTIC, "gaussian": KDE_GAUSSIAN}
KERNELS = {
    "quartic": lambda r2: np.where(r2 < 1, (1 - np.minimum(r2, 1)) ** 2, 0) / (math.pi / 3),
    "gaussian": lambda r2: np.exp(-r2 / 2) / (2 * math.pi),
}


def clumps(spread_m, *, seed=0, number=600, side=30):
    """Return a count by cell of events in twenty clumps, and material of it."""
    rng = np.random.default_rng(seed)
    middle = rng.uniform(300, side * SIDE_M - 300, (20, 2))[rng.integers(0, 20, number)]
    at = np.clip(middle + rng.normal(0, spread_m, middle.shape), 0, side * SIDE_M - 1)
    column, row = (at // SIDE_M).astype(int).T
    ids, x, y, _ = cells_of("square", side)
    cell = np.full((side, side), -1)
    cell[((y - NORTH) // SIDE_M).astype(int), ((x - EAST) // SIDE_M).astype(int)] = np.arange(len(ids))
    return material(np.bincount(cell[row, column], minlength=side**2), side=side)


def chosen_m(result):
    return float(dict(result.chosen)["bandwidth_used_m"])


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("grid", ["square", "hexagon"])
def test_scores_equal_the_sum_over_events_written_out(kernel, grid):
    size = len(cells_of(grid, 20)[0])
    given = material(np.random.default_rng(0).poisson(0.5, size), grid=grid, side=20)
    weight = np.random.default_rng(1).choice([1.0, 3.0], given.events.number)
    given = replace(given, events=replace(given.events, weight=weight))
    method = METHODS[kernel]
    result = method(given, replace(method.parameters(), bandwidth_m=330.0))
    cells, events = given.cells, given.events

    def squares(x, y):
        return ((cells.x[:, None] - x) ** 2 + (cells.y[:, None] - y) ** 2) / 330.0**2

    density = (KERNELS[kernel](squares(events.x, events.y)) * weight).sum(axis=1) / 0.33**2
    inside = KERNELS[kernel](squares(cells.x, cells.y)).sum(axis=1) * cells.cell_area_m2 / 330.0**2
    told = density / np.clip(inside, 0.5, 1)
    np.testing.assert_allclose(result.cells.score, told, atol=2e-6 * told.max())
    assert chosen_m(result) == 330


@pytest.mark.parametrize("kernel", KERNELS)
def test_events_spread_evenly_are_as_dense_at_the_edge_as_within(kernel):
    method = METHODS[kernel]
    result = method(material(np.full(900, 8.0)), replace(method.parameters(), bandwidth_m=250.0))
    np.testing.assert_allclose(np.median(result.cells.score), 800, rtol=0.05)
    assert result.cells.score.min() > 0.4 * 800  # a corner has a quarter of the kernel, and is doubled
    western_edge = result.cells.score[8:22]
    np.testing.assert_allclose(western_edge, 800, rtol=0.12)


def test_the_bandwidth_is_the_likeliest_of_those_tried():
    given = clumps(150.0)
    cells, tried = given.cells, 100 * 2 ** (np.arange(9) / 2)
    occupied, number = cells.count > 0, cells.count.sum()
    likelihood = []
    for bandwidth in tried:
        distance2 = (cells.x[:, None] - cells.x) ** 2 + (cells.y[:, None] - cells.y) ** 2
        share = KERNELS["quartic"](distance2 / bandwidth**2) * cells.cell_area_m2 / bandwidth**2
        others = share @ cells.count - share[0, 0] * cells.count
        likelihood.append((cells.count * np.log((np.maximum(others, 0) + 1 / 900) / number))[occupied].sum())
    result = KDE_QUARTIC(given)
    assert chosen_m(result) == pytest.approx(tried[np.argmax(likelihood)], abs=0.51)
    assert 0 < np.argmax(likelihood) < 8


@pytest.mark.parametrize("method", METHODS.values())
def test_wider_clumps_get_a_wider_bandwidth(method):
    assert chosen_m(method(clumps(60.0))) < chosen_m(method(clumps(350.0)))


def test_records_that_share_a_point_do_not_draw_it_to_nothing():
    given = clumps(150.0)
    stacked = material(given.cells.count * 20)
    assert chosen_m(KDE_QUARTIC(stacked)) == chosen_m(KDE_QUARTIC(given))


def test_a_bandwidth_below_the_cell_is_raised_and_said():
    given = clumps(150.0)
    result = KDE_QUARTIC(given, replace(KDE_QUARTIC.parameters(), bandwidth_m=40.0))
    assert "bandwidth_below_cell" in result.warnings
    assert chosen_m(result) == SIDE_M
    assert "bandwidth_below_cell" in KDE_QUARTIC(material([*np.zeros(399), 1000])).warnings
    kept = KDE_QUARTIC(given, replace(KDE_QUARTIC.parameters(), bandwidth_m=float(SIDE_M)))
    assert "bandwidth_below_cell" not in kept.warnings


def test_the_search_ends_at_its_widest():
    tried = []

    def others(bandwidth_m):
        tried.append(bandwidth_m)
        return np.full(4, bandwidth_m)

    assert likeliest_bandwidth(others, np.ones(4), floor_m=100.0, widest_m=350.0) == pytest.approx(
        282.84, abs=0.01
    )
    assert len(tried) == 4
    tried.clear()
    assert (
        likeliest_bandwidth(lambda m: others(m)[::-1] * -1, np.ones(4), floor_m=100.0, widest_m=1e9) == 100.0
    )
    assert len(tried) == 3
