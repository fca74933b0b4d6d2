"""What is known to an area, a municipality or a county only: counted by name, never put on a map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.precision import AREA_ONLY, LocationPrecision
from geodata.privacy import suppress

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.selection import Selection


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Records of one category known to one area.

    Attributes
    ----------
    name
        The words that the source used for the area.
    precision
        Area, municipality or county.
    count
        None when withheld.
    """

    name: str
    precision: LocationPrecision
    category: str
    count: int | None


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """Records known to an area only, most first.

    Attributes
    ----------
    total
        All of them; None when withheld.
    counting_rule
        Code of ``geodata.codes``.
    """

    rows: tuple[AreaCount, ...]
    total: int | None
    counting_rule: str


def count_known_to_area(ground: Ground, selection: Selection) -> AreaCounts:
    """Count the selected records that are known to an area only, by area and category."""
    observations = ground.observations
    chosen = (
        ground.records.problems(selection)
        & observations["location_precision"].isin([str(one) for one in AREA_ONLY]).to_numpy()
    )
    table = observations.loc[chosen, ["location_text", "location_precision", "category"]].astype(object)
    counts = Counter(table.fillna("").itertuples(index=False, name=None))
    least = ground.project.privacy.minimum_count

    def shown(number: int) -> int | None:
        return suppress(int(number), selection.audience, minimum=least)

    rows = tuple(
        AreaCount(str(name), LocationPrecision(precision), str(category), shown(number))
        for (name, precision, category), number in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    )
    withheld = any(row.count is None for row in rows)
    # A total beside a single withheld row would give that row away.
    return AreaCounts(rows, None if withheld else shown(int(chosen.sum())), "known_to_area")
