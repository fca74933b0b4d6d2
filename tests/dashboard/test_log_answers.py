"""What can't have been done has the same clear answer from a telephone and a form; two at once lose nothing."""

import http.client
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from real_server import listening

from dashboard.access.actions import Action
from dashboard.app import create_app
from dashboard.desk import Desk
from dashboard.pages.promise import answered
from dashboard.pages.work_log import log_work
from dashboard.settings import Settings
from geodata.analyses.ground import open_register
from geodata.promises.doubles import doubles
from geodata.store.place_edits import PlaceSeen

NOW = datetime.now(UTC).replace(microsecond=0)
TOMORROW = (NOW + timedelta(days=2)).date().isoformat()


@pytest.fixture(scope="module")
def workspace(small_workspace, tmp_path_factory):
    return shutil.copytree(small_workspace, tmp_path_factory.mktemp("answers") / "town")


@pytest.fixture(scope="module")
def address(workspace):
    server = create_app(Settings(workspace=workspace)).server
    with listening(server) as found:
        yield found


@pytest.fixture(scope="module")
def retired(workspace):
    register = open_register(workspace)
    place = next(one for one in register.places() if not one.retired)
    register.edits.retire(PlaceSeen(place.place_id, place.revision), by="kim")
    return place


def entry(**more):
    given = {
        "entry_key": str(uuid4()),
        "by": "",
        "kind": "traffic_check",
        "place_id": None,
        "started_at": (NOW - timedelta(minutes=15)).isoformat(),
        "ended_at": NOW.isoformat(),
        "parties": ["police"],
    }
    return {**given, **more}


def post(address, sent):
    line = http.client.HTTPConnection(*address, timeout=60)
    line.request("POST", "/pass/logg.json", json.dumps(sent), {"Content-Type": "application/json"})
    got = line.getresponse()
    said = got.status, json.loads(got.read())
    line.close()
    return said


def form(workspace, **typed):
    plain = {"do": "log", "entry": str(uuid4()), "kind": "other", "day": "2026-02-06", "start": "08:00"}
    sent = {**plain, "parties": "police", **typed}
    return answered(Desk(workspace), sent, "", Action.LOG_WORK, log_work)


def test_an_activity_to_come_is_refused_by_both(address, workspace):
    later = (NOW + timedelta(hours=2)).isoformat()
    status, said = post(address, entry(started_at=later, ended_at=later))
    assert (status, said["code"]) == (400, "log_in_future")
    answer = form(workspace, day=TOMORROW)
    assert (answer["ok"], answer["field"]) == (False, "day")
    assert said["sentence"] == answer["fault"]
    assert "framtiden" in answer["fault"]


def test_an_end_before_its_start_is_refused_by_both_and_a_night_is_not(address, workspace):
    status, said = post(address, entry(ended_at=(NOW - timedelta(hours=1)).isoformat()))
    assert (status, said["code"]) == (400, "log_backwards")
    answer = form(workspace, start="15:00", end="14:00")
    assert (answer["ok"], answer["field"], answer["fault"]) == (False, "end", said["sentence"])
    assert form(workspace, start="22:30", end="01:00")["ok"]


def test_what_was_logged_comes_back_with_the_list_that_shows_it(workspace):
    answer = form(workspace, note="Nyss vid bommen")
    assert "Loggat" in answer["said"]
    assert "Nyss vid bommen" in answer["fragments"]["work-latest"]
    assert "fragments" not in form(workspace, start="x")


def test_a_place_that_was_retired_is_refused_by_both_for_what_was_done_after(address, workspace, retired):
    after = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    status, said = post(address, entry(place_id=retired.place_id, started_at=after, ended_at=after))
    assert (status, said["code"]) == (400, "log_place_retired")
    assert retired.name in said["sentence"]
    assert post(address, entry(started_at=after, ended_at=after))[0] == 200  # without the place it is kept
    assert post(address, entry(place_id=retired.place_id))[0] == 200  # and what was done while it was in use


def test_two_telephones_at_once_one_of_which_was_away_lose_nothing_and_count_nothing_twice(
    address, workspace
):
    before = {one.entry_key for one in open_register(workspace).log.entries()}
    place_id = next(one.place_id for one in open_register(workspace).places() if not one.retired)
    shifts = [
        {
            "place_id": place_id,
            "started_at": (NOW - timedelta(hours=3 + number)).isoformat(),
            "ended_at": (NOW - timedelta(hours=3 + number) + timedelta(minutes=20)).isoformat(),
        }
        for number in range(4)
    ]
    near = [entry(**one) for one in shifts]  # the one with coverage sends each as it is done
    away = [entry(**one) for one in shifts]  # the other sends all when it is back, and its answers are lost
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda sent: post(address, sent)[1]["code"], [*near, *away, *away, *near]))
    assert sorted(codes) == ["kept"] * 8 + ["known"] * 8
    found = [one for one in open_register(workspace).log.entries() if one.entry_key not in before]
    assert {one.entry_key for one in found} == {one["entry_key"] for one in (*near, *away)}
    assert len(found) - len(doubles(found)) == 4
