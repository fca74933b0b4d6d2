"""``problembild hotspots --out``: a file that another program opens, and that says how it was counted."""

import json
from dataclasses import replace
from datetime import date
from math import nan

import geopandas
import pytest
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.console import FINE, UNUSABLE
from dashboard.hotspot_file import hotspot_file
from dashboard.plain import to_plain


def run(*arguments):
    return CliRunner().invoke(app, [str(one) for one in ("hotspots", *arguments)])


def test_the_file_opens_in_degrees_and_each_feature_says_how_it_was_counted(
    tmp_path, swedish, police, hotspots
):
    stretch = replace(
        hotspots.areas[0], area_id=2, expected=nan, ratio=nan, p_adjusted=nan, class_code="new",
        first_day=date(2025, 3, 1), last_day=date(2025, 4, 30),
    )  # fmt: skip
    found = replace(
        hotspots,
        areas=(*hotspots.areas, stretch),
        parameters=(("alpha", "0.05"),),
        seed=7,
        not_used={"off_street": 2},
    )
    path = tmp_path / "x.geojson"
    path.write_bytes(hotspot_file(swedish, found, police.selection))
    frame = geopandas.read_file(path)
    assert frame.crs.to_epsg() == 4326
    assert frame.total_bounds.tolist() == list(hotspots.areas[0].outline.bounds)
    assert list(frame["count"]) == [650, 650]
    sure, unsure = (one["properties"] for one in json.loads(path.read_text())["features"])
    assert (sure["name"], sure["expected"], sure["chance"]) == (
        "Kopparvägen och Järnvägsgatan",
        296.4,
        "surely",
    )
    assert (unsure["expected"], unsure["p"], unsure["chance"]) == (None, None, "untested")
    assert (unsure["class"], unsure["from"], unsure["to"]) == ("new", "2025-03-01", "2025-04-30")
    for told in (sure, unsure):
        assert (told["method"], told["seed"], told["parameters"]) == ("getis_ord", 7, {"alpha": "0.05"})
        assert (told["sample"], told["left_out"]) == (1410, {"unknown": 57, "off_street": 2})
        assert told["counting_rule"] == "inside_cell"


def test_the_verb_writes_the_file_whole_where_it_is_told_to(small_workspace, tmp_path):
    path = tmp_path / "new" / "x.geojson"
    answer = run("-w", small_workspace, "--method", "network_kde", "--stream", "incident", "--out", path)
    assert answer.exit_code == FINE, answer.stderr
    assert str(path) in answer.stderr
    assert [one.name for one in path.parent.iterdir()] == ["x.geojson"]
    written = json.loads(path.read_text())
    assert (written["method"], written["audience"]) == ("network_kde", "police")
    assert written["selection"].startswith("Hela tiden · ")
    assert written["sample"] > 0


def test_the_council_gets_no_file_rather_than_an_empty_one(small_workspace, tmp_path):
    path = tmp_path / "x.geojson"
    answer = run("-w", small_workspace, "--audience", "council", "--out", path)
    assert (answer.exit_code, path.exists()) == (UNUSABLE, False)
    assert answer.stderr


def test_a_file_that_can_not_be_written_is_named_and_leaves_nothing(small_workspace, tmp_path):
    (tmp_path / "folder").mkdir()
    answer = run("-w", small_workspace, "--out", tmp_path / "folder")
    assert answer.exit_code == UNUSABLE
    assert "folder" in answer.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


def test_what_a_method_does_not_know_is_null_in_json(hotspots):
    unknown = replace(hotspots, areas=(replace(hotspots.areas[0], expected=nan, ratio=nan),))
    (area,) = json.loads(json.dumps(to_plain(unknown), allow_nan=False))["areas"]
    assert (area["expected"], area["ratio"]) == (None, None)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "igår", "--to", "2025-01-01"], "--from igår"),
        (["--from", "2025-01-01", "--to", "2025-02-30"], "--to 2025-02-30"),
        (["--from", "2025-01-01"], "både --from och --to"),
        (["--to", "2025-01-01"], "både --from och --to"),
        (["--weekdays", "9"], "--weekdays 9"),
        (["--hours", "morgon"], "--hours morgon"),
        (["--as", "council", "--stream", "survey"], "hela år och tertialer"),
        (["--as", "public", "--from", "2025-01-01", "--to", "2025-01-31"], "hela år och tertialer"),
    ],
)
def test_what_can_not_be_asked_is_refused_by_the_name_of_its_option(small_workspace, options, said):
    answer = run("-w", small_workspace, *options)
    assert (answer.exit_code, answer.stdout) == (UNUSABLE, "")
    assert said in answer.stderr
