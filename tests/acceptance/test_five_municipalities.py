"""The five municipalities of the mission: real schools, boundaries and the police's own events."""

import json
from pathlib import Path

import pytest
from real_data import real, set_up

from etl.pipeline import run
from geodata.account import Fate, ImportReport
from geodata.analyses.area_counts import count_known_to_area
from geodata.analyses.ground import open_ground
from geodata.analyses.hotspots import find_hotspots
from geodata.precision import AREA_ONLY
from geodata.privacy import Audience
from geodata.schema import PlaceKind
from geodata.selection import Selection
from geodata.store.snapshots import Snapshot, open_current

EVENTS = {"saffle": 106, "hagfors": 85, "arvidsjaur": 77, "are": 234, "mellerud": 37}
TWICE = {"saffle": 0, "hagfors": 1, "arvidsjaur": 1, "are": 0, "mellerud": 0}
"""Events that stand there under two ids: the same minute, the same place, the same words."""
SCHOOLS = {"saffle": 7, "hagfors": 1, "arvidsjaur": 3, "are": 7, "mellerud": 3}
CODES = {"saffle": 1785, "hagfors": 1783, "arvidsjaur": 2505, "are": 2321, "mellerud": 1461}
World = tuple[Path, ImportReport, Snapshot]

ALL = Selection(Audience.POLICE)


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    files = [
        real("sweden", "municipalities.parquet"),
        real("sweden", "schools_in_the_five_municipalities.csv"),
        real("sweden", "polisen_events_in_the_five_municipalities.json"),
    ]
    worlds = {}
    folder = tmp_path_factory.mktemp("worlds")
    for name in EVENTS:
        workspace = set_up(name, files, workspace=folder / name)
        report = run(workspace)
        worlds[name] = (workspace, report, open_current(workspace / "store"))
    return worlds


def test_every_row_of_every_file_is_accounted_for(five: dict[str, World]) -> None:
    for _, report, _ in five.values():
        assert report.adds_up
        assert report.stopped == ()
        assert {file.source: file.read for file in report.files} == {
            "boundary": 290,
            "schools": 21,
            "police_events": 539,
        }
        assert all(file.fates[Fate.REJECTED] == 0 for file in report.files)


def test_the_539_events_come_in_each_in_its_own_municipality(five: dict[str, World]) -> None:
    new = {name: report.files[2].fates[Fate.NEW] for name, (_, report, _) in five.items()}
    linked = {name: report.files[2].fates[Fate.LINKED] for name, (_, report, _) in five.items()}
    assert linked == TWICE
    assert {name: new[name] + linked[name] for name in EVENTS} == EVENTS
    assert sum(EVENTS.values()) == 539
    for name, (_, report, _) in five.items():
        assert report.files[2].fates[Fate.SET_ASIDE] == 539 - EVENTS[name]
        assert report.files[2].said["other_municipality"] == str(539 - EVENTS[name])


def test_an_event_has_no_point_and_its_own_time(five: dict[str, World]) -> None:
    written = json.loads(
        real("sweden", "polisen_events_in_the_five_municipalities.json").read_text(encoding="utf-8")
    )
    by_id = {str(event["id"]): event for event in written}
    for _, _, snapshot in five.values():
        events = snapshot.table("observations")
        assert set(events["location_precision"]) <= {str(known) for known in AREA_ONLY}
        assert events[["x", "y"]].isna().all(axis=None)
        assert set(events["street_id"]) == {-1}
        late = events["published_at"] - events["occurred_from"]
        assert (late.dt.total_seconds() > -86_400).all()
        assert (late.dt.total_seconds() < 40 * 86_400).all()
        for number, place in zip(events["source_record_id"], events["location_text"], strict=True):
            assert by_id[number]["location"]["name"] == place


def test_events_are_counts_for_the_municipality_and_never_a_hotspot(five: dict[str, World]) -> None:
    for name, (workspace, _, _) in five.items():
        ground = open_ground(workspace)
        counts = count_known_to_area(ground, ALL)
        assert counts.total == EVENTS[name] - TWICE[name]
        assert {row.name for row in counts.rows} == {ground.project.municipality.name}
        answer = find_hotspots(ground, ALL)
        assert answer.used == 0
        assert answer.cells == {}
        assert answer.areas == ()
        assert answer.left_out == {"municipality": EVENTS[name] - TWICE[name]}


def test_boundaries_and_schools_are_the_municipality_s_own(five: dict[str, World]) -> None:
    for name, (_, _, snapshot) in five.items():
        areas, schools = snapshot.table("areas"), snapshot.table("schools")
        assert areas["area_id"].tolist() == [CODES[name]]
        assert areas["kind"].tolist() == ["boundary"]
        assert len(schools) == SCHOOLS[name]
        boundary = areas.geometry.iloc[0].buffer(100)
        assert schools.geometry.within(boundary).all()


def test_schools_are_placed_as_the_register_says_in_metres(five: dict[str, World]) -> None:
    lines = real("sweden", "schools_in_the_five_municipalities.csv").read_text(encoding="utf-8").splitlines()
    # The last two columns hold the register's own northing and easting, which the import does not read.
    expected = {line.split(",")[0]: line.rsplit(",", 2)[1:] for line in lines[1:]}
    seen = 0
    for _, _, snapshot in five.values():
        for school in snapshot.table("schools").itertuples():
            north, east = (float(value) for value in expected[school.school_id])
            assert (school.geometry.x, school.geometry.y) == pytest.approx((east, north), abs=0.5)
            seen += 1
    assert seen == 21


def test_schools_become_school_zones(five: dict[str, World]) -> None:
    for name, (workspace, _, _) in five.items():
        zones = [place for place in open_ground(workspace).places if place.kind is PlaceKind.SCHOOL_ZONE]
        assert 1 <= len(zones) <= SCHOOLS[name]


def test_pupils_that_are_rounded_are_read_as_numbers(five: dict[str, World]) -> None:
    schools = five["saffle"][2].table("schools").set_index("name")["pupils"]
    assert schools["Tegnérskolan"] == 440
    assert schools.isna().any()
