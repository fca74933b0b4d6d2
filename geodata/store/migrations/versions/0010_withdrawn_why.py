"""Why an entry of the log was withdrawn, and what a slot was before it was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("log_entry", sa.Column("withdrawn_why", sa.String(400), nullable=True))
    op.add_column("slot", sa.Column("status_before", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("slot", "status_before")
    op.drop_column("log_entry", "withdrawn_why")
