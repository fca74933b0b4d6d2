"""The register's tables, as SQLAlchemy sees them; migrations make them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

METADATA = MetaData()

# SQLite numbers rows by itself only in a column that is exactly INTEGER.
ID = BigInteger().with_variant(Integer(), "sqlite")
"""How rows are numbered, in every table."""

PLACE = Table(
    "place",
    METADATA,
    Column("place_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("source_key", String(400), nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("named_by", String(80), nullable=True),
    Column("drawn_by", String(80), nullable=True),
    sqlite_autoincrement=True,
)
"""One row a place; ids are never used again. What a person named or drew no import changes."""

PLACE_EVENT = Table(
    "place_event",
    METADATA,
    Column("event_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("place_id", ID, ForeignKey("place.place_id"), nullable=False),
    Column("what", String(40), nullable=False),
    Column("detail", String(400), nullable=False),
    Column("decided_by", String(80), nullable=False),
    Column("decided_at", DateTime, nullable=False),
    sqlite_autoincrement=True,
)
"""What a person did to a place, in the order in which it was done."""

PLACE_GEOMETRY = Table(
    "place_geometry",
    METADATA,
    Column("geometry_id", ID, primary_key=True),
    Column("place_id", ID, ForeignKey("place.place_id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("crs", Integer, nullable=False),
    Column("geometry", LargeBinary, nullable=False),
    Column("created_at", DateTime, nullable=False),
    UniqueConstraint("place_id", "version"),
    sqlite_autoincrement=True,
)
"""Every ground that a place has had (WKB); the highest version holds."""

LOCATION_ANSWER = Table(
    "location_answer",
    METADATA,
    Column("answer_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("phrase_key", String(200), nullable=False),
    Column("phrase", String(200), nullable=False),
    Column("precision", String(40), nullable=False),
    Column("label", String(200), nullable=False),
    Column("x", Float, nullable=True),
    Column("y", Float, nullable=True),
    Column("crs", Integer, nullable=False),
    Column("decided_by", String(80), nullable=False),
    Column("decided_at", DateTime, nullable=False),
    Column("withdrawn_at", DateTime, nullable=True),
    sqlite_autoincrement=True,
)
"""What a person said that a phrase means; no point where it can't be told. The newest not withdrawn holds."""

MERGE_UNDONE = Table(
    "merge_undone",
    METADATA,
    Column("undone_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("observation_id", String(400), nullable=False),
    Column("linked_to", String(400), nullable=False),
    Column("decided_by", String(80), nullable=False),
    Column("decided_at", DateTime, nullable=False),
    Column("withdrawn_at", DateTime, nullable=True),
    sqlite_autoincrement=True,
)
"""Two records that a person said are not one; held at every import until withdrawn."""
