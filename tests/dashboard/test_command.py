"""The command: its verbs, its exit codes, and one clear message instead of a trace."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.options import KindName, StreamName
from dashboard.plain import to_plain
from geodata.project import read_project
from geodata.schema import PlaceKind, Stream

PROGRAM = Path(sys.executable).parent / "problembild"
FINE, FELL, UNUSABLE = 0, 1, 2


def run(*arguments, env=None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=env)


@pytest.fixture
def workspace(small_workspace, tmp_path):
    """A copy that a test may spoil."""
    return Path(shutil.copytree(small_workspace, tmp_path / "workspace"))


def test_help_names_the_verbs_and_the_exit_codes():
    answer = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True)
    for verb in ("init", "import", "check", "demo", "hotspots", "stretches", "places", "serve"):
        assert verb in answer.stdout
    assert "Exit codes" in answer.stdout


def test_help_imports_nothing_slow():
    listed = "import sys, dashboard.command; print([m for m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True).stdout
    slow = ("pandas", "numpy", "shapely", "dash", "plotly", "pydantic", "numba", "scipy", "pyarrow")
    assert [name for name in slow if f"'{name}'" in loaded] == []


def test_pages_wait_for_no_compiler():
    """What is slow to import is loaded beside the first page, not before it."""
    listed = "import sys, dashboard.app; print([m for m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True).stdout
    assert [name for name in ("numba", "sklearn") if f"'{name}'" in loaded] == []


def test_the_names_of_streams_and_kinds_are_the_schemas():
    assert {str(one) for one in StreamName} == {str(one) for one in Stream}
    assert {str(one) for one in KindName} == {str(one) for one in PlaceKind}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_init_makes_a_workspace_that_can_be_checked(tmp_path, language):
    answer = run("init", "--name", 'Å "stad"', "--code", "2321", "-w", tmp_path, "--language", language)
    assert answer.exit_code == FINE
    project = read_project(tmp_path)
    assert (project.municipality.name, project.municipality.language) == ('Å "stad"', language)
    assert (tmp_path / "inbox").is_dir()
    assert run("check", "-w", tmp_path).exit_code == FINE


def test_init_leaves_a_workspace_alone(workspace):
    before = (workspace / "problembild.toml").read_bytes()
    answer = run("init", "--name", "A", "--code", "2321", "-w", workspace)
    assert answer.exit_code == UNUSABLE
    assert "har redan en problembild.toml" in answer.stderr
    assert (workspace / "problembild.toml").read_bytes() == before


def test_init_says_what_is_wrong_with_a_code(tmp_path):
    answer = run("init", "--name", "A", "--code", "23", "-w", tmp_path)
    assert answer.exit_code == UNUSABLE
    assert "municipality.code" in answer.stderr
    assert not (tmp_path / "problembild.toml").exists()


def test_a_check_without_a_project_file_has_fallen(tmp_path):
    answer = run("check", "-w", tmp_path)
    assert answer.exit_code == FELL
    assert "Det finns ingen problembild.toml" in answer.stderr


@pytest.mark.parametrize("verb", ["import", "hotspots", "stretches", "places", "serve"])
def test_without_a_project_file_there_is_one_message_in_the_language_asked_for(tmp_path, verb):
    swedish = run(verb, "-w", tmp_path)
    english = run(verb, "-w", tmp_path, "--language", "en")
    assert (swedish.exit_code, english.exit_code) == (UNUSABLE, UNUSABLE)
    if verb in {"hotspots", "stretches", "places"}:
        assert swedish.stderr.startswith("Inget är inläst än.")
        assert english.stderr.startswith("Nothing is imported yet.")
    else:
        assert swedish.stderr.startswith("Det finns ingen problembild.toml")
        assert english.stderr.startswith("There is no problembild.toml")
    assert "Traceback" not in swedish.output + english.output


def test_an_import_accounts_for_every_row(workspace):
    answer = run("import", "-w", workspace)
    assert answer.exit_code == FINE
    assert "lästa rader = " in answer.stdout
    assert "oförändrade" in answer.stdout


def test_an_import_says_how_many_records_a_file_no_longer_has(workspace):
    assert "inte kommit in igen" not in run("import", "-w", workspace).stdout
    path = workspace / "inbox" / "oversyner.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-2]))
    answer = run("import", "-w", workspace)
    assert (
        "oversyner.csv: 2 uppgifter som förra inläsningen fick ur filen har inte kommit in" in answer.stdout
    )


def test_an_import_as_json_adds_up(workspace):
    answer = run("import", "-w", workspace, "--json")
    report = json.loads(answer.stdout)
    assert answer.exit_code == FINE
    for file in report["files"]:
        assert file["read"] == sum(file["fates"].values())


def test_a_stopped_file_is_named_and_gives_exit_code_one(workspace):
    (workspace / "inbox" / "oversyner.csv").write_bytes(b"")
    answer = run("import", "-w", workspace)
    assert answer.exit_code == FELL
    assert "oversyner.csv är tom." in answer.stderr
    assert "lästa rader = " in answer.stdout


def test_a_check_that_falls_gives_exit_code_one(workspace):
    project = workspace / "problembild.toml"
    project.write_text(
        project.read_text(encoding="utf-8").replace('"strada"\nfiles', '"stroda"\nfiles'), "utf-8"
    )
    answer = run("check", "-w", workspace)
    assert answer.exit_code == FELL
    assert "stroda" in answer.stderr
    assert run("check", "-w", workspace, "--json").exit_code == FELL


def test_places_are_ranked_with_their_range(small_workspace):
    answer = run("places", "-w", small_workspace)
    assert answer.exit_code == FINE
    assert "Skolzon" in answer.stdout
    told = json.loads(run("places", "-w", small_workspace, "--json", "--kind", "school_zone").stdout)
    assert {place["kind"] for place in told["places"]} == {"school_zone"}
    assert told["places"][0]["polygon"]["type"] in {"Polygon", "MultiPolygon"}


def test_hotspots_say_what_they_rest_on(small_workspace):
    answer = run("hotspots", "-w", small_workspace, "--stream", "incident", "--hours", "7-16")
    assert answer.exit_code == FINE
    assert "Bygger på" in answer.stdout
    told = json.loads(run("hotspots", "-w", small_workspace, "--json").stdout)
    assert told["used"] > 0


def test_the_council_gets_no_areas_from_the_command_either(small_workspace):
    told = json.loads(run("hotspots", "-w", small_workspace, "--json", "--as", "council").stdout)
    assert (told["areas"], told["cells"]) == ([], {})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "2025-02-30", "--to", "2025-03-01"], "--from 2025-02-30"),
        (["--category", "unicorns"], "Det finns inget problem som heter unicorns."),
        (["--method", "kriging"], "Det finns ingen metod kriging."),
    ],
)
def test_a_question_that_can_not_be_asked_is_refused_in_words(small_workspace, arguments, words):
    answer = run("hotspots", "-w", small_workspace, *arguments)
    assert answer.exit_code == UNUSABLE
    assert words in answer.stderr


def test_an_unknown_verb_is_a_usage_error():
    assert run("dance").exit_code == UNUSABLE


def test_a_fault_in_the_program_is_one_message_unless_the_trace_is_asked_for(monkeypatch, small_workspace):
    def broken(*_arguments, **_named):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("geodata.analyses.ranking.rank_places", broken)
    answer = run("places", "-w", small_workspace)
    assert answer.exit_code == 3
    assert answer.stderr.startswith("Något oväntat gick fel i programmet: ZeroDivisionError: by zero.")
    traced = run("places", "-w", small_workspace, env={"PROBLEMBILD_TRACEBACK": "1"})
    assert isinstance(traced.exception, ZeroDivisionError)


def test_a_second_demo_redoes_nothing(workspace):
    before = {path: path.stat().st_mtime_ns for path in workspace.rglob("*") if path.is_file()}
    answer = run("demo", "--no-serve", "-w", workspace)
    assert answer.exit_code == FINE
    assert "används som den är" in answer.stderr
    now = {path: path.stat().st_mtime_ns for path in workspace.rglob("*.parquet")}
    assert all(before[path] == changed for path, changed in now.items())


def test_the_demo_keeps_off_a_real_municipality(tmp_path):
    run("init", "--name", "Säffle", "--code", "1785", "-w", tmp_path)
    answer = run("demo", "--no-serve", "-w", tmp_path)
    assert answer.exit_code == UNUSABLE
    assert "hör till en riktig kommun" in answer.stderr


def test_a_taken_port_is_said(small_workspace, free_listener):
    answer = run("serve", "-w", small_workspace, "--port", free_listener)
    assert answer.exit_code == UNUSABLE
    assert f"Port {free_listener} används redan" in answer.stderr


@pytest.fixture
def free_listener():
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_what_has_no_plain_form_is_not_written_as_json():
    with pytest.raises(TypeError, match="object has no plain form"):
        to_plain(object())
