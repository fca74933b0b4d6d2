"""Something that was done at a place, and the days before and after that it is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from geodata.errors import ParameterError
from geodata.periods import Period, years_on

LONGEST_YEARS = 3
"""Longer back other things have changed too."""

FEWEST_DAYS = 28
"""A shorter time after says nothing of a lasting effect."""

YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class WorkDone:
    """A measure, a promise, or what somebody asks about.

    Attributes
    ----------
    place_ids
        Where, one place or several that were treated alike.
    begins
        The first day of the work; before is before it.
    done
        The last day that belongs to neither side: the day a crossing was ready. As `begins` where the work
        itself is what should help.
    ends
        The last day that it should have helped, None for good.
    categories
        What it is against, as in a selection; empty for all.
    title
        What was done, in the municipality's own words.
    source
        ``measure``, ``promise``, or ``asked`` where the register knows of none.
    key
        Its name among those of its source; empty for what is asked.
    """

    place_ids: tuple[int, ...]
    begins: date
    done: date
    ends: date | None = None
    categories: frozenset[str] = frozenset()
    title: str = ""
    source: str = "asked"
    key: str = ""

    def __post_init__(self) -> None:
        if self.done < self.begins or (self.ends is not None and self.ends < self.done):
            raise ParameterError(
                "work_backwards",
                f"The work was done ({self.done}) before it began ({self.begins}), or ended before that.",
                begins=self.begins,
                done=self.done,
            )


@dataclass(frozen=True, slots=True)
class Spans:
    """The days before and after.

    Attributes
    ----------
    same_season
        Whether both cover the same part of the year.
    """

    before: Period
    after: Period
    same_season: bool

    @property
    def days(self) -> float:
        """Days after over days before."""
        return self.after.days / self.before.days


def spans_of(work: WorkDone, known: Period, *, months: int | None = None) -> Spans | None:
    """Choose the days before and after.

    After begins the day after the work was done. Both are whole years where the records allow one, up to
    ``LONGEST_YEARS``, and before then ends the day before the work began. Where after is less than a year,
    before is the same days of an earlier year, so that summer is held against summer; and just as many days
    before the work began where the records do not reach back so far.

    Parameters
    ----------
    known
        The days that the records cover.
    months
        At most so long a time on either side.

    Returns
    -------
    Spans or None
        None where the records leave less than ``FEWEST_DAYS`` on either side.
    """
    first = work.done + timedelta(days=1)
    last = known.last if work.ends is None else min(work.ends, known.last)
    if (last - first).days + 1 < FEWEST_DAYS:
        return None
    for year in range(LONGEST_YEARS, 0, -1):
        if months is not None and 12 * year > months:
            continue
        until, since = years_on(first, year) - timedelta(days=1), years_on(work.begins, -year)
        if until <= last and since >= known.first:
            before = Period(since, work.begins - timedelta(days=1))
            return Spans(before, Period(first, until), same_season=True)
    part = years_on(first, 1) - timedelta(days=1)
    if months is not None and months < 12:
        part = first + timedelta(days=round(months * YEAR_DAYS / 12) - 1)
    after = Period(first, min(last, part))
    return _seasonal(work, after, known) or _adjacent(work, after, known)


def survey_spans_of(work: WorkDone, known: Period) -> Spans | None:
    """Choose the days of the surveys before and after: all of them, up to ``LONGEST_YEARS`` on either side.

    A survey is asked on some days of a year, so seasons and lengths say nothing of it.

    Returns
    -------
    Spans or None
        None where the surveys lie on one side alone.
    """
    first = work.done + timedelta(days=1)
    since = max(known.first, years_on(work.begins, -LONGEST_YEARS))
    until = min(known.last, years_on(first, LONGEST_YEARS), work.ends or known.last)
    if since >= work.begins or until < first:
        return None
    before = Period(since, work.begins - timedelta(days=1))
    return Spans(before, Period(first, until), same_season=True)


def _seasonal(work: WorkDone, after: Period, known: Period) -> Spans | None:
    """Return the same days of earlier years, None where the records do not reach back so far."""
    years = 1
    while years_on(after.last, -years) >= work.begins:
        years += 1
    first = years_on(after.first, -years)
    before = Period(first, years_on(after.last, -years))
    return Spans(before, after, same_season=True) if first >= known.first else None


def _adjacent(work: WorkDone, after: Period, known: Period) -> Spans | None:
    days = min(after.days, (work.begins - known.first).days)
    if days < FEWEST_DAYS:
        return None
    before = Period(work.begins - timedelta(days=days), work.begins - timedelta(days=1))
    return Spans(before, Period(after.first, after.first + timedelta(days=days - 1)), same_season=False)
