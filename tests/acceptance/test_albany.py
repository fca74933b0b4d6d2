"""Albany, Oregon: real roads and crashes become streets and incidents, every row accounted for."""

from pathlib import Path

import pytest
from real_data import real, set_up

from etl.pipeline import run
from geodata.account import Fate, ImportReport
from geodata.analyses.ground import open_ground
from geodata.analyses.hotspots import find_hotspots
from geodata.privacy import Audience
from geodata.selection import Selection
from geodata.store.snapshots import Snapshot, open_current

World = tuple[Path, ImportReport, Snapshot]


@pytest.fixture(scope="module")
def albany(tmp_path_factory: pytest.TempPathFactory) -> World:
    file = real("albany_or", "albany_or.gpkg")
    workspace = set_up("albany", [file], workspace=tmp_path_factory.mktemp("world") / "albany")
    report = run(workspace)
    return workspace, report, open_current(workspace / "store")


def test_every_row_is_accounted_for(albany: World) -> None:
    _, report, _ = albany
    assert report.adds_up
    assert report.stopped == ()
    assert {file.source: file.read for file in report.files} == {
        "roads": 4159,
        "study_area": 1,
        "crashes": 5872,
    }


def test_roads_become_streets(albany: World) -> None:
    _, report, snapshot = albany
    streets = snapshot.table("streets")
    (bad,) = report.files[0].rejections
    assert (bad.file, bad.row, bad.column, bad.code) == ("albany_or.gpkg", 843, "geometry", "geometry_broken")
    assert len(streets) == 4158
    assert set(streets.geometry.geom_type) == {"LineString"}
    assert streets["road_class"].value_counts().to_dict() == {
        "service": 2459,
        "residential": 1282,
        "tertiary": 140,
        "secondary": 123,
        "primary": 121,
        "motorway": 33,
    }


def test_crashes_become_incidents_known_to_the_year(albany: World) -> None:
    _, report, snapshot = albany
    assert report.files[2].fates[Fate.NEW] == 5872
    crashes = snapshot.table("observations")
    assert set(crashes["time_precision"]) == {"year"}
    assert set(crashes["local_hour"]) == {-1}
    assert {day.month for day in crashes["local_first"]} == {1}
    assert {day.month for day in crashes["local_last"]} == {12}
    local = crashes["occurred_from"].dt.tz_convert("America/Los_Angeles")
    assert local.dt.year.value_counts().to_dict()[2016] == 706
    assert crashes["severity"].value_counts().to_dict() == {
        "none": 2667,
        "slight": 3025,
        "serious": 158,
        "death": 22,
    }
    assert crashes["text"].value_counts().to_dict() == {
        "motor vehicle": 5615,
        "bicycle": 132,
        "pedestrian": 125,
    }


def test_crashes_lie_on_the_streets(albany: World) -> None:
    crashes = albany[2].table("observations")
    assert (crashes["street_id"] >= 0).mean() > 0.99
    assert crashes["street_distance_m"].median() < 10


def test_crashes_give_hotspots(albany: World) -> None:
    answer = find_hotspots(open_ground(albany[0]), Selection(Audience.POLICE))
    assert answer.used == 5872
    assert answer.left_out == {}
    assert answer.areas
    assert sum(area.count for area in answer.areas) > 200
