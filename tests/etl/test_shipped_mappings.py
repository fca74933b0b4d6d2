"""Every mapping, shipped or in the worked examples, holds to its own acceptance rows."""

import shutil
import tomllib
from pathlib import Path

import pytest

from etl.acceptance import try_rows
from etl.check import check
from etl.mapping import read_mapping, shipped_mappings
from geodata.errors import ProjectError
from geodata.project import parse_project

SOUND = """
title = 'x'
table = 'observations'
stream = 'survey'
[reader]
format = 'delimited'
[time]
date = 'dag'
[location]
longitude = 'lon'
latitude = 'lat'
[fields.category]
column = 'vad'
values = {x = 'other'}
[[acceptance]]
row = {dag = '2025-03-14', vad = 'x'}
fate = 'waiting'
"""

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*/problembild.toml"))


@pytest.mark.parametrize("path", shipped_mappings(), ids=lambda path: path.stem)
def test_a_shipped_mapping_holds_to_its_rows(path: Path) -> None:
    assert try_rows(read_mapping(path), name=path.stem) == ()


@pytest.mark.parametrize("path", shipped_mappings(), ids=lambda path: path.stem)
def test_a_shipped_mapping_shows_a_good_row_and_one_that_is_not(path: Path) -> None:
    rows = read_mapping(path).acceptance
    assert any(row.expect and row.reject is None for row in rows)
    assert any(row.reject is not None or row.fate != "accepted" for row in rows)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_a_worked_example_is_sound(path: Path, tmp_path: Path) -> None:
    workspace = tmp_path / path.parent.name
    shutil.copytree(path.parent, workspace)
    (workspace / "inbox").mkdir()  # whoever works the example makes it, for the files that are fetched
    report = check(workspace)
    assert report.problems == ()
    own = {mapping.mapping for mapping in report.mappings if not mapping.shipped}
    assert own == {one.stem for one in (workspace / "mappings").glob("*.toml")}
    assert all(mapping.rows == mapping.held for mapping in report.mappings)


def test_the_five_municipalities_differ_in_name_and_place_alone() -> None:
    five = [
        path
        for path in EXAMPLES
        if path.parent.name in {"saffle", "hagfors", "arvidsjaur", "are", "mellerud"}
    ]
    assert len(five) == 5
    shapes = {
        tuple((source.name, source.mapping, source.files) for source in parse_project(_data(path)).sources)
        for path in five
    }
    assert len(shapes) == 1


