from datetime import date

import numpy as np
import pytest

from geodata.errors import ParameterError
from geodata.periods import ALWAYS, Period, TimeWindow, tertial, tertial_number, year


def holds(window, weekday, hour):
    return bool(window.holds(np.array([weekday], dtype=np.int8), np.array([hour], dtype=np.int8))[0])


def test_tertials_are_the_council_s():
    assert tertial(1, 2026) == Period(date(2026, 1, 1), date(2026, 4, 30))
    assert tertial(2, 2026) == Period(date(2026, 5, 1), date(2026, 8, 31))
    assert tertial(3, 2026) == Period(date(2026, 9, 1), date(2026, 12, 31))


def test_the_tertials_make_the_year():
    assert sum(tertial(number, 2024).days for number in (1, 2, 3)) == year(2024).days == 366


def test_a_fourth_tertial_is_refused():
    with pytest.raises(ParameterError) as raised:
        tertial(4, 2026)
    assert raised.value.code == "tertial_unknown"


def test_a_period_may_be_one_day_but_not_backwards():
    day = date(2026, 8, 22)
    assert Period(day, day).days == 1
    with pytest.raises(ParameterError, match="2026-08-22"):
        Period(day, date(2026, 8, 21))


def test_the_last_year_that_a_date_can_have_has_its_tertials():
    assert tertial(3, 9999) == Period(date(9999, 9, 1), date(9999, 12, 31))


SUMMER_NIGHT = TimeWindow(frozenset({4, 5}), 22, 3)


@pytest.mark.parametrize(
    ("weekday", "hour", "expected"),
    [
        (4, 22, True),  # Friday evening
        (5, 2, True),  # the same night, past midnight
        (6, 2, True),  # the night after Saturday
        (6, 3, False),  # it has ended
        (4, 2, False),  # the night before belongs to Thursday
        (6, 22, False),
        (4, -1, False),  # an unknown hour is in no window that asks
    ],
)
def test_a_window_past_midnight_belongs_to_the_day_it_starts(weekday, hour, expected):
    assert holds(SUMMER_NIGHT, weekday, hour) is expected


def test_always_holds_what_is_unknown():
    assert ALWAYS.is_always
    assert holds(ALWAYS, -1, -1)


def test_weekdays_alone_hold_an_unknown_hour():
    assert holds(TimeWindow(frozenset({0})), 0, -1)
    assert not holds(TimeWindow(frozenset({0})), -1, 8)


@pytest.mark.parametrize(("first", "last"), [(-1, 5), (24, 3), (3, 0), (3, 25)])
def test_impossible_hours_are_refused(first, last):
    with pytest.raises(ParameterError) as raised:
        TimeWindow(from_hour=first, to_hour=last)
    assert raised.value.code == "window_hours"


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7})])
def test_impossible_weekdays_are_refused(weekdays):
    with pytest.raises(ParameterError) as raised:
        TimeWindow(weekdays)
    assert raised.value.code == "window_weekdays"


def test_tertial_numbers_are_the_tertials():
    for of_year in (1969, 2024, 2025):
        for number in (1, 2, 3):
            ends = tertial_number(
                np.array([tertial(number, of_year).first, tertial(number, of_year).last], "M8[D]")
            )
            assert ends[0] == ends[1]
    after = tertial_number(np.array(["2025-04-30", "2025-05-01", "NaT"], "M8[D]"))
    assert after[1] == after[0] + 1
    assert after[2] not in after[:2]
