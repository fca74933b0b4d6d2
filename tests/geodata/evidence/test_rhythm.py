import numpy as np

from geodata.evidence.rhythm import by_weekday_hour


def test_counts_by_weekday_and_hour_without_what_is_not_known():
    group = np.array([0, 1, 1, 1, 0])
    weekday = np.array([0, 6, 6, -1, 2], dtype=np.int8)
    hour = np.array([7, 23, 23, 5, -1], dtype=np.int8)
    found = by_weekday_hour(group, weekday, hour, groups=3)
    assert found.shape == (3, 7, 24)
    assert found[0, 0, 7] == 1
    assert found[1, 6, 23] == 2
    assert found.sum() == 3
