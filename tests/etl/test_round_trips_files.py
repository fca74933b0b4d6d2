"""What a program writes to a file, our reader reads back: the same headings, cells, rows and points."""

import codecs
import csv
import io
import itertools
import json
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.readers import read_file
from etl.readers.raw_table import RawTable, ReaderOptions

few = settings(deadline=None, max_examples=25)
fewest = settings(deadline=None, max_examples=8)

plain = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), max_size=8
).map(str.strip)
western = st.text(st.characters(codec="cp1252", exclude_categories=("Cc",)), max_size=8).map(str.strip)
in_lines = st.lists(plain, min_size=1, max_size=3).map("\n".join).map(str.strip)


def rows_of(cells: st.SearchStrategy[str], columns: int = 3) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=1, max_size=5)


def read(content: bytes, name: str, form: str, **options: str) -> RawTable:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_file(path, ReaderOptions(format=form, **options), file=name)


def numbered(rows: list[list[str]], *, first: int = 2) -> list[tuple[int, list[str]]]:
    """Rows with their numbers, as a spreadsheet shows them; blank rows are none."""
    return [(first + at, row) for at, row in enumerate(rows) if any(cell.strip() for cell in row)]


HEADING = ["Nummer", "Ort å", "Text"]
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "cp1252": b"",
}


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
@few
@given(
    data=st.data(),
    delimiter=st.sampled_from([";", ",", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_delimited_text(data: st.DataObject, encoding: str, delimiter: str, quoting: int, end: str) -> None:
    rows = data.draw(rows_of(western if encoding == "cp1252" else plain))
    assume(numbered(rows))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([HEADING, *rows])
    content = ENCODINGS[encoding] + out.getvalue().encode(encoding)
    if encoding == "cp1252":
        # Windows-1252 that is UTF-8 by chance, or looks like both mixed, is another test's.
        assume(not is_utf8(content) or content.isascii())
        assume(b"\xc3" not in content)
    raw = read(content, "x.csv", "delimited")
    expected = numbered(rows)
    assert raw.cells.columns.tolist() == HEADING
    assert raw.cells.to_numpy().tolist() == [row for _, row in expected]
    assert raw.rows.tolist() == [number for number, _ in expected]
    assert raw.said["delimiter"] == ("tab" if delimiter == "\t" else delimiter)


def is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@few
@given(rows_of(in_lines))
def test_delimited_text_with_line_ends_in_its_cells(rows: list[list[str]]) -> None:
    assume(numbered(rows))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEADING, *rows])
    raw = read(out.getvalue().encode(), "x.csv", "delimited")
    assert raw.cells.to_numpy().tolist() == [row for _, row in numbered(rows)]
    assert raw.rows.tolist() == [number for number, _ in numbered(rows)]


in_a_workbook = (
    plain.filter(lambda cell: not cell.startswith("="))
    | st.integers(-(10**14), 10**14)
    | st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))
    | st.dates(pd.Timestamp("1901-01-01").date(), pd.Timestamp("2199-01-01").date())
    | st.booleans()
    | st.none()
)


def as_seen(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell).strip()


