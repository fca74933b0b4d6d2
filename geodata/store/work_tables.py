"""The register's tables of what was promised and what was done: promises, action plans, the log."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from geodata.store.tables import ID, METADATA

PROMISE = Table(
    "promise",
    METADATA,
    Column("promise_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("key", String(80), nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("created_at", DateTime, nullable=False),
    UniqueConstraint("municipality_code", "key"),
    sqlite_autoincrement=True,
)
"""One row a promise; what it says stands in its versions."""

PROMISE_VERSION = Table(
    "promise_version",
    METADATA,
    Column("version_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("promise_id", ID, ForeignKey("promise.promise_id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("why", String(400), nullable=False),
    Column("changed_by", String(80), nullable=False),
    Column("changed_at", DateTime, nullable=False),
    UniqueConstraint("promise_id", "version"),
    sqlite_autoincrement=True,
)
"""Every wording and rule that a promise has had (JSON); the highest version holds."""

PROMISE_ACTIVITY = Table(
    "promise_activity",
    METADATA,
    Column("activity_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("promise_id", ID, ForeignKey("promise.promise_id"), nullable=False),
    Column("key", String(80), nullable=False),
    UniqueConstraint("promise_id", "key"),
    sqlite_autoincrement=True,
)
"""The number by which the log and the plan name a promised activity, through all versions."""

ACTION_ITEM = Table(
    "action_item",
    METADATA,
    Column("item_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("promise_id", ID, ForeignKey("promise.promise_id"), nullable=False),
    Column("activity_id", ID, ForeignKey("promise_activity.activity_id"), nullable=True),
    Column("what", String(400), nullable=False),
    Column("responsible", String(200), nullable=False),
    Column("due_on", Date, nullable=True),
    Column("remind_on", Date, nullable=True),
    Column("status", String(40), nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("created_by", String(80), nullable=False),
    Column("created_at", DateTime, nullable=False),
    sqlite_autoincrement=True,
)
"""A line of an action plan; drawn up and changed after the promise was signed."""

ACTION_NOTE = Table(
    "action_note",
    METADATA,
    Column("note_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("item_id", ID, ForeignKey("action_item.item_id"), nullable=False),
    Column("what", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("noted_by", String(80), nullable=False),
    Column("noted_at", DateTime, nullable=False),
    sqlite_autoincrement=True,
)
"""What was noted on a line of an action plan, and every change of it, in the order in which it was done."""

LOG_ENTRY = Table(
    "log_entry",
    METADATA,
    Column("log_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("entry_key", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("ended_at", DateTime, nullable=False),
    Column("place_id", ID, ForeignKey("place.place_id"), nullable=True),
    Column("x", Float, nullable=True),
    Column("y", Float, nullable=True),
    Column("crs", Integer, nullable=False),
    Column("parties", String(80), nullable=False),
    Column("with_whom", String(200), nullable=False),
    Column("car", String(40), nullable=True),
    Column("slot_id", ID, nullable=True),
    Column("activity_id", ID, ForeignKey("promise_activity.activity_id"), nullable=True),
    Column("checked", Integer, nullable=True),
    Column("reported", Integer, nullable=True),
    Column("note", Text, nullable=False),
    Column("logged_by", String(80), nullable=False),
    Column("logged_at", DateTime, nullable=False),
    Column("withdrawn_by", String(80), nullable=True),
    Column("withdrawn_at", DateTime, nullable=True),
    Column("withdrawn_why", String(400), nullable=True),
    UniqueConstraint("municipality_code", "entry_key"),
    Index("log_entry_started", "municipality_code", "started_at"),
    sqlite_autoincrement=True,
)
"""One row an activity that was done; never changed, but withdrawn. `slot_id` is of a plan, which may go."""
