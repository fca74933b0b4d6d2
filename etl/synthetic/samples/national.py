"""Samples of what SCB publishes of the whole country: boundaries, statistical areas, localities, squares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from etl.synthetic.samples.scene import scenes
from etl.synthetic.samples.writing import Sample
from geodata.crs import SWEREF99_TM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OTHERS = 3
"""How many of a sample's features are about another municipality."""
SQUARE_M = 250
COUNTY = {"lanskod": "99", "lannamn": "Exempellän"}


def _write(path: Path, layer: str, rows: Sequence[dict[str, Any]], *, side_m: float) -> None:
    """Write a layer of squares, one on the place of each scene."""
    places = [(one.east // side_m * side_m, one.north // side_m * side_m) for one in scenes()]
    shapes = [shapely.box(x, y, x + side_m, y + side_m) for x, y in places]
    frame = gpd.GeoDataFrame(list(rows), geometry=shapes, crs=SWEREF99_TM)
    frame.to_file(path, layer=layer, driver="GPKG", engine="pyogrio")


def _whose(number: int) -> dict[str, str]:
    if number <= OTHERS:
        return {"kommunkod": "1785", "kommunnamn": "Säffle"}
    return {"kommunkod": "9999", "kommunnamn": "Exempelstad"}


def _boundaries(path: Path) -> None:
    names = ("Exempelstad", "Säffle", "Hagfors", "Åre", "Mellerud", "Arvidsjaur", "Sunne", "Torsby", "Grums")
    codes = ("9999", "1785", "1783", "2321", "1461", "2505", "1766", "1737", "1764")
    rows = [{"KnKod": code, "KnNamn": name} for code, name in zip(codes, names, strict=True)]
    rows.append({"KnKod": "1715", "KnNamn": "Kil"})
    _write(path, "Kommun_Sweref99TM", rows, side_m=100)


def _deso(path: Path) -> None:
    rows = [
        {
            "objektidentitet": f"a{one.number}",
            "desokod": f"{_whose(one.number)['kommunkod']}A00{one.number:02d}",
            "regsokod": f"{_whose(one.number)['kommunkod']}R001",
            **_whose(one.number),
            **COUNTY,
        }
        for one in scenes()
    ]
    _write(path, "DeSO_2025", rows, side_m=100)


def _regso(path: Path) -> None:
    rows = [
        {
            "objektidentitet": f"a{one.number}",
            "regsokod": f"{_whose(one.number)['kommunkod']}R0{one.number:02d}",
            "regsonamn": f"Exempelstad {one.number}",
            **_whose(one.number),
            **COUNTY,
        }
        for one in scenes()
    ]
    _write(path, "RegSO_2025", rows, side_m=100)


def _localities(path: Path) -> None:
    rows = [
        {
            "tatortskod": f"T{2000 + one.number}",
            "tatort": f"Exempelby {one.number}",
            **_whose(one.number),
            **COUNTY,
            "bef": 210 * one.number,
            "area_ha": 31 + one.number,
        }
        for one in scenes()
    ]
    _write(path, "Tatorter_2023", rows, side_m=100)


def _squares(path: Path) -> None:
    rows = []
    for one in scenes():
        east, north = int(one.east // SQUARE_M * SQUARE_M), int(one.north // SQUARE_M * SQUARE_M)
        rows.append(
            {
                "rutid_scb": f"{east}{north}",
                "rutid_inspire": f"SE_CRS3006RES{SQUARE_M}mN{north}E{east}",
                "beftotalt": 40 + 7 * one.number,
                "kvinna": 20 + 3 * one.number,
                "man": 20 + 4 * one.number,
            }
        )
    # Two scenes stand in one square, which is one row of the file and not two.
    known = {row["rutid_scb"]: row for row in rows}
    shapes = [
        shapely.box(east, north, east + SQUARE_M, north + SQUARE_M)
        for east, north in ((int(key[:6]), int(key[6:])) for key in map(str, known))
    ]
    more = [
        {**row, "rutid_scb": f"{int(str(row['rutid_scb'])[:6]) + 300_000}{str(row['rutid_scb'])[6:]}"}
        for row in known.values()
    ]
    for row in more:
        row["rutid_inspire"] = (
            f"SE_CRS3006RES{SQUARE_M}mN{str(row['rutid_scb'])[6:]}E{str(row['rutid_scb'])[:6]}"
        )
    far = [shapely.affinity.translate(shape, 300_000) for shape in shapes]
    frame = gpd.GeoDataFrame([*known.values(), *more], geometry=[*shapes, *far], crs=SWEREF99_TM)
    frame.to_file(path, layer="B0250_2024", driver="GPKG", engine="pyogrio")


NATIONAL = (
    Sample("scb_boundary", "kommungranser.gpkg", _boundaries, {"new": 1, "set_aside": 9}),
    Sample("scb_deso", "deso.gpkg", _deso, {"new": 7, "set_aside": 3}),
    Sample("scb_regso", "regso.gpkg", _regso, {"new": 7, "set_aside": 3}),
    Sample("scb_localities", "tatorter.gpkg", _localities, {"new": 7, "set_aside": 3}),
    Sample("scb_population", "rutor.gpkg", _squares, {"new": 8, "set_aside": 8}),
)
"""Samples of the country's layers; what is about others is set aside."""
