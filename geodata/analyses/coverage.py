"""What there is: first and last day, counts by stream and category, and how fresh each source is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.disclosure import rounded
from geodata.periods import Period
from geodata.privacy import RULES
from geodata.schema import Stream
from geodata.selection import counted

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One source: records that count, None when withheld, and the first and last local day."""

    source: str
    count: int | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the workspace holds.

    Attributes
    ----------
    first, last
        Local days of the first and last record; None without any dated record.
    streams, categories
        Records that count, by stream and by category; without exact counts the streams are sums of their
        sources, None when withheld, and there are no categories.
    set_aside, linked
        Digests kept out of every analysis, and repetitions of other records; None without exact counts.
    sources
        By name.
    """

    first: date | None
    last: date | None
    streams: dict[Stream, int | None]
    categories: dict[str, int | None]
    set_aside: int | None
    linked: int | None
    sources: tuple[SourceCoverage, ...]

    @property
    def period(self) -> Period | None:
        """All days, where there is any."""
        return Period(self.first, self.last) if self.first and self.last else None


def cover(ground: Ground, audience: Audience) -> Coverage:
    """Say what the workspace holds.

    Without exact counts the sources of a stream are told together or not at all, and rounded: one alone
    untold would follow from the others and what its stream has at places.
    """
    observations = ground.observations
    counts = counted(observations)
    exact = RULES[audience].exact_counts
    least = ground.project.privacy.minimum_count
    held = observations.loc[counts, ["stream", "source"]].astype(str)
    parts: dict[tuple[str, str], int] = dict(Counter(held.itertuples(index=False, name=None)))
    closed = {stream for (stream, _), count in parts.items() if not exact and count < least}
    if not exact:
        parts = {key: int(rounded(count)) for key, count in parts.items()}

    def total(*, stream: str | None = None, source: str | None = None) -> int | None:
        found = {
            key: count
            for key, count in parts.items()
            if (stream is None or key[0] == stream) and (source is None or key[1] == source)
        }
        return None if any(one in closed for one, _ in found) else sum(found.values())

    categories = observations["category"][counts & exact].value_counts()
    first, last = _days(ground, counts)
    return Coverage(
        first=first,
        last=last,
        streams={stream: total(stream=str(stream)) for stream in Stream},
        categories={str(name): int(count) for name, count in categories.items() if count},
        set_aside=int(observations["set_aside"].sum()) if exact else None,
        linked=int(observations["linked_to"].notna().sum()) if exact else None,
        sources=tuple(
            SourceCoverage(
                name,
                total(source=name),
                *_days(ground, counts & (observations["source"] == name).to_numpy()),
            )
            for name in sorted({source for _, source in parts})
        ),
    )


def _days(ground: Ground, chosen: NDArray[np.bool_]) -> tuple[date | None, date | None]:
    """Return the first and last local day that some observations may have begun on."""
    first, last = ground.records.first_day[chosen], ground.records.last_day[chosen]
    known = ~np.isnat(first)
    return (first[known].min().item(), last[known].max().item()) if known.any() else (None, None)
