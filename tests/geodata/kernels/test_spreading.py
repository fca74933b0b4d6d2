import numpy as np
import pytest
from scipy.interpolate import BSpline

from geodata.kernels.spreading import ORDER, spline, spread

BUMP = BSpline.basis_element(np.arange(ORDER + 1), extrapolate=False)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.999])
def test_the_spline_is_the_cardinal_one(part):
    told = np.nan_to_num(BUMP(part + ORDER - 1 - np.arange(ORDER)))
    np.testing.assert_allclose(spline(part), told, atol=1e-15)
    assert sum(spline(part)) == pytest.approx(1, abs=1e-15)


def test_points_are_spread_as_the_product_of_two_splines():
    rng = np.random.default_rng(2)
    points = np.column_stack([rng.uniform(-3, 3, 40), rng.uniform(-2, 2, 40), rng.uniform(0, 2, 40)])
    grid = np.zeros((12, 14))
    spread(points, 5, 35, 6.5, 5.5, grid)
    columns, rows = np.arange(14), np.arange(12)
    wanted = sum(
        weight
        * np.outer(
            np.nan_to_num(BUMP(rows - north - 5.5 + ORDER / 2)),
            np.nan_to_num(BUMP(columns - east - 6.5 + ORDER / 2)),
        )
        for east, north, weight in points[5:35]
    )
    np.testing.assert_allclose(grid, wanted, atol=1e-14)
