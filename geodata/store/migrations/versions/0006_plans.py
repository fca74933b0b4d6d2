"""Plans and their slots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NO = sa.text("0")


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("plan_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Float, nullable=True)
            for name in ("covered", "low", "high", "bound", "greedy", "random", "whole")
        ),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "slot",
        sa.Column("slot_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("plan_id", _ID, sa.ForeignKey("plan.plan_id"), nullable=False),
        sa.Column("place_id", _ID, sa.ForeignKey("place.place_id"), nullable=False),
        sa.Column("day", sa.Date, nullable=False, index=True),
        sa.Column("from_minute", sa.Integer, nullable=False),
        sa.Column("to_minute", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("car", sa.String(40), nullable=False),
        sa.Column("parties", sa.String(80), nullable=False),
        sa.Column("stand_name", sa.String(200), nullable=True),
        sa.Column("stand_x", sa.Float, nullable=True),
        sa.Column("stand_y", sa.Float, nullable=True),
        sa.Column("stand_is_safe_stop", sa.Boolean, nullable=False, server_default=_NO),
        sa.Column("crs", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("harm", sa.Float, nullable=True),
        sa.Column("locked", sa.Boolean, nullable=False, server_default=_NO),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, server_default=_NO),
        sa.Column("changed_by", sa.String(80), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("slot")
    op.drop_table("plan")
