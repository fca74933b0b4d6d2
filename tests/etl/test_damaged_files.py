"""Damaged files: the fault is theirs alone, and is said; nothing else comes to a halt."""

import json
import random

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from small_workspace import Workspace, incident

from geodata.account import Rejection

X, Y = 382096.4, 6556218.2


def put_areas(workspace: Workspace, shapes: list[shapely.Geometry], name: str = "Parken") -> bytes:
    workspace.use("areas", "kartlager.gpkg")
    frame = gpd.GeoDataFrame(
        {"id": range(1, len(shapes) + 1), "typ": "park", "namn": name}, geometry=shapes, crs=3006
    )
    path = workspace.folder / "inbox" / "kartlager.gpkg"
    frame.to_file(path, layer="omraden")
    return path.read_bytes()


def test_text_in_a_geopackage_that_is_not_utf8_is_a_fault(workspace: Workspace) -> None:
    whole = put_areas(workspace, [shapely.Point(X, Y).buffer(9)], name="Badparken")
    assert whole.count(b"Badparken") == 1
    workspace.put("kartlager.gpkg", whole.replace(b"Badparken", b"Badp\xe4rken"))
    file = workspace.only_file()
    assert file.stopped == "encoding_unknown"
    values = {"file": "kartlager.gpkg", "row": "1", "column": "namn", "value": "b'Badp\\xe4rken'"}
    assert file.stopped_values == values


def test_a_shape_that_is_no_shape_is_rejected_and_the_others_come_in(workspace: Workspace) -> None:
    workspace.use("boundary", "gr.parquet")
    good = shapely.Polygon([(12.9, 59.1), (13.0, 59.1), (13.0, 59.2)])
    table = pa.table(
        {
            "kommun_kod": ["1785", "1785"],
            "kommun": ["Säffle", "Säffle"],
            "geometry": [b"\x01\x03\x00", shapely.to_wkb(good)],
        }
    )
    column = {"encoding": "WKB", "geometry_types": ["Polygon"]}
    geo = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": column}}
    path = workspace.folder / "inbox" / "gr.parquet"
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    file = workspace.only_file()
    assert file.rejections == (Rejection("gr.parquet", 1, "", "geometry_broken", "WKB"),)
    assert file.said["crs"] == "4326"
    assert file.adds_up
    assert workspace.table("areas")["area_id"].tolist() == [1785]


def test_coordinates_beyond_the_world_are_refused(workspace: Workspace) -> None:
    put_areas(workspace, [shapely.box(1e300, 0, 1e301, 1e300), shapely.box(X, Y, X + 5, Y + 5)])
    file = workspace.only_file()
    assert [(row.row, row.code) for row in file.rejections] == [(1, "geometry_broken")]


@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_with_bytes_changed_stops_at_worst(workspace: Workspace, seed: int) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Olyckor"
    book.active.append(["Olycksnummer"])
    book.active.append(["1"])
    path = workspace.folder / "inbox" / "strada.xlsx"
    book.save(path)
    content = bytearray(path.read_bytes())
    dice = random.Random(seed)
    for _ in range(200):
        content[dice.randrange(len(content))] = dice.randrange(256)
    workspace.use("strada", "strada.xlsx")
    workspace.put("strada.xlsx", bytes(content))
    file = workspace.only_file()
    assert file.stopped == "file_unreadable"
    assert file.stopped_values["format"] == "Excel"


ODD = ["1e999", "nan", "٣", "½", "99999999999999999999", "\u2212", "=1+1", "9999-12-31", "00-24", "x" * 5000]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("column", ["day", "clock", "north", "kind"])
def test_whatever_a_cell_holds_the_row_has_one_fate(workspace: Workspace, odd: str, column: str) -> None:
    workspace.use("police_incidents", "handelser_*.csv")
    lines = incident("K1"), incident(**{"number": "K2", column: odd})
    heading = "Händelsenr;Datum;Klockslag;Brottskod;Händelsetyp;Plats;N;E;Allvarlighet;Beskrivning"
    workspace.put("handelser_2025.csv", "\n".join((heading, *lines)))
    file = workspace.only_file()
    assert file.adds_up
    fine = column == "clock" and odd == "00-24"
    assert [(row.row, len(row.value) <= 80) for row in file.rejections] == ([] if fine else [(3, True)])


def test_a_record_that_is_no_record_is_a_fault(workspace: Workspace) -> None:
    workspace.use("police_events", "handelser.json")
    workspace.put("handelser.json", '[{"id": 1}, 2]')
    file = workspace.only_file()
    assert (file.stopped, file.stopped_values["found"]) == ("records_missing", "list")


def test_a_table_of_another_kind_is_a_fault(workspace: Workspace) -> None:
    workspace.use("boundary", "gr.parquet")
    pd.DataFrame({"a": [1]}).to_parquet(workspace.folder / "inbox" / "gr.parquet")
    file = workspace.only_file()
    assert (file.stopped, file.stopped_values["column"]) == ("columns_unmapped", "a")
