"""OpenStreetMap: a network that meets where streets meet, shapes as drawn, and nothing lost in silence."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from osm_extract import write_extract
from small_workspace import Workspace

from etl.conflation import PART_STEP
from etl.mapping import find_mapping, read_mapping
from etl.readers import read_file
from etl.readers.osm_tags import Features
from etl.readers.raw_table import RawTable
from geodata.errors import FileFaultError

WEST, SOUTH = 12.93, 59.13
STEP = 0.001
GRID = {
    1 + column + 3 * row: (WEST + column * STEP, SOUTH + row * STEP)
    for row in range(3)
    for column in range(3)
}
"""Nodes 1 2 3 from the west along the south, then 4 5 6, then 7 8 9."""


def read(path: Path, mapping: str) -> RawTable:
    options = read_mapping(find_mapping(mapping, source="", workspace=path.parent)).reader
    return read_file(path, options, file=path.name)


def town(path: Path) -> Path:
    return write_extract(
        path,
        nodes=GRID
        | {
            20: (WEST, SOUTH, {"highway": "bus_stop", "name": "Resecentrum"}),
            21: (WEST, SOUTH, {"amenity": "school", "name": "Byskolan"}),
            22: (WEST, SOUTH, {"natural": "tree"}),
            31: (WEST + 0.5 * STEP, SOUTH + 0.5 * STEP),
            32: (WEST + 1.5 * STEP, SOUTH + 0.5 * STEP),
        },
        ways={
            100: ([1, 2, 3], {"highway": "residential", "name": "Skolgatan", "maxspeed": "30"}),
            101: ([2, 5, 8], {"highway": "tertiary", "name": "Storgatan", "maxspeed": "SE:urban"}),
            102: ([4, 5, 6, 999], {"highway": "footway"}),
            103: ([7, 8, 9, 7], {"highway": "service", "maxspeed": "lagom"}),
            104: ([7, 998, 9], {"highway": "path"}),
            105: ([1, 4], {"highway": "corridor"}),
            200: ([1, 2, 5, 4, 1], {"place": "square", "name": "Torget"}),
            201: ([1, 2, 5, 4, 1], {"railway": "rail"}),
            202: ([1, 2, 997, 4, 1], {"building": "yes"}),
            203: ([2, 3, 6], {"building": "church"}),
            210: ([1, 3, 9, 7, 1], {}),
            211: ([31, 32, 5, 31], {}),
            220: ([1, 2, 5, 4, 1], {"amenity": "school", "name": "Tegnérskolan"}),
        },
        relations={
            300: ([("w", 210, "outer"), ("w", 211, "inner")], {"type": "multipolygon", "leisure": "park"}),
            301: ([("w", 888, "outer")], {"type": "multipolygon", "natural": "water", "name": "Sjön"}),
            302: ([("n", 21, "")], {"type": "site", "amenity": "school"}),
        },
    )


def test_streets_meet_where_their_links_end(tmp_path: Path) -> None:
    raw = read(town(tmp_path / "town.osm.pbf"), "osm_streets")
    assert raw.geometry is not None
    lines = {
        int(number): [GRID_AT[tuple(np.round(point, 6))] for point in line.coords]
        for number, line in zip(raw.cells["id"], raw.geometry, strict=True)
    }
    assert lines == {
        100: [1, 2],
        100 + PART_STEP: [2, 3],
        101: [2, 5],
        101 + PART_STEP: [5, 8],
        102: [4, 5],
        102 + PART_STEP: [5, 6],
        103: [7, 8],
        103 + PART_STEP: [8, 9],
        103 + 2 * PART_STEP: [9, 7],
    }
    assert raw.cells["speed_kmh"].tolist() == ["30", "30", "50", "50", *[""] * 5]
    assert raw.said == {
        "ways_cut": "2",
        "tags_left": "highway=corridor (1)",
        "speeds_unread": "lagom (3)",
    }


GRID_AT = {tuple(np.round(point, 6)): number for number, point in GRID.items()}


def test_shapes_are_as_drawn_and_what_is_not_whole_is_rejected(tmp_path: Path) -> None:
    raw = read(town(tmp_path / "town.osm.pbf"), "osm_areas")
    assert raw.geometry is not None
    found = {
        called: (feature, shape.geom_type, round(shape.area / STEP**2, 6))
        for called, feature, shape in zip(
            raw.cells["object"], raw.cells["feature"], raw.geometry, strict=True
        )
    }
    assert found == {
        "node 20": ("highway=bus_stop", "Point", 0.0),
        "node 21": ("amenity=school", "Point", 0.0),
        "way 200": ("place=square", "Polygon", 1.0),
        "way 201": ("railway=rail", "LineString", 0.0),
        "way 220": ("amenity=school", "Polygon", 1.0),
        "relation 300": ("leisure=park", "Polygon", 3.75),
    }
    assert sorted((row.code, row.value) for row in raw.unreadable) == [
        ("shape_not_whole", "relation 301"),
        ("shape_not_whole", "way 202"),
        ("shape_not_whole", "way 203"),
    ]
    assert raw.read == len(found) + 3


def test_a_school_is_a_point_on_its_ground(tmp_path: Path) -> None:
    raw = read(town(tmp_path / "town.osm.pbf"), "osm_schools")
    assert raw.geometry is not None
    assert raw.cells["name"].tolist() == ["Byskolan", "Tegnérskolan"]
    assert set(shapely.get_type_id(raw.geometry)) == {shapely.GeometryType.POINT}
    assert shapely.box(WEST, SOUTH, WEST + STEP, SOUTH + STEP).contains(raw.geometry[1])


@pytest.mark.parametrize(
    ("written", "kmh"),
    [
        ("50", "50"),
        ("30 mph", "48.2803"),
        ("80 km/h", "80"),
        ("FI:urban", "50"),
        ("FI:30", "30"),
        ("FI:zone30", "30"),
        ("SE:rural", "70"),
        ("50;40", "50"),
        ("none", ""),
        ("signals", ""),
    ],
)
def test_a_speed_limit_is_read_in_any_unit(written: str, kmh: str) -> None:
    features = Features({"highway": ("*",)})
    assert features.speed({"maxspeed": written}) == kmh
    assert features.said() == {}


def test_a_zone_stands_where_no_number_does() -> None:
    features = Features({})
    assert features.speed({"maxspeed:type": "FI:urban"}) == "50"
    assert features.speed({"maxspeed": "40", "source:maxspeed": "FI:urban"}) == "40"
    assert features.speed({}) == ""


def test_an_extract_without_the_tags_has_no_rows(tmp_path: Path) -> None:
    path = write_extract(tmp_path / "x.osm.pbf", nodes=GRID, ways={1: ([1, 2], {"barrier": "fence"})})
    for mapping in ("osm_streets", "osm_areas"):
        with pytest.raises(FileFaultError) as caught:
            read(path, mapping)
        assert caught.value.code == "file_no_rows"


@pytest.mark.parametrize("damage", ["cut", "other"])
def test_a_damaged_extract_is_a_fault(tmp_path: Path, damage: str) -> None:
    path = town(tmp_path / "town.osm.pbf")
    path.write_bytes(path.read_bytes()[:-40] if damage == "cut" else b"inte alls")
    with pytest.raises(FileFaultError) as caught:
        read(path, "osm_streets")
    assert (caught.value.code, caught.value.values["format"]) == ("file_unreadable", "OpenStreetMap")
    assert str(tmp_path) not in str(caught.value.values["problem"])


def test_an_extract_of_a_county_gives_the_workspace_its_own(workspace: Workspace) -> None:
    """The workspace's extent begins at 12.4 east; the far street is in another municipality."""
    for name in ("osm_streets", "osm_areas", "osm_schools"):
        workspace.use(name, "county.osm.pbf")
    far = {50: (11.0, SOUTH), 51: (11.001, SOUTH)}
    write_extract(
        workspace.folder / "inbox" / "county.osm.pbf",
        nodes=GRID | far | {20: (WEST, SOUTH, {"amenity": "school", "name": "Byskolan"})},
        ways={
            100: ([1, 2, 3], {"highway": "residential", "name": "Skolgatan"}),
            101: ([50, 51], {"highway": "residential", "name": "Fjärran"}),
        },
    )
    files = {file.source: file for file in workspace.run().files}
    assert all(file.adds_up for file in files.values())
    assert files["osm_streets"].said["outside_extent"] == "1"
    assert workspace.table("streets")["name"].tolist() == ["Skolgatan"]
    assert workspace.table("streets")["length_m"].tolist() == pytest.approx([114.5], abs=0.2)
    assert workspace.table("schools")["school_id"].tolist() == ["node 20"]
    assert workspace.table("areas")["kind"].tolist() == ["named_place"]
