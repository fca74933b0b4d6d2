"""Joyriding areas: stretches that are driven up and down or round, found from what is told and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.connected import connected
from geodata.evidence.baseline import fit
from geodata.places.place import PlaceCandidate
from geodata.precision import HOTSPOT_LOCATION
from geodata.schema import PlaceKind, Stream
from geodata.selection import counted
from geodata.streets.axis import street_axis
from geodata.streets.corridors import join
from geodata.streets.rounds import usual_round
from geodata.streets.stretches import crossings, cut

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geodata.places.layers import PlaceLayers
    from geodata.streets.axis import StreetAxis
    from geodata.streets.stretches import Stretches

THEME = "traffic_joyriding"

EVENING, MORNING = 17, 6
"""From this local hour to that one; what has no hour, as most complaints, counts too."""

WINDOW_M = 300.0
TILE_M = 200.0
"""What is expected is fitted over pieces of street of this length."""

FEWEST = 8
TIMES = 2.5
"""A stretch is driven when it has at least so many records, and so many times the expected,"""

SURE = 0.01
"""and so many would come by chance on any of the stretches tried in fewer cases than this."""

FEWEST_BESIDE = 3
TIMES_BESIDE = 2.0
"""What a stretch needs that joins one that is driven: the driving goes on past the window's end."""

JOINED_M = 40.0
"""Stretches nearer than this meet across a crossing."""

SIDE_M = 25.0
"""How far to each side of the middle of the street the ground goes."""

NAMES = 3
ENDS_M = 150.0
"""A street is named as where a stretch ends when it meets it within this of the end."""


def candidates(layers: PlaceLayers) -> list[PlaceCandidate]:
    """Return one area for every set of driven stretches that meet.

    Records of the theme in the evening and at night, and complaints without an hour, are laid along the
    streets; a stretch with clearly more than people and traffic there give is driven, and those that meet
    across a crossing are one area.
    """
    if not layers.network.links:
        return []
    records = _records(layers)
    if len(records) < FEWEST:
        return []
    axis = street_axis(
        join(layers.network),
        layers.exposure,
        records["street_id"].fillna(-1).to_numpy(dtype=np.int64),
        records["x"].to_numpy(dtype=np.float64),
        records["y"].to_numpy(dtype=np.float64),
        np.ones(len(records), dtype=bool),
    )
    metres = np.sort(axis.observation_metre[np.isfinite(axis.observation_metre)])
    stretches = cut(axis.corridors, metres, length_m=WINDOW_M)
    driven, beside = _driven(axis, metres, stretches)
    at = np.flatnonzero(driven | beside)
    lines = np.array([_line(axis, metres, stretches, int(one)) for one in at], dtype=object)
    return [_area(axis, stretches, at[of], lines[of]) for of in _joined(lines) if driven[at[of]].any()]


def _records(layers: PlaceLayers) -> pd.DataFrame:
    rows = layers.observations
    told = (rows["category"] == THEME) | (
        rows["themes"].fillna("").str.contains(THEME, regex=False) & (rows["stream"] == str(Stream.SURVEY))
    )
    hour = rows["local_hour"].fillna(-1)
    late = (hour < 0) | (hour >= EVENING) | (hour < MORNING)
    precise = rows["location_precision"].isin([str(one) for one in HOTSPOT_LOCATION])
    return rows[counted(rows) & (told & late & precise & rows["x"].notna()).to_numpy()]


def _driven(
    axis: StreetAxis, metres: NDArray[np.float64], stretches: Stretches
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say which stretches are driven, and which are enough so to join one that is."""
    edges = np.unique(
        np.concatenate([np.arange(0.0, axis.corridors.length_m, TILE_M), axis.corridors.bounds])
    )
    first, last = edges[:-1], edges[1:]
    counts = np.diff(np.searchsorted(metres, edges)).astype(np.float64)
    baseline = fit(counts, axis.exposed(first, last))
    tiles = (stretches.last - stretches.first) / TILE_M
    expected = np.maximum(baseline.of(axis.exposed(stretches.first, stretches.last), cells=tiles), 1e-9)
    from scipy.special import gammainc  # noqa: PLC0415  slow to import

    chance = gammainc(np.maximum(stretches.counts, 1), expected) * len(stretches.counts)
    ratio = stretches.counts / expected
    driven = (stretches.counts >= FEWEST) & (ratio >= TIMES) & (chance < SURE)
    return driven, (stretches.counts >= FEWEST_BESIDE) & (ratio >= TIMES_BESIDE)


def _line(axis: StreetAxis, metres: NDArray[np.float64], stretches: Stretches, at: int) -> shapely.LineString:
    """Return a stretch from its first record to its last, and a little beyond."""
    first, last = stretches.first[at], stretches.last[at]
    low, high = np.searchsorted(metres, (first, last))
    return axis.corridors.line(max(first, metres[low] - SIDE_M), min(last, metres[high - 1] + SIDE_M))


def _joined(lines: NDArray[np.object_]) -> list[NDArray[np.int64]]:
    """Return the positions of lines that meet, set by set."""
    if not len(lines):
        return []
    one, other = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=JOINED_M)
    sets, number = connected(one, other, count=len(lines))
    return [np.flatnonzero(number == which) for which in range(sets)]


def _area(
    axis: StreetAxis, stretches: Stretches, at: NDArray[np.int64], lines: NDArray[np.object_]
) -> PlaceCandidate:
    network = axis.corridors.network
    ground = shapely.union_all(shapely.buffer(lines, SIDE_M))
    links = [axis.corridors.link_at(float((stretches.first[one] + stretches.last[one]) / 2)) for one in at]
    fullest = int(np.argmax(stretches.counts[at]))
    counts: dict[str, int] = {}
    for link, one in zip(links, at, strict=True):
        counts[network.name[link]] = counts.get(network.name[link], 0) + int(stretches.counts[one])
    counts.pop("", None)
    names = sorted(counts, key=lambda name: (-counts[name], name))[:NAMES]
    if usual_round(network, ground) is not None and len(names) > 1:
        name = f"Rundan {'–'.join(names)}"
    elif len(names) == 1:
        name = _between(axis, stretches, at, names[0])
    else:
        name = ", ".join(names) or f"Väg {network.street_id[links[fullest]]}"
    return PlaceCandidate(PlaceKind.JOYRIDING, name, ground, f"joyriding:{network.street_id[links[fullest]]}")


def _between(axis: StreetAxis, stretches: Stretches, at: NDArray[np.int64], street: str) -> str:
    """Name a piece of one street by the streets at its ends: Storgatan mellan Skolgatan och Torget."""
    first, last = float(stretches.first[at].min()), float(stretches.last[at].max())
    corridor = axis.corridors.corridor_at(np.array([first, last - 0.01]))
    if corridor[0] != corridor[1]:
        return street
    ends = crossings(axis.corridors, first, last, within_m=ENDS_M)
    named = sorted({end for end in ends if end is not None})
    if len(named) == 1:
        return f"{street} vid {named[0]}"
    return f"{street} mellan {' och '.join(named)}" if named else street
