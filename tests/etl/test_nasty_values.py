"""Nasty inputs, what they say: numbers, times and points, each through the whole import beside a good file."""

import math

import openpyxl
import pytest
from nasty import LAT, LON, Nasty, X, Y, rejected
from pyproj import Transformer
from small_workspace import Workspace, incident

from geodata.account import Fate


@pytest.fixture
def nasty(workspace: Workspace) -> Nasty:
    return Nasty.beside_a_good_file(workspace)


@pytest.mark.parametrize(("north", "east"), [("6556218,2", "382096,4"), ("6556218.2", "382096.4")])
def test_a_decimal_comma(nasty: Nasty, north: str, east: str) -> None:
    file = nasty.import_text(incident("K1", north=north, east=east))
    assert file.said["decimal"] == ("comma" if "," in north else "point")
    assert nasty.came_in()[["x", "y"]].values.tolist() == [[X, Y]]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", " "])
def test_thousands_with_a_no_break_space(nasty: Nasty, space: str) -> None:
    north, east = f"6{space}556{space}218,2", f"382{space}096,4"
    file = nasty.import_text(incident("K1", north=north, east=east))
    assert file.said["thousands"] == "space"
    assert nasty.came_in()[["x", "y"]].values.tolist() == [[X, Y]]


@pytest.mark.parametrize("day", ["2025-02-30", "30.2.2025", "30 februari 2025"])
def test_the_thirtieth_of_february(nasty: Nasty, day: str) -> None:
    file = nasty.import_text(incident("K1", day), incident("K2"))
    assert rejected(file) == [(2, "date_impossible", "Datum", day)]
    assert file.fates[Fate.NEW] == 1


