from datetime import date, timedelta

import pytest

from geodata.calendars import RiskEvening, easter, public_holidays, risk_evenings, school_breaks
from geodata.errors import ProjectError
from geodata.project import parse_project
from geodata.school_year import SchoolYear


def school_year(code="9999", **calendar):
    return SchoolYear.of(
        parse_project({"municipality": {"name": "Provstad", "code": code}, "calendar": calendar})
    )


USUAL = school_year()
SPRING = {"first": "2026-01-12", "last": "2026-06-11"}


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
    assert USUAL.is_school_day(day) is open_


@pytest.mark.parametrize("year", range(2000, 2040))
def test_every_year_has_its_breaks_and_a_believable_number_of_school_days(year):
    assert len(school_breaks(year)) == 6
    days = [
        date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]
    assert 170 <= sum(map(USUAL.is_school_day, days)) <= 190


def test_easter_is_that_of_the_table_of_holidays():
    for year in range(1953, 2101):
        assert easter(year) - timedelta(days=2) in public_holidays(year)
        assert easter(year) + timedelta(days=1) in public_holidays(year)
    assert [easter(year) for year in (1818, 1900, 2285)] == [
        date(1818, 3, 22),
        date(1900, 4, 15),
        date(2285, 3, 22),
    ]


@pytest.mark.parametrize("year", [1583, 1900, 1990, 2100, 2101, 2999])
def test_years_that_no_table_of_holidays_reaches_have_school_days_too(year):
    assert USUAL.is_school_day(date(year, 4, 30)) is (date(year, 4, 30).weekday() < 5)
    assert len(school_breaks(year)) == 6
    assert risk_evenings(year)


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


@pytest.mark.parametrize(("code", "week"), [("1480", 7), ("1780", 9), ("0180", 9), ("1280", 8), ("2580", 10)])
def test_the_sports_break_is_the_countys_until_the_municipality_says_its_own(code, week):
    monday = date.fromisocalendar(2026, week, 1)
    assert not school_year(code).is_school_day(monday)
    assert school_year(code, sports_week=6).is_school_day(monday)
    assert not school_year(code, sports_week=6).is_school_day(date.fromisocalendar(2026, 6, 1))


def test_stated_terms_breaks_and_study_days_hold():
    year = school_year(
        **{
            "term": [SPRING, {"first": "2025-08-20", "last": "2025-12-19"}],
            "break": [{"first": "2026-02-16", "last": "2026-02-20"}],
            "study_days": ["2026-03-13"],
        }
    )
    assert not year.is_school_day(date(2026, 2, 18))
    assert not year.is_school_day(date(2026, 3, 13))
    assert not year.is_school_day(date(2026, 1, 9))  # between the terms
    assert year.is_school_day(date(2026, 2, 25))  # the usual week 9 is no break here
    assert not year.is_school_day(date(2026, 5, 14))  # Ascension Day


def test_a_term_calendar_that_ends_says_so_and_the_usual_weeks_take_over():
    year = school_year(term=[SPRING])
    assert year.ends(date(2026, 6, 11)) is None
    assert year.ends(date(2026, 9, 1)) == date(2026, 6, 11)
    assert year.is_school_day(date(2026, 9, 1))
    assert not year.is_school_day(date(2026, 7, 1))
    assert USUAL.ends(date(2040, 1, 1)) is None


@pytest.mark.parametrize(
    ("calendar", "problem"),
    [
        ({"term": [{"first": "2026-06-11", "last": "2026-01-12"}]}, "ends .* before it starts"),
        ({"term": [SPRING, {"first": "2026-06-11", "last": "2026-06-20"}]}, "two terms share 2026-06-11"),
        ({"study_days": ["den 3 mars"]}, "study_days"),
        ({"sports_week": 40}, "sports_week"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_with_what_is_wrong(calendar, problem):
    with pytest.raises(ProjectError, match=problem):
        school_year(**calendar)


@pytest.mark.parametrize(
    ("bells", "problem"),
    [
        ({"start": ["08:20", "08:00"], "end": ["14:00", "15:00"]}, "earlier first"),
        ({"start": ["08:00", "08:20"], "end": ["08:10", "15:00"]}, "end after it has started"),
        ({"start": ["08:00", "08:20"], "lunch": ["07:00", "12:00"], "end": ["14:00", "15:00"]}, "lunch"),
        ({"start": ["8", "08:20"], "end": ["14:00", "15:00"]}, "start"),
        ({"weekdays": ["sat"], "start": ["08:00", "08:20"], "end": ["14:00", "15:00"]}, "weekdays"),
    ],
)
def test_bells_that_cannot_be_are_refused(bells, problem):
    with pytest.raises(ProjectError, match=problem):
        parse_project({"municipality": {"name": "Provstad", "code": "9999"}, "schools": {"bells": [bells]}})
