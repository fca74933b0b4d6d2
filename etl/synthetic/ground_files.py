"""Write the ground as files: street and area layers, population squares, school units."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from etl.synthetic.dirt import FileTruth, all_new
from etl.synthetic.project_file import MUNICIPALITY
from geodata.account import Fate
from geodata.crs import SWEREF99_TM, to_lonlat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.synthetic.land import Land, School

CLASS_WORDS = {
    "motorway": "motorväg",
    "primary": "primär",
    "secondary": "sekundär",
    "tertiary": "tertiär",
    "residential": "bostadsgata",
    "service": "servicegata",
    "path": "gcm-väg",
}
AGE_SHARES = (5.2, 5.9, 6.0, 5.7, 4.8, 5.3, 6.4, 6.3, 6.1, 6.0, 6.6, 6.6, 6.2, 5.9, 5.5, 5.1, 3.6, 2.0, 0.8)
"""Residents by five years of age, 0–4 first and 90 or more last: much as in Sweden."""

AREA_WORDS = {
    "boundary": "kommungräns",
    "square": "torg",
    "centre": "centrum",
    "station": "station",
    "park": "park",
    "water": "vatten",
    "river": "vattendrag",
    "wood": "skog",
    "industrial": "industri",
    "residential": "bostad",
    "building": "byggnad",
    "railway": "järnväg",
    "parking": "parkering",
}
SQUARE_M = 100


def write_streets(inbox: Path, land: Land) -> FileTruth:
    """Write ``gator.gpkg``, layer ``gator``: one link a row, the flow where it is measured."""
    streets = land.streets
    measured = streets["measured"].to_numpy(dtype=bool)
    frame = gpd.GeoDataFrame(
        {
            "ELEMENT_ID": np.arange(1, len(streets) + 1),
            "Gatunamn": streets["name"].to_numpy(),
            "Vagklass": streets["road_class"].map(CLASS_WORDS).to_numpy(),
            "Hogsta_tillatna_hastighet": streets["speed_limit_kmh"].to_numpy(dtype=np.int64),
            "Adt_samtliga_fordon": np.where(measured, np.round(streets["flow"].to_numpy() / 10) * 10, np.nan),
        },
        geometry=streets.geometry.to_numpy(),
        crs=SWEREF99_TM,
    )
    _write_layer(frame, inbox / "gator.gpkg", "gator")
    return all_new("inbox/gator.gpkg", len(frame))


def write_areas(inbox: Path, land: Land) -> FileTruth:
    """Write ``kartlager.gpkg``, layer ``omraden``."""
    areas = land.areas
    frame = gpd.GeoDataFrame(
        {
            "id": np.arange(1, len(areas) + 1),
            "typ": areas["kind"].map(AREA_WORDS).to_numpy(),
            "namn": areas["name"].to_numpy(),
        },
        geometry=areas.geometry.to_numpy(),
        crs=SWEREF99_TM,
    )
    _write_layer(frame, inbox / "kartlager.gpkg", "omraden")
    return all_new("inbox/kartlager.gpkg", len(frame))


def write_population(inbox: Path, land: Land) -> FileTruth:
    """Write ``befolkning.csv``: persons per SCB square of 100 m, inhabited squares only."""
    homes = land.dwellings
    square = (homes["x"] // SQUARE_M * SQUARE_M).astype(np.int64) * 10_000_000 + (
        homes["y"] // SQUARE_M * SQUARE_M
    ).astype(np.int64)
    persons = homes["persons"].groupby(square.to_numpy()).sum().round().astype(np.int64)
    persons = persons[persons > 0]
    table = pd.DataFrame({"Ruta": persons.index, "Sida": SQUARE_M, "Befolkning": persons.to_numpy()})
    table.to_csv(inbox / "befolkning.csv", sep=";", index=False, encoding="utf-8")
    return all_new("inbox/befolkning.csv", len(table))


def write_residents(inbox: Path, land: Land) -> FileTruth:
    """Write ``befolkning_alder.csv``: persons by five years of age, as SCB has them."""
    total = int(land.dwellings["persons"].sum())
    share = np.array(AGE_SHARES) / sum(AGE_SHARES)
    persons = np.floor(share * total).astype(np.int64)
    persons[np.argsort(persons - share * total, kind="stable")[: total - int(persons.sum())]] += 1
    ages = [f"{5 * step}-{5 * step + 4} år" for step in range(len(persons) - 1)]
    ages.append(f"{5 * (len(persons) - 1)}+ år")
    table = pd.DataFrame({"Område": MUNICIPALITY, "Ålder": ages, "Antal": persons})
    table.to_csv(inbox / "befolkning_alder.csv", sep=";", index=False, encoding="utf-8")
    return all_new("inbox/befolkning_alder.csv", len(table))


def write_schools(inbox: Path, land: Land, closed: Sequence[School]) -> FileTruth:
    """Write ``skolenheter.json`` in the register's shape; `closed` units have status UPPHORT."""
    units = [_unit(school, "AKTIV") for school in land.schools]
    units += [_unit(school, "UPPHORT") for school in closed]
    text = json.dumps(units, ensure_ascii=False, indent=1)
    (inbox / "skolenheter.json").write_text(text, encoding="utf-8")
    fates = dict.fromkeys(Fate, 0) | {Fate.NEW: len(land.schools), Fate.SET_ASIDE: len(closed)}
    return FileTruth("inbox/skolenheter.json", len(units), fates, {"closed": len(closed)})


def _unit(school: School, status: str) -> dict[str, Any]:
    lon, lat = to_lonlat([school.x], [school.y], working=SWEREF99_TM)
    at = {"latitude": f"{lat[0]:.6f}", "longitude": f"{lon[0]:.6f}"}
    return {
        "data": {
            "type": "schoolunit",
            "schoolUnitCode": school.code,
            "attributes": {
                "displayName": school.name,
                "status": status,
                "schoolTypes": ["GY"] if school.stage == "Gymnasium" else ["GR"],
                "addresses": [{"geoCoordinates": at}],
            },
        },
        "local": {
            "pupils": school.pupils,
            "bellStart": school.bell_start,
            "bellEnd": school.bell_end,
            "stage": school.stage,
        },
    }


def _write_layer(frame: gpd.GeoDataFrame, path: Path, layer: str) -> None:
    path.unlink(missing_ok=True)
    frame.to_file(path, layer=layer, driver="GPKG", engine="pyogrio")
