"""What there is: first and last day, counts by stream and category, and how fresh each source is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.periods import Period
from geodata.privacy import suppress
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
        Records that count, by stream and by category; None when withheld.
    set_aside, linked
        Digests kept out of every analysis, and repetitions of other records.
    sources
        By name.
    """

    first: date | None
    last: date | None
    streams: dict[Stream, int | None]
    categories: dict[str, int | None]
    set_aside: int
    linked: int
    sources: tuple[SourceCoverage, ...]

    @property
    def period(self) -> Period | None:
        """All days, where there is any."""
        return Period(self.first, self.last) if self.first and self.last else None


def cover(ground: Ground, audience: Audience) -> Coverage:
    """Say what the workspace holds."""
    observations = ground.observations
    counts = counted(observations)
    least = ground.project.privacy.minimum_count

    def shown(number: int) -> int | None:
        return suppress(int(number), audience, minimum=least)

    streams = observations["stream"][counts].value_counts()
    categories = observations["category"][counts].value_counts()
    sources = observations["source"][counts].value_counts()
    first, last = _days(ground, counts)
    return Coverage(
        first=first,
        last=last,
        streams={stream: shown(streams.get(str(stream), 0)) for stream in Stream},
        categories={str(name): shown(categories[name]) for name in categories.index},
        set_aside=int(observations["set_aside"].sum()),
        linked=int(observations["linked_to"].notna().sum()),
        sources=tuple(
            SourceCoverage(
                str(name),
                shown(sources[name]),
                *_days(ground, counts & (observations["source"] == name).to_numpy()),
            )
            for name in sorted(sources.index)
        ),
    )


def _days(ground: Ground, chosen: NDArray[np.bool_]) -> tuple[date | None, date | None]:
    """Return the first and last local day that some observations may have begun on."""
    first, last = ground.records.first_day[chosen], ground.records.last_day[chosen]
    known = ~np.isnat(first)
    return (first[known].min().item(), last[known].max().item()) if known.any() else (None, None)
