"""The made-up municipality's dialogues: kept once, one owed to staff, told to whoever keeps them where they land."""

import json
import shutil

import pytest

from dashboard.demo_dialogues import HELD, LOST, plant_dialogues
from dashboard.desk import Desk
from dashboard.shell import show
from etl.synthetic.dialogues import write_dialogues
from geodata.analyses.dialogues import follow_dialogue, owed
from geodata.analyses.ground import open_ground, open_register
from geodata.dialogues.dialogue import DialogueState, Reader
from geodata.privacy import Audience


def write(folder, schools, squares):
    write_dialogues(folder, schools=schools, squares=squares)


@pytest.fixture(scope="module")
def town(tmp_path_factory, small_workspace):
    folder = shutil.copytree(small_workspace, tmp_path_factory.mktemp("asked") / "town")
    assert plant_dialogues(folder, write)
    return folder


def body(workspace, path, search):
    _, page, _ = show(Desk(workspace), path=path, search=search, shown=None)
    return json.dumps(page.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_the_demo_has_one_dialogue_to_come_and_one_that_is_owed(town):
    assert not plant_dialogues(town, write)
    register = open_register(town)
    to_come, held = register.dialogues.all()
    assert [to_come.course.state, held.course.state] == [DialogueState.PLANNED, DialogueState.RESULT_DUE]
    assert all(one.dialogue.made_up for one in (to_come, held))
    ground = open_ground(town)
    answer = follow_dialogue(register, ground.project, HELD, Audience.COORDINATOR, ground=ground)
    assert answer.lapse.untold == (Reader.STAFF,)
    short = {one.occasion.key: one.answers - one.imported for one in answer.occasions}
    assert {key for key, n in short.items() if n} == {LOST}
    assert answer.imported > 0
    assert any(one.lonlat for one in answer.occasions)
    assert owed(register, today=held.course.result_due) == ()


@pytest.mark.parametrize("path", ["/", "/oversikt"])
def test_whoever_keeps_dialogues_is_told_where_they_land(town, path):
    assert "försenat" in body(town, path, "?som=samordnare")
    assert f"/dialoger/{HELD}" in body(town, path, "?som=samordnare")
    for word in ("polis", "namnd", "allmanhet"):
        assert f"/dialoger/{HELD}" not in body(town, path, f"?som={word}")
