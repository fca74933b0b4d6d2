import numpy as np
import pytest

from geodata.errors import ParameterError
from geodata.hotspots.density import POWERS, Raster, finite_density
from geodata.hotspots.gaussian_density import gaussian_density

WEST, SOUTH = 412_000.0, 6_578_000.0


def brute(x, y, raster, weight, kernel):
    """Return the sum over points, cell by cell, of a kernel of the squared distance in metres."""
    east = raster.west + (np.arange(raster.columns) + 0.5) * raster.width_m
    north = raster.south + (np.arange(raster.rows) + 0.5) * raster.height_m
    distance2 = (east[None, :, None] - x) ** 2 + (north[:, None, None] - y) ** 2
    return (kernel(distance2) * weight).sum(axis=-1)


def town(number, raster, seed=0):
    """Return points within the raster and round it, in heaps, on corners of cells and exactly alike."""
    rng = np.random.default_rng(seed)
    width, height = raster.columns * raster.width_m, raster.rows * raster.height_m
    x = WEST + rng.uniform(-0.2, 1.2, number) * width
    y = SOUTH + rng.uniform(-0.2, 1.2, number) * height
    heap = rng.random(number) < 0.4
    x[heap], y[heap] = WEST + width / 3 + rng.normal(0, 40, heap.sum()), SOUTH + height / 4
    corner = rng.random(number) < 0.1
    x[corner], y[corner] = WEST + 4 * raster.width_m, SOUTH + 5 * raster.height_m
    return x, y, rng.uniform(0, 3, number)


@pytest.mark.parametrize("kernel", POWERS)
@pytest.mark.parametrize("bandwidth", [30, 90, 100, 260, 1234.5, 9000])
@pytest.mark.parametrize("shape", [(40, 31), (1, 50), (100, 3)])
@pytest.mark.parametrize("size", [(100.0, 100.0), (53.7, 93.1)])
def test_finite_equals_brute_force(kernel, bandwidth, shape, size):
    raster = Raster(WEST, SOUTH, *size, *shape)
    x, y, weight = town(700, raster)
    found = finite_density(x, y, raster, bandwidth_m=bandwidth, kernel=kernel, weight=weight)
    wanted = brute(x, y, raster, weight, lambda d2: np.maximum(1 - d2 / bandwidth**2, 0) ** POWERS[kernel])
    assert np.abs(found - wanted).max() <= 1e-9 * wanted.max()


@pytest.mark.parametrize("bandwidth", [25, 60, 100, 290, 800, 2500])
@pytest.mark.parametrize("shape", [(40, 31), (1, 50)])
@pytest.mark.parametrize("size", [(100.0, 100.0), (53.7, 93.1)])
@pytest.mark.parametrize("number", [1, 700])
def test_gaussian_is_within_a_millionth_of_the_peak(bandwidth, shape, size, number):
    raster = Raster(WEST, SOUTH, *size, *shape)
    x, y, weight = town(number, raster, seed=3)
    x[0], y[0], weight[0] = WEST + 1234.0, SOUTH + 50.0, 1.0
    found = gaussian_density(x, y, raster, bandwidth_m=bandwidth, weight=weight)
    wanted = brute(x, y, raster, weight, lambda d2: np.exp(-d2 / (2 * bandwidth**2)))
    assert np.abs(found - wanted).max() <= 1e-6 * wanted.max()


@pytest.mark.parametrize("density", [finite_density, gaussian_density])
def test_one_thread_and_two_give_the_same(density):
    raster = Raster(WEST, SOUTH, 100.0, 100.0, 200, 90)
    x, y, weight = town(5000, raster)
    one = density(x, y, raster, bandwidth_m=450.0, weight=weight, threads=1)
    two = density(x, y, raster, bandwidth_m=450.0, weight=weight, threads=2)
    np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize("density", [finite_density, gaussian_density])
def test_what_can_not_be_computed_is_refused(density):
    raster = Raster(WEST, SOUTH, 100.0, 100.0, 10, 10)
    with pytest.raises(ParameterError, match="must be above zero") as caught:
        density([WEST], [SOUTH], raster, bandwidth_m=0.0)
    assert caught.value.code == "bandwidth_not_positive"
    with pytest.raises(ParameterError, match="2 points have no place") as caught:
        density([WEST, np.nan, WEST], [SOUTH, SOUTH, np.inf], raster, bandwidth_m=300.0)
    assert caught.value.code == "points_not_finite"
    assert not density([], [], raster, bandwidth_m=300.0).any()


def test_the_kernels_that_there_are_are_named():
    raster = Raster(WEST, SOUTH, 100.0, 100.0, 10, 10)
    with pytest.raises(ParameterError, match="use epanechnikov or quartic"):
        finite_density([WEST], [SOUTH], raster, bandwidth_m=300.0, kernel="cone")
    with pytest.raises(ParameterError, match="too small for cells of 100 m"):
        gaussian_density([WEST], [SOUTH], raster, bandwidth_m=10.0)
