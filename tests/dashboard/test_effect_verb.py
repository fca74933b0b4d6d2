"""``problembild effect`` and the page: a real small town, asked about a place and a day."""

import json

import pytest
from typer.testing import CliRunner

from dashboard.command import app

FINE, UNUSABLE = 0, 2


def run(workspace, *arguments):
    return CliRunner().invoke(app, ["effect", *map(str, arguments), "-w", str(workspace)])


def test_a_place_and_a_day_get_a_sentence_with_its_base(small_workspace):
    answer = run(small_workspace, "--place", 1, "--from", "2025-03-01")
    assert answer.exit_code == FINE
    assert "Underlag:" in answer.stdout
    assert "hade kunnat synas" in answer.stdout or "procent" in answer.stdout


def test_as_json_every_figure_is_there(small_workspace):
    (found,) = json.loads(run(small_workspace, "--place", 1, "--from", "2025-03-01", "--json").stdout)
    estimate = found["streams"][0]["estimate"]
    assert {"verdict", "low", "high", "before", "after", "smallest_visible"} <= set(estimate)


def test_nothing_recorded_is_said(small_workspace):
    answer = run(small_workspace)
    assert answer.exit_code == FINE
    assert "Inga undertecknade löften" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--place", "1"], "både --place och --from"),
        (["--place", "999", "--from", "2025-03-01"], "Platsen finns inte"),
        (["--place", "1", "--from", "2025-03-01", "--done", "2025-02-01"], "innan det började"),
        (["--place", "1", "--from", "2025-03-01", "--as", "council"], "Här visas bara"),
    ],
)
def test_what_can_not_be_asked_is_said(small_workspace, arguments, said):
    answer = run(small_workspace, *arguments)
    assert answer.exit_code == UNUSABLE
    assert said in " ".join(answer.stderr.split())
