"""The register's tables of dialogues: what is planned and how far each has come, in every version."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from geodata.store.tables import ID, METADATA

DIALOGUE = Table(
    "dialogue",
    METADATA,
    Column("dialogue_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("key", String(80), nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("created_at", DateTime, nullable=False),
    UniqueConstraint("municipality_code", "key"),
    sqlite_autoincrement=True,
)
"""One row a dialogue; what it says stands in its versions."""

DIALOGUE_VERSION = Table(
    "dialogue_version",
    METADATA,
    Column("version_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("dialogue_id", ID, ForeignKey("dialogue.dialogue_id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", String(40), nullable=False),
    Column("about", String(80), nullable=False),
    Column("state", String(40), nullable=False),
    Column("document", Text, nullable=False),
    Column("course", Text, nullable=False),
    Column("why", String(400), nullable=False),
    Column("changed_by", String(80), nullable=False),
    Column("changed_at", DateTime, nullable=False),
    UniqueConstraint("dialogue_id", "version"),
    sqlite_autoincrement=True,
)
"""Every step that a dialogue took: what was planned and how far it had come then (JSON); the highest holds.

`about` is the occasion's key, or to whom the result was given."""
