"""Age groups: coarse bands that ages are read into, so that nobody's age is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_BOUNDS = (15, 25, 45, 65)
"""Under 15, 15–24, 25–44, 45–64, 65 and over."""

OLDEST = 100
"""Where an open band ends when it is compared with a group; few are older."""

NARROWEST = 5
"""Years that a group holds at least: a narrower one would come near an age."""

MOSTLY = 0.8
"""A band of a survey belongs to the group that holds so much of its years."""


def group_codes(bounds: Sequence[int]) -> tuple[str, ...]:
    """Return the codes of the groups, youngest first: ``0-14``, …, ``65+``."""
    first = (0, *bounds)
    return (*(f"{low}-{high - 1}" for low, high in zip(first, bounds, strict=False)), f"{first[-1]}+")


def group_of(low: int, high: int | None, bounds: Sequence[int]) -> str | None:
    """Return the group that years of age belong to; None where they lie in several.

    Parameters
    ----------
    low, high
        Both included; the same for an age, `high` None for one that is open.
    """
    until = max(OLDEST, low) if high is None else high
    edges = (0, *bounds, max(OLDEST, until) + 1)
    years = until - low + 1
    for code, begin, end in zip(group_codes(bounds), edges, edges[1:], strict=False):
        if min(until + 1, end) - max(low, begin) >= MOSTLY * years:
            return code
    return None


def check_bounds(bounds: tuple[int, ...]) -> tuple[int, ...]:
    """Return ages at which groups begin when they make groups wide enough.

    Raises
    ------
    ValueError
        When they do not grow by ``NARROWEST`` years at least, or name an age above ``OLDEST``.
    """
    edges = (0, *bounds)
    if any(high - low < NARROWEST for low, high in zip(edges, bounds, strict=False)):
        raise ValueError(f"each age group holds at least {NARROWEST} years")
    if not bounds or bounds[-1] >= OLDEST:
        raise ValueError(f"say at least one age at which a group begins, all below {OLDEST}")
    return bounds
