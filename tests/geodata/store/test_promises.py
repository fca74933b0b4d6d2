"""Promises keep their versions and their activities' numbers; action plans are drawn up and changed after."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from geodata.errors import MissingError, ParameterError
from geodata.promises.action_plan import ActionLine, ActionStatus
from geodata.promises.changes import changes
from geodata.promises.reading import made_promise
from geodata.store.connection import engine, sqlite_url
from geodata.store.register import Register
from geodata.store.upgrading import MIGRATIONS

sys.path.insert(0, str(Path(__file__).parents[1] / "promises"))
from sentences import PROMISES, entry

INSPECTIONS = PROMISES["arvidsjaur-alkohol-2015"]


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    yield opened
    opened.close()


def test_every_promise_of_the_field_is_kept_as_it_is(register):
    for promise in PROMISES.values():
        register.promises.add(promise, by="kim")
    assert tuple(one.promise for one in register.promises.all()) == tuple(PROMISES.values())
    numbers = [number for one in register.promises.all() for number in one.activity_ids.values()]
    assert len(numbers) == len(set(numbers)) == sum(len(one.activities) for one in PROMISES.values())
    with pytest.raises(ParameterError, match="already"):
        register.promises.add(INSPECTIONS, by="kim")
    with pytest.raises(MissingError):
        register.promises.find("nothing")


def test_a_changed_promise_keeps_its_versions_its_numbers_and_what_changed(register):
    first = register.promises.add(INSPECTIONS, by="kim")
    fewer = replace(INSPECTIONS, last=None, activities=INSPECTIONS.activities[1:], name="Alkohol")
    second = register.promises.change(fewer, seen_version=1, why="Tills vidare", by="lo")
    assert (second.version, second.why, second.changed_by) == (2, "Tills vidare", "lo")
    assert second.activity_ids == first.activity_ids
    assert [one.version for one in register.promises.versions(INSPECTIONS.key)] == [1, 2]
    assert [(one.field, one.about, one.before, one.after) for one in changes(INSPECTIONS, fewer)] == [
        ("name", "", "Minskat alkoholbruk bland unga", "Alkohol"),
        ("last", "", "2015-12-31", ""),
        ("activity_removed", "Närvaro på riskkvällar", "", ""),
    ]
    with pytest.raises(ParameterError, match="changed by somebody else"):
        register.promises.change(INSPECTIONS, seen_version=1, why="", by="kim")
    same = register.promises.change(fewer, seen_version=2, why="igen", by="lo")
    assert same.version == 2
    register.promises.change(INSPECTIONS, seen_version=2, why="åter", by="lo")
    assert register.promises.find(INSPECTIONS.key).activity_ids == first.activity_ids


def test_a_rule_that_changed_is_named():
    stricter = made_promise(
        {
            "key": "a",
            "name": "A",
            "focus_area": "B",
            "first": date(2026, 1, 1),
            "activities": [
                {
                    "key": "x",
                    "name": "X",
                    "responsible": [{"party": "police"}],
                    "targets": [{"kind": "count", "at_least": 6}],
                }
            ],
        },
        file="x",
        place_ids={},
    )
    looser = replace(stricter, activities=(replace(stricter.activities[0], targets=()),))
    assert [(one.field, one.about) for one in changes(stricter, looser)] == [("activity.targets", "X")]
    assert [one.field for one in changes(replace(stricter, activities=()), stricter)] == ["activity_added"]
    assert changes(stricter, stricter) == ()


def test_the_log_names_an_activity_by_its_number(register):
    kept = register.promises.add(INSPECTIONS, by="kim")
    number = kept.activity_ids["krogtillsyn"]
    one = entry("a", "premises_inspection", "2015-03-06 22:00", "2015-03-06 23:00", activity_id=number)
    assert register.log.add(one)
    assert register.log.entries(activity_id=number) == (one,)


def test_an_action_plan_is_drawn_up_after_signing(register):
    promise_id = register.promises.add(PROMISES["mellerud-2019"], by="kim").promise_id
    plan = register.action_plans
    line = ActionLine("Utbilda personalen", "Skolförvaltningen", date(2019, 3, 1), date(2019, 2, 15))
    item_id = plan.add(promise_id, line, by="kim")
    plan.note(item_id, "Två dagar bokade", by="lo")
    plan.change(
        item_id, replace(line, status=ActionStatus.DONE, due_on=date(2019, 4, 1)), seen_revision=0, by="lo"
    )
    (item,) = plan.items(promise_id)
    assert (item.line.status, item.line.due_on, item.revision) == (ActionStatus.DONE, date(2019, 4, 1), 1)
    assert [(one.what, one.note, one.noted_by) for one in item.notes] == [
        ("added", "", "kim"),
        ("noted", "Två dagar bokade", "lo"),
        ("due_on", "2019-03-01", "lo"),
        ("status", "planned", "lo"),
    ]
    with pytest.raises(ParameterError, match="somebody else"):
        plan.change(item_id, line, seen_revision=0, by="kim")
    assert plan.items() == (item,)


def test_when_a_line_is_due(register):
    promise_id = register.promises.add(PROMISES["mellerud-2019"], by="kim").promise_id
    line = ActionLine("Utbilda", due_on=date(2019, 3, 1), remind_on=date(2019, 2, 15))
    register.action_plans.add(promise_id, line, by="kim")
    (item,) = register.action_plans.items()
    assert [item.is_due(date(2019, 2, day)) for day in (14, 15)] == [False, True]
    assert [item.is_overdue(date(2019, 3, day)) for day in (1, 2)] == [False, True]
    closed = replace(item, line=replace(line, status=ActionStatus.REJECTED))
    assert not closed.is_due(date(2020, 1, 1))
    assert not closed.is_overdue(date(2020, 1, 1))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (ActionLine(" "), "action_empty"),
        (ActionLine("x" * 401), "action_text_long"),
        (ActionLine("x", due_on=date(2019, 1, 1), remind_on=date(2019, 1, 2)), "action_reminder_late"),
        (ActionLine("x", activity_id=77), "log_activity_unknown"),
    ],
)
def test_a_line_that_will_not_do_is_refused(register, line, code):
    promise_id = register.promises.add(PROMISES["mellerud-2019"], by="kim").promise_id
    with pytest.raises(ParameterError) as raised:
        register.action_plans.add(promise_id, line, by="kim")
    assert raised.value.code == code
    assert register.action_plans.items() == ()


def test_what_is_not_there_is_said(register):
    for ask in (
        lambda: register.action_plans.add(9, ActionLine("x"), by="kim"),
        lambda: register.action_plans.note(9, "x", by="kim"),
        lambda: register.action_plans.change(9, ActionLine("x"), seen_revision=0, by="kim"),
        lambda: register.promises.change(INSPECTIONS, seen_version=1, why="", by="kim"),
    ):
        with pytest.raises(MissingError):
            ask()


def test_a_register_of_the_version_before_keeps_every_row(tmp_path):
    """A register as it was before there were promises, with rows in it, is brought to this version whole."""
    database = engine(sqlite_url(tmp_path / "register.sqlite"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    rows = {
        "place": "(1, '9999', 'square', 'Torget', 'areas:1', 0, '2026-01-01 00:00:00.000000', 2, 'kim', NULL)",
        "place_event": "(1, '9999', 1, 'renamed', 'Torg → Torget', 'kim', '2026-01-02 00:00:00.000000')",
        "account": "(1, '9999', 'kim', 'police', 'x', 0, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
    }
    with database.execution_options(writes=True).begin() as connection:
        for table, values in rows.items():
            connection.execute(sa.text(f"INSERT INTO {table} VALUES {values}"))
        before = {table: connection.execute(sa.text(f"SELECT * FROM {table}")).all() for table in rows}
    database.dispose()
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    opened.close()
    with database.connect() as connection:
        after = {table: connection.execute(sa.text(f"SELECT * FROM {table}")).all() for table in rows}
    database.dispose()
    assert [
        tuple(row[: len(was)]) for table in rows for row, was in zip(after[table], before[table], strict=True)
    ] == [tuple(was) for table in rows for was in before[table]]