@few
@given(st.lists(st.lists(in_a_workbook, min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_workbook(rows: list[list[object]]) -> None:
    seen = [[as_seen(cell) for cell in row] for row in rows]
    assume(numbered(seen))
    book = openpyxl.Workbook()
    for row in (HEADING, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    raw = read(out.getvalue(), "x.xlsx", "excel")
    expected = numbered(seen)
    assert raw.cells.to_numpy().tolist() == [row for _, row in expected]
    assert raw.rows.tolist() == [number for number, _ in expected]
    for position, name in enumerate(HEADING):
        decimals = [
            isinstance(rows[number - 2][position], float) and not rows[number - 2][position].is_integer()
            for number, _ in expected
        ]
        found = raw.decimals.get(name, np.zeros(len(expected), dtype=bool))
        assert found.tolist() == decimals


in_json = plain | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.booleans() | st.none()


@few
@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": st.integers(0, 99), "place": st.fixed_dictionaries({"name": plain, "gps": in_json})},
            optional={"tags": st.lists(plain.filter(bool), max_size=2)},
        ),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
def test_json_records(records: list[dict[str, object]], ascii_only: bool) -> None:
    content = json.dumps({"data": records}, ensure_ascii=ascii_only).encode()
    raw = read(content, "x.json", "json_records", records="data")

    def seen(value: object) -> str:
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value).strip()

    assert raw.cells["id"].tolist() == [str(record["id"]) for record in records]
    assert raw.cells["place.name"].tolist() == [record["place"]["name"] for record in records]
    assert raw.cells["place.gps"].tolist() == [seen(record["place"]["gps"]) for record in records]
    if "tags" in raw.cells:
        joined = [", ".join(record.get("tags", [])).strip() for record in records]
        assert raw.cells["tags"].tolist() == joined
    assert raw.rows.tolist() == list(range(1, len(records) + 1))


coordinate = st.tuples(st.floats(11.0, 24.0), st.floats(55.0, 69.0)).map(
    lambda pair: (round(pair[0], 6), round(pair[1], 6))
)
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn", "Cf")), max_size=8
).map(str.strip)
features = st.lists(
    st.tuples(
        coordinate, words, st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), st.integers(0, 10**9)
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize(
    ("ending", "crs"),
    # GeoJSON and KML are in longitude and latitude by standard.
    [
        *itertools.product(["gpkg", "shp", "fgb", "parquet"], [4326, 3006, 3021]),
        ("geojson", 4326),
        ("kml", 4326),
    ],
)
@fewest
@given(rows=features)
def test_vector_files(ending: str, crs: int, rows: list[tuple[tuple[float, float], str, float, int]]) -> None:
    if ending == "kml":
        rows = [
            (point, "".join(char for char in name if char.isprintable()), *rest)
            for point, name, *rest in rows
        ]
    frame = gpd.GeoDataFrame(
        {
            "Name": [name for _, name, *_ in rows],
            "adt": [value for *_, value, _ in rows],
            "nr": [number for *_, number in rows],
            "ordning": range(len(rows)),
        },
        geometry=[shapely.Point(point) for point, *_ in rows],
        crs=4326,
    ).to_crs(crs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x.{ending}"
        if ending == "parquet":
            frame.to_parquet(path)
        else:
            more = {"encoding": "utf-8"} if ending == "shp" else {}
            driver = {"driver": "LIBKML"} if ending == "kml" else {}
            frame.to_file(path, engine="pyogrio", **more, **driver)
        raw = read_file(path, ReaderOptions(format="vector"), file=path.name)
    # A FlatGeobuf file is ordered by its index, not by its rows.
    order = np.argsort(raw.cells["ordning"].astype(int), kind="stable").to_numpy()
    cells = raw.cells.iloc[order]
    assert cells["Name"].tolist() == [name for _, name, *_ in rows]
    assert cells["adt"].astype(float).tolist() == pytest.approx([value for *_, value, _ in rows])
    assert cells["nr"].tolist() == [str(number) for *_, number in rows]
    assert raw.crs == crs
    assert raw.geometry is not None
    wanted = frame.geometry.to_numpy()
    for found, shape in zip(raw.geometry[order], wanted, strict=True):
        assert (found.x, found.y) == pytest.approx((shape.x, shape.y), abs=1e-6 if crs == 4326 else 1e-3)


shapes = st.sampled_from(
    [
        shapely.Point(12.94, 59.13),
        shapely.LineString([(12.94, 59.13), (12.95, 59.14), (12.99, 59.1)]),
        shapely.Polygon(
            [(12.9, 59.1), (13.0, 59.1), (13.0, 59.2)], [[(12.96, 59.11), (12.98, 59.11), (12.98, 59.13)]]
        ),
        shapely.MultiPoint([(12.94, 59.13), (12.95, 59.13)]),
        shapely.MultiLineString([[(12.9, 59.1), (12.91, 59.1)], [(12.92, 59.1), (12.93, 59.12)]]),
        shapely.MultiPolygon([shapely.box(12.9, 59.1, 12.95, 59.15), shapely.box(13.0, 59.1, 13.05, 59.15)]),
        None,
    ]
)


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "parquet"])
@fewest
@given(drawn=st.lists(shapes, min_size=1, max_size=6))
def test_mixed_shapes(ending: str, drawn: list[shapely.Geometry | None]) -> None:
    assume(any(shape is not None for shape in drawn))
    frame = gpd.GeoDataFrame({"nr": range(len(drawn))}, geometry=drawn, crs=4326)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x.{ending}"
        frame.to_parquet(path) if ending == "parquet" else frame.to_file(path, engine="pyogrio")
        raw = read_file(path, ReaderOptions(format="vector"), file=path.name)
    assert raw.geometry is not None
    for found, shape in itertools.zip_longest(raw.geometry, drawn):
        if shape is None:
            assert found is None
        else:
            # A file of points and multipoints has them all as multipoints, some of a single part.
            only = found if found.geom_type == shape.geom_type else shapely.get_geometry(found, 0)
            assert only.geom_type == shape.geom_type
            assert only.normalize().equals_exact(shape.normalize(), 1e-6)
