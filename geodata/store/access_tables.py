"""The register's tables of who may come in: accounts, who is signed in, and tries that failed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table, UniqueConstraint

from geodata.store.tables import ID, METADATA

ACCOUNT = Table(
    "account",
    METADATA,
    Column("account_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("name", String(80), nullable=False),
    Column("role", String(40), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("password_set_at", DateTime, nullable=False),
    UniqueConstraint("municipality_code", "name"),
    sqlite_autoincrement=True,
)
"""A person who may sign in; never removed, since decisions carry the name, but locked."""

SIGNED_IN = Table(
    "signed_in",
    METADATA,
    Column("token_digest", String(64), primary_key=True),
    Column("account_id", ID, ForeignKey("account.account_id"), nullable=False),
    Column("started_at", DateTime, nullable=False),
)
"""One row for each browser that is signed in, by the digest of what it holds; removed when it ends."""

FAILED_TRY = Table(
    "failed_try",
    METADATA,
    Column("municipality_code", String(4), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("who_digest", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", DateTime, nullable=False),
)
"""How often signing in failed for an account's name or from an address, and when last."""
