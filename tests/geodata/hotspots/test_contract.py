"""What every hotspot method keeps to, whatever the town's size; a new method is tested by its line in METHODS."""

import numpy as np
import pytest

from geodata import codes
from geodata.evidence.baseline import fit
from geodata.grid import GRIDS
from geodata.hotspots.areas import LARGEST_M2, areas
from geodata.hotspots.base import CellCounts
from geodata.hotspots.methods import METHODS


def cells_of(name, side=30):
    """Return the neighbours of a block of cells."""
    grid = GRIDS[name](100)
    step = np.arange(side) * 100 + 50.0
    east, north = np.meshgrid(412_000 + step, 6_578_000 + step)
    return grid.neighbours(np.unique(grid.ids(east.ravel(), north.ravel())))


def table(count, expected=None, *, neighbours=None):
    """Put counts into cells, row by row; the expectation is the mean unless another is given."""
    count = np.asarray(count, dtype=np.float64)
    joined = cells_of("square") if neighbours is None else neighbours
    mean = max(count.sum() / max(len(count), 1), 1e-9)
    expected = np.full(len(count), mean) if expected is None else expected
    size = len(count)
    return CellCounts(count, np.asarray(expected, dtype=np.float64), joined[:size][:, :size], 100.0**2)


def noise(cells=900, mean=3.0, seed=0):
    return np.random.default_rng(seed).poisson(mean, cells).astype(float)


CASES = {
    "no cells": table([]),
    "one cell": table([4]),
    "no events": table(np.zeros(400)),
    "one event": table([*np.zeros(399), 1]),
    "a dozen events": table(np.isin(np.arange(400), np.arange(0, 400, 36)).astype(float)),
    "all in one cell": table([*np.zeros(399), 1000]),
    "the same everywhere": table(np.full(400, 7.0)),
    "noise": table(noise()),
    "little expected": table(noise(900, 0.02), np.full(900, 0.02)),
}


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("case", CASES)
def test_every_cell_gets_an_answer(name, case):
    cells = CASES[case]
    result = METHODS[name](cells)
    for values in (result.score, result.p_adjusted, result.hot):
        assert values.shape == (cells.cells,)
    assert np.isfinite(result.score).all()
    assert result.hot.dtype == bool
    known = result.p_adjusted[~np.isnan(result.p_adjusted)]
    assert ((known >= 0) & (known <= 1)).all()
    assert set(result.warnings) <= set(codes.WARNINGS)
    for found in areas(cells, result):
        assert result.hot[found.cells].all()
        assert found.count == cells.count[found.cells].sum()
        assert len(found.cells) * cells.cell_area_m2 <= LARGEST_M2


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize(
    "case", ["no cells", "no events", "one event", "a dozen events", "the same everywhere"]
)
def test_where_there_is_nothing_to_say_nothing_is_called_hot(name, case):
    assert not METHODS[name](CASES[case]).hot.any()


@pytest.mark.parametrize("name", METHODS)
def test_the_same_counts_give_the_same_answer_and_are_not_changed(name):
    cells = table(noise())
    before = cells.count.copy()
    first, second = METHODS[name](cells), METHODS[name](cells)
    np.testing.assert_array_equal(first.score, second.score)
    np.testing.assert_array_equal(cells.count, before)


@pytest.mark.parametrize("name", METHODS)
def test_the_order_of_cells_does_not_matter(name):
    cells = table(noise())
    order = np.random.default_rng(1).permutation(cells.cells)
    shuffled = CellCounts(
        cells.count[order], cells.expected[order], cells.neighbours[order][:, order], cells.cell_area_m2
    )
    first, second = METHODS[name](cells), METHODS[name](shuffled)
    np.testing.assert_allclose(second.score, first.score[order], atol=1e-9)
    np.testing.assert_array_equal(second.hot, first.hot[order])


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("grid", GRIDS)
def test_a_planted_cluster_is_found(name, grid):
    joined = cells_of(grid)
    count = noise(joined.shape[0])
    middle = joined.shape[0] // 2
    planted = {middle, *joined[[middle]].nonzero()[1][:3].tolist()}
    count[list(planted)] += 15
    cells = table(count, neighbours=joined)
    hottest = areas(cells, METHODS[name](cells))[0]
    assert planted & set(hottest.cells.tolist())


@pytest.mark.parametrize("name", [name for name in METHODS if name != "count"])
@pytest.mark.parametrize("mean", [0.02, 0.2, 3.0])
def test_noise_alone_rarely_makes_an_area(name, mean):
    found = 0
    for seed in range(40):
        count = noise(mean=mean, seed=seed)
        cells = table(count, fit(count, np.empty((len(count), 0))).expected)
        found += len(areas(cells, METHODS[name](cells)))
    assert found <= 4
