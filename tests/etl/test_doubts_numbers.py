"""1.234 and 1,234: thousands or decimals, by the whole file or by the setting; never by chance."""

import math

import openpyxl
import pandas as pd
import pytest
from small_workspace import Workspace, incident

from etl.parse import numbers
from geodata.account import Fate, FileReport

HEADING = "Ärende;Datum;Plats;Latitud;Longitud;Brist;Beskrivning;V85;ÅDT;Åtgärdsförslag;Status;Ansvarig"


def put(
    workspace: Workspace, *flows: str, point: str = "59;13", v85: str = "", setting: str = ""
) -> FileReport:
    workspace.use("traffic_reviews", "oversyner.csv", more=setting)
    lines = (
        f"{number};2025-09-03;;{point};Sikt;;{v85};{flow};;;" for number, flow in enumerate(flows, start=1)
    )
    workspace.put("oversyner.csv", "\n".join((HEADING, *lines)))
    return workspace.only_file()


def flows_of(workspace: Workspace) -> list[float]:
    return workspace.table().sort_values("origin_row")["flow_adt"].tolist()


@pytest.mark.parametrize(("value", "sign", "other"), [("1.234", ".", ","), ("1,234", ",", ".")])
def test_a_number_that_may_be_two_stops_the_file_and_names_the_setting(
    workspace: Workspace, value: str, sign: str, other: str
) -> None:
    file = put(workspace, "800", value)
    assert file.stopped == "decimal_undecided"
    assert file.stopped_values == {
        "file": "oversyner.csv",
        "row": "3",
        "column": "ÅDT",
        "value": value,
        "whole": "1234",
        "part": "1",
        "sign": sign,
        "other": other,
        "source": "traffic_reviews",
    }
    assert workspace.table().empty


@pytest.mark.parametrize(
    ("value", "setting", "number"),
    [("1.234", ",", 1234.0), ("1.234", ".", 1.234), ("1,234", ".", 1234.0), ("1,234", ",", 1.234)],
)
def test_the_project_file_decides(workspace: Workspace, value: str, setting: str, number: float) -> None:
    put(workspace, value, setting=f'decimal = "{setting}"\n')
    assert flows_of(workspace) == [number]


@pytest.mark.parametrize(
    ("telling", "value", "number", "divides"),
    [
        ("950,5", "1.234", 1234.0, "."),
        ("1.250,5", "1.234", 1234.0, "."),
        ("1.234.567", "1.234", 1234.0, "."),
        ("950.5", "1,234", 1234.0, ","),
        ("950.5", "1.234", 1.234, None),
        ("0,125", "1,234", 1.234, None),
        ("1 234,5", "1,234", 1.234, "space"),
    ],
)
def test_another_number_of_the_column_settles_it(
    workspace: Workspace, telling: str, value: str, number: float, divides: str | None
) -> None:
    file = put(workspace, telling, value)
    assert (file.stopped, flows_of(workspace)[1], file.said.get("thousands")) == (None, number, divides)


def test_the_coordinates_of_the_file_settle_it(workspace: Workspace) -> None:
    put(workspace, "1.234", point="59,12884;12,93989")
    assert flows_of(workspace) == [1234.0]
    file = put(workspace, "1.234", point="59.12884;12.93989")
    assert flows_of(workspace) == [1.234]
    assert file.said["decimal"] == "point"


def test_both_signs_in_numbers_that_can_be_read_in_one_way_are_read_so(workspace: Workspace) -> None:
    put(workspace, "12,5", "12.5", "1.234,5", "1,234.5")
    assert flows_of(workspace) == [12.5, 12.5, 1234.5, 1234.5]


def test_both_signs_and_a_number_that_may_be_two_stop_the_file(workspace: Workspace) -> None:
    assert put(workspace, "12,5", "12.5", "1.234").stopped == "decimal_undecided"


def test_a_speed_is_never_a_thousand(workspace: Workspace) -> None:
    put(workspace, "", v85="47.125")
    assert workspace.table()["v85_kmh"].tolist() == [47.125]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_thousands_with_any_space_are_read_and_said(workspace: Workspace, space: str) -> None:
    file = put(workspace, f"1{space}234", f"12{space}345,5")
    assert (file.said["thousands"], file.said["decimal"]) == ("space", "comma")
    assert flows_of(workspace) == [1234.0, 12345.5]


@pytest.mark.parametrize(
    ("north", "east"), [("6.556.218", "382.096"), ("6,556,218", "382,096"), ("6 556 218", "382 096")]
)
def test_metres_with_thousands_are_metres(workspace: Workspace, north: str, east: str) -> None:
    workspace.put_incidents(incident("K1", north=north, east=east))
    assert workspace.only_file().fates[Fate.NEW] == 1
    assert workspace.table()[["x", "y"]].iloc[0].tolist() == [382096.0, 6556218.0]


def test_a_number_in_a_workbook_is_in_no_doubt(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ruta", "Sida", "Befolkning"])
    book.active.append([3820006556200, 100, 1.234])
    book.save(workspace.folder / "inbox" / "bef.xlsx")
    shipped_as(workspace, "excel")
    assert workspace.only_file().stopped is None
    assert workspace.table("population")["population"].tolist() == [1.234]


def test_a_text_in_a_workbook_is(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ruta", "Sida", "Befolkning"])
    book.active.append([3820006556200, 100, 2.5])
    book.active.append([3820006556300, 100, "1.234"])
    book.save(workspace.folder / "inbox" / "bef.xlsx")
    shipped_as(workspace, "excel")
    assert workspace.only_file().stopped == "decimal_undecided"
    shipped_as(workspace, "excel", setting='decimal = ","\n')
    assert workspace.only_file().rejections == ()
    assert workspace.table("population")["population"].tolist() == [2.5, 1234.0]


def shipped_as(workspace: Workspace, form: str, *, setting: str = "") -> None:
    """Read the population from another kind of file by a mapping of the workspace's own."""
    own = (
        'title = "Rutor"\ntable = "population"\nid = "Ruta"\n[reader]\nformat = "' + form + '"\n'
        '[fields.side_m]\ncolumn = "Sida"\n[fields.population]\ncolumn = "Befolkning"\n'
        '[[acceptance]]\nrow = { "Ruta" = "1", "Sida" = "100", "Befolkning" = "1" }\n'
        'reject = { code = "square_off_grid", column = "Ruta", value = "1" }\n'
    )
    (workspace.folder / "mappings").mkdir(exist_ok=True)
    (workspace.folder / "mappings" / "rutor.toml").write_text(own, encoding="utf-8")
    workspace.use("rutor", "bef.*", more=setting)


def test_a_settled_sign_is_held_to() -> None:
    text = pd.Series(["1.234", "1.234,5", "12.5", "1 234,5", "1.23.4", "", "-1.234.567"], dtype="str")
    values, unreadable = numbers(text, decimal=",")
    assert values.tolist() == pytest.approx(
        [1234.0, 1234.5, math.nan, 1234.5, math.nan, math.nan, -1234567.0], nan_ok=True
    )
    assert unreadable.tolist() == [False, False, True, False, True, False, False]
