import numpy as np

from geodata.kernels.sorting import sort_into_cells


def test_points_stand_in_the_order_of_their_cells_and_in_their_own_within_one():
    rng = np.random.default_rng(0)
    x, y, weight = rng.uniform(-50, 950, 400), rng.uniform(90, 1500, 400), rng.uniform(0, 2, 400)
    starts, points = np.zeros(7 * 9 + 1, dtype=np.int64), np.full((400, 3), np.nan)
    sort_into_cells(x, y, weight, 100.0, 200.0, 80.0, 120.0, 300.0, 500.0, 7, 9, starts, points)
    column, row = np.floor((x - 100) / 80), np.floor((y - 200) / 120)
    inside = np.flatnonzero((column >= 0) & (column < 9) & (row >= 0) & (row < 7))
    cell = (row * 9 + column)[inside]
    order = inside[np.argsort(cell, kind="stable")]
    assert starts.tolist() == [0, *np.cumsum(np.bincount(cell.astype(int), minlength=63)).tolist()]
    assert 0 < len(inside) < 400
    np.testing.assert_allclose(points[: len(inside), 0], ((x - 100) % 80 - 40)[order] / 300, atol=1e-12)
    np.testing.assert_allclose(points[: len(inside), 1], ((y - 200) % 120 - 60)[order] / 500, atol=1e-12)
    np.testing.assert_array_equal(points[: len(inside), 2], weight[order])
    assert np.isnan(points[len(inside) :]).all()
