import numpy as np
import pytest
import scipy.stats
from esda.getisord import G_Local
from libpysal.weights import WSP
from scipy.sparse import csr_array

from geodata.grid import HexGrid, SquareGrid
from geodata.hotspots.getis_ord import gi_star
from geodata.hotspots.significance import false_discovery, upper_normal, upper_poisson


def block(grid, side, *, holes=0, seed=0):
    """Return the neighbours of a block of cells, some of them left out."""
    east, north = np.meshgrid(np.arange(side) * 100 + 412_050.0, np.arange(side) * 100 + 6_578_050.0)
    ids = np.unique(grid.ids(east.ravel(), north.ravel()))
    kept = np.random.default_rng(seed).permutation(len(ids))[holes:]
    return grid.neighbours(np.sort(ids[kept]))


@pytest.mark.parametrize("grid", [SquareGrid(100), HexGrid.of_area(100**2)], ids=["square", "hexagon"])
@pytest.mark.parametrize("holes", [0, 60])
@pytest.mark.parametrize("mean", [0.05, 2.0, 200.0])
@pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected")
@pytest.mark.filterwarnings("ignore: There are")
def test_equal_to_esda(grid, holes, mean):
    joined = block(grid, 20, holes=holes)
    values = np.random.default_rng(5).poisson(mean, joined.shape[0]).astype(float)
    weights = WSP(joined).to_W(silence_warnings=True)
    theirs = G_Local(values, weights, transform="B", star=True, permutations=0)
    np.testing.assert_allclose(gi_star(values, joined), theirs.Zs, atol=1e-9, rtol=0)


def test_one_extreme_corner_does_not_hide_another():
    joined = block(SquareGrid(100), 20)
    values = np.random.default_rng(0).normal(0, 1, 400)
    values[210] += 12
    alone = gi_star(values, joined, ordinary=np.clip(values, -5, 5))[210]
    values[[30, 31, 50, 51]] += 60
    assert gi_star(values, joined)[210] < 1.5
    assert gi_star(values, joined, ordinary=np.clip(values, -5, 5))[210] > 0.8 * alone


def test_values_that_are_all_alike_have_no_z():
    joined = block(SquareGrid(100), 6)
    for value in (0.0, 7.0, 0.1):
        assert not gi_star(np.full(36, value), joined).any()


def test_a_cell_that_touches_all_others_has_no_z():
    assert gi_star(np.array([1.0, 5.0, 2.0]), csr_array(np.ones((3, 3)) - np.eye(3))).tolist() == [0, 0, 0]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_false_discovery_equals_scipy(size):
    p = np.random.default_rng(size).uniform(0, 1, size) ** 3
    p[: size // 3] = p[0]
    np.testing.assert_allclose(false_discovery(p), scipy.stats.false_discovery_control(p), rtol=1e-12)


def test_false_discovery_passes_nothing_when_nothing_passes():
    assert (false_discovery(np.linspace(0.2, 1, 50)) > 0.05).all()
    assert false_discovery(np.array([])).tolist() == []


def test_tails_equal_scipy():
    z = np.linspace(-6, 9, 40)
    np.testing.assert_allclose(upper_normal(z), scipy.stats.norm.sf(z), rtol=1e-10)
    counts, expected = np.array([0, 1, 5, 40]), np.array([0.3, 0.3, 0.9, 20.0])
    np.testing.assert_allclose(
        upper_poisson(counts, expected), scipy.stats.poisson.sf(counts - 1, expected), rtol=1e-10
    )
    assert upper_poisson(0, 0.0) == 1.0
