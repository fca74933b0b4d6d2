"""The register's tables of saved pictures, what was chosen from them, and the focus of weeks."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from geodata.store.tables import ID, METADATA

PICTURE = Table(
    "picture",
    METADATA,
    Column("picture_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("key", String(80), nullable=False),
    Column("name", String(200), nullable=False),
    Column("snapshot_id", String(80), nullable=False),
    Column("figures", Text, nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("withdrawn_by", String(80), nullable=True),
    Column("withdrawn_at", DateTime, nullable=True),
    Column("withdrawn_why", String(400), nullable=True),
    UniqueConstraint("municipality_code", "key"),
    sqlite_autoincrement=True,
)
"""One row a picture, never changed: `figures` is JSON, the picture as it stood with every number.

One of which nothing was decided can be withdrawn; its key stays taken.
"""

PICTURE_DECISION = Table(
    "picture_decision",
    METADATA,
    Column("decision_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("picture_id", ID, ForeignKey("picture.picture_id"), nullable=False, index=True),
    Column("problem", String(40), nullable=False),
    Column("chosen", Boolean, nullable=False),
    Column("why", String(1000), nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("meeting", String(200), nullable=False),
    Column("meeting_on", Date, nullable=False),
    Column("noted_by", String(80), nullable=False),
    Column("noted_at", DateTime, nullable=False),
    Column("withdrawn_by", String(80), nullable=True),
    Column("withdrawn_at", DateTime, nullable=True),
    sqlite_autoincrement=True,
)
"""A problem chosen or left aside; of each problem of a picture the one that is not withdrawn holds."""

WEEK_FOCUS = Table(
    "week_focus",
    METADATA,
    Column("focus_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("week", Date, nullable=False, index=True),
    Column("what", String(200), nullable=False),
    Column("problem", String(40), nullable=False),
    Column("place_id", ID, ForeignKey("place.place_id"), nullable=True),
    Column("parties", String(80), nullable=False),
    Column("why", String(1000), nullable=False),
    Column("met_on", Date, nullable=False),
    Column("noted_by", String(80), nullable=False),
    Column("noted_at", DateTime, nullable=False),
    Column("withdrawn_by", String(80), nullable=True),
    Column("withdrawn_at", DateTime, nullable=True),
    sqlite_autoincrement=True,
)
"""What a weekly meeting set for a week, named by its Monday."""
