"""Zips, workbooks and XML: read where they are sound, refused where they would harm."""

import struct
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from archives import pack, rewrite, shape_files, workbook

from etl.readers import read_file
from etl.readers.raw_table import RawTable, ReaderOptions
from etl.sources import SourceFile
from geodata.errors import FileFaultError

SAFFLE = shapely.Point(382096.4, 6556218.2)
SHEET = "xl/worksheets/sheet1.xml"


def read(path: Path, form: str = "vector", **options: str) -> RawTable:
    return read_file(path, ReaderOptions(format=form, **options), file=path.name)


def fault(path: Path, form: str = "vector", **options: str) -> FileFaultError:
    with pytest.raises(FileFaultError) as caught:
        read(path, form, **options)
    assert str(caught.value.values["file"]).startswith(path.name)
    assert str(path.parent) not in str(caught.value.values)
    return caught.value


def frame(name: str = "Åkerö", crs: int | None = 3006) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"namn": [name]}, geometry=[SAFFLE], crs=crs)


def test_a_zipped_shape_is_read_where_it_lies(tmp_path: Path) -> None:
    files = shape_files(tmp_path / "made", "gator", frame())
    path = pack(tmp_path / "lager.zip", files)
    raw = read(path)
    assert raw.cells["namn"].tolist() == ["Åkerö"]
    assert raw.geometry is not None
    assert raw.geometry[0] == SAFFLE
    assert (raw.crs, raw.said) == (3006, {"layer": "gator", "encoding": "UTF-8"})
    assert sorted(one.name for one in tmp_path.iterdir()) == ["lager.zip", "made"]


def test_a_layer_is_chosen_among_several_shapes_in_a_zip(tmp_path: Path) -> None:
    made = tmp_path / "made"
    streets = shape_files(made, "NVDB_DKGatunamn", frame("Skolgatan"))
    limits = shape_files(made, "NVDB_DKHastighetsgrans", frame("70"))
    both = {f"Värmlands län/{name}": content for name, content in (streets | limits).items()}
    path = pack(tmp_path / "Värmlands_län_Shape.zip", both)
    error = fault(path)
    assert (error.code, error.values["found"]) == ("layer_missing", "NVDB_DKGatunamn, NVDB_DKHastighetsgrans")
    assert read(path, layer="*gatunamn").cells["namn"].tolist() == ["Skolgatan"]
    assert read(path, layer="NVDB_DKHastighetsgrans").cells["namn"].tolist() == ["70"]
    assert read(path, layer="Värmlands län/NVDB_DKGatunamn.shp").cells["namn"].tolist() == ["Skolgatan"]
    assert fault(path, layer="NVDB*").code == "layer_missing"


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize(
    ("written", "cpg", "said"),
    [
        ("utf-8", b"UTF-8", "UTF-8"),
        ("cp1252", b"1252", "Windows-1252"),
        ("cp1252", b"ANSI 1252", "Windows-1252"),
        ("cp850", b"850", "cp850"),
        ("cp1252", None, "Windows-1252"),
        ("utf-8", None, "UTF-8"),
    ],
)
def test_the_words_of_a_shape_are_read_as_they_are_written(
    tmp_path: Path, zipped: bool, written: str, cpg: bytes | None, said: str
) -> None:
    files = shape_files(tmp_path / "made", "gator", frame("Åkerö"), encoding=written)
    del files["gator.cpg"]
    if cpg is not None:
        files["gator.cpg"] = cpg
    path = tmp_path / "gator.shp"
    if zipped:
        path = pack(tmp_path / "gator.zip", files)
    else:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
    raw = read(path)
    assert (raw.cells["namn"].tolist(), raw.said["encoding"]) == (["Åkerö"], said)


def test_a_shape_without_prj_says_no_crs(tmp_path: Path) -> None:
    files = shape_files(tmp_path / "made", "gator", frame())
    del files["gator.prj"]
    assert read(pack(tmp_path / "gator.zip", files)).crs is None


def test_a_geopackage_in_a_zip_is_read(tmp_path: Path) -> None:
    frame().to_file(tmp_path / "x.gpkg", layer="torg")
    path = pack(tmp_path / "x.zip", {"mapp/x.gpkg": (tmp_path / "x.gpkg").read_bytes()})
    assert read(path).cells["namn"].tolist() == ["Åkerö"]


@pytest.mark.parametrize("name", ["../ut.shp", "a/../../ut.shp", "/etc/ut.shp", "C:\\ut.shp", "..\\ut.shp"])
def test_a_zip_that_leads_out_of_itself_is_refused(tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / "x.zip", shape_files(tmp_path / "made", "gator", frame()) | {name: b"x"})
    error = fault(path)
    assert error.code == "archive_unsafe"
    assert str(error.values["value"]).replace("\\\\", "\\") == name
    assert not (tmp_path.parent / "ut.shp").exists()


def test_a_zip_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = pack(tmp_path / "x.zip", {"gator.shp": b"x" * 100})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)
    path.write_bytes(bytes(content))
    assert fault(path).code == "archive_locked"


def test_a_zip_of_other_files_is_no_vector_file(tmp_path: Path) -> None:
    error = fault(pack(tmp_path / "x.zip", {"läs mig.txt": b"hej"}))
    assert error.code == "file_unreadable"
    assert ".shp" in str(error.values["problem"])


