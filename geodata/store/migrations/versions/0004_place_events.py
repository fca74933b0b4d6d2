"""What people decide about places: names, grounds, places split, joined and retired."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NO = sa.text("0")


def upgrade() -> None:
    op.add_column("place", sa.Column("revision", sa.Integer, nullable=False, server_default=_NO))
    op.add_column("place", sa.Column("named_by", sa.String(80), nullable=True))
    op.add_column("place", sa.Column("drawn_by", sa.String(80), nullable=True))
    op.create_table(
        "place_event",
        sa.Column("event_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("place_id", _ID, sa.ForeignKey("place.place_id"), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(400), nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("place_event")
    for column in ("revision", "named_by", "drawn_by"):
        op.drop_column("place", column)
