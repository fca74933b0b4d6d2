"""What answers about one place say of when, apart from what was recorded there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.privacy import RULES
from geodata.said_when import BETWEEN
from geodata.schema import Stream

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.selection import Selection

MOST_PARTS = 5
"""Parts of the week that are told of a place at most."""


@dataclass(frozen=True, slots=True)
class SaidAtPlace:
    """When answers about a place say that it happens, apart from when things were recorded.

    Attributes
    ----------
    answers, of
        Answers that say an hour, and all answers of the selection there.
    always
        Answers that say it is so at any hour; not among `answers`.
    parts
        Part of the week, as ``geodata.said_when`` writes one, and how many answers name it, most first.
    naming
        How many answers name each hour of the week, 7 × 24.
    weight
        The answers shared out over the hours that they say, 7 × 24; adds up to `answers`.
    """

    answers: int
    of: int
    always: int
    parts: tuple[tuple[str, int], ...]
    naming: tuple[tuple[int, ...], ...]
    weight: tuple[tuple[float, ...], ...]


def said_at(ground: Ground, selection: Selection, inside: NDArray[np.int64]) -> SaidAtPlace | None:
    """Tell when some records say that it happens; None without exact counts, or where nothing is said.

    Parameters
    ----------
    inside
        Records of the selection at one place.
    """
    if not RULES[selection.audience].exact_counts:
        return None
    said = ground.said
    rows = said.telling(inside)
    counts = said.counts(inside)
    if not counts.any():
        return None
    parts: dict[str, int] = {}
    for way, count in zip(said.ways, counts.tolist(), strict=True):
        for part in way.split(BETWEEN) if count and said.tells[said.ways.index(way)] else ():
            parts[part] = parts.get(part, 0) + count
    by_hour = (7, 24, -1)
    naming = counts @ (said.held.reshape(len(said.ways), *by_hour).max(axis=3) > 0).reshape(-1, 7 * 24)
    weight = (counts @ said.weight).reshape(by_hour).sum(axis=2)
    ordered = sorted(parts.items(), key=lambda one: (-one[1], one[0]))[:MOST_PARTS]
    return SaidAtPlace(
        answers=len(rows),
        of=int(ground.records.of_stream(Stream.SURVEY)[inside].sum()),
        always=int(counts[~said.tells].sum()),
        parts=tuple(ordered),
        naming=tuple(tuple(int(count) for count in day) for day in naming.reshape(7, 24)),
        weight=tuple(tuple(float(one) for one in day) for day in weight),
    )
