import numpy as np

from geodata.kernels.filtering import count_by_cell, slices


def test_slices_and_what_they_count():
    starts = np.array([0, 4, 4, 9], dtype=np.int64)
    day = np.array([1, 3, 3, 8, 0, 3, 4, 4, 9], dtype=np.uint16)
    cell = np.array([0, 1, 1, 2, 2, 2, 0, 1, 1], dtype=np.int32)
    bounds = np.full((3, 2), -1, dtype=np.int64)
    assert slices(starts, day, np.array([True, True, False]), 2, 4, bounds) == 2
    assert bounds.tolist() == [[1, 3], [4, 4], [4, 4]]
    assert slices(starts, day, np.array([True, True, True]), 3, 8, bounds) == 6
    assert bounds.tolist() == [[1, 4], [4, 4], [5, 8]]
    found, rest = np.zeros(3, dtype=np.int32), np.bincount(cell).astype(np.int32)
    count_by_cell(starts, cell, bounds, False, found)
    count_by_cell(starts, cell, bounds, True, rest)
    assert found.tolist() == rest.tolist() == [1, 3, 2]
