"""Dialogues, in every version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "dialogue",
        sa.Column("dialogue_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("municipality_code", "key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "dialogue_version",
        sa.Column("version_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("dialogue_id", _ID, sa.ForeignKey("dialogue.dialogue_id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("why", sa.String(400), nullable=False),
        sa.Column("changed_by", sa.String(80), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("dialogue_id", "version"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("dialogue_version")
    op.drop_table("dialogue")
