"""Readers: the same rows whatever the file, as text, with the row numbers that a person sees."""

import codecs
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers import READERS, read_file
from etl.readers.delimited import find_delimiter
from etl.readers.encoding import decode
from etl.readers.excel import as_text
from etl.readers.raw_table import RawTable, ReaderOptions
from geodata.errors import FileFaultError

SAFFLE = (12.939890467118953, 59.12884026836468)
"""Longitude and latitude differ so much that a swap can't hide."""


def read(path: Path, form: str, **options: str) -> RawTable:
    return read_file(path, ReaderOptions(format=form, **options), file=path.name)


def fault(path: Path, form: str, **options: str) -> FileFaultError:
    with pytest.raises(FileFaultError) as caught:
        read(path, form, **options)
    assert caught.value.values["file"] == path.name
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "mark", "spoken"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, "UTF-8"),
        ("cp1252", b"", "Windows-1252"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
    ],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found_and_said(
    tmp_path: Path, encoding: str, mark: bytes, spoken: str, delimiter: str
) -> None:
    path = tmp_path / "x.csv"
    lines = (("Ort", "Å"), ("Säffle", "1"), ("Åmål", "2"))
    text = "\r\n".join(delimiter.join(cells) for cells in lines)
    path.write_bytes(mark + text.encode(encoding))
    raw = read(path, "delimited")
    assert raw.cells.to_dict("list") == {"Ort": ["Säffle", "Åmål"], "Å": ["1", "2"]}
    assert raw.said == {"encoding": spoken, "delimiter": "tab" if delimiter == "\t" else delimiter}
    assert raw.rows.tolist() == [2, 3]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('a;b\n1;"två\nrader"\n\n;\n2;x\n3;y;z\n4;"a;b"\n5\n', encoding="utf-8")
    raw = read(path, "delimited")
    assert raw.cells["b"].tolist() == ["två\nrader", "x", "a;b"]
    assert raw.rows.tolist() == [2, 5, 7]
    assert [(row.row, row.code, row.value) for row in raw.unreadable] == [
        (6, "row_width", "3"),
        (8, "row_width", "1"),
    ]
    assert raw.read == 5


def test_a_delimiter_at_the_end_of_every_line_is_no_column(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b;\n1;2;\n", encoding="utf-8")
    assert read(path, "delimited").cells.columns.tolist() == ["a", "b"]


def test_a_comma_within_quotation_marks_does_not_decide_the_delimiter() -> None:
    assert find_delimiter(b'"a,b,c,d";x\n') == ";"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=40))
def test_whatever_is_written_in_utf8_is_read_as_it_was(text: str) -> None:
    assert decode(text.encode(), file="x", stated=None)[0] == text.removeprefix("\ufeff")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("headed", [True, False])
def test_a_byte_that_does_not_fit_is_placed_by_row_and_column(end: str, headed: bool) -> None:
    content = end.join(("nr;text", '1;"x;y"', "2;hej")).encode() + b" \xff"
    with pytest.raises(FileFaultError) as caught:
        decode(content, file="x", stated="utf-8", headed=headed)
    found = {name: caught.value.values[name] for name in ("row", "column", "value")}
    assert found == {"row": 3, "column": "text" if headed else "7", "value": "0xFF"}


def test_old_line_ends_are_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("a;b\r1;två, tre, fyra\r".encode())
    raw = read(path, "delimited")
    assert (raw.cells["b"].tolist(), raw.rows.tolist()) == (["två, tre, fyra"], [2])


def test_a_line_that_no_table_has_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"x" * 200_000)
    error = fault(path, "delimited")
    assert (error.code, error.values["format"]) == ("file_unreadable", "CSV")
    assert "row 1" in str(error.values["problem"])


def test_half_a_character_in_json_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('[{"id": 1, "summary": "hej"}, {"id": 2, "summary": "\\ud800 hej"}]', encoding="utf-8")
    error = fault(path, "json_records")
    found = (error.values["row"], error.values["column"], error.values["value"])
    assert (error.code, found) == ("encoding_unknown", (2, "summary", "\\ud800"))


def test_json_that_is_nested_without_end_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    error = fault(path, "json_records")
    assert (error.code, error.values["format"]) == ("file_unreadable", "JSON")


def test_utf16_without_a_mark_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("a;b\n1;2\n".encode("utf-16-le"))
    error = fault(path, "delimited")
    assert (error.code, error.values["value"], error.values["row"]) == ("encoding_unknown", "0x00", 1)


def test_a_workbook_is_read_as_a_person_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Olyckor"
    sheet.append([])
    sheet.append(["Nr", "Dag", "N", "Tom"])
    sheet.append([20250001, pd.Timestamp("2025-03-14"), 6556218.25, None])
    sheet.append([])
    sheet.append(["007", pd.Timestamp("2025-03-14 17:59"), 12, True])
    book.create_sheet("Personer")
    book.save(path)
    raw = read(path, "excel", sheet="Olyckor")
    assert raw.cells.to_dict("list") == {
        "Nr": ["20250001", "007"],
        "Dag": ["2025-03-14", "2025-03-14T17:59:00"],
        "N": ["6556218.25", "12"],
        "Tom": ["", "true"],
    }
    assert raw.rows.tolist() == [3, 5]
    error = fault(path, "excel", sheet="Fordon")
    assert (error.code, error.values["found"]) == ("sheet_missing", "Olyckor, Personer")
    assert fault(path, "excel", sheet="Personer").code == "file_empty"


