"""Promises that bind a plan: so many, of what, where, when and by whom; and why one can't be met."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from geodata.promises.activity import ActivityKind, CarType, Party


@dataclass(frozen=True, slots=True)
class Binding:
    """At least so many activities over some days that fit all that it names; empty asks for nothing.

    Attributes
    ----------
    code
        What it is called, ``promise:activity``.
    name
        The same in words, as published.
    least
        How many are still wanted over its days, 0 where only the weeks count.
    per_week
        How many in each week.
    place_ids
        In the register; None for any place, none at all where nothing fits.
    kinds, parties, cars
        One of the kinds; all of the parties; one of the cars.
    weekdays
        Of the working day.
    joint
        Whether more than one party takes part, whichever they are.
    spans
        Half hours of the working day in one of which it starts, each from and to.
    first, last
        Days over which it holds; None for no end.
    each
        Whether it is about each of its places: another visit to the same one does not count.
    done_on
        Days of the plan on which one was done already, for the weeks; `least` is without them.
    """

    code: str
    name: str
    least: int = 0
    per_week: int = 0
    place_ids: frozenset[int] | None = None
    kinds: frozenset[ActivityKind] = frozenset()
    parties: frozenset[Party] = frozenset()
    cars: frozenset[CarType] = frozenset()
    weekdays: frozenset[int] = frozenset(range(7))
    joint: bool = False
    spans: tuple[tuple[int, int], ...] = ((0, 48),)
    first: date | None = None
    last: date | None = None
    each: bool = False
    done_on: tuple[date, ...] = ()


class Hindrance(StrEnum):
    """Why a promise can't be met."""

    NO_PLACE = "no_place"
    """No place in use is one of those that it names."""
    NO_TEAM = "no_team"
    """Nobody with hours does this, or with these parties, or in such a car."""
    NO_TIME = "no_time"
    """Those who do it don't work in these windows, or the plan holds no such day."""
    NO_HOURS = "no_hours"
    """All the hours that there are would not be enough for it alone."""
    CROWDED_OUT = "crowded_out"
    """The hours would do for it alone, but not beside the other promises and what is locked."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How a promise fares in a plan.

    Attributes
    ----------
    wanted, planned
        Activities over the plan's days, and how many of them the plan holds; in weeks that lack some only
        what was wanted counts.
    hindrance
        Why some are lacking; None where none is.
    beside
        Codes of the promises that take the hours, where it is crowded out.
    """

    binding: Binding
    wanted: int
    planned: int
    hindrance: Hindrance | None = None
    beside: tuple[str, ...] = ()

    @property
    def lacking(self) -> int:
        """How many are lacking."""
        return self.wanted - self.planned