def test_the_hour_that_does_not_exist(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1", "2025-03-30", "02:30"), incident("K2", "2025-03-30", "03:00"))
    assert rejected(file) == [(2, "clock_skipped", "Datum, Klockslag", "2025-03-30; 02:30")]


def test_the_hour_that_comes_twice(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1", "2024-10-27", "02:30"))
    assert file.fates[Fate.NEW] == 1
    (row,) = nasty.came_in().to_dict("records")
    assert (row["occurred_to"] - row["occurred_from"]).total_seconds() == 3600
    assert (row["occurred_from"].isoformat(), row["time_precision"]) == ("2024-10-27T00:30:00+00:00", "hour")
    assert (row["local_hour"], row["local_weekday"]) == (2, 6)


def put_survey(nasty: Nasty, *points: tuple[object, object]) -> str:
    """Put a survey in longitude and latitude beside the good file."""
    nasty.workspace.use("kobo_survey", "enkat_*.csv")
    heading = "start;end;today;insamlingsplats;problem;kommentar;plats;_plats_latitude;_plats_longitude;_plats_altitude;_plats_precision;nar;alder;kon;svarande;_id;_uuid;_submission_time"
    names = heading.split(";")
    lines = []
    for number, (lon, lat) in enumerate(points, start=1):
        row = {
            "today": "2025-05-12",
            "problem": "morkt",
            "_uuid": f"u{number}",
            "_plats_longitude": str(lon),
            "_plats_latitude": str(lat),
        }
        lines.append(";".join(row.get(name, "") for name in names))
    nasty.workspace.put("enkat_ond.csv", "\n".join((heading, *lines)))
    return "enkat_ond.csv"


def test_latitude_and_longitude_swapped_in_some_rows(nasty: Nasty) -> None:
    file = nasty.import_(put_survey(nasty, (LON, LAT), (LON, LAT), (LAT, LON)))
    columns = "_plats_longitude, _plats_latitude"
    assert rejected(file) == [(4, "coordinates_swapped", columns, f"{LAT}; {LON}")]


def test_latitude_and_longitude_swapped_in_every_row(nasty: Nasty) -> None:
    file = nasty.import_(put_survey(nasty, (LAT, LON), (LAT, LON + 0.01)))
    assert file.stopped == "axes_undecided"
    assert file.stopped_values["column"] == "_plats_longitude, _plats_latitude"


def test_north_and_east_swapped_in_some_rows(nasty: Nasty) -> None:
    turned = incident("K3", north="382096,4", east="6556218,2")
    file = nasty.import_text(incident("K1"), incident("K2"), turned)
    assert rejected(file) == [(4, "coordinates_swapped", "E, N", "6556218,2; 382096,4")]


def test_north_and_east_swapped_in_every_row(nasty: Nasty) -> None:
    lines = [incident(f"K{number}", north="382096,4", east="6556218,2") for number in range(3)]
    file = nasty.import_text(*lines)
    assert (file.stopped, file.stopped_values["axes"]) == ("axes_undecided", "north_east")


def test_rt90_as_sweref(nasty: Nasty) -> None:
    north, east = Transformer.from_crs(4326, 3021).transform(LAT, LON)
    assert 6_000_000 < north < 7_700_000
    assert 1_200_000 < east < 1_900_000
    file = nasty.import_text(incident("K1", north=f"{north:.1f}", east=f"{east:.1f}"))
    assert file.stopped == "crs_mismatch"
    assert file.stopped_values.items() >= {"crs": "3006", "likely": "3021", "column": "E, N"}.items()


def test_zero_nan_and_infinity(nasty: Nasty) -> None:
    odd = [(0, 0), ("0.0", "0"), ("nan", "nan"), ("inf", "-inf"), ("NaN", LAT), ("1e999", LAT)]
    name = put_survey(nasty, *[(LON, LAT)] * 3, *odd)
    file = nasty.import_(name)
    assert [(row, code) for row, code, _, _ in rejected(file)] == [
        (5, "coordinates_zero"),
        (6, "coordinates_zero"),
        (7, "coordinate_unreadable"),
        (8, "coordinate_unreadable"),
        (9, "coordinate_unreadable"),
        (10, "coordinate_unreadable"),
    ]
    assert file.fates[Fate.NEW] == 3


def test_numbers_that_are_none_in_a_workbook(nasty: Nasty) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ruta", "Sida", "Befolkning"])
    for number, people in enumerate((4, math.inf, math.nan, "#DIV/0!", -1), start=0):
        book.active.append([3820006556200 + number * 100, 100, people])
    book.save(nasty.workspace.folder / "inbox" / "bef.xlsx")
    own = (
        'title = "Rutor"\ntable = "population"\nid = "Ruta"\n[reader]\nformat = "excel"\n'
        '[fields.side_m]\ncolumn = "Sida"\n[fields.population]\ncolumn = "Befolkning"\n'
        '[[acceptance]]\nrow = { "Ruta" = "1", "Sida" = "100", "Befolkning" = "1" }\n'
        'reject = { code = "square_off_grid", column = "Ruta", value = "1" }\n'
    )
    (nasty.workspace.folder / "mappings").mkdir()
    (nasty.workspace.folder / "mappings" / "rutor.toml").write_text(own, encoding="utf-8")
    nasty.workspace.use("rutor", "bef.xlsx")
    file = nasty.import_("bef.xlsx")
    assert file.fates[Fate.NEW] == 1
    assert {code for _, code, _, _ in rejected(file)} <= {
        "number_unreadable",
        "value_missing",
        "number_negative",
    }
    assert file.fates[Fate.REJECTED] == 4


def test_outside_the_workspace_s_area(nasty: Nasty) -> None:
    away = incident("K2", north="6200000", east="382096")
    far = incident("K3", north="1e308", east="-1e308")
    file = nasty.import_text(incident("K1"), incident("K1b"), away, far)
    assert rejected(file) == [
        (4, "coordinates_outside", "E, N", "382096; 6200000"),
        (5, "coordinates_outside", "E, N", "-1e308; 1e308"),
    ]


def test_duplicate_ids(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1"), incident("K1"), incident("K1", text="Något annat"))
    assert rejected(file) == [(4, "id_twice", "Händelsenr", "K1")]
    assert (file.fates[Fate.NEW], file.fates[Fate.LINKED]) == (1, 1)


def test_an_id_of_the_good_file_with_other_content(nasty: Nasty) -> None:
    """Files are read by name, and the last one's word counts: the good file comes first."""
    file = nasty.import_text(incident("K1"), incident("K2"))
    assert file.fates[Fate.NEW] == 2
    assert nasty.came_in()["linked_to"].isna().all()
