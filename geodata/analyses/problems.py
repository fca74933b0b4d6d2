"""The problems in order: how many residents speak of each, and what was recorded and found of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.privacy import RULES
from geodata.schema import GROUP_OF, Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.periods import Period
    from geodata.privacy import Audience

ENOUGH = 25
"""Without exact counts a problem is named when so many answers are of it, and no count is told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One group of categories.

    Attributes
    ----------
    counts
        Records by stream; None where the audience sees no exact counts.
    """

    group: str
    counts: dict[Stream, int] | None


def problems_in_order(
    ground: Ground, audience: Audience, *, period: Period | None = None
) -> tuple[Problem, ...]:
    """List the problems, those most residents speak of first, then those most is recorded of.

    Parameters
    ----------
    period
        Local days; None for all.
    """
    records = ground.records
    asked = records.problems(Selection(audience, period=period))
    counts: dict[Stream, Counter[str]] = {}
    for stream in Stream:
        rows = np.flatnonzero(asked & records.of_stream(stream))
        counts[stream] = Counter()
        for name, count in records.categories_of(rows):
            counts[stream][GROUP_OF.get(name, name)] += count
    groups = sorted(
        {group for found in counts.values() for group in found},
        key=lambda one: (-counts[Stream.SURVEY][one], -counts[Stream.INCIDENT][one], one),
    )
    if not RULES[audience].exact_counts:
        return tuple(Problem(one, None) for one in groups if counts[Stream.SURVEY][one] >= ENOUGH)
    return tuple(Problem(one, {stream: counts[stream][one] for stream in Stream}) for one in groups)
