"""Days that differ: public holidays, school days, risk evenings. Local days of Sweden."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import holidays
from dateutil.easter import easter

from geodata.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

SATURDAY = 5
PAYDAY = 25


class RiskEvening(StrEnum):
    """Evenings when drinking and unrest among the young are common."""

    PAYDAY = "payday"
    VALBORG = "valborg"
    GRADUATION = "graduation"
    MIDSUMMER = "midsummer"
    LUCIA = "lucia"
    NEW_YEAR = "new_year"


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the days off of a year: public holidays, and the eves that are so in practice."""
    return frozenset(
        holidays.country_holidays("SE", years=year, categories=("public", "de_facto"), include_sundays=False)
    )


@cache
def school_breaks(year: int, *, sports_week: int = 9) -> tuple[Period, ...]:
    """Return the usual school breaks that touch a calendar year.

    Each municipality sets its own; these are the common weeks: the sports week, Easter week, the summer
    from the second Saturday of June to mid August, week 44, and Christmas to Twelfth Night.
    """
    monday = easter(year) - timedelta(days=6)
    first_of_june = date(year, 6, 1)
    to_saturday = (SATURDAY - first_of_june.weekday()) % 7
    return (
        Period(date(year - 1, 12, 21), date(year, 1, 8)),
        Period(date.fromisocalendar(year, sports_week, 1), date.fromisocalendar(year, sports_week, 5)),
        Period(monday, monday + timedelta(days=11)),
        Period(first_of_june + timedelta(days=to_saturday + 7), date(year, 8, 16)),
        Period(date.fromisocalendar(year, 44, 1), date.fromisocalendar(year, 44, 5)),
        Period(date(year, 12, 21), date(year + 1, 1, 8)),
    )


def risk_evenings(year: int) -> dict[date, RiskEvening]:
    """Return the evenings of a year to be out on, oldest first; the night after belongs to them.

    The Friday and Saturday at or after payday (the 25th, or the Friday before it on a week-end), Valborg,
    the Thursdays and Fridays of graduation in the first half of June, Midsummer Eve, the night before
    Lucia, and New Year's Eve.
    """
    found = dict.fromkeys(_payday_evenings(year), RiskEvening.PAYDAY)
    found |= dict.fromkeys(_graduations(year), RiskEvening.GRADUATION)
    found |= {
        date(year, 4, 30): RiskEvening.VALBORG,
        _midsummer_eve(year): RiskEvening.MIDSUMMER,
        date(year, 12, 12): RiskEvening.LUCIA,
        date(year, 12, 31): RiskEvening.NEW_YEAR,
    }
    return dict(sorted(found.items()))


def _payday_evenings(year: int) -> Iterator[date]:
    for month in range(1, 13):
        payday = date(year, month, PAYDAY)
        payday -= timedelta(days=max(0, payday.weekday() - 4))
        friday = payday + timedelta(days=(4 - payday.weekday()) % 7)
        yield from (friday, friday + timedelta(days=1))


def _graduations(year: int) -> Iterator[date]:
    for number in range(1, 16):
        day = date(year, 6, number)
        if day.weekday() in {3, 4}:
            yield day


def _midsummer_eve(year: int) -> date:
    """Return the Friday between 19 and 25 June."""
    first = date(year, 6, 19)
    return first + timedelta(days=(4 - first.weekday()) % 7)
