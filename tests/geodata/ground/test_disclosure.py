"""What stands open: a level whole or not at all."""

import numpy as np
import pytest

from geodata.disclosure import disclose, rounded
from geodata.periods import tertial, year

DAYS = {1: "2024-02-01", 2: "2024-06-01", 3: "2024-10-01"}


def disclosed(*, undated=0, of_year=0, **counts):
    """Count one series; `counts` by tertial of 2024 (``t1``) and by year (``y2025``)."""
    first = [np.datetime64("NaT", "D")] * undated + [np.datetime64("2024-01-01")] * of_year
    last = [np.datetime64("NaT", "D")] * undated + [np.datetime64("2024-12-31")] * of_year
    for name, count in counts.items():
        day = DAYS[int(name[1])] if name[0] == "t" else f"{name[1:]}-02-01"
        first += [np.datetime64(day)] * count
        last += [np.datetime64(day)] * count
    days = np.array(first, "datetime64[D]"), np.array(last, "datetime64[D]")
    return disclose(np.zeros(len(first), np.int64), *days, of=1, minimum=5)


def shown(disclosure):
    periods = [None, year(2024), *(tertial(part, 2024) for part in (1, 2, 3))]
    return [disclosure.shown(period)[0] for period in periods]


def test_counts_are_rounded_to_the_nearest_five():
    assert rounded([0, 5, 7, 8, 12, 13]).tolist() == [0, 5, 5, 10, 10, 15]


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ({}, [None] * 5),
        ({"t1": 4}, [None] * 5),
        ({"t1": 7, "t3": 8}, [15, 15, 5, 0, 10]),
        ({"t1": 7, "t2": 7, "t3": 4}, [20, 20, None, None, None]),
        ({"t1": 7, "t3": 8, "of_year": 2}, [15, 15, None, None, None]),
        ({"t1": 7, "t3": 8, "undated": 2}, [15, None, None, None, None]),
        ({"t1": 7, "t3": 8, "y2025": 3}, [20, None, None, None, None]),
    ],
)
def test_a_level_is_open_whole_or_not_at_all(counts, seen):
    assert shown(disclosed(**counts)) == seen


def test_a_year_without_records_is_told_where_the_years_are():
    assert disclosed(t1=7).shown(year(1999)) == (0,)
    assert disclosed(t1=7, y2025=3).shown(year(1999)) == (None,)
