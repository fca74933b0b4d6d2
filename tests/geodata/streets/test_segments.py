"""The nearest of many segments, against shapely's own search."""

import numpy as np
import pytest
import shapely

from geodata.streets import segments
from geodata.streets.segments import segment_grid


def nearest_by_shapely(lines, x, y, most):
    """Return the nearest line of each point, of equally near ones the first, and how far it is."""
    away = shapely.distance(shapely.points(x, y)[:, None], lines[None, :])
    link = away.argmin(axis=1)
    distance = away.min(axis=1)
    return np.where(distance <= most, link, -1), np.where(distance <= most, distance, np.nan)


def crooked(rng, number=150, side=1000.0):
    """Return lines of two to five vertices with ends that meet, some of them many cells long."""
    ends = rng.uniform(0, side, (60, 2)) + np.array([412_000, 6_578_000])
    lines = []
    for _ in range(number):
        first, last = ends[rng.integers(0, 60, 2)]
        inner = np.linspace(first, last, rng.integers(2, 6))[1:-1]
        points = np.vstack([first, inner + rng.normal(0, 15, inner.shape), last + rng.normal(0, 1e-3, 2)])
        lines.append(shapely.LineString(points))
    return np.array(lines, dtype=object)


@pytest.mark.parametrize("most", [5.0, 50.0, 5000.0])
def test_gives_what_shapely_gives_inside_and_outside_the_grid(most):
    rng = np.random.default_rng(4)
    lines = crooked(rng)
    x, y = rng.uniform(-400, 1400, (2, 3000)) + np.array([[412_000], [6_578_000]])
    found = segment_grid(lines).nearest(x, y, max_distance_m=most)
    link, distance = nearest_by_shapely(lines, x, y, most)
    np.testing.assert_array_equal(found.link, link)
    np.testing.assert_allclose(found.distance_m, distance, rtol=0, atol=1e-8)
    on = link >= 0
    along = shapely.line_locate_point(lines[link[on]], shapely.points(x[on], y[on]))
    np.testing.assert_allclose(found.along_m[on], along, rtol=0, atol=1e-6)


def test_lines_that_share_their_nearest_vertex_give_the_first():
    star = np.array([shapely.LineString([(100, 100), (200 + 7 * k, 60 * k)]) for k in range(-3, 4)])
    x, y = np.random.default_rng(1).uniform(0, 95, (2, 400))
    found = segment_grid(star).nearest(x, y, max_distance_m=500)
    reversed_found = segment_grid(star[::-1]).nearest(x, y, max_distance_m=500)
    corner = np.isclose(found.distance_m, np.hypot(x - 100, y - 100), rtol=0, atol=1e-12)
    assert corner.sum() > 40
    assert (found.along_m[corner] == 0).all()
    assert set(found.link[corner]) == {0} == set(reversed_found.link[corner])


def test_what_lies_at_the_greatest_distance_is_taken():
    line = np.array([shapely.LineString([(0, 0), (100, 0)])])
    found = segment_grid(line).nearest([50, 50], [50, 50.001], max_distance_m=50)
    assert found.link.tolist() == [0, -1]


def test_a_line_of_several_parts_and_one_missing():
    lines = np.array([None, shapely.MultiLineString([[(0, 0), (10, 0)], [(40, 0), (60, 0)]])])
    found = segment_grid(lines).nearest([45], [3], max_distance_m=50)
    assert (found.link[0], found.distance_m[0], found.along_m[0]) == (1, 3, 15)


def test_one_thread_and_two_give_the_same(monkeypatch):
    monkeypatch.setattr(segments, "POINTS_A_CHUNK", 100)
    rng = np.random.default_rng(2)
    grid = segment_grid(crooked(rng))
    x, y = rng.uniform(0, 1000, (2, 1000)) + np.array([[412_000], [6_578_000]])
    one, two = (grid.nearest(x, y, max_distance_m=50, threads=threads) for threads in (1, 2))
    np.testing.assert_array_equal(one.link, two.link)
    np.testing.assert_array_equal(one.distance_m, two.distance_m)


def test_a_level_street_along_the_edge_of_two_rows_of_cells_is_found():
    edge = 6_578_000.0 + 2 * segments.CELL_M
    lines = np.array(
        [
            shapely.LineString([(412_000, 6_578_000), (412_000, 6_578_400)]),
            shapely.LineString([(412_000, edge), (412_300, edge)]),
        ]
    )
    x, y = np.array([412_200.0, 412_200]), np.array([edge + 3, edge - 3])
    x.flags.writeable = y.flags.writeable = False
    found = segment_grid(lines).nearest(x, y, max_distance_m=10)
    assert found.link.tolist() == [1, 1]
