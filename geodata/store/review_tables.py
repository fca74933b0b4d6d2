"""The register's tables of traffic-environment reviews: findings, photos, measures and how far these came."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from geodata.store.tables import ID, METADATA

REVIEW = Table(
    "review",
    METADATA,
    Column("review_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("entry_key", String(64), nullable=False),
    Column("place_id", ID, ForeignKey("place.place_id"), nullable=True),
    Column("x", Float, nullable=True),
    Column("y", Float, nullable=True),
    Column("crs", Integer, nullable=False),
    Column("reviewed_on", Date, nullable=False),
    Column("season", String(20), nullable=False),
    Column("light", String(20), nullable=False),
    Column("parties", String(80), nullable=False),
    Column("with_whom", String(200), nullable=False),
    Column("road_keeper", String(20), nullable=True),
    Column("result", String(20), nullable=False),
    Column("note", String(2000), nullable=False),
    Column("checks", String(400), nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("withdrawn_by", String(80), nullable=True),
    Column("withdrawn_at", DateTime, nullable=True),
    UniqueConstraint("municipality_code", "entry_key"),
    sqlite_autoincrement=True,
)
"""One review; `checks` as ``sight:lacking crossing:good``. It is withdrawn, never removed."""

REVIEW_FINDING = Table(
    "review_finding",
    METADATA,
    Column("finding_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("review_id", ID, ForeignKey("review.review_id"), nullable=False),
    Column("item", String(20), nullable=False),
    Column("text", String(1000), nullable=False),
    Column("x", Float, nullable=True),
    Column("y", Float, nullable=True),
    sqlite_autoincrement=True,
)
"""What was found; its point is in the review's CRS."""

REVIEW_PHOTO = Table(
    "review_photo",
    METADATA,
    Column("photo_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("review_id", ID, ForeignKey("review.review_id"), nullable=False),
    Column("item", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("added_by", String(80), nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("removed_by", String(80), nullable=True),
    Column("removed_at", DateTime, nullable=True),
    sqlite_autoincrement=True,
)
"""A photo by its digest; the file lies in the workspace, and is gone when no row that holds names it."""

MEASURE = Table(
    "review_measure",
    METADATA,
    Column("measure_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("review_id", ID, ForeignKey("review.review_id"), nullable=False),
    Column("text", String(400), nullable=False),
    Column("responsible", String(200), nullable=False),
    Column("cost", Integer, nullable=True),
    sqlite_autoincrement=True,
)
"""What is to be done; cost in whole kronor."""

MEASURE_STATUS = Table(
    "review_measure_status",
    METADATA,
    Column("status_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("measure_id", ID, ForeignKey("review_measure.measure_id"), nullable=False),
    Column("status", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("decided_by", String(80), nullable=False),
    Column("decided_at", DateTime, nullable=False),
    sqlite_autoincrement=True,
)
"""Every status that a measure has had; the newest row holds."""

REVIEW_CHANGE = Table(
    "review_change",
    METADATA,
    Column("change_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("review_id", ID, ForeignKey("review.review_id"), nullable=False),
    Column("fields", Text, nullable=False),
    Column("changed_by", String(80), nullable=False),
    Column("changed_at", DateTime, nullable=False),
    sqlite_autoincrement=True,
)
"""What was changed in a review at once: `fields` as JSON, [[field, before, after], …]."""
