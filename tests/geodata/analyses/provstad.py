"""Provstad: workspaces of a few hundred records, made in memory and published as an import would."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.account import ImportReport
from geodata.analyses.ground import open_ground
from geodata.places.kinds import candidates
from geodata.places.layers import PlaceLayers
from geodata.project import parse_project
from geodata.schema import TABLES, conform
from geodata.store.parts import write_part
from geodata.store.register import Register
from geodata.store.snapshots import publish
from geodata.streets.snapping import snap

EAST, NORTH = 412_000.0, 6_578_000.0
"""South-west corner of the made-up towns, on a corner of SCB's kilometre squares."""


@dataclass
class Town:
    """What goes into a workspace; tests change it before they publish it."""

    streets: pd.DataFrame = field(default_factory=lambda: frame("streets"))
    schools: pd.DataFrame = field(default_factory=lambda: frame("schools"))
    areas: pd.DataFrame = field(default_factory=lambda: frame("areas"))
    population: pd.DataFrame = field(default_factory=lambda: frame("population"))
    measurements: pd.DataFrame = field(default_factory=lambda: frame("measurements"))
    residents: pd.DataFrame = field(default_factory=lambda: frame("residents"))
    events: pd.DataFrame = field(default_factory=lambda: frame("events"))
    records: list[dict] = field(default_factory=list)
    settings: dict = field(default_factory=dict)

    def add(self, x, y, *, stream="incident", category="traffic_speed", count=1, day="2025-03-03", **values):
        """Add records at a point, or with ``x=None`` without one."""
        for _ in range(count):
            number = len(self.records)
            local = np.datetime64(day)
            self.records.append(
                {
                    "observation_id": f"9999:test:{number}",
                    "municipality_code": "9999",
                    "stream": stream,
                    "source": f"{stream}s",
                    "source_record_id": str(number),
                    "content_hash": hashlib.sha256(str(number).encode()).hexdigest(),
                    "category": category,
                    "local_first": local.astype(object),
                    "local_last": local.astype(object),
                    "local_weekday": (local.astype(int) + 3) % 7,
                    "local_hour": -1,
                    "time_precision": "day",
                    "location_precision": "exact" if x is not None else "unknown",
                    "x": x if x is not None else np.nan,
                    "y": y if y is not None else np.nan,
                    "set_aside": False,
                }
                | values
            )

    def publish(self, workspace):
        """Write the workspace and open it."""
        project = parse_project({"municipality": {"name": "Provstad", "code": "9999"}, **self.settings})
        observations = conform(pd.DataFrame(self.records), "observations")
        snapped = snap(observations["x"], observations["y"], with_geometry(self.streets))
        observations["street_id"], observations["street_distance_m"] = snapped
        layers = PlaceLayers(
            schools=with_geometry(self.schools),
            areas=with_geometry(self.areas),
            streets=with_geometry(self.streets),
            population=self.population,
            told=lambda: observations,
            project=project,
        )
        register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
        register.propose(candidates(layers))
        register.close()
        tables = {"observations": observations} | {
            name: getattr(self, name)
            for name in ("streets", "schools", "areas", "population", "measurements", "residents", "events")
        }
        parts = {
            name: {"test": write_part(workspace / "store", rows, name)}
            for name, rows in tables.items()
            if len(rows)
        }
        now = datetime.now(UTC).isoformat()
        publish(
            workspace / "store",
            parts,
            project=project,
            report=ImportReport(started_at=now, finished_at=now, files=()),
        )
        return open_ground(workspace)


def frame(table, rows=()):
    """Return rows of a table, with its columns even when there are none."""
    return conform(pd.DataFrame(list(rows), columns=TABLES[table].names if not rows else None), table)


def with_geometry(rows):
    return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(rows["geometry"], crs=3006))


def street_grid(blocks, side_m=100.0):
    """Return streets round blocks, links split at crossings; the two middle ones are larger."""
    rows = []
    for line in range(blocks + 1):
        for block in range(blocks):
            for turned in (False, True):
                ends = [(block * side_m, line * side_m), ((block + 1) * side_m, line * side_m)]
                points = [(EAST + (b if turned else a), NORTH + (a if turned else b)) for a, b in ends]
                rows.append(
                    {
                        "street_id": len(rows),
                        "name": f"{'Norra' if turned else 'Östra'} {line}",
                        "road_class": "tertiary" if line == blocks // 2 else "residential",
                        "flow_adt": 3000.0 if line == blocks // 2 else np.nan,
                        "length_m": side_m,
                        "geometry": shapely.LineString(points),
                    }
                )
    return frame("streets", rows)


def squares(blocks, persons=20.0):
    """Return population in SCB's squares of 100 metres."""
    return frame(
        "population",
        [
            {
                "square_id": int((EAST + 100 * a) * 10_000_000 + NORTH + 100 * b),
                "side_m": 100,
                "population": persons,
            }
            for a in range(blocks)
            for b in range(blocks)
        ],
    )


def school(number, x, y, name=None):
    return {
        "school_id": f"{10_000_000 + number}",
        "name": name or f"Skola {number}",
        "stage": "F-6",
        "pupils": 100.0,
        "bell_start": "08:10",
        "bell_end": "14:10",
        "geometry": shapely.Point(EAST + x, NORTH + y),
    }


def area(number, kind, name, x, y, width=60.0):
    return {
        "area_id": number,
        "kind": kind,
        "name": name,
        "geometry": shapely.box(EAST + x, NORTH + y, EAST + x + width, NORTH + y + width),
    }


def background(town, *, records, blocks, stream="incident", seed=1):
    """Add records spread evenly over the streets, with hours all alike."""
    random = np.random.default_rng(seed)
    for _ in range(records):
        along, line = random.uniform(0, 100 * blocks), 100 * random.integers(0, blocks + 1)
        x, y = (along, line) if random.random() < 0.5 else (line, along)
        day = np.datetime64("2023-01-01") + random.integers(0, 1096)
        town.add(
            EAST + x + random.normal(0, 3),
            NORTH + y + random.normal(0, 3),
            stream=stream,
            day=str(day),
            local_hour=int(random.integers(0, 24)) if stream == "incident" else -1,
            time_precision="hour" if stream == "incident" else "day",
        )


def planned_town(blocks=20):
    """Return a town with streets, people, three schools, two squares and no records."""
    return Town(
        streets=street_grid(blocks),
        population=squares(blocks),
        schools=frame("schools", [school(1, 410, 420), school(2, 1510, 420), school(3, 1010, 1620)]),
        areas=frame(
            "areas", [area(1, "square", "Stortorget", 980, 980), area(2, "square", "Nytorget", 200, 1600)]
        ),
    )
