"""Traffic-environment reviews, their findings, photos and measures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NO = sa.text("0")


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("review_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("entry_key", sa.String(64), nullable=False),
        sa.Column("place_id", _ID, sa.ForeignKey("place.place_id"), nullable=True),
        sa.Column("x", sa.Float, nullable=True),
        sa.Column("y", sa.Float, nullable=True),
        sa.Column("crs", sa.Integer, nullable=False),
        sa.Column("reviewed_on", sa.Date, nullable=False),
        sa.Column("season", sa.String(20), nullable=False),
        sa.Column("light", sa.String(20), nullable=False),
        sa.Column("parties", sa.String(80), nullable=False),
        sa.Column("with_whom", sa.String(200), nullable=False),
        sa.Column("road_keeper", sa.String(20), nullable=True),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("checks", sa.String(400), nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, server_default=_NO),
        sa.Column("withdrawn_by", sa.String(80), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime, nullable=True),
        sa.UniqueConstraint("municipality_code", "entry_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "review_finding",
        sa.Column("finding_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("review_id", _ID, sa.ForeignKey("review.review_id"), nullable=False),
        sa.Column("item", sa.String(20), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("x", sa.Float, nullable=True),
        sa.Column("y", sa.Float, nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "review_photo",
        sa.Column("photo_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("review_id", _ID, sa.ForeignKey("review.review_id"), nullable=False),
        sa.Column("item", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("added_by", sa.String(80), nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("removed_by", sa.String(80), nullable=True),
        sa.Column("removed_at", sa.DateTime, nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "review_measure",
        sa.Column("measure_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("review_id", _ID, sa.ForeignKey("review.review_id"), nullable=False),
        sa.Column("text", sa.String(400), nullable=False),
        sa.Column("responsible", sa.String(200), nullable=False),
        sa.Column("cost", sa.Integer, nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "review_measure_status",
        sa.Column("status_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("measure_id", _ID, sa.ForeignKey("review_measure.measure_id"), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for table in ("review_measure_status", "review_measure", "review_photo", "review_finding", "review"):
        op.drop_table(table)
