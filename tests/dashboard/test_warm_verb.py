import json

from typer.testing import CliRunner

from dashboard.command import app
from geodata.kernels.compiling import CACHE
from geodata.kernels.warming import KERNELS


def run(*arguments):
    return CliRunner().invoke(app, ["warm", *arguments])


def test_it_says_how_many_are_compiled_and_where_they_lie():
    answer = run("--language", "en")
    assert answer.exit_code == 0
    assert f"{len(KERNELS)} calculations are compiled" in answer.stdout
    assert str(CACHE) in answer.stdout.replace("\n", "")


def test_seconds_by_file_for_a_program():
    answer = json.loads(run("--json").stdout)
    assert set(answer["seconds"]) == set(KERNELS)
    assert answer["folder"] == str(CACHE)
