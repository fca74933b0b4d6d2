"""The register's tables of plans and their slots; migrations make them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Float, ForeignKey, Integer, String, Table, Text, text

from geodata.store.tables import ID, METADATA

PLAN = Table(
    "plan",
    METADATA,
    Column("plan_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("basis", String(40), nullable=False),
    Column("seed", Integer, nullable=False),
    *(
        Column(name, Float, nullable=True)
        for name in ("covered", "low", "high", "bound", "greedy", "random", "whole")
    ),
    Column("made_by", String(80), nullable=False),
    Column("made_at", DateTime, nullable=False),
    sqlite_autoincrement=True,
)
"""One row each time that a plan was made; the newest over a day holds. Figures are empty for a rotation."""

SLOT = Table(
    "slot",
    METADATA,
    Column("slot_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("plan_id", ID, ForeignKey("plan.plan_id"), nullable=False),
    Column("place_id", ID, ForeignKey("place.place_id"), nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("from_minute", Integer, nullable=False),
    Column("to_minute", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("car", String(40), nullable=False),
    Column("parties", String(80), nullable=False),
    Column("stand_name", String(200), nullable=True),
    Column("stand_x", Float, nullable=True),
    Column("stand_y", Float, nullable=True),
    Column("stand_is_safe_stop", Boolean, nullable=False, server_default=text("0")),
    Column("crs", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("harm", Float, nullable=True),
    Column("locked", Boolean, nullable=False, server_default=text("0")),
    Column("status", String(40), nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("changed_by", String(80), nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("status_before", String(40), nullable=True),
    sqlite_autoincrement=True,
)
"""What is to be done; a slot that a newer plan has no use for is cancelled, never removed: a telephone may
hold it still. `status_before` is what a slot was before it was done, while it is.
`why` is JSON: reasons as [code, [[name, value], …]]."""
