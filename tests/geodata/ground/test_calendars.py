from datetime import date

import pytest

from geodata.calendars import RiskEvening, is_school_day, public_holidays, risk_evenings, school_breaks


@pytest.mark.parametrize(
    "day", [date(2025, 1, 1), date(2025, 4, 18), date(2025, 6, 20), date(2025, 12, 24), date(2026, 6, 19)]
)
def test_days_off(day):
    assert day in public_holidays(day.year)


def test_an_ordinary_sunday_is_no_holiday():
    assert date(2025, 3, 9) not in public_holidays(2025)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2025, 3, 3), True),
        (date(2025, 3, 8), False),  # Saturday
        (date(2025, 2, 26), False),  # week 9
        (date(2025, 4, 22), False),  # the week after Easter
        (date(2025, 5, 1), False),
        (date(2025, 7, 1), False),
        (date(2025, 8, 18), True),
        (date(2025, 10, 29), False),  # week 44
        (date(2026, 1, 5), False),  # a break that began the year before
        (date(2025, 12, 29), False),
    ],
)
def test_school_days(day, open_):
    assert is_school_day(day) is open_


@pytest.mark.parametrize("year", range(2000, 2040))
def test_every_year_has_its_breaks_and_a_believable_number_of_school_days(year):
    assert len(school_breaks(year)) == 6
    days = [
        date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]
    assert 170 <= sum(map(is_school_day, days)) <= 190


def test_risk_evenings():
    evenings = risk_evenings(2025)
    assert evenings[date(2025, 4, 30)] == RiskEvening.VALBORG
    assert evenings[date(2025, 6, 20)] == RiskEvening.MIDSUMMER
    assert evenings[date(2025, 12, 12)] == RiskEvening.LUCIA
    assert evenings[date(2025, 12, 31)] == RiskEvening.NEW_YEAR
    assert evenings[date(2025, 6, 5)] == RiskEvening.GRADUATION
    # 25 January 2025 is a Saturday: the pay comes on Friday the 24th.
    assert [day for day in evenings if day.month == 1] == [date(2025, 1, 24), date(2025, 1, 25)]
    # 25 February 2025 is a Tuesday: the week-end after.
    assert [day for day in evenings if day.month in {2, 3}][:2] == [date(2025, 2, 28), date(2025, 3, 1)]
    assert list(evenings) == sorted(evenings)
