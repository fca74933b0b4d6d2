import numpy as np
import pytest

from geodata.kernels.finite_density import add_ring, moments


@pytest.fixture
def cells():
    """Return points in a block of three rows and four columns, some cells empty, and their twin by cell."""
    rng = np.random.default_rng(1)
    held = rng.integers(0, 4, 12)
    points = rng.uniform(-0.1, 0.1, (held.sum(), 3))
    points[:, 2] = rng.uniform(0, 2, held.sum())
    starts = np.concatenate([[0], np.cumsum(held)]).astype(np.int64)
    return points, starts, np.split(points, starts[1:-1])


def test_moments_equal_sums_written_out(cells):
    points, starts, by_cell = cells
    nine, four = np.zeros((9, 5, 4)), np.zeros((4, 5, 4))
    moments(points, starts, nine)
    moments(points, starts, four)
    for cell, held in enumerate(by_cell):
        u, v, w = held.T
        q = u**2 + v**2
        told = [w, w * u, w * v, w * u**2, w * v**2, w * u * v, w * u * q, w * v * q, w * q**2]
        np.testing.assert_allclose(nine[:, cell // 4, cell % 4], [one.sum() for one in told], atol=1e-15)
        np.testing.assert_allclose(
            four[:, cell // 4, cell % 4], [w.sum(), (w * u).sum(), (w * v).sum(), (w * q).sum()], atol=1e-15
        )
    assert not nine[:, 3:].any()


@pytest.mark.parametrize("power", [1, 2])
def test_the_ring_equals_a_loop_over_points_and_cells(cells, power):
    points, starts, by_cell = cells
    where = [(-2, 0), (0, -2), (0, -1), (0, 2), (1, 1)]
    east, north = np.array([one[1] for one in where]) / 2.1, np.array([one[0] for one in where]) / 2.1
    runs = np.array([[-2, 0, 1], [0, -2, 2], [0, 2, 1], [1, 1, 1]])
    out = np.ones((2 + 4, 4 + 6))
    add_ring(points, starts, 4, 1, 3, np.stack([east, north, 1 - east**2 - north**2]), runs, 2, 3, power, out)
    wanted = np.ones((6, 10))
    for cell, held in list(enumerate(by_cell))[4:]:
        for (down, across), x, y in zip(where, east, north, strict=True):
            distance2 = (x - held[:, 0]) ** 2 + (y - held[:, 1]) ** 2
            wanted[cell // 4 - 1 + 2 + down, cell % 4 + 3 + across] += (
                held[:, 2] * np.maximum(1 - distance2, 0) ** power
            ).sum()
    np.testing.assert_allclose(out, wanted, atol=1e-14)
