"""A municipality's school year: its terms, breaks and study days, else the usual weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.calendars import SATURDAY, public_holidays, school_breaks
from geodata.periods import Period

if TYPE_CHECKING:
    from datetime import date

    from geodata.project import Project

SPORTS_WEEK = {"14": 7, "06": 8, "07": 8, "08": 8, "10": 8, "12": 8, "13": 8, "05": 8} | dict.fromkeys(
    ("22", "23", "24", "25"), 10
)
"""Usual ISO week of the sports break by county (SCB's two digits); week 9 elsewhere. Municipalities differ
within a county: the project's own setting wins."""

USUAL_SPORTS_WEEK = 9


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """When pupils are at school.

    Attributes
    ----------
    terms, breaks
        As the municipality states them; without terms the usual weeks hold.
    study_days
        Days on which pupils are free.
    sports_week
        ISO week of the sports break in the usual weeks.
    """

    terms: tuple[Period, ...]
    breaks: tuple[Period, ...]
    study_days: frozenset[date]
    sports_week: int

    @classmethod
    def of(cls, project: Project) -> SchoolYear:
        """Read it from a municipality's settings."""
        stated = project.calendar
        county = project.municipality.code[:2]
        return cls(
            terms=tuple(sorted(Period(term.first, term.last) for term in stated.terms)),
            breaks=tuple(Period(pause.first, pause.last) for pause in stated.breaks),
            study_days=frozenset(stated.study_days),
            sports_week=stated.sports_week or SPORTS_WEEK.get(county, USUAL_SPORTS_WEEK),
        )

    def is_school_day(self, day: date) -> bool:
        """Say whether pupils are at school; the usual weeks decide where no term is stated."""
        if day.weekday() >= SATURDAY or day in public_holidays(day.year) or day in self.study_days:
            return False
        if any(pause.holds(day) for pause in self.breaks):
            return False
        if self.states(day):
            return any(term.holds(day) for term in self.terms)
        return not any(pause.holds(day) for pause in school_breaks(day.year, sports_week=self.sports_week))

    def states(self, day: date) -> bool:
        """Say whether the stated terms reach over a day: from the first of them to the last."""
        return bool(self.terms) and self.terms[0].first <= day <= self.terms[-1].last

    def ends(self, day: date) -> date | None:
        """Return the last day of the stated terms when it lies before `day`; None where it does not."""
        return self.terms[-1].last if self.terms and self.terms[-1].last < day else None
