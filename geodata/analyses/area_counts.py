"""What is known to an area, a municipality or a county only: counted by name, never put on a map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.disclosure import disclose
from geodata.precision import AREA_ONLY, LocationPrecision
from geodata.privacy import RULES

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
    """

    name: str
    precision: LocationPrecision
    category: str
    count: int


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """Records known to an area only, most first.

    Attributes
    ----------
    rows
        Without exact counts those that stand open, rounded.
    total
        All of them; None without exact counts.
    counting_rule
        Code of ``geodata.codes``.
    """

    rows: tuple[AreaCount, ...]
    total: int | None
    counting_rule: str


def count_known_to_area(ground: Ground, selection: Selection) -> AreaCounts:
    """Count the selected records that are known to an area only, by area and category."""
    exact = RULES[selection.audience].exact_counts
    observations = ground.observations
    # What stands open in a period is decided over all time.
    asked = selection if exact else replace(selection, period=None)
    chosen = (
        ground.records.problems(asked)
        & observations["location_precision"].isin([str(one) for one in AREA_ONLY]).to_numpy()
    )
    table = observations.loc[chosen, ["location_text", "location_precision", "category"]].astype(object)
    keys = list(table.fillna("").itertuples(index=False, name=None))
    counts: dict[tuple[str, str, str], int | None] = dict(Counter(keys))
    if not exact:
        position = {key: at for at, key in enumerate(counts)}
        disclosure = disclose(
            np.array([position[key] for key in keys], dtype=np.int64),
            ground.records.first_day[chosen],
            ground.records.last_day[chosen],
            of=len(position),
            minimum=ground.project.privacy.minimum_count,
        )
        counts = dict(zip(position, disclosure.shown(selection.period), strict=True))
    rows = [
        AreaCount(str(name), LocationPrecision(precision), str(category), count)
        for (name, precision, category), count in counts.items()
        if count
    ]
    rows.sort(key=lambda row: (-row.count, row.name, row.precision, row.category))
    return AreaCounts(tuple(rows), int(chosen.sum()) if exact else None, "known_to_area")
