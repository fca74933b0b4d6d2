"""A real extract of OpenStreetMap: the town centre of Helsinki, whose streets go on outside the box."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from real_data import real

from etl.pipeline import run
from geodata.store.snapshots import open_current

PROJECT = """
[municipality]
name = "Helsinki"
code = "9999"
[geography]
working_crs = 3067
time_zone = "Europe/Helsinki"
extent = [24.9, 60.14, 25.0, 60.2]
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("helsinki")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "Helsinki.osm.pbf").write_bytes(real("helsinki", "Helsinki.osm.pbf").read_bytes())
    sources = "".join(
        f'[[source]]\nname = "{name}"\nmapping = "{name}"\nfiles = ["inbox/*.osm.pbf"]\n'
        for name in ("osm_streets", "osm_areas", "osm_schools")
    )
    (folder / "problembild.toml").write_text(PROJECT + sources, encoding="utf-8")
    return folder


def test_the_extract_comes_in_and_adds_up(workspace: Path) -> None:
    files = {file.source: file for file in run(workspace).files}
    assert all(file.adds_up and file.stopped is None for file in files.values())
    assert {name: file.read for name, file in files.items()} == {
        "osm_streets": 4776,
        "osm_areas": 1847,
        "osm_schools": 3,
    }
    assert files["osm_streets"].said["ways_cut"] == "181"
    assert {one.code for file in files.values() for one in file.rejections} == {"shape_not_whole"}
    streets = open_current(workspace / "store").table("streets")
    assert set(streets["speed_limit_kmh"].dropna()) == {5, 10, 20, 30, 40, 50}
    assert {"Mannerheimintie", "Aleksanterinkatu", "Fabianinkatu"} <= set(streets["name"])
    areas = open_current(workspace / "store").table("areas")
    assert {"Senaatintori", "Kauppatori"} & set(areas.loc[areas["kind"] == "square", "name"])


def test_the_network_hangs_together(workspace: Path) -> None:
    run(workspace)
    lines = open_current(workspace / "store").table("streets")["geometry"].to_numpy()
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)])
    _, which, times = np.unique(np.round(ends, 2), axis=0, return_inverse=True, return_counts=True)
    # Nine ends of ten meet another; the rest are dead ends and the edge of the box.
    assert (times[which] > 1).mean() > 0.9
