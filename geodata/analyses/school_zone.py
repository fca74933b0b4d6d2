"""A school zone: its bells and term, the traffic before it, and the ways that its pupils walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata import crs
from geodata.places.bells import BellDay, bells_of
from geodata.places.school_zones import school_ids
from geodata.school_year import SchoolYear

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.places.place import Place

CROSSINGS = 5
MEASURED = 6


@dataclass(frozen=True, slots=True)
class Unit:
    """One school unit; None where the layer does not say."""

    name: str
    stage: str | None
    pupils: int | None
    bells: tuple[BellDay, ...]


@dataclass(frozen=True, slots=True)
class UsedCrossing:
    """Where pupils come out on a larger road: the streets that meet, and how many pupils a school day."""

    streets: tuple[str, ...]
    pupils: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Speeds measured at a site in the zone; None where the file does not say."""

    site: str
    last_day: date | None
    v85_kmh: float | None
    limit_kmh: float | None
    share_above: float | None
    vehicles: float | None


@dataclass(frozen=True, slots=True)
class SchoolZoneAnswer:
    """What a school zone is.

    Attributes
    ----------
    units
        The school units in it.
    limits
        Speed limit and metres of street with it, the highest first; the limit is None where none is known.
    flow
        The largest flow on a street in the zone, vehicles a day, and the street's name.
    measured
        Newest first.
    bus_stops
        Bus stops in the zone.
    pupils, on_foot
        Pupils, and how many of them live within reach on foot.
    crossings
        Those used the most.
    gaps
        Codes of ``geodata.codes``: what is not known, and what stands in for it.
    calendar_ends
        Last day of the stated terms when the newest record lies after it.
    """

    units: tuple[Unit, ...]
    limits: tuple[tuple[float | None, float], ...]
    flow: tuple[float, str] | None
    measured: tuple[Measured, ...]
    bus_stops: int
    pupils: float
    on_foot: float
    crossings: tuple[UsedCrossing, ...]
    gaps: tuple[str, ...]
    calendar_ends: date | None


def describe_school_zone(ground: Ground, place: Place) -> SchoolZoneAnswer:
    """Describe a school zone; everything in it is the municipality's own ground and no record of anybody."""
    ids = school_ids(place.source_key)
    schools = ground.snapshot.table("schools")
    rows = schools[schools["school_id"].isin(ids)]
    units = tuple(_unit(ground, row) for _, row in rows.iterrows())
    every = ground.school_ways
    at = next((number for number, site in enumerate(every.sites) if set(site.school_ids) & set(ids)), None)
    days, _ = ground.school_days
    ends = SchoolYear.of(ground.project).ends(days[-1].item()) if len(days) else None
    gaps = {
        "bells_missing": any(day.assumed for unit in units for day in unit.bells),
        "pupils_missing": at is not None and every.pupils_assumed[at],
        "terms_assumed": not ground.project.calendar.terms,
        "terms_ended": ends is not None,
    }
    return SchoolZoneAnswer(
        units=units,
        limits=_limits(ground, place),
        flow=_flow(ground, place),
        measured=_measured(ground, place),
        bus_stops=_bus_stops(ground, place),
        pupils=0.0 if at is None else every.pupils[at],
        on_foot=0.0 if at is None else every.ways[at].on_foot,
        crossings=() if at is None else _crossings(ground, at),
        gaps=tuple(code for code, holds in gaps.items() if holds),
        calendar_ends=ends,
    )


def _unit(ground: Ground, row: pd.Series) -> Unit:
    pupils = row["pupils"]
    return Unit(
        name=str(row["name"]),
        stage=_said(row["stage"]),
        pupils=None if pupils is None or np.isnan(pupils) else int(pupils),
        bells=bells_of(
            ground.project.schools,
            school_id=str(row["school_id"]),
            name=str(row["name"]),
            stage=_said(row["stage"]) or "",
            stated=(_said(row["bell_start"]), _said(row["bell_end"])),
        ),
    )


def _in_zone(ground: Ground, place: Place) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the links in a zone that cars drive on, and their metres inside."""
    network = ground.network
    near = np.sort(network.tree.query(place.geometry, predicate="intersects"))
    near = near[network.road_class[near] != "path"]
    return near, shapely.length(shapely.intersection(network.geometry[near], place.geometry))


def _limits(ground: Ground, place: Place) -> tuple[tuple[float | None, float], ...]:
    links, metres = _in_zone(ground, place)
    limit = np.nan_to_num(ground.network.speed_limit_kmh[links])
    found = [(float(one), float(metres[limit == one].sum())) for one in np.unique(limit)[::-1]]
    return tuple((one or None, along) for one, along in found if along >= 1)


def _flow(ground: Ground, place: Place) -> tuple[float, str] | None:
    links, _ = _in_zone(ground, place)
    streets = ground.snapshot.table("streets").set_index("street_id")
    flow = streets["flow_adt"].reindex(ground.network.street_id[links]).to_numpy(dtype=np.float64)
    if not np.isfinite(flow).any():
        return None
    most = int(np.nanargmax(flow))
    return float(flow[most]), str(ground.network.name[links[most]])


def _measured(ground: Ground, place: Place) -> tuple[Measured, ...]:
    rows = ground.snapshot.table("measurements")
    points = np.asarray(rows.geometry.to_numpy(), dtype=object)
    inside = rows[shapely.intersects(points, place.geometry)].sort_values("last_day", ascending=False)
    return tuple(
        Measured(
            site=str(row["site"]),
            last_day=row["last_day"],
            v85_kmh=_number(row["v85_kmh"]),
            limit_kmh=_number(row["speed_limit_kmh"]),
            share_above=_number(row["share_above"]),
            vehicles=_number(row["vehicles"]),
        )
        for _, row in inside.iloc[:MEASURED].iterrows()
    )


def _bus_stops(ground: Ground, place: Place) -> int:
    areas = ground.snapshot.table("areas")
    stops = areas[(areas["kind"] == "bus_stop").to_numpy()]
    return int(shapely.intersects(np.asarray(stops.geometry.to_numpy(), dtype=object), place.geometry).sum())


def _crossings(ground: Ground, at: int) -> tuple[UsedCrossing, ...]:
    network, ways = ground.network, ground.school_ways.ways[at]
    nodes = ways.crossing[:CROSSINGS]
    x, y = network.node_xy[nodes].T
    lon, lat = crs.to_lonlat(x, y, working=ground.project.geography.working_crs)
    return tuple(
        UsedCrossing(_meeting(ground, int(node)), float(pupils), float(east), float(north))
        for node, pupils, east, north in zip(nodes, ways.crossing_pupils, lon, lat, strict=False)
    )


def _meeting(ground: Ground, node: int) -> tuple[str, ...]:
    """Name the streets that meet at a node, the larger first."""
    network = ground.network
    links = np.flatnonzero((network.start == node) | (network.end == node))
    links = links[np.argsort(network.class_rank[links], kind="stable")]
    return tuple(dict.fromkeys(name for name in network.name[links] if name))


def _said(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else float(value)
