"""``problembild place``: the list, a change, what is refused, and its history."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.command import app

FINE, UNUSABLE = 0, 2


@pytest.fixture
def workspace(small_workspace, tmp_path):
    return Path(shutil.copytree(small_workspace, tmp_path / "workspace"))


def run(workspace, *arguments):
    return CliRunner().invoke(app, ["place", *map(str, arguments), "-w", str(workspace)])


def first(workspace):
    return json.loads(run(workspace, "--json").stdout)[0]


def test_a_place_gets_a_name_and_tells_who_gave_it(workspace):
    place = first(workspace)
    assert run(workspace, place["place_id"], "--rename", "Gamla skolan", "--by", "kim").exit_code == FINE
    assert first(workspace)["name"] == "Gamla skolan"
    assert first(workspace)["revision"] == place["revision"] + 1
    told = run(workspace, place["place_id"]).stdout
    assert "Bytte namn" in told
    assert "kim" in told


def test_the_second_device_is_told(workspace):
    place = first(workspace)
    run(workspace, place["place_id"], "--retire", "--revision", place["revision"])
    answer = run(workspace, place["place_id"], "--rename", "Skolan", "--revision", place["revision"])
    assert answer.exit_code == UNUSABLE
    assert "har ändrats av någon annan" in " ".join(answer.stderr.split())
    assert first(workspace)["retired"]


def test_a_ground_comes_from_geojson(workspace, tmp_path):
    place = first(workspace)
    ground = tmp_path / "yta.geojson"
    ground.write_text(
        '{"type": "Polygon", "coordinates": [[[15, 60], [15.001, 60], [15.001, 60.001], [15, 60.001], [15, 60]]]}',
        encoding="utf-8",
    )
    assert run(workspace, place["place_id"], "--draw", ground).exit_code == FINE
    ground.write_text("hej", encoding="utf-8")
    answer = run(workspace, place["place_id"], "--draw", ground)
    assert answer.exit_code == UNUSABLE
    assert "GeoJSON" in answer.stderr


def test_a_place_that_is_not_there_is_said(workspace):
    assert run(workspace, 9999, "--retire").exit_code == UNUSABLE
