"""Saved pictures, what was chosen from them, and the focus of weeks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("picture_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("snapshot_id", sa.String(80), nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("municipality_code", "key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "picture_decision",
        sa.Column("decision_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("picture_id", _ID, sa.ForeignKey("picture.picture_id"), nullable=False, index=True),
        sa.Column("problem", sa.String(40), nullable=False),
        sa.Column("chosen", sa.Boolean, nullable=False),
        sa.Column("why", sa.String(1000), nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.Column("meeting", sa.String(200), nullable=False),
        sa.Column("meeting_on", sa.Date, nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
        sa.Column("noted_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_by", sa.String(80), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime, nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "week_focus",
        sa.Column("focus_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("week", sa.Date, nullable=False, index=True),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("problem", sa.String(40), nullable=False),
        sa.Column("place_id", _ID, sa.ForeignKey("place.place_id"), nullable=True),
        sa.Column("parties", sa.String(80), nullable=False),
        sa.Column("why", sa.String(1000), nullable=False),
        sa.Column("met_on", sa.Date, nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
        sa.Column("noted_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_by", sa.String(80), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime, nullable=True),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for table in ("week_focus", "picture_decision", "picture"):
        op.drop_table(table)
