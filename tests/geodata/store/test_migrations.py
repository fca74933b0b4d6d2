"""A register of any older version, with rows in every table, is brought to this version with every row kept."""

import re
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
import shapely
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from geodata.promises.reading import to_document
from geodata.store.connection import engine, sqlite_url
from geodata.store.register import Register
from geodata.store.tables import METADATA
from geodata.store.upgrading import MIGRATIONS, newest

sys.path.insert(0, str(Path(__file__).parents[1] / "promises"))
from sentences import PROMISES

PROMISE = PROMISES["arvidsjaur-alkohol-2015"]
REVISIONS = sorted(
    re.search(r'^revision = "(\d+)"', path.read_text("utf-8"), re.MULTILINE)[1]
    for path in (MIGRATIONS / "versions").glob("*.py")
)
PLAIN = {
    sa.Integer: 1,
    sa.BigInteger: 1,
    sa.Float: 1.5,
    sa.Boolean: True,
    sa.DateTime: datetime(2026, 5, 4, 3, 2, 1),
    sa.Date: date(2026, 5, 4),
    sa.LargeBinary: shapely.to_wkb(shapely.box(0, 0, 100, 100)),
}
SAID = {
    ("place", "kind"): "square",
    ("place", "retired"): False,
    ("account", "role"): "coordinator",
    ("location_answer", "precision"): "exact",
    ("promise", "key"): PROMISE.key,
    ("promise_version", "document"): to_document(PROMISE),
    ("promise_activity", "key"): PROMISE.activities[0].key,
    ("action_item", "status"): "planned",
    ("action_note", "what"): "noted",
    ("log_entry", "kind"): "presence",
    ("log_entry", "parties"): "municipality,police",
    ("log_entry", "car"): "on_foot",
    ("review", "season"): "spring",
    ("review", "light"): "dark",
    ("review", "parties"): "police",
    ("review", "road_keeper"): "state",
    ("review", "result"): "measures",
    ("review", "checks"): "sight:lacking crossing:good",
    ("review_measure_status", "status"): "proposed",
}
"""What the classes of the register read as codes; all other text is the column's name."""

ALIKE = {"municipality_code": "9999", "crs": 3006}
"""Columns that mean the same in every table."""

NEVER = re.compile(r"^(withdrawn|removed|revoked|ended|left)_(at|by|why)$")
"""Left empty, so that the row still holds."""


def brought_to(database, revision):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def value_of(table, column):
    said = SAID.get((table.name, column.name))
    if said is not None:
        return said
    if NEVER.match(column.name) and column.nullable:
        return None
    if column.name in ALIKE:
        return ALIKE[column.name]
    for kind, plain in PLAIN.items():
        if isinstance(column.type, kind):
            return plain
    return column.name[: column.type.length or len(column.name)]


def filled(database):
    """Put one row into every table but alembic's own; return the tables as they are read back."""
    found = sa.MetaData()
    found.reflect(database)
    tables = [table for table in found.sorted_tables if table.name != "alembic_version"]
    with database.execution_options(writes=True).begin() as connection:
        for table in tables:
            values = {column.name: value_of(table, column) for column in table.columns}
            connection.execute(sa.insert(table).values(values))
    return {table.name: rows_of(database, table) for table in tables}


def rows_of(database, table):
    with database.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(table))]


def opened(folder):
    return Register(folder, municipality_code="9999", working_crs=3006)


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_row_of_every_table_is_kept(tmp_path, revision):
    database = engine(sqlite_url(tmp_path / "register.sqlite"))
    brought_to(database, revision)
    before = filled(database)
    assert all(rows for rows in before.values())
    database.dispose()
    opened(tmp_path).close()
    now = sa.MetaData()
    now.reflect(database)
    for name, rows in before.items():
        after = rows_of(database, now.tables[name])
        assert [{key: row[key] for key in was} for row, was in zip(after, rows, strict=True)] == rows, name
    with database.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == newest()
        assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    database.dispose()


def test_a_register_of_0008_is_read_by_this_version_as_it_was_written(tmp_path):
    database = engine(sqlite_url(tmp_path / "register.sqlite"))
    brought_to(database, "0008")
    before = filled(database)
    database.dispose()
    register = opened(tmp_path)
    (kept,) = register.promises.all()
    assert (kept.promise, kept.version, kept.activity_ids) == (PROMISE, 1, {PROMISE.activities[0].key: 1})
    (entry,) = register.log.entries()
    assert (str(entry.kind), sorted(map(str, entry.parties))) == ("presence", ["municipality", "police"])
    (item,) = register.action_plans.items()
    assert (item.line.what, [note.what for note in item.notes]) == ("what", ["noted"])
    (review,) = register.reviews.all()
    assert (review.review_id, len(review.findings), len(review.photos), len(review.measures)) == (1, 1, 1, 1)
    (place,) = register.places()
    assert (str(place.kind), place.geometry.area) == ("square", 10_000)
    assert register.accounts.find("name") is not None
    assert register.promise_documents.of(kept.promise_id) == ()
    register.close()
    assert {"promise", "log_entry", "review", "stop_point", "slot", "account"} <= set(before)


def test_the_tables_that_migrations_make_are_those_that_the_program_knows(tmp_path):
    opened(tmp_path).close()
    database = engine(sqlite_url(tmp_path / "register.sqlite"))
    made = sa.MetaData()
    made.reflect(database)
    database.dispose()
    columns = {name: set(table.columns.keys()) for name, table in made.tables.items()}
    columns.pop("alembic_version")
    assert columns == {name: set(table.columns.keys()) for name, table in METADATA.tables.items()}


def test_migrations_stand_in_one_line():
    assert newest() == REVISIONS[-1]
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
