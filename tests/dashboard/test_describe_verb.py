"""``problembild describe`` says what it found in Swedish and English, and saves only when told to."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.command import app
from etl.mapping import read_mapping
from etl.synthetic.samples import SAMPLES

RUNNER = CliRunner()
PROJECT = '[municipality]\nname = "Exempelstad"\ncode = "9999"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "problembild.toml").write_text(PROJECT, encoding="utf-8")
    path = tmp_path / "inbox" / "enkat_2026.csv"
    SAMPLES["plain_survey"].write(path)
    return path


def test_it_shows_the_mapping_with_its_reasons_and_the_first_rows(file: Path) -> None:
    done = RUNNER.invoke(app, ["describe", str(file), "--workspace", str(file.parents[1])])
    assert done.exit_code == 0, done.output
    assert "fields.category" in done.output
    assert "rubriken liknar" in done.output
    assert "9 vänta på en plats" in done.output
    assert "# rubriken liknar Datum" in done.output
    assert 'files = ["inbox/enkat*.csv"]' in done.output
    assert not (file.parents[1] / "mappings").exists()


def test_it_saves_the_mapping_once(file: Path) -> None:
    arguments = ["describe", str(file), "--workspace", str(file.parents[1]), "--write"]
    assert RUNNER.invoke(app, arguments).exit_code == 0
    assert read_mapping(file.parents[1] / "mappings" / "enkat.toml").id == "Svar"
    again = RUNNER.invoke(app, arguments)
    assert again.exit_code == 2
    assert "enkat.toml" in again.output
    assert RUNNER.invoke(app, [*arguments, "--again"]).exit_code == 0
    assert RUNNER.invoke(app, [*arguments, "--name", "annan"]).exit_code == 0


def test_it_answers_as_json_outside_any_workspace(tmp_path: Path) -> None:
    path = tmp_path / "enkat.csv"
    SAMPLES["plain_survey"].write(path)
    arguments = ["describe", str(path), "--workspace", str(tmp_path / "ingen"), "--json", "--language", "en"]
    done = RUNNER.invoke(app, arguments)
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["table"] == "observations"
    assert answer["columns"][0]["reasons"][0]["code"] == "heading"
    assert "# the heading is like" in answer["mapping"]


def test_a_file_that_can_not_be_read_is_told_in_words(file: Path) -> None:
    odd = file.with_name("bild.jpg")
    odd.write_bytes(b"x")
    done = RUNNER.invoke(app, ["describe", str(odd), "--workspace", str(file.parents[1])])
    assert done.exit_code == 2
    assert "bild.jpg" in done.output
    assert "Traceback" not in done.output
