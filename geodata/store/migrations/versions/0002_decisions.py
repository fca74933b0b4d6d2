"""What people decide about phrases and about records taken for one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "location_answer",
        sa.Column("answer_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("phrase_key", sa.String(200), nullable=False),
        sa.Column("phrase", sa.String(200), nullable=False),
        sa.Column("precision", sa.String(40), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("x", sa.Float, nullable=True),
        sa.Column("y", sa.Float, nullable=True),
        sa.Column("crs", sa.Integer, nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime, nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "merge_undone",
        sa.Column("undone_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("observation_id", sa.String(400), nullable=False),
        sa.Column("linked_to", sa.String(400), nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime, nullable=True),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("merge_undone")
    op.drop_table("location_answer")
