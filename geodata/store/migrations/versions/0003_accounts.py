"""Who may sign in, who has, and tries that failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("account_id", _ID, primary_key=True),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("locked", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("password_set_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("municipality_code", "name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "signed_in",
        sa.Column("token_digest", sa.String(64), primary_key=True),
        sa.Column("account_id", _ID, sa.ForeignKey("account.account_id"), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "failed_try",
        sa.Column("municipality_code", sa.String(4), primary_key=True),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("who_digest", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("failed_try")
    op.drop_table("signed_in")
    op.drop_table("account")
