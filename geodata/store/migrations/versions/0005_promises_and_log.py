"""What was promised and what was done: promises with their versions, action plans, the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _promises()
    _action_plans()
    _log()


def downgrade() -> None:
    op.drop_index("log_entry_started", "log_entry")
    for table in (
        "log_entry",
        "action_note",
        "action_item",
        "promise_activity",
        "promise_version",
        "promise",
    ):
        op.drop_table(table)


def _promises() -> None:
    op.create_table(
        "promise",
        sa.Column("promise_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("municipality_code", "key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "promise_version",
        sa.Column("version_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("promise_id", _ID, sa.ForeignKey("promise.promise_id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("why", sa.String(400), nullable=False),
        sa.Column("changed_by", sa.String(80), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("promise_id", "version"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "promise_activity",
        sa.Column("activity_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("promise_id", _ID, sa.ForeignKey("promise.promise_id"), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.UniqueConstraint("promise_id", "key"),
        sqlite_autoincrement=True,
    )


def _action_plans() -> None:
    op.create_table(
        "action_item",
        sa.Column("item_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("promise_id", _ID, sa.ForeignKey("promise.promise_id"), nullable=False),
        sa.Column("activity_id", _ID, sa.ForeignKey("promise_activity.activity_id"), nullable=True),
        sa.Column("what", sa.String(400), nullable=False),
        sa.Column("responsible", sa.String(200), nullable=False),
        sa.Column("due_on", sa.Date, nullable=True),
        sa.Column("remind_on", sa.Date, nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "action_note",
        sa.Column("note_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("item_id", _ID, sa.ForeignKey("action_item.item_id"), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
        sa.Column("noted_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )


def _log() -> None:
    op.create_table(
        "log_entry",
        sa.Column("log_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("entry_key", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime, nullable=False),
        sa.Column("place_id", _ID, sa.ForeignKey("place.place_id"), nullable=True),
        sa.Column("x", sa.Float, nullable=True),
        sa.Column("y", sa.Float, nullable=True),
        sa.Column("crs", sa.Integer, nullable=False),
        sa.Column("parties", sa.String(80), nullable=False),
        sa.Column("with_whom", sa.String(200), nullable=False),
        sa.Column("car", sa.String(40), nullable=True),
        sa.Column("slot_id", _ID, nullable=True),
        sa.Column("activity_id", _ID, sa.ForeignKey("promise_activity.activity_id"), nullable=True),
        sa.Column("checked", sa.Integer, nullable=True),
        sa.Column("reported", sa.Integer, nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("logged_by", sa.String(80), nullable=False),
        sa.Column("logged_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_by", sa.String(80), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime, nullable=True),
        sa.UniqueConstraint("municipality_code", "entry_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("log_entry_started", "log_entry", ["municipality_code", "started_at"])
