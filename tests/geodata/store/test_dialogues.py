"""Dialogues keep every step with who took it; what two change at once, or what can't be, is refused whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from shapely import box

from geodata.analyses.dialogue_files import keep_dialogue, keep_planned
from geodata.analyses.dialogue_steps import (
    publish_result,
    record_outcome,
    set_due,
    take_step,
    withdraw_publication,
)
from geodata.dialogues.course import Step
from geodata.dialogues.dialogue import DialogueState, Outcome, Publication, Reader
from geodata.dialogues.reading import plain
from geodata.errors import MissingError, ParameterError
from geodata.places.place import PlaceCandidate
from geodata.project import read_project
from geodata.schema import PlaceKind
from geodata.store.connection import engine, sqlite_url
from geodata.store.place_edits import PlaceSeen
from geodata.store.register import Register
from geodata.store.upgrading import MIGRATIONS

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "saffle"
WEEK = (EXAMPLE / "dialoger" / "vecka-17-2016.toml").read_text(encoding="utf-8")
KEY = "vecka-17-2016"
AT_SQUARE = """
key = "hosten-2026"
name = "Hösten 2026"
kind = "citizen"
first = 2026-09-07
last = 2026-09-11
[[occasions]]
key = "torget"
place = "Stortorget"
day = 2026-09-08
start = "10:00"
end = "14:00"
askers = ["police"]
groups = ["residents"]
method = "talk"
"""


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="1785", working_crs=3006)
    opened.propose(
        [
            PlaceCandidate(
                kind=PlaceKind.SQUARE, name="Stortorget", geometry=box(0, 0, 50, 50), source_key="torg:1"
            )
        ]
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def project():
    return read_project(EXAMPLE)


def test_a_dialogue_goes_from_plan_to_published_with_every_step_kept(register, project):
    keep_dialogue(register, WEEK, file="vecka.toml", by="kim")
    take_step(register, KEY, Step.OPEN, by="kim")
    outcome = Outcome("stortorget", talks=40, note="Ring 070-123 45 67")
    record_outcome(
        register, project, KEY, outcome, by="lo", mask=lambda text: text.replace("070-123 45 67", "…")
    )
    take_step(register, KEY, Step.CLOSE, by="kim")
    set_due(register, KEY, date(2016, 6, 1), by="kim")
    for reader in Reader:
        publication = Publication(reader, date(2016, 8, 20), "Rådet")
        kept = publish_result(register, project, KEY, publication, by="kim")
    assert (kept.course.state, kept.version) == (DialogueState.PUBLISHED, 7)
    assert kept.course.outcome("stortorget").note == "Ring …"
    kept = withdraw_publication(register, KEY, Reader.STAFF, by="lo", why="Fel möte")
    assert kept.course.untold == (Reader.STAFF,)
    assert [
        (one.version, str(one.step), one.about, one.changed_by) for one in register.dialogues.versions(KEY)
    ] == [
        (1, "add", "", "kim"),
        (2, "open", "", "kim"),
        (3, "record", "stortorget", "lo"),
        (4, "close", "", "kim"),
        (5, "set_due", "2016-06-01", "kim"),
        (6, "publish", "residents", "kim"),
        (7, "publish", "staff", "kim"),
        (8, "unpublish", "staff", "lo"),
    ]
    assert all(one.changed_at.utcoffset().total_seconds() == 0 for one in register.dialogues.versions(KEY))


def test_what_is_refused_changes_nothing(register, project):
    keep_dialogue(register, WEEK, file="vecka.toml", by="kim")
    take_step(register, KEY, Step.OPEN, by="kim")
    record_outcome(register, project, KEY, Outcome("stortorget", 4), by="kim", mask=str)
    seen = register.dialogues.find(KEY)
    fewer = replace(seen.dialogue, occasions=seen.dialogue.occasions[1:])
    same_name = WEEK.replace('key = "vecka-17-2016"', 'key = "igen"').replace(
        "Medborgardialog", "MEDBORGARDIALOG"
    )
    refused = {
        "dialogue_known": lambda: keep_dialogue(register, WEEK, file="v.toml", by="kim"),
        "dialogue_name_twice": lambda: keep_dialogue(register, same_name, file="v.toml", by="kim"),
        "dialogue_is_open": lambda: take_step(register, KEY, Step.OPEN, by="kim"),
        "dialogue_not_closed": lambda: set_due(register, KEY, date(2016, 6, 1), by="kim"),
        "dialogue_changed": lambda: take_step(register, KEY, Step.CLOSE, by="kim", seen_version=1),
        "dialogue_occasion_recorded": lambda: register.dialogues.change(
            fewer, seen_version=3, why="", by="lo"
        ),
        "dialogue_source_unknown": lambda: record_outcome(
            register, project, KEY, Outcome("stortorget", sources=("okand",)), by="kim", mask=str
        ),
    }
    for code, step in refused.items():
        with pytest.raises(ParameterError) as fault:
            step()
        assert fault.value.code == code
    assert register.dialogues.find(KEY) == seen
    assert len(register.dialogues.all()) == 1
    with pytest.raises(MissingError):
        take_step(register, "okand", Step.OPEN, by="kim")


def test_a_plan_that_would_outlast_its_result_is_refused(register):
    keep_dialogue(register, WEEK, file="vecka.toml", by="kim")
    for step in (Step.OPEN, Step.CLOSE):
        take_step(register, KEY, step, by="kim")
    set_due(register, KEY, date(2016, 5, 2), by="kim")
    longer = WEEK.replace("last = 2016-05-01", "last = 2016-05-08")
    with pytest.raises(ParameterError) as fault:
        keep_dialogue(register, longer, file="vecka.toml", by="kim", why="En vecka till")
    assert fault.value.code == "dialogue_due_early"


def test_a_place_out_of_use_stays_where_it_stood_and_comes_nowhere_new(register):
    kept = keep_dialogue(register, AT_SQUARE, file="h.toml", by="kim")
    square = register.places()[0]
    assert kept.dialogue.occasions[0].place == square.place_id
    register.edits.retire(PlaceSeen(square.place_id, square.revision), by="kim")
    other = AT_SQUARE.replace("hosten-2026", "varen-2027").replace("Hösten 2026", "Våren 2027")
    with pytest.raises(ParameterError) as fault:
        keep_dialogue(register, other, file="v.toml", by="kim")
    assert fault.value.code == "dialogue_place_retired"
    renamed = keep_dialogue(
        register, AT_SQUARE.replace("Hösten 2026", "Höst 2026"), file="h.toml", by="kim", why="Kortare"
    )
    assert (renamed.version, renamed.why, renamed.dialogue.name) == (2, "Kortare", "Höst 2026")
    moved = {**plain(renamed.dialogue), "name": "Höstens dialog"}
    assert keep_planned(register, moved, file="", by="kim", why="", seen_version=2).version == 3
    new = {**plain(renamed.dialogue), "key": "ny", "name": "Ny"}
    with pytest.raises(ParameterError, match="no longer in use"):
        keep_planned(register, new, file="", by="kim", why="", seen_version=None)
    nowhere = {**new, "occasions": [{**new["occasions"][0], "place": 999}]}
    with pytest.raises(MissingError):
        keep_planned(register, nowhere, file="", by="kim", why="", seen_version=None)


def test_the_migration_goes_forth_and_back_and_keeps_what_was_there(tmp_path):
    database = engine(sqlite_url(tmp_path / "register.sqlite"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.downgrade(config, "0008")
        assert "dialogue" not in sa.inspect(connection).get_table_names()
        command.upgrade(config, "head")
        tables = set(sa.inspect(connection).get_table_names())
        assert {"dialogue", "dialogue_version", "promise", "log_entry"} <= tables
