"""Samples of the ground: schools, streets, areas, the boundary and the population."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from etl.synthetic.samples.scene import scenes
from etl.synthetic.samples.writing import Sample, write_csv
from geodata.crs import SWEREF99_TM, WGS84

if TYPE_CHECKING:
    from pathlib import Path

    from etl.synthetic.samples.writing import Rows

CLASSES = ("primär", "sekundär", "tertiär", "bostadsgata", "servicegata", "gcm-väg")
KINDS = ("torg", "park", "vatten", "skog", "industri", "bostad", "centrum", "station")


def _schools(path: Path) -> None:
    records = []
    for one in scenes():
        at = {"latitude": str(one.lat), "longitude": str(one.lon)}
        records.append(
            {
                "data": {
                    "type": "schoolunit",
                    "schoolUnitCode": f"{12_345_000 + one.number}",
                    "attributes": {
                        "displayName": f"Exempelskolan {one.number}",
                        "status": "UPPHORT" if one.number == 9 else "AKTIV",
                        "schoolTypes": ["GR"],
                        "addresses": [] if one.number == 5 else [{"geoCoordinates": at}],
                    },
                },
                "local": {
                    "pupils": 120 + 31 * one.number,
                    "bellStart": "08:10",
                    "bellEnd": f"14:{10 + one.number}",
                    "stage": ("F-6", "7-9")[one.number % 2],
                },
            }
        )
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")


def _streets(path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {
            "ELEMENT_ID": [1000 + one.number for one in scenes()],
            "Gatunamn": [None if one.number == 6 else f"Gata {one.number}" for one in scenes()],
            "Vagklass": [CLASSES[one.number % 6] for one in scenes()],
            "Hogsta_tillatna_hastighet": [30.0 + 10 * (one.number % 3) for one in scenes()],
            "Adt_samtliga_fordon": [None if one.number % 2 else 410.0 * one.number for one in scenes()],
        },
        geometry=[
            shapely.LineString([(one.east, one.north), (one.east + 80, one.north + 30)]) for one in scenes()
        ],
        crs=SWEREF99_TM,
    )
    frame.to_file(path, layer="gator", driver="GPKG", engine="pyogrio")


def _areas(path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {
            "id": [one.number for one in scenes()],
            "typ": ["vulkan" if one.number == 8 else KINDS[one.number % 8] for one in scenes()],
            "namn": [f"Yta {one.number}" for one in scenes()],
        },
        geometry=[shapely.Point(one.east, one.north).buffer(60, quad_segs=2) for one in scenes()],
        crs=SWEREF99_TM,
    )
    frame.to_file(path, layer="omraden", driver="GPKG", engine="pyogrio")


def _boundaries(path: Path) -> None:
    names = ("Exempelstad", "Säffle", "Hagfors", "Åre", "Mellerud", "Arvidsjaur", "Sunne", "Torsby", "Grums")
    codes = ("9999", "1785", "1783", "2321", "1461", "2505", "1766", "1737", "1764")
    frame = gpd.GeoDataFrame(
        {"kommun_kod": list(codes), "kommun": list(names)},
        geometry=[shapely.box(12.8 + at / 10, 59.0, 12.9 + at / 10, 59.2) for at in range(len(names))],
        crs=WGS84,
    )
    frame.to_parquet(path)


def _population(path: Path) -> None:
    rows: Rows = [
        {
            "Ruta": f"{int(one.east // 100)}{50 if one.number == 7 else 0:02d}{int(one.north // 100)}00",
            "Sida": "100",
            "Befolkning": str(3 + 7 * one.number),
        }
        for one in scenes()
    ]
    write_csv(path, rows, delimiter=";", encoding="utf-8")


def _residents(path: Path) -> None:
    ages = ("0-14 år", "15-24 år", "25-44 år", "45-64 år", "65-79 år", "80-89 år", "90-99 år", "100+ år")
    rows = [
        {"Område": "Säffle", "Ålder": age, "Antal": str(2400 - 300 * number)}
        for number, age in enumerate((*ages, "totalt ålder", "pensionärer"))
    ]
    write_csv(path, rows, delimiter=";", encoding="utf-8")


def _events(path: Path) -> None:
    rows = [
        {
            "Evenemang": f"Torgdag {one.number}",
            "Plats": "Stortorget",
            "Början": f"{one.day} 09:00",
            "Slut": f"{one.day} {'08' if one.number == 7 else '14'}:00",
            "Latitud": str(one.lat),
            "Longitud": str(one.lon),
        }
        for one in scenes()
    ]
    write_csv(path, rows, delimiter=";", encoding="utf-8")


GROUND = (
    Sample("school_register", "skolenheter.json", _schools, {"new": 8, "waiting": 1, "set_aside": 1}),
    Sample("streets", "gator.gpkg", _streets, {"new": 10}),
    Sample("areas", "kartlager.gpkg", _areas, {"new": 9, "rejected": 1}),
    Sample("boundary", "kommuner.parquet", _boundaries, {"new": 1, "set_aside": 8}),
    Sample("population", "befolkning.csv", _population, {"new": 9, "rejected": 1}),
    Sample(
        "population_by_age", "befolkning_alder.csv", _residents, {"new": 8, "set_aside": 1, "rejected": 1}
    ),
    Sample("events", "evenemang.csv", _events, {"new": 9, "rejected": 1}),
)
"""Samples of the ground's layers."""
