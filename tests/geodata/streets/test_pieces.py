import numpy as np
import pytest
import shapely

from geodata.streets.pieces import cut, joined, spreading

LINES = np.array(
    [
        shapely.LineString([(0, 0), (250, 0)]),
        shapely.LineString([(100, -100), (100, 100)]),
        shapely.LineString([(0, 500), (30, 500)]),
    ],
    dtype=object,
)


def test_every_metre_is_in_one_segment():
    pieces = cut(LINES, length_m=100)
    assert pieces.street.tolist() == [0, 0, 0, 1, 1, 2]
    assert pieces.length_m.tolist() == [100, 100, 50, 100, 100, 30]
    np.testing.assert_allclose(shapely.length(pieces.line), pieces.length_m)


def test_a_length_that_goes_up_evenly_leaves_no_sliver():
    line = np.array([shapely.LineString([(0, 0), (3 * 80.467, 0)])], dtype=object)
    assert len(cut(line)) == 3


def test_a_point_at_a_crossing_is_told_to_both_streets_and_one_far_off_to_none():
    pieces = cut(LINES, length_m=100)
    points = np.array([shapely.Point(104, 3), shapely.Point(249, 5), shapely.Point(30, 300)], dtype=object)
    on = joined(points, LINES, pieces, within_m=15).toarray()
    assert np.flatnonzero(on[0]).tolist() == [1, 4]
    assert np.flatnonzero(on[1]).tolist() == [2]
    assert not on[2].any()


@pytest.mark.parametrize("reach", [0, 1, 4])
def test_mass_is_kept_and_stays_on_its_street(reach):
    pieces = cut(LINES, length_m=20)
    kernel = spreading(pieces, reach=reach).toarray()
    np.testing.assert_allclose(kernel.sum(axis=1), 1)
    other = pieces.street[:, None] != pieces.street[None, :]
    assert not kernel[other].any()


def test_the_kernel_is_linear():
    pieces = cut(np.array([shapely.LineString([(0, 0), (1000, 0)])], dtype=object), length_m=10)
    row = spreading(pieces, reach=4).toarray()[50]
    np.testing.assert_allclose(row[46:55] * 25, [1, 2, 3, 4, 5, 4, 3, 2, 1])
