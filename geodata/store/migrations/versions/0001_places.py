"""Places and their grounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "place",
        sa.Column("place_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("source_key", sa.String(400), nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "place_geometry",
        sa.Column("geometry_id", _ID, primary_key=True),
        sa.Column("place_id", _ID, sa.ForeignKey("place.place_id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("crs", sa.Integer, nullable=False),
        sa.Column("geometry", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("place_id", "version"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("place_geometry")
    op.drop_table("place")