def test_a_zip_that_swells_is_refused_by_what_it_states(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.shp", "w") as member:
        for _ in range(80):
            member.write(bytes(2**20))
    error = fault(path)
    assert (error.code, error.values["value"]) == ("file_too_large", "80 MB")


def test_a_workbook_that_swells_is_refused_by_what_it_states(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bomb.xlsx", ["Nr"], [1])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/bomb.bin", "w") as member,
    ):
        for _ in range(80):
            member.write(bytes(2**20))
    assert fault(path, "excel").code == "file_too_large"


def test_a_workbook_that_states_less_than_it_holds_is_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", ["Nr"], *([number] for number in range(500)))
    content = bytearray(path.read_bytes())
    at = content.index(SHEET.encode(), content.index(b"PK\x01\x02")) - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, at + 24, 100)
    path.write_bytes(bytes(content))
    error = fault(path, "excel")
    assert (error.code, error.values["format"]) == ("file_unreadable", "Excel")


def test_one_cell_far_out_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", ["Nr", "Ort"], [1, "Säffle"])
    rewrite(
        path, SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    error = fault(path, "excel")
    assert (error.code, error.values["value"]) == ("file_too_large", "17,179,869,184 cells")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_workbook_are_refused(tmp_path: Path, encoding: str) -> None:
    path = workbook(tmp_path / "x.xlsx", ["Nr"], ["a"])
    laugh = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet/>'
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    pack(path, members | {SHEET: laugh.encode(encoding)})
    assert fault(path, "excel").code == "entities_refused"


KML = """<?xml version="1.0" encoding="UTF-8"?>{doctype}
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Platser</name><Folder><name>Otrygga</name>
<Placemark><name>{name}</name><Point><coordinates>12.9399,59.1288,0</coordinates></Point></Placemark>
</Folder></Document></kml>"""


def test_kml_and_kmz_give_the_point_and_its_name(tmp_path: Path) -> None:
    content = KML.format(doctype="", name="Tunneln vid Åkerö").encode()
    path = tmp_path / "x.kml"
    path.write_bytes(content)
    for raw in (read(path), read(pack(tmp_path / "x.kmz", {"doc.kml": content}))):
        assert raw.cells["Name"].tolist() == ["Tunneln vid Åkerö"]
        assert raw.geometry is not None
        assert (raw.geometry[0].x, raw.geometry[0].y) == pytest.approx((12.9399, 59.1288))
        assert (raw.crs, raw.said["layer"]) == (4326, "Otrygga")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("zipped", [True, False])
def test_entities_in_kml_are_refused(tmp_path: Path, encoding: str, zipped: bool) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemligt", encoding="utf-8")
    doctype = f'<!DOCTYPE kml [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    content = KML.format(doctype=doctype, name="&a;").encode(encoding)
    path = tmp_path / "x.kml"
    path.write_bytes(content)
    if zipped:
        path = pack(tmp_path / "x.kmz", {"doc.kml": content})
    assert fault(path).code == "entities_refused"


def test_a_file_that_only_points_at_others_is_refused(tmp_path: Path) -> None:
    frame().to_file(tmp_path / "hemlig.gpkg", layer="hemlig")
    points = f'<OGRVRTDataSource><OGRVRTLayer name="hemlig"><SrcDataSource>{tmp_path / "hemlig.gpkg"}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    path = tmp_path / "x.geojson"
    path.write_text(points, encoding="utf-8")
    error = fault(path)
    assert (error.code, error.values["problem"]) == ("file_unreadable", "it is XML but not KML")


@pytest.mark.parametrize("end", ["dbf", "prj", "cpg"])
def test_a_shape_is_another_when_a_file_beside_it_is(tmp_path: Path, end: str) -> None:
    shape_files(tmp_path, "gator", frame())
    shape = SourceFile(tmp_path / "gator.shp", "gator.shp")
    before = shape.sha256()
    (tmp_path / "gatorna.dbf").write_bytes(b"other")
    assert shape.sha256() == before
    (tmp_path / f"gator.{end}").write_bytes(b"other")
    assert shape.sha256() != before


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Blad1"><table:table-row>{heading}</table:table-row>
<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
CELL = '<table:table-cell office:value-type="string" table:number-columns-repeated="{times}"><text:p>{text}</text:p></table:table-cell>'


def write_ods(path: Path, *, rows: int, columns: int) -> Path:
    heading = "".join(CELL.format(times=1, text=f"k{number}") for number in range(2))
    content = (
        ODS.replace("\n<", "<")
        .replace("\n", " ")
        .format(heading=heading, rows=rows, cell=CELL.format(times=columns, text="x"))
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return pack(path, {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": b"<a/>"})


def test_an_empty_million_at_the_end_of_a_sheet_does_no_harm(tmp_path: Path) -> None:
    raw = read(write_ods(tmp_path / "x.ods", rows=3, columns=2), "excel")
    assert raw.cells.to_dict("list") == {"k0": ["x"] * 3, "k1": ["x"] * 3}


def test_repeated_cells_do_not_fill_the_memory(tmp_path: Path) -> None:
    error = fault(write_ods(tmp_path / "x.ods", rows=1_048_575, columns=16_384), "excel")
    assert (error.code, error.values["value"]) == ("file_too_large", "17,179,869,184 cells")
