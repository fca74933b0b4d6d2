from itertools import product

import numpy as np
import pytest

from geodata.errors import ParameterError
from geodata.store.cell_index import build, open_index

FIRST = 19_000
NUMBER, CATEGORIES, CELLS = 4000, 5, 60


@pytest.fixture(scope="module")
def columns():
    rng = np.random.default_rng(0)
    return {
        "category": rng.integers(0, CATEGORIES, NUMBER),
        "hour": rng.integers(-1, 24, NUMBER),
        "day": FIRST + rng.integers(0, 400, NUMBER),
        "cell": rng.integers(0, CELLS, NUMBER),
    }


@pytest.fixture(scope="module")
def index(columns, tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    build(**columns, categories=CATEGORIES, cells=CELLS).write(folder)
    return open_index(folder)


def plain(columns, *, categories, hours, weekdays, first_day, last_day):
    """Count by masks over all records, the obvious way."""
    kept = np.ones(NUMBER, dtype=bool)
    weekday = (columns["day"].astype("datetime64[D]").astype(int) + 3) % 7
    for chosen, values in ((categories, columns["category"]), (hours, columns["hour"]), (weekdays, weekday)):
        kept &= np.isin(values, list(chosen)) if chosen is not None else True
    kept &= columns["day"] >= (-1 if first_day is None else first_day)
    kept &= columns["day"] <= (10**6 if last_day is None else last_day)
    return np.bincount(columns["cell"][kept], minlength=CELLS)


@pytest.mark.parametrize(
    ("categories", "hours", "weekdays", "period"),
    list(
        product(
            [None, {3}, {0, 1, 2, 4}, set()],
            [None, {-1}, {7, 8, 15}, set(range(6, 24))],
            [None, {0, 6}],
            [
                (None, None),
                (FIRST + 100, FIRST + 163),
                (FIRST + 10, None),
                (None, FIRST - 5),
                (FIRST + 9, FIRST),
            ],
        )
    ),
)
def test_equal_to_masks_over_all_records(columns, index, categories, hours, weekdays, period):
    asked = {
        "categories": categories,
        "hours": hours,
        "weekdays": weekdays,
        "first_day": period[0],
        "last_day": period[1],
    }
    before = index.totals.copy()
    np.testing.assert_array_equal(index.count(**asked), plain(columns, **asked))
    np.testing.assert_array_equal(index.totals, before)


def test_rows_stay_on_disk_in_small_columns(index):
    assert isinstance(index.day, np.memmap)
    assert isinstance(index.cell, np.memmap)
    assert (index.day.dtype, index.cell.dtype) == (np.uint16, np.int32)


def test_no_records_are_no_fault():
    empty = build(category=[], hour=[], day=[], cell=[], categories=3, cells=4)
    assert empty.count().tolist() == [0, 0, 0, 0]


def test_days_that_can_not_be_sorted_are_said():
    with pytest.raises(ParameterError, match="lie 70000 days apart") as caught:
        build(category=[0, 0], hour=[1, 2], day=[0, 70_000], cell=[0, 0], categories=1, cells=1)
    assert caught.value.code == "days_too_far_apart"
