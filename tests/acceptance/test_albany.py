"""Albany, Oregon: real roads and crashes become streets and incidents, every row accounted for."""

import time
from pathlib import Path

import pytest
from real_data import real, set_up

from etl.pipeline import run
from geodata.account import Fate, ImportReport
from geodata.analyses.ground import open_ground
from geodata.analyses.hotspots import find_hotspots
from geodata.analyses.stretches import find_stretches
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


def test_every_crash_on_a_street_is_on_one_stretch(albany: World) -> None:
    crashes = albany[2].table("observations")
    answer = find_stretches(open_ground(albany[0]), Selection(Audience.POLICE), limit=10_000)
    assert answer.used == (crashes["street_id"] >= 0).sum() == 5860
    assert answer.off_street == 12
    assert sum(stretch.count for stretch in answer.stretches) == 5860
    assert len(answer.stretches) == answer.found
    assert max(stretch.length_m for stretch in answer.stretches) < 400.001


def test_the_arterials_are_the_stretches_with_most_crashes(albany: World) -> None:
    answer = find_stretches(open_ground(albany[0]), Selection(Audience.POLICE), limit=10_000)
    most = sorted(answer.stretches, key=lambda stretch: -stretch.count)[:6]
    assert [(one.street, one.from_cross, one.to_cross) for one in most[:3]] == [
        ("Santiam Highway Southeast", "Waverly Drive Southeast", "Columbus Street Southeast"),
        ("Santiam Highway Southeast", "Columbus Street Southeast", "Pacific Boulevard Southeast"),
        ("Pacific Boulevard Southeast", "Madison Street Southeast", "Oak Street Southeast"),
    ]
    assert {one.road_class for one in most} == {"primary"}
    assert all(one.tellable and one.rank is not None and one.low > 3 for one in most)
    assert all(one.rank is not None and one.rank <= 15 for one in most[:3])


def test_a_drive_where_crashes_are_noted_for_want_of_a_better_spot_comes_first(albany: World) -> None:
    first = find_stretches(open_ground(albany[0]), Selection(Audience.POLICE)).stretches[0]
    assert (first.rank, first.street, first.road_class, first.count) == (1, None, "service", 85)
    crashes = albany[2].table("observations")
    there = crashes[crashes["street_id"] == 3223]
    assert (len(there), len(there[["x", "y"]].round().drop_duplicates())) == (85, 1)


def test_stretches_take_seconds_at_most(albany: World) -> None:
    ground = open_ground(albany[0])
    started = time.perf_counter()
    find_stretches(ground, Selection(Audience.POLICE), length_m=300)
    assert time.perf_counter() - started < 3
