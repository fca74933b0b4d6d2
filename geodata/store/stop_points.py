"""Where a car can stop safely at a place: said by a person who knows it, used by the plan's stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, String, Table, insert, select, update

from geodata.crs import to_working
from geodata.errors import MissingError, ParameterError
from geodata.store.legible import legible
from geodata.store.tables import ID, METADATA, PLACE

if TYPE_CHECKING:
    from sqlalchemy import Engine

STOP_POINT = Table(
    "stop_point",
    METADATA,
    Column("stop_id", ID, primary_key=True),
    Column("municipality_code", String(4), nullable=False),
    Column("place_id", ID, ForeignKey("place.place_id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("crs", Integer, nullable=False),
    Column("set_by", String(80), nullable=False),
    Column("set_at", DateTime, nullable=False),
    Column("withdrawn_by", String(80), nullable=True),
    Column("withdrawn_at", DateTime, nullable=True),
    sqlite_autoincrement=True,
)
"""A point where one can stop; withdrawn, never removed."""

LONGEST_NAME, LONGEST_BY = 200, 80
FARTHEST_M = 500.0
"""A point farther from its place than this is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class StopPoint:
    """A point where one can stop safely.

    Attributes
    ----------
    name
        In words, "Parkeringen vid idrottshallen"; empty where none are given.
    x, y
        Metres east and north in the working CRS.
    set_by, set_at
        Who said so, and when (UTC).
    """

    stop_id: int
    place_id: int
    name: str
    x: float
    y: float
    set_by: str
    set_at: datetime


class StopPoints:
    """A municipality's stop points.

    Every method raises ``StoreError`` (``register_unreadable``) when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str, working_crs: int) -> None:
        self._engine = database
        self._code = municipality_code
        self._crs = working_crs

    def all(self) -> tuple[StopPoint, ...]:
        """Return the points that hold, by id."""
        query = (
            select(STOP_POINT)
            .where(STOP_POINT.c.municipality_code == self._code, STOP_POINT.c.withdrawn_at.is_(None))
            .order_by(STOP_POINT.c.stop_id)
        )
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        found = []
        for row in rows:
            x, y = row.x, row.y
            if row.crs != self._crs:
                east, north = to_working([x], [y], source=row.crs, working=self._crs)
                x, y = float(east[0]), float(north[0])
            at = row.set_at.replace(tzinfo=UTC)
            found.append(StopPoint(row.stop_id, row.place_id, row.name, x, y, row.set_by, at))
        return tuple(found)

    def at(self, place_id: int) -> tuple[StopPoint, ...]:
        """Return the points of one place."""
        return tuple(one for one in self.all() if one.place_id == place_id)

    def add(self, place_id: int, point: tuple[float, float], name: str, *, metres_off: float, by: str) -> int:
        """Say that one can stop at a point; return its id.

        Parameters
        ----------
        point
            Metres east and north in the working CRS.
        metres_off
            How far it lies from the place's ground.

        Raises
        ------
        MissingError
            ``no_place``.
        ParameterError
            ``stop_too_far``.
        """
        if metres_off > FARTHEST_M:
            raise ParameterError(
                "stop_too_far",
                f"The point lies {metres_off:.0f} m from the place; {FARTHEST_M:.0f} m at most.",
                metres=round(metres_off),
                most=int(FARTHEST_M),
            )
        ours = (PLACE.c.place_id == place_id) & (PLACE.c.municipality_code == self._code)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            if connection.scalar(select(PLACE.c.place_id).where(ours)) is None:
                raise MissingError("no_place", f"There is no place {place_id}.", place_id=place_id)
            row = connection.execute(
                insert(STOP_POINT)
                .returning(STOP_POINT.c.stop_id)
                .values(
                    municipality_code=self._code,
                    place_id=place_id,
                    name=" ".join(name.split())[:LONGEST_NAME],
                    x=point[0],
                    y=point[1],
                    crs=self._crs,
                    set_by=by[:LONGEST_BY],
                    set_at=_now(),
                )
            )
            return int(row.scalar_one())

    def withdraw(self, stop_id: int, *, by: str) -> None:
        """Say that one can't stop there any longer.

        Raises
        ------
        MissingError
            ``no_stop``.
        """
        holds = (STOP_POINT.c.stop_id == stop_id) & STOP_POINT.c.withdrawn_at.is_(None)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            done = connection.execute(
                update(STOP_POINT)
                .where(holds, STOP_POINT.c.municipality_code == self._code)
                .values(withdrawn_by=by[:LONGEST_BY], withdrawn_at=_now())
            )
            if not done.rowcount:
                raise MissingError("no_stop", f"There is no stop point {stop_id}.", stop_id=stop_id)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