def _data(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("change", "setting", "problem"),
    [
        (("format = 'delimited'", "format = 'klay'"), "", "no reader klay"),
        (("stream = 'survey'", ""), "", "observations need a stream"),
        (("date = 'dag'", "date = 'dag'\nmoment = 'start'"), "time", "say date, or moment"),
        (("latitude = 'lat'", ""), "location", "longitude and latitude"),
        (("values = {x = 'other'}", ""), "", "category needs values"),
        (("column = 'vad'", "column = []"), "fields.category.column", "needs a heading"),
        (("column = 'vad'", "column = ['vad', '']"), "fields.category.column", "needs a heading"),
        (("date = 'dag'", "date = 'dag'\ndate_formats = ['%Q']"), "time.date_formats", "no format"),
        (("date = 'dag'", "date = 'dag'\ndate_formats = ['%Y %Y']"), "time.date_formats", "no format"),
        (("longitude =", "crs = 99999\nlongitude ="), "location.crs", "there is no EPSG:99999"),
        (("title = 'x'", "title = 'x'\nconstants = {v85_kmh = 'fort'}"), "", "v85_kmh can't be 'fort'"),
        (("title = 'x'", "title = 'x'\nconstants = {v85_kmh = -1}"), "", "zero or more"),
        (("title = 'x'", "title = 'x'\nconstants = {text = 5}"), "", "text can't be 5"),
        (
            ("[fields.category]", "[fields.v85_kmh]\ncolumn = 'v'\nempty = '0'\n[fields.category]"),
            "",
            "as it stands",
        ),
        (
            ("[fields.category]", "[fields.text]\ncolumn = 'v'\nunmatched = 'z'\n[fields.category]"),
            "",
            "says nothing",
        ),
        (("fate = 'waiting'", "fate = 'waiting'\ngeometry = 'PUNKT'"), "acceptance.0.geometry", "not WKT"),
        (("[fields.category]", "[fields.colour]"), "", "observations has no colour"),
        (("column = 'vad'", "column = 'vad'\npattern = 'x'"), "fields.category.pattern", "exactly one group"),
        (("title = 'x'", "title = 'x'\ncolour = 'red'"), "colour", "Extra inputs"),
        (("title = 'x'", "title = 'x'\nsplit = {vad = 'x'}"), "", "names no group"),
    ],
)
def test_a_mapping_that_does_not_hold_together_is_refused(
    tmp_path: Path, change: tuple[str, str], setting: str, problem: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(SOUND, encoding="utf-8")
    read_mapping(path)
    path.write_text(SOUND.replace(*change), encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_mapping(path)
    assert caught.value.code == "mapping_invalid"
    assert caught.value.values["file"] == "x.toml"
    assert caught.value.values["setting"] == setting
    assert problem in str(caught.value.values["problem"])


@pytest.mark.parametrize(
    ("change", "setting", "code"),
    [
        (
            ("x = 'other'", "'Brand i container' = 'brand'"),
            'fields.category.values."Brand i container"',
            "brand",
        ),
        (("column = 'vad'", "column = 'vad'\nempty = 'brand'"), "fields.category.empty", "brand"),
        (("title = 'x'", "title = 'x'\nconstants = {severity = 'arg'}"), "constants.severity", "arg"),
    ],
)
def test_a_wrong_code_is_named_with_where_it_stands_and_what_may(
    tmp_path: Path, change: tuple[str, str], setting: str, code: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(SOUND.replace(*change), encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_mapping(path)
    assert caught.value.code == "mapping_code_unknown"
    assert caught.value.values.keys() == {"file", "setting", "value", "known"}
    assert (caught.value.values["setting"], caught.value.values["value"]) == (setting, code)
    assert "other" in str(caught.value.values["known"]) or "serious" in str(caught.value.values["known"])


def test_a_row_that_expects_what_can_not_be_is_a_mismatch(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(SOUND + "expect = {occurred_from = 'i fredags'}\n", encoding="utf-8")
    (mismatch,) = try_rows(read_mapping(path), name="x")
    assert (mismatch.column, mismatch.expected) == ("occurred_from", "i fredags")


def test_a_row_that_repeats_another_is_a_mismatch(tmp_path: Path) -> None:
    path = tmp_path / "areas.toml"
    row = "\n[[acceptance]]\nrow = {id = '3', typ = 'torg'}\nexpect = {kind = 'square'}\n"
    shape = "geometry = 'POINT (381500 6556600)'\n"
    shipped = next(path for path in shipped_mappings() if path.stem == "areas")
    path.write_text(
        shipped.read_text(encoding="utf-8").split("[[acceptance]]")[0] + 2 * (row + shape), "utf-8"
    )
    (mismatch,) = try_rows(read_mapping(path), name="areas")
    assert (mismatch.row, mismatch.column, mismatch.value) == (2, "fate", "linked")


def test_a_mapping_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("title =", encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_mapping(path)
    assert caught.value.code == "mapping_not_toml"


def test_check_says_which_acceptance_row_failed_and_how(tmp_path: Path) -> None:
    example = tmp_path / "boston"
    shutil.copytree(ROOT / "docs" / "examples" / "boston", example)
    (example / "inbox").mkdir()
    path = example / "mappings" / "boston_concerns.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("local_hour = 9", "local_hour = 15"), "utf-8")
    (problem,) = check(example).problems
    assert problem.code == "mapping_acceptance"
    assert problem.values == {
        "file": "boston_concerns.toml",
        "row": "1",
        "column": "local_hour",
        "expected": "15",
        "value": "9",
    }
    assert not (example / "store").exists()


def test_check_finds_every_fault_of_the_set_up(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "problembild.toml").write_text(
        '[municipality]\nname = "Säffle"\ncode = "1785"\n'
        '[[source]]\nname = "a"\nmapping = "ufo"\nfiles = ["inbox/a"]\n'
        '[[source]]\nname = "b"\nmapping = "strada"\nfiles = ["../b.xlsx"]\n',
        encoding="utf-8",
    )
    report = check(tmp_path)
    assert not report.ok
    assert [problem.code for problem in report.problems] == ["mapping_missing", "project_invalid"]
    assert report.problems[0].values["mapping"] == "ufo"
    assert report.problems[1].values["value"] == "../b.xlsx"
    assert {mapping.mapping for mapping in report.mappings} == {path.stem for path in shipped_mappings()}


def test_a_mapping_of_the_workspace_wins_over_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mappings").mkdir()
    shipped = next(path for path in shipped_mappings() if path.stem == "population")
    shutil.copy(shipped, tmp_path / "mappings" / "population.toml")
    (tmp_path / "problembild.toml").write_text(
        '[municipality]\nname = "Säffle"\ncode = "1785"\n'
        '[[source]]\nname = "a"\nmapping = "population"\nfiles = ["inbox/a.csv"]\n',
        encoding="utf-8",
    )
    both = [mapping for mapping in check(tmp_path).mappings if mapping.mapping == "population"]
    assert [mapping.shipped for mapping in both] == [True, False]
