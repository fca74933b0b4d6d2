"""The national road database: many rows an element are many links, and every link has what runs along it."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from archives import pack, shape_files
from hypothesis import given, settings
from hypothesis import strategies as st
from small_workspace import Workspace

from etl.mapping import find_mapping, read_mapping
from etl.readers import read_file
from etl.readers.raw_table import RawTable
from etl.readers.road_pieces import divide, joints
from geodata.errors import FileFaultError

E, N = 382000.0, 6556000.0
Row = tuple[str, Sequence[tuple[float, float]], dict[str, object]]


def line(points: Sequence[tuple[float, float]]) -> shapely.LineString:
    return shapely.LineString([(E + x, N + y, 55.0) for x, y in points])


def layer(rows: Sequence[Row], *, element: str) -> gpd.GeoDataFrame:
    table = pd.DataFrame([{element: of, **values} for of, _, values in rows])
    return gpd.GeoDataFrame(table, geometry=[line(points) for _, points, _ in rows], crs=3006)


A, B, C = "1000:17", "1000:18", "1000:19"
WHOLE_A, WHOLE_B, WHOLE_C = [(0, 0), (200, 0)], [(100, 0), (100, 100)], [(0, 9), (200, 9)]


def layers(names: dict[str, str], *, element: str) -> dict[str, gpd.GeoDataFrame]:
    """Storgatan along the south with two limits, Skolgatan north from its middle, a cycle path beside."""
    speed, net, klass, name, gcm, flow, period = (
        names[one] for one in ("speed", "net", "klass", "name", "gcm", "flow", "period")
    )
    return {
        names["Vagtrafiknat"]: layer(
            [
                (A, WHOLE_A, {net: "Bilnät"}),
                (B, WHOLE_B, {net: "Bilnät"}),
                (C, WHOLE_C, {net: "Cykelnät"}),
            ],
            element=element,
        ),
        names["Hastighetsgrans"]: layer(
            [
                (A, [(0, 0), (120, 0)], {speed: 50}),
                (A, [(120, 0), (200, 0)], {speed: 70}),
                (B, WHOLE_B, {speed: 9999}),
            ],
            element=element,
        ),
        names["Gatunamn"]: layer(
            [(A, WHOLE_A, {name: "Storgatan"}), (B, WHOLE_B, {name: "Åkergränd"})], element=element
        ),
        names["FunkVagklass"]: layer([(A, WHOLE_A, {klass: 4}), (B, WHOLE_B, {klass: 8})], element=element),
        names["GCM_vagtyp"]: layer([(C, WHOLE_C, {gcm: "Cykelbana (C)"})], element=element),
        names["Trafik"]: layer(
            [
                (A, WHOLE_A, {flow: 1200, period: 202206}),
                (A, WHOLE_A, {flow: 900, period: 201506}),
            ],
            element=element,
        ),
    }


GEOPACKAGE = {
    "Vagtrafiknat": "NVDB_DK_O_24_Vagtrafiknat",
    "Hastighetsgrans": "NVDB_DK_O_48_Hastighetsgrans",
    "Gatunamn": "NVDB_DK_O_30_Gatunamn",
    "FunkVagklass": "NVDB_DK_O_28_FunkVagklass",
    "GCM_vagtyp": "NVDB_DK_O_33_GCM_vagtyp",
    "Trafik": "TRAFIK_DK_O_105_Trafik",
    "speed": "Hogsta_tillatna_hastighet",
    "net": "Nattyp",
    "klass": "Klass",
    "name": "Namn",
    "gcm": "Gcm_typ",
    "flow": "Adt_samtliga_fordon",
    "period": "Matarsperiod",
}
SHAPE = {
    **{name: f"NVDB_DK{name}" for name in ("Vagtrafiknat", "Hastighetsgrans", "Gatunamn", "FunkVagklass")},
    "GCM_vagtyp": "NVDB_DKGCM_vagtyp",
    "Trafik": "TRAFIK_DKTrafik",
    "speed": "HTHAST",
    "net": "NATTYP",
    "klass": "KLASS",
    "name": "NAMN",
    "gcm": "GCMTYP",
    "flow": "ADT_SAMTLI",
    "period": "MATARSPERI",
}


def as_geopackage(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "Värmlands_län.gpkg"
    for name, frame in layers(GEOPACKAGE, element="ELEMENT_ID").items():
        frame.to_file(path, layer=name)
    return path


def as_zipped_geopackage(folder: Path) -> Path:
    whole = as_geopackage(folder)
    return pack(folder / "Värmlands_län_GeoPackage.zip", {whole.name: whole.read_bytes()})


def as_zipped_shapes(folder: Path) -> Path:
    members: dict[str, bytes] = {}
    for name, frame in layers(SHAPE, element="RLID").items():
        members |= shape_files(folder / "made", name, frame, encoding="cp1252")
    members = {f"Värmlands_län/{name}": one for name, one in members.items() if not name.endswith(".cpg")}
    return pack(folder / "Värmlands_län_Shape.zip", members)


def read(path: Path) -> RawTable:
    options = read_mapping(find_mapping("nvdb_streets", source="", workspace=path.parent)).reader
    return read_file(path, options, file=path.name)


@pytest.mark.parametrize("write", [as_geopackage, as_zipped_geopackage, as_zipped_shapes])
def test_links_have_what_runs_along_them(tmp_path: Path, write) -> None:
    (tmp_path / "made").mkdir()
    raw = read(write(tmp_path))
    assert raw.geometry is not None
    found = [
        (
            element,
            *(round(at - offset) for at, offset in zip(shape.bounds, (E, N, E, N), strict=True)),
            *values,
        )
        for element, shape, values in zip(
            raw.cells["element"],
            raw.geometry,
            raw.cells[["namn", "hastighet", "nät", "klass", "gcm", "flöde"]].to_numpy().tolist(),
            strict=True,
        )
    ]
    assert found == [
        (A, 0, 0, 100, 0, "Storgatan", "50", "Bilnät", "4", "", "1200"),
        (A, 100, 0, 120, 0, "Storgatan", "50", "Bilnät", "4", "", "1200"),
        (A, 120, 0, 200, 0, "Storgatan", "70", "Bilnät", "4", "", "1200"),
        (B, 100, 0, 100, 100, "Åkergränd", "9999", "Bilnät", "8", "", ""),
        (C, 0, 9, 200, 9, "", "", "Cykelnät", "", "Cykelbana (C)", ""),
    ]
    assert raw.rows.tolist() == [1, 1, 1, 2, 3]
    assert raw.crs == 3006
    assert raw.said["layers_absent"] == "NVDB*Ovrigt_vagnamn"


def test_many_rows_an_element_come_in_as_streets(workspace: Workspace) -> None:
    workspace.use("nvdb_streets", "*.zip")
    as_zipped_geopackage(workspace.folder / "inbox").with_name("Värmlands_län.gpkg").unlink()
    file = workspace.only_file()
    assert (file.read, file.rejections, file.adds_up) == (5, (), True)
    streets = workspace.table("streets").sort_values("length_m")
    assert streets["length_m"].tolist() == pytest.approx([20, 80, 100, 100, 200])
    assert sorted(streets["road_class"]) == ["path", "service", "tertiary", "tertiary", "tertiary"]
    assert streets["speed_limit_kmh"].dropna().tolist() == [50, 70, 50]
    assert streets["flow_adt"].dropna().tolist() == [1200, 1200, 1200]
    assert streets["street_id"].is_unique


def test_a_file_without_links_or_without_elements_is_a_fault(tmp_path: Path) -> None:
    made = layers(GEOPACKAGE, element="ELEMENT_ID")
    names = tmp_path / "namn.gpkg"
    made["NVDB_DK_O_30_Gatunamn"].to_file(names, layer="NVDB_DK_O_30_Gatunamn")
    with pytest.raises(FileFaultError) as caught:
        read(names)
    assert (caught.value.code, caught.value.values["found"]) == ("layer_missing", "NVDB_DK_O_30_Gatunamn")
    other = tmp_path / "annat.gpkg"
    links = made["NVDB_DK_O_24_Vagtrafiknat"].rename(columns={"ELEMENT_ID": "id"})
    links.to_file(other, layer="NVDB_DK_O_24_Vagtrafiknat")
    with pytest.raises(FileFaultError) as caught:
        read(other)
    assert (caught.value.code, caught.value.values["column"]) == ("columns_missing", "ELEMENT_ID, RLID")


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-20, 220), max_size=12), st.floats(1, 200))
def test_pieces_make_the_line_again(where: list[float], length: float) -> None:
    lines = np.array([line([(0, 0), (length, 0)]), line([(0, 5), (9, 5)])], dtype=object)
    cuts = (np.zeros(len(where), dtype=np.intp), np.array(where))
    pieces, of = divide(lines, [cuts])
    assert shapely.length(pieces[of == 0]).sum() == pytest.approx(length)
    assert pieces[of == 1].tolist() == [lines[1]]
    ends = shapely.get_x(shapely.get_point(pieces, -1))[:-2]
    starts = shapely.get_x(shapely.get_point(pieces, 0))[1:-1]
    assert ends.tolist() == starts.tolist()


def test_a_bridge_over_a_street_is_no_joint() -> None:
    street, bridge = line([(0, 0), (200, 0)]), line([(100, -50), (100, 50)])
    which, where = joints(np.array([street, bridge], dtype=object))
    inside = (where > 1) & (where < shapely.length(np.array([street, bridge], dtype=object))[which] - 1)
    assert not inside.any()
