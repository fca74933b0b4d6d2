"""Nasty inputs, what they are made of: shapes, workbooks and archives, through the whole import."""

import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import shapely
from archives import pack, rewrite, shape_files
from nasty import LAT, LON, Nasty, X, Y, collection, feature, rejected
from small_workspace import Workspace

from geodata.account import Fate


@pytest.fixture
def nasty(workspace: Workspace) -> Nasty:
    return Nasty.beside_a_good_file(workspace)


def import_answers(nasty: Nasty, *features: dict[str, object]):
    nasty.workspace.use("map_survey", "karta.*")
    nasty.workspace.put("karta.geojson", collection(features))
    return nasty.import_("karta.geojson")


def import_areas(nasty: Nasty, shapes: list[shapely.Geometry | None], ids: list[int] | None = None):
    nasty.workspace.use("areas", "kartlager.gpkg")
    frame = gpd.GeoDataFrame(
        {"id": ids or list(range(1, len(shapes) + 1)), "typ": "park", "namn": "Parken"},
        geometry=shapes,
        crs=3006,
    )
    frame.to_file(nasty.workspace.folder / "inbox" / "kartlager.gpkg", layer="omraden")
    return nasty.import_("kartlager.gpkg")


def test_a_self_crossing_polygon(nasty: Nasty) -> None:
    bow = shapely.Polygon([(X, Y), (X + 10, Y + 10), (X + 10, Y), (X, Y + 10)])
    file = import_areas(nasty, [bow, shapely.box(X, Y, X + 10, Y + 10)])
    assert (file.fates[Fate.NEW], file.said["geometry_mended"]) == (2, "1")
    mended = nasty.workspace.table("areas")["geometry"]
    assert shapely.is_valid(mended.to_numpy()).all()
    assert sorted(round(area) for area in shapely.area(mended.to_numpy())) == [50, 100]


def test_empty_null_and_mixed_geometry_of_answers(nasty: Nasty) -> None:
    point = shapely.Point(LON, LAT)
    file = import_answers(
        nasty,
        feature(1, point),
        feature(2, shapely.LineString([point, (LON + 0.01, LAT)])),
        feature(3, point.buffer(0.01)),
        feature(4, None),
        feature(5, {"type": "Polygon", "coordinates": []}),
        feature(6, shapely.GeometryCollection([point, point.buffer(0.01)])),
        feature(7, {"type": "Point", "coordinates": [float("nan"), float("nan")]}),
        feature(8, {"type": "MultiPoint", "coordinates": [[LON, LAT], [LON, float("inf")]]}),
    )
    assert [(row, code) for row, code, _, _ in rejected(file)] == [
        (6, "geometry_kind"),
        (7, "geometry_broken"),
        (8, "geometry_broken"),
    ]
    assert (file.fates[Fate.NEW], file.fates[Fate.WAITING]) == (3, 2)
    assert nasty.came_in("karta.geojson")["location_precision"].tolist() == [
        "exact",
        "street",
        "area",
        "unknown",
        "unknown",
    ]


@pytest.mark.parametrize("ending", ["gpkg", "parquet"])
def test_a_point_that_is_no_number_is_rejected_whatever_the_file(nasty: Nasty, ending: str) -> None:
    nasty.workspace.use("map_survey", f"karta.{ending}")
    rows = [feature(number, None)["properties"] for number in (1, 2)]
    frame = gpd.GeoDataFrame(
        rows, geometry=[shapely.Point(LON, LAT), shapely.Point(np.nan, np.nan)], crs=4326
    )
    path = nasty.workspace.folder / "inbox" / f"karta.{ending}"
    if ending == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    file = nasty.import_(f"karta.{ending}")
    assert (file.fates[Fate.NEW], file.fates[Fate.WAITING]) == (1, 0)
    assert [code for _, code, _, _ in rejected(file)] == ["geometry_broken"]


def test_empty_null_and_mixed_geometry_of_a_layer(nasty: Nasty) -> None:
    box = shapely.box(X, Y, X + 10, Y + 10)
    file = import_areas(
        nasty,
        [box, None, shapely.Polygon(), shapely.GeometryCollection([box]), shapely.Point(X + 50, Y)],
    )
    assert [(row, code) for row, code, _, _ in rejected(file)] == [
        (2, "geometry_empty"),
        (3, "geometry_empty"),
        (4, "geometry_kind"),
    ]
    assert sorted(nasty.workspace.table("areas")["geometry"].map(lambda shape: shape.geom_type)) == [
        "Point",
        "Polygon",
    ]


def test_a_polygon_with_a_million_corners(nasty: Nasty) -> None:
    angle = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    ring = shapely.Polygon(np.column_stack([X + 3000 * np.cos(angle), Y + 3000 * np.sin(angle)]))
    file = import_areas(nasty, [ring])
    assert file.fates[Fate.NEW] == 1
    (kept,) = nasty.workspace.table("areas")["geometry"]
    assert shapely.get_num_coordinates(kept) == 1_000_001
    assert kept.area == pytest.approx(ring.area, rel=1e-6)


def test_duplicate_ids_of_a_layer(nasty: Nasty) -> None:
    box = shapely.box(X, Y, X + 10, Y + 10)
    other = shapely.box(X + 50, Y, X + 60, Y + 10)
    file = import_areas(nasty, [box, box, other], ids=[7, 7, 7])
    assert file.read == 3
    assert file.adds_up
    assert nasty.workspace.table("areas")["area_id"].is_unique


