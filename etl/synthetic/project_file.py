"""Write the made-up municipality's ``problembild.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.crs import SWEREF99_TM, to_lonlat
from geodata.project import PROJECT_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from shapely import Polygon

MUNICIPALITY = "Exempelstad"
CODE = "9999"
EXTENT_MARGIN_M = 2_000.0
SOURCES = (
    ("handelser", "police_incidents", "inbox/handelser_*.csv"),
    ("trygghetsmatning", "kobo_survey", "inbox/trygghetsmatning_kobo.csv"),
    ("kartenkat", "map_survey", "inbox/karta_enkat.geojson"),
    ("strada", "strada", "inbox/strada.xlsx"),
    ("oversyner", "traffic_reviews", "inbox/oversyner.csv"),
    ("skolenheter", "school_register", "inbox/skolenheter.json"),
    ("gator", "streets", "inbox/gator.gpkg"),
    ("kartlager", "areas", "inbox/kartlager.gpkg"),
    ("befolkning", "population", "inbox/befolkning.csv"),
    ("befolkning_alder", "population_by_age", "inbox/befolkning_alder.csv"),
    ("evenemang", "events", "inbox/evenemang.csv"),
)
"""Source name, mapping, file pattern."""

PLAN = (
    "",
    "[plan]",
    "weeks = 4",
    "",
    "[[plan.supply]]",
    'name = "Lokalpolisområdet"',
    "passes_per_week = 6",
    'cars = ["marked", "unmarked"]',
    "",
    "[[plan.supply]]",
    'name = "Polis och fältare"',
    'parties = ["police", "municipality"]',
    'kinds = ["presence"]',
    'cars = ["on_foot"]',
    "passes_per_week = 1",
    'weekdays = ["fri", "sat"]',
    'between = ["19:00", "01:00"]',
    "",
    "[[plan.wanted]]",
    'name = "Egen regel: en trafikkontroll i veckan där någon har klagat"',
    "per_week = 1",
    "complained = true",
    'kinds = ["traffic_check"]',
)


def write_project(workspace: Path, boundary: Polygon) -> None:
    """Write the project file; the extent is the boundary's box with a margin."""
    west, south, east, north = boundary.buffer(EXTENT_MARGIN_M).bounds
    lon, lat = to_lonlat([west, east, west, east], [south, south, north, north], working=SWEREF99_TM)
    extent = [
        float(np.floor(lon.min() * 100) / 100),
        float(np.floor(lat.min() * 100) / 100),
        float(np.ceil(lon.max() * 100) / 100),
        float(np.ceil(lat.max() * 100) / 100),
    ]
    lines = [
        "# Exempelstad finns inte: allt här är påhittat, för visning och prov.",
        f'attribution = ["{MUNICIPALITY}: påhittade data"]',
        "",
        "[municipality]",
        f'name = "{MUNICIPALITY}"',
        f'code = "{CODE}"',
        'language = "sv"',
        "made_up = true",
        "",
        "[geography]",
        f"working_crs = {SWEREF99_TM}",
        'time_zone = "Europe/Stockholm"',
        f"extent = {extent}",
        "",
        "[schools]",
        'bell_start = "08:10"',
        'bell_end = "14:30"',
    ]
    lines += PLAN
    for name, mapping, pattern in SOURCES:
        lines += ["", "[[source]]", f'name = "{name}"', f'mapping = "{mapping}"', f'files = ["{pattern}"]']
    (workspace / PROJECT_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
