"""A picture that was saved by mistake: who took it back, when and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("picture", sa.Column("withdrawn_by", sa.String(80), nullable=True))
    op.add_column("picture", sa.Column("withdrawn_at", sa.DateTime, nullable=True))
    op.add_column("picture", sa.Column("withdrawn_why", sa.String(400), nullable=True))


def downgrade() -> None:
    op.drop_column("picture", "withdrawn_why")
    op.drop_column("picture", "withdrawn_at")
    op.drop_column("picture", "withdrawn_by")
