"""The grounds of places in the register: every version stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from sqlalchemy import func, insert, select

from geodata.store.tables import PLACE_GEOMETRY

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def draw(
    connection: Connection, place_id: int | None, geometry: shapely.Geometry, *, crs: int, now: datetime
) -> None:
    """Add a version of a place's ground."""
    last = connection.scalar(
        select(func.max(PLACE_GEOMETRY.c.version)).where(PLACE_GEOMETRY.c.place_id == place_id)
    )
    connection.execute(
        insert(PLACE_GEOMETRY).values(
            place_id=place_id,
            version=(last or 0) + 1,
            crs=crs,
            geometry=shapely.to_wkb(geometry),
            created_at=now,
        )
    )


def newest(connection: Connection, place_id: int) -> shapely.Geometry:
    """Return the ground of a place that holds."""
    query = (
        select(PLACE_GEOMETRY.c.geometry)
        .where(PLACE_GEOMETRY.c.place_id == place_id)
        .order_by(PLACE_GEOMETRY.c.version.desc())
    )
    return shapely.from_wkb(connection.execute(query).scalars().first())
