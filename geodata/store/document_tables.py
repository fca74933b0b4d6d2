"""The register's table of signed documents."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table

from geodata.store.tables import ID, METADATA

PROMISE_DOCUMENT = Table(
    "promise_document",
    METADATA,
    Column("document_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("promise_id", ID, ForeignKey("promise.promise_id"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("media", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("added_by", String(80), nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("removed_by", String(80), nullable=True),
    Column("removed_at", DateTime, nullable=True),
    sqlite_autoincrement=True,
)
"""A document by its digest; the file lies in the workspace, and is gone when no row that holds names it."""
