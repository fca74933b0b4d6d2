"""Counts before and after a day: equal windows, the day in neither, nothing said of too few."""

from datetime import date

import numpy as np
import pytest

from geodata.evaluation.equal_windows import compare, windows_round

COVERED = (date(2022, 1, 1), date(2025, 12, 31))


def days(first, count):
    return np.datetime64(first) + np.arange(count)


@pytest.mark.parametrize(
    ("day", "length"),
    [
        (date(2024, 1, 1), 365),
        (date(2022, 5, 1), 120),  # what came before decides
        (date(2025, 9, 2), 120),  # what came after decides
        (date(2025, 11, 1), 0),
        (date(2021, 1, 1), 0),
        (date(2027, 1, 1), 0),
    ],
)
def test_windows_are_equal_a_year_at_most_and_covered_by_the_data(day, length):
    windows = windows_round(day, covered=COVERED)
    assert windows.days == length
    assert windows.comparable == (length > 0)
    assert windows.same_seasons == (length == 365)
    every = days("2022-01-01", 1461)
    assert windows.before(every).sum() == windows.after(every).sum() == length
    assert not (windows.before(every) & windows.after(every)).any()
    assert not windows.before(np.array([day], dtype="datetime64[D]")).any()


def test_counts_stand_beside_each_other_with_their_range():
    windows = windows_round(date(2024, 1, 1), covered=COVERED)
    here = np.concatenate([days("2023-02-01", 40), days("2024-03-01", 20), [np.datetime64("NaT")]])
    elsewhere = np.concatenate([days("2023-05-01", 100), days("2024-05-01", 110)])
    found = compare(windows, here, elsewhere)
    assert (found.here.other_count, found.here.count, found.elsewhere) == (40, 20, (100, 110))
    assert found.here.ratio == pytest.approx(0.5)
    assert found.here.low < 0.5 < found.here.high < 1


def test_of_too_few_nothing_is_said():
    windows = windows_round(date(2024, 1, 1), covered=COVERED)
    assert not compare(windows, days("2023-02-01", 3), days("2023-02-01", 3)).here.tellable
    short = windows_round(date(2025, 12, 1), covered=COVERED)
    assert not compare(short, days("2025-01-01", 300), days("2025-01-01", 300)).here.tellable
