"""``problembild picture`` over a real small town: saved once, chosen from a file, and clear about what is wrong."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.demo_picture import CHOICES, KEY
from dashboard.demo_promises import plant_promises
from etl.synthetic.promises import write_promises
from geodata.analyses.ground import open_register

FINE, UNUSABLE = 0, 2

pytestmark = pytest.mark.xdist_group("picture verb")  # its tests go on from what those before them left


def write(folder, schools, squares):
    write_promises(folder, schools=schools, squares=squares, seed=1)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, small_workspace):
    folder = tmp_path_factory.mktemp("picture") / "town"
    shutil.copytree(small_workspace, folder)
    assert plant_promises(folder, write)
    return folder


def run(workspace, *arguments):
    return CliRunner().invoke(app, ["picture", *map(str, arguments), "-w", str(workspace)])


def chosen(tmp_path, text):
    file = tmp_path / "val.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_demo_has_a_picture_with_priorities_that_promises_answer(workspace):
    kept = open_register(workspace).pictures.find(KEY)
    there = {one.problem for one in kept.picture.problems}
    assert {one.problem for one in kept.decisions} == {one.problem for one in CHOICES} & there
    assert kept.not_chosen
    assert all(one.why for one in kept.not_chosen)
    said = run(workspace, "decisions", KEY)
    assert said.exit_code == FINE
    assert "Säkrare trafik vid" in " ".join(said.stdout.split())
    assert "Trygghetsrådet" in said.stdout


def test_the_picture_is_shown_now_and_as_it_stood(workspace):
    now = run(workspace, "show")
    assert now.exit_code == FINE, now.output
    assert "Bara 8 svar från invånare finns" in now.stdout, "so few give no sure order"
    saved = json.loads(run(workspace, "show", KEY, "--json").stdout)
    assert saved["picture"]["problems"][0]["rank"] == 1
    council = json.loads(run(workspace, "show", KEY, "--as", "council", "--json").stdout)["picture"]
    assert council["answers"] is None
    assert {one["recorded"]["count"] for one in council["problems"]} <= {None}
    assert (
        run(workspace, "show", "--as", "council", "--from", "2025-03-01", "--to", "2025-03-31").exit_code
        == UNUSABLE
    )


def test_a_meeting_is_kept_from_a_file_once_and_replaced_only_when_that_is_said(workspace, tmp_path):
    problem = next(
        one.problem
        for one in open_register(workspace).pictures.find(KEY).picture.problems
        if one.problem not in {choice.problem for choice in CHOICES}
    )
    text = (
        f'picture = "{KEY}"\nmeeting = "Trygghetsrådet"\nmeeting_on = 2026-02-12\n'
        f'[[decision]]\nproblem = "{problem}"\nchosen = false\nwhy = "Ring Kim på 070-123 45 67."\n'
    )
    file = chosen(tmp_path, text)
    assert run(workspace, "choose", file).exit_code == FINE
    again = run(workspace, "choose", file)
    assert again.exit_code == UNUSABLE
    assert "redan beslutat" in again.output
    assert run(workspace, "choose", file, "--replace").exit_code == FINE
    history = json.loads(run(workspace, "decisions", KEY, "--json").stdout)
    mine = [one for one in history if one["problem"] == problem]
    assert [one["withdrawn_by"] is None for one in mine] == [False, True]
    assert "070" not in mine[-1]["why"], "what points to a person is masked at the door"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("save", KEY, "--from", "2025-01-01", "--to", "2025-06-30"), "redan en bild"),
        (("save", "Bild 1", "--from", "2025-01-01", "--to", "2025-06-30"), "nyckel"),
        (("save", "b", "--from", "2025-06-30", "--to", "2025-01-01"), "innan den börjar"),
        (("save", "b", "--from", "2098-01-01", "--to", "2098-12-31"), "inte har kommit"),
        (("save", "b", "--from", "2025-01-01", "--to", "2098-12-31"), "inte har kommit"),
        (("save", "b", "--from", "1999-01-01", "--to", "1999-12-31"), "Inget är känt"),
        (("save", "b", "--from", "2025-13-01", "--to", "2025-12-31"), "2025-13-01"),
        (("show", "saknas"), "ingen sparad bild"),
        (
            ("decide", "saknas", "traffic_speed", "--chosen", "--meeting", "T", "--on", "2026-02-01"),
            "ingen sparad",
        ),
        (("decide", KEY, "snowmobile", "--chosen", "--meeting", "T", "--on", "2026-02-01"), "inget problem"),
        (
            ("decide", KEY, "traffic_speed", "--chosen", "--meeting", "T", "--on", "2026-02-01"),
            "redan beslutat",
        ),
        (
            ("decide", KEY, "traffic_speed", "--chosen", "--meeting", "T", "--on", "2098-02-01"),
            "inte har kommit",
        ),
        (
            ("decide", KEY, "traffic_speed", "--chosen", "--meeting", "T", "--on", "2024-02-01"),
            "innan bildens",
        ),
        (("decide", KEY, "traffic_speed", "--chosen", "--meeting", "", "--on", "2026-02-01"), "meeting"),
    ],
)
def test_what_will_not_do_is_said(workspace, arguments, said):
    before = len(open_register(workspace).pictures.all()), len(open_register(workspace).pictures.history(KEY))
    result = run(workspace, *arguments)
    assert result.exit_code == UNUSABLE
    assert said in result.output
    assert before == (
        len(open_register(workspace).pictures.all()),
        len(open_register(workspace).pictures.history(KEY)),
    )
