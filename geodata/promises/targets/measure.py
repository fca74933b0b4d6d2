"""What measuring a target gives, whatever its kind, and what it is measured by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from geodata.periods import Period
    from geodata.promises.activity import Party
    from geodata.promises.log_entry import LogEntry


class State(StrEnum):
    """How a target stands."""

    KEPT = "kept"
    """Reached, and nothing can undo it."""
    ON_COURSE = "on_course"
    """Kept so far, or reached at the end at the pace so far."""
    PARTLY = "partly"
    """Some of what can't be made good was missed, such as a week or a risk evening."""
    LATE = "late"
    """Not reached at the end at the pace so far."""
    MISSED = "missed"
    """The time is over, or what is left of it is not enough."""
    NOT_BEGUN = "not_begun"
    """The period has not begun, or nothing that the rule asks about has come yet."""
    TOO_EARLY = "too_early"
    """So little of the time has passed that the pace says nothing."""
    UNDER_WAY = "under_way"
    """Not reached, and no day is set by which it is to be."""
    SHOWN = "shown"
    """No number was agreed: what was done is shown."""
    IMPOSSIBLE = "impossible"
    """The rule can never be met."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Where it ends at the pace so far: the mean, and the 90 % range."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measure:
    """How a target stands.

    Attributes
    ----------
    kind
        Of the target.
    state
        In one word.
    done
        What has been reached, in the target's own unit.
    target
        What is to be reached; None where no number was agreed.
    due
        What should be reached by now, were it spread evenly; None where that says nothing.
    projection
        Where it ends at the pace so far; None where that says nothing.
    unit
        What is counted: ``times``, ``weeks``, ``months``, ``evenings``, ``share``, ``items``, ``documents``.
    period
        What the numbers are of: the promise's period, or the year or tertial that runs.
    missing
        What is not there yet: names of a list, or local days.
    parts
        Counts by what they are of, such as the car; empty where there is nothing to part.
    share_range
        The 90 % range of a share; None where the target is no share.
    by
        The day by which it is to be; None where there is none.
    free
        Weeks or evenings in which the rule asks nothing.
    over
        Whether the promise has ended, for what is only shown.
    """

    kind: str
    state: State
    done: float
    target: float | None = None
    due: float | None = None
    projection: Projection | None = None
    unit: str = "times"
    period: Period | None = None
    missing: tuple[str, ...] = ()
    parts: tuple[tuple[str, int], ...] = ()
    share_range: tuple[float, float] | None = None
    by: date | None = None
    free: int = 0
    over: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """An entry that counts.

    Attributes
    ----------
    entry
        As logged; of what was logged by several, the one that was logged first.
    parties
        Of all who logged it.
    day
        Local day that it counts for: for hours past midnight, the day on which they began.
    place_ids
        The places of the rule that it was done at.
    """

    entry: LogEntry
    parties: frozenset[Party]
    day: date
    place_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a target is measured by.

    Attributes
    ----------
    counted
        What counts, by day.
    period
        The promise's; `open_ended` where its last day stands for no end.
    today
        Local day that it is measured on.
    asked
        Every day of the period on which the rule asks for work, until its end or two years ahead.
    preferred
        Keys of the entries done at the hours that a preference names.
    complained
        Whether any place was to be worked at on a day; None where every day asks alike.
    decided
        Names of a list on which a decision stands in the action plan.
    concluded_at
        Places where a review that counts came to a decision.
    """

    counted: tuple[Counted, ...]
    period: Period
    open_ended: bool
    today: date
    asked: tuple[date, ...]
    preferred: frozenset[str] = frozenset()
    complained: frozenset[date] | None = None
    decided: frozenset[str] = frozenset()
    concluded_at: frozenset[int] = frozenset()

    @property
    def begun(self) -> bool:
        """Whether the period has begun."""
        return self.today >= self.period.first

    @property
    def over(self) -> bool:
        """Whether the period has ended."""
        return not self.open_ended and self.today > self.period.last

    @property
    def until(self) -> date:
        """The last day that has come, of the period."""
        return min(self.today, self.period.last)

    def within(self, period: Period) -> tuple[Counted, ...]:
        """Return what counts in a part of the period."""
        return tuple(one for one in self.counted if period.holds(one.day))
