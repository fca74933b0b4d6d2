"""The single records in view, for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.precision import TimePrecision
from geodata.privacy import require
from geodata.schema import Stream
from geodata.selection import selected

if TYPE_CHECKING:
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.selection import Selection

LIMIT = 2000
"""More points than this can't be told apart on a screen."""


@dataclass(frozen=True, slots=True)
class ObservationPoint:
    """One record on the map.

    Attributes
    ----------
    lon, lat
        Degrees.
    day, hour
        Local; None where not known, as `time_precision` says.
    """

    observation_id: str
    lon: float
    lat: float
    stream: Stream
    category: str
    severity: str | None
    day: date | None
    hour: int | None
    time_precision: TimePrecision


@dataclass(frozen=True, slots=True)
class ObservationsAnswer:
    """Records in view, newest first.

    Attributes
    ----------
    in_view
        How many there are; more than `points` when the limit cut them.
    """

    points: tuple[ObservationPoint, ...]
    in_view: int

    @property
    def cut(self) -> bool:
        """Whether there are more than are given."""
        return self.in_view > len(self.points)


def observations_in_view(
    ground: Ground, selection: Selection, *, bounds: tuple[float, float, float, float], limit: int = LIMIT
) -> ObservationsAnswer:
    """Return the selected records with a point of their own inside the bounds.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees.
    limit
        The newest are given.

    Raises
    ------
    AccessError
        ``not_for_audience`` when the audience sees no exact points.
    """
    require(selection.audience, "exact_points")
    west, south, east, north = bounds
    lon, lat = ground.lonlat
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    rows = np.flatnonzero(inside & ground.records.in_hotspots & selected(ground.observations, selection))
    # Days not known are least, and so come last.
    day = ground.records.day[rows]
    newest = np.argsort(
        -np.where(np.isnat(day), np.iinfo(np.int64).min + 1, day.astype(np.int64)), kind="stable"
    )
    found = ground.observations.iloc[rows[newest[:limit]]]
    return ObservationsAnswer(
        points=tuple(
            ObservationPoint(
                observation_id=row["observation_id"],
                lon=float(lon[at]),
                lat=float(lat[at]),
                stream=Stream(row["stream"]),
                category=row["category"],
                severity=row["severity"] if isinstance(row["severity"], str) else None,
                day=None if np.isnat(ground.records.day[at]) else ground.records.day[at].item(),
                hour=int(row["local_hour"]) if row["local_hour"] >= 0 else None,
                time_precision=TimePrecision(row["time_precision"]),
            )
            for at, row in zip(rows[newest[:limit]], found.to_dict("records"), strict=True)
        ),
        in_view=len(rows),
    )
