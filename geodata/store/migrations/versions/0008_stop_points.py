"""Where a car can stop safely at a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stop_point",
        sa.Column("stop_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("place_id", _ID, sa.ForeignKey("place.place_id"), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("x", sa.Float, nullable=False),
        sa.Column("y", sa.Float, nullable=False),
        sa.Column("crs", sa.Integer, nullable=False),
        sa.Column("set_by", sa.String(80), nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_by", sa.String(80), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime, nullable=True),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("stop_point")