def workbook(nasty: Nasty, *rows: list[object]) -> Path:
    """Put a workbook of accidents in the inbox."""
    nasty.workspace.use("strada", "strada.xlsx")
    book = openpyxl.Workbook()
    book.active.title = "Olyckor"
    book.active.append(STRADA)
    for row in rows:
        book.active.append(row)
    path = nasty.workspace.folder / "inbox" / "strada.xlsx"
    book.save(path)
    return path


STRADA = [
    "Olycksnummer",
    "År",
    "Månad",
    "Dag",
    "Klockslag grupp (timme)",
    "Olycksväg/-gata",
    "Händelseförlopp (P)",
    "Händelseförlopp (S)",
    "Sammanvägd skadegrad",
    "N SWEREF99TM",
    "E SWEREF99TM",
]


def accident(number: object, year: object = 2025, text: object = "") -> list[object]:
    return [number, year, 3, 14, "17-18", "", text, "", "Svår olycka", Y, X]


def test_a_formula_without_its_result(nasty: Nasty) -> None:
    workbook(nasty, accident(1), accident(2, text='=HYPERLINK("https://ond.example","klicka")'))
    file = nasty.import_("strada.xlsx")
    assert file.stopped == "formula_unsaved"
    assert file.stopped_values == {"file": "strada.xlsx", "row": "3", "column": "Händelseförlopp (P)"}


def test_a_formula_with_its_result_is_the_result(nasty: Nasty) -> None:
    path = workbook(nasty, accident(1), accident(2, year="=2000+25"))
    rewrite(path, "xl/worksheets/sheet1.xml", b"<f>2000+25</f><v />", b"<f>2000+25</f><v>2025</v>")
    file = nasty.import_("strada.xlsx")
    assert (file.stopped, file.fates[Fate.NEW]) == (None, 2)
    assert nasty.came_in("strada.xlsx")["local_first"].astype(str).tolist() == ["2025-03-14"] * 2


def test_a_text_that_begins_like_a_formula_is_that_text(nasty: Nasty) -> None:
    file = nasty.import_text(
        "K1;2025-03-14;17.59;3005;Fortkörning;Skolgatan;6556218,2;382096,4;;=cmd|' /C calc'!A0"
    )
    assert file.fates[Fate.NEW] == 1
    assert nasty.came_in()["text"].tolist() == ["=cmd|' /C calc'!A0"]


def test_an_excel_bomb(nasty: Nasty) -> None:
    path = workbook(nasty, accident(1))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/bomb.bin", "w") as member,
    ):
        for _ in range(80):
            member.write(bytes(2**20))
    file = nasty.import_("strada.xlsx")
    assert (file.stopped, file.stopped_values["value"]) == ("file_too_large", "80 MB")


def test_xml_entities_in_a_workbook(nasty: Nasty) -> None:
    path = workbook(nasty, accident(1))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    )
    pack(path, members | {"xl/worksheets/sheet1.xml": bomb.encode()})
    file = nasty.import_("strada.xlsx")
    assert (file.stopped, file.stopped_values["format"]) == ("entities_refused", "Excel")


def test_xml_entities_in_kml(nasty: Nasty) -> None:
    secret = nasty.workspace.folder / "hemlig.txt"
    secret.write_text("hemligheten", encoding="utf-8")
    nasty.workspace.use("map_survey", "karta.*")
    nasty.workspace.put(
        "karta.kml",
        f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>&a;</name>'
        f"<Point><coordinates>{LON},{LAT}</coordinates></Point></Placemark></Document></kml>",
    )
    file = nasty.import_("karta.kml")
    assert file.stopped == "entities_refused"
    assert "hemligheten" not in str(file)


def boundary() -> gpd.GeoDataFrame:
    box = shapely.box(X, Y, X + 1000, Y + 1000)
    return gpd.GeoDataFrame({"kommun_kod": ["1785"], "kommun": ["Säffle"]}, geometry=[box], crs=3006)


def test_a_zip_that_leads_out_of_itself(nasty: Nasty, tmp_path: Path) -> None:
    nasty.workspace.use("boundary", "gr.zip")
    members = shape_files(tmp_path / "made", "gr", boundary())
    pack(nasty.workspace.folder / "inbox" / "gr.zip", members | {"../../ut.shp": b"x"})
    file = nasty.import_("gr.zip")
    assert (file.stopped, file.stopped_values["value"]) == ("archive_unsafe", "../../ut.shp")
    assert not list(nasty.workspace.folder.parent.rglob("ut.shp"))


def test_a_shape_without_prj(nasty: Nasty, tmp_path: Path) -> None:
    """Its points suit one system only: it is used, and said."""
    nasty.workspace.use("boundary", "gr.zip")
    members = shape_files(tmp_path / "made", "gr", boundary())
    del members["gr.prj"]
    pack(nasty.workspace.folder / "inbox" / "gr.zip", members)
    file = nasty.import_("gr.zip")
    assert (file.stopped, file.said["crs_found"], file.fates[Fate.NEW]) == (None, "3006", 1)


def test_a_shape_without_prj_that_suits_no_system(nasty: Nasty, tmp_path: Path) -> None:
    nasty.workspace.use("boundary", "gr.zip")
    shifted = boundary().set_geometry([shapely.box(10_000, 20_000, 11_000, 21_000)], crs=3006)
    members = shape_files(tmp_path / "made", "gr", shifted)
    del members["gr.prj"]
    pack(nasty.workspace.folder / "inbox" / "gr.zip", members)
    file = nasty.import_("gr.zip")
    assert (file.stopped, file.stopped_values["likely"]) == ("crs_undecided", "3006, 3007–3018, 3021, 4326")