def test_numbers_of_a_sheet_lose_nothing() -> None:
    assert as_text(6578123.4) == "6578123.4"
    assert as_text(1e15) == "1000000000000000"


@pytest.mark.parametrize("form", sorted(READERS))
def test_an_empty_file_is_the_same_fault_in_every_format(tmp_path: Path, form: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"")
    assert fault(path, form).code == "file_empty"


@pytest.mark.parametrize(
    ("form", "said"), [("excel", "Excel"), ("vector", "vector"), ("json_records", "JSON")]
)
def test_a_file_of_another_kind_is_said_to_be(tmp_path: Path, form: str, said: str) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(b"inte alls")
    error = fault(path, form)
    assert (error.code, error.values["format"]) == ("file_unreadable", said)
    assert str(tmp_path) not in str(error.values["problem"])


def test_a_file_that_may_not_be_read_is_a_fault_of_that_file(tmp_path: Path) -> None:
    error = fault(tmp_path / "borta.csv", "delimited")
    assert error.code == "file_not_allowed"


def test_records_are_flattened(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(
        '{"data": {"units": [{"code": "1", "at": [{"lat": 59.1}], "kinds": ["GR", "GY"], "on": true, "no": null},'
        ' {"code": "2"}]}}',
        encoding="utf-8",
    )
    raw = read(path, "json_records", records="data.units")
    assert raw.cells.to_dict("list") == {
        "code": ["1", "2"],
        "at.0.lat": ["59.1", ""],
        "kinds": ["GR, GY", ""],
        "on": ["true", ""],
        "no": ["", ""],
    }
    assert raw.rows.tolist() == [1, 2]
    error = fault(path, "json_records")
    assert (error.code, error.values["path"], error.values["found"]) == ("records_missing", "/", "dict")
    assert fault(path, "json_records", records="data.schools").code == "records_missing"


def test_a_list_without_records_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("[]", encoding="utf-8")
    assert fault(path, "json_records").code == "file_no_rows"


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp", "fgb", "parquet"])
def test_every_vector_format_gives_back_the_point_and_the_words(tmp_path: Path, ending: str) -> None:
    frame = gpd.GeoDataFrame(
        {"id": [1, 2], "namn": ["Åkerö", None], "adt": [1200.5, np.nan]},
        geometry=[shapely.Point(SAFFLE), shapely.Point(SAFFLE[0] + 0.1, SAFFLE[1])],
        crs=4326,
    )
    path = tmp_path / f"x.{ending}"
    if ending == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path, engine="pyogrio", encoding="utf-8" if ending == "shp" else None)
    raw = read(path, "vector")
    # A FlatGeobuf file is ordered by its index, not by its rows.
    order = np.argsort(raw.cells["id"])
    assert raw.cells["namn"].iloc[order].tolist() == ["Åkerö", ""]
    assert raw.cells["adt"].iloc[order].tolist() == ["1200.5", ""]
    assert raw.crs == 4326
    assert raw.geometry is not None
    first = raw.geometry[order[0]]
    assert (first.x, first.y) == pytest.approx(SAFFLE)


def test_a_layer_must_be_named_where_there_are_several(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    frame = gpd.GeoDataFrame({"id": [1]}, geometry=[shapely.Point(400000, 6500000)], crs=3006)
    frame.to_file(path, layer="gator")
    frame.to_file(path, layer="torg")
    assert read(path, "vector", layer="torg").said == {"layer": "torg"}
    error = fault(path, "vector")
    assert (error.code, error.values["found"]) == ("layer_missing", "gator, torg")
    assert fault(path, "vector", layer="vatten").values["layer"] == "vatten"


def test_a_layer_without_features_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    assert fault(path, "vector").code == "file_no_rows"


def test_a_file_without_a_crs_says_none(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    with pytest.warns(UserWarning, match="crs"):
        gpd.GeoDataFrame({"id": [1]}, geometry=[shapely.Point(1, 2)]).to_file(path)
    assert read(path, "vector").crs is None


def test_a_workbook_says_which_cells_are_numbers_with_decimals(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    for cells in (["Nr", "Klockan"], [1, 17.3], [], [2, "17.3"], [3, 17], [4, "17.3", "för bred"], [5, 8.1]):
        book.active.append(cells)
    book.save(path)
    raw = read(path, "excel")
    assert raw.cells["Klockan"].tolist() == ["17.3", "17.3", "17", "8.1"]
    assert {name: which.tolist() for name, which in raw.decimals.items()} == {
        "Klockan": [True, False, False, True]
    }
