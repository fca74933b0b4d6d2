"""What people do to places: name, draw, split, join and retire them; history stays.

Every change names the revision of the place that the person saw. When somebody else changed it in between
nothing happens, and the person is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import shapely
from sqlalchemy import Connection, insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.store.grounds import draw, newest
from geodata.store.legible import legible
from geodata.store.tables import PLACE, PLACE_EVENT

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from geodata.schema import PlaceKind

LONGEST_NAME = 200
LONGEST_DETAIL = 400
LONGEST_BY = 80


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """A place as a person saw it when deciding: its id and its revision."""

    place_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class PlaceEvent:
    """What a person did to a place: renamed, drawn, split, joined, retired or restored it.

    `detail` holds names and ids, never words of a record.
    """

    place_id: int
    what: str
    detail: str
    decided_by: str
    decided_at: datetime


class PlaceEdits:
    """A municipality's decisions on its places.

    Every method raises ``StoreError`` (``register_unreadable``) when the database can't be used,
    ``MissingError`` (``no_place``), and ``ParameterError`` (``place_changed``) when the place is no longer as
    it was seen.
    """

    def __init__(self, database: Engine, *, municipality_code: str, working_crs: int) -> None:
        self._engine = database
        self._code = municipality_code
        self._crs = working_crs

    def add(self, kind: PlaceKind, name: str, ground: shapely.Geometry, *, by: str) -> int:
        """Make a place that a person drew; return its id. No import changes or removes it.

        Parameters
        ----------
        ground
            In the working CRS.

        Raises
        ------
        ParameterError
            ``place_name_empty``, ``place_ground_wrong``.
        """
        name = _named(name)
        _checked(ground)
        now = _now()
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            row = connection.execute(
                insert(PLACE)
                .returning(PLACE.c.place_id)
                .values(
                    municipality_code=self._code,
                    kind=str(kind),
                    name=name,
                    source_key=f"drawn:{uuid4().hex}",
                    retired=False,
                    created_at=now,
                    named_by=by[:LONGEST_BY],
                    drawn_by=by[:LONGEST_BY],
                )
            )
            place_id = int(row.scalar_one())
            draw(connection, place_id, ground, crs=self._crs, now=now)
            self._note(connection, place_id, "made", "", by)
        return place_id

    def rename(self, seen: PlaceSeen, name: str, *, by: str) -> None:
        """Give a place a name that no import changes.

        Raises
        ------
        ParameterError
            ``place_name_empty``.
        """
        name = _named(name)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            before = self._change(connection, seen, name=name, named_by=by[:LONGEST_BY])
            self._note(connection, seen.place_id, "renamed", f"{before.name} → {name}", by)

    def draw(self, seen: PlaceSeen, ground: shapely.Geometry, *, by: str) -> None:
        """Give a place a ground, in the working CRS, that no import changes.

        Raises
        ------
        ParameterError
            ``place_ground_wrong`` when it is no valid area.
        """
        _checked(ground)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            self._change(connection, seen, drawn_by=by[:LONGEST_BY])
            draw(connection, seen.place_id, ground, crs=self._crs, now=_now())
            self._note(connection, seen.place_id, "drawn", "", by)

    def retire(self, seen: PlaceSeen, *, by: str) -> None:
        """Take a place out of use; it stays with its history."""
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            self._change(connection, seen, retired=True)
            self._note(connection, seen.place_id, "retired", "", by)

    def restore(self, seen: PlaceSeen, *, by: str) -> None:
        """Take a retired place into use again."""
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            self._change(connection, seen, retired=False)
            self._note(connection, seen.place_id, "restored", "", by)

    def join(self, seen: PlaceSeen, other: PlaceSeen, *, by: str) -> None:
        """Make one place of two: the first takes the other's ground, the other is retired.

        Raises
        ------
        ParameterError
            ``places_same``.
        """
        if seen.place_id == other.place_id:
            raise ParameterError("places_same", "A place can't be joined with itself.")
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            self._change(connection, seen, drawn_by=by[:LONGEST_BY])
            joined = self._change(connection, other, retired=True)
            ground = shapely.union(newest(connection, seen.place_id), newest(connection, other.place_id))
            draw(connection, seen.place_id, ground, crs=self._crs, now=_now())
            self._note(connection, seen.place_id, "joined", f"{joined.name} ({other.place_id})", by)
            self._note(connection, other.place_id, "joined", f"({seen.place_id})", by)

    def split(self, seen: PlaceSeen, part: shapely.Geometry, name: str, *, by: str) -> int:
        """Make a place of its own of the part of a place that lies on some ground; return its id.

        Raises
        ------
        ParameterError
            ``place_name_empty``; ``place_ground_wrong`` when the ground leaves nothing on one side.
        """
        name = _named(name)
        now = _now()
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            before = self._change(connection, seen, drawn_by=by[:LONGEST_BY])
            whole = newest(connection, seen.place_id)
            for ground in (
                inside := shapely.intersection(whole, part),
                rest := shapely.difference(whole, part),
            ):
                _checked(ground)
            draw(connection, seen.place_id, rest, crs=self._crs, now=now)
            row = connection.execute(
                insert(PLACE)
                .returning(PLACE.c.place_id)
                .values(
                    municipality_code=self._code,
                    kind=before.kind,
                    name=name,
                    source_key=f"split:{seen.place_id}:{seen.revision}",
                    retired=False,
                    created_at=now,
                    named_by=by[:LONGEST_BY],
                    drawn_by=by[:LONGEST_BY],
                )
            )
            place_id = int(row.scalar_one())
            draw(connection, place_id, inside, crs=self._crs, now=now)
            self._note(connection, seen.place_id, "split", f"{name} ({place_id})", by)
            self._note(connection, place_id, "split", f"{before.name} ({seen.place_id})", by)
        return place_id

    def history(self, place_id: int) -> tuple[PlaceEvent, ...]:
        """Return what people did to a place, oldest first."""
        query = (
            select(PLACE_EVENT)
            .where(PLACE_EVENT.c.municipality_code == self._code, PLACE_EVENT.c.place_id == place_id)
            .order_by(PLACE_EVENT.c.event_id)
        )
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            PlaceEvent(row.place_id, row.what, row.detail, row.decided_by, row.decided_at.replace(tzinfo=UTC))
            for row in rows
        )

    def _change(self, connection: Connection, seen: PlaceSeen, **values: Any) -> Any:
        """Change a place that is still as it was seen; return its row as it was."""
        mine = (PLACE.c.place_id == seen.place_id) & (PLACE.c.municipality_code == self._code)
        before = connection.execute(select(PLACE).where(mine)).one_or_none()
        if before is None:
            raise MissingError("no_place", f"There is no place {seen.place_id}.", place_id=seen.place_id)
        done = connection.execute(
            update(PLACE)
            .where(mine, PLACE.c.revision == seen.revision)
            .values(revision=seen.revision + 1, **values)
        )
        if not done.rowcount:
            raise ParameterError(
                "place_changed",
                f"{before.name} was changed by somebody else; look at it again.",
                place=before.name,
            )
        return before

    def _note(self, connection: Connection, place_id: int, what: str, detail: str, by: str) -> None:
        connection.execute(
            insert(PLACE_EVENT).values(
                municipality_code=self._code,
                place_id=place_id,
                what=what,
                detail=detail[:LONGEST_DETAIL],
                decided_by=by[:LONGEST_BY],
                decided_at=_now(),
            )
        )


def _named(name: str) -> str:
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise ParameterError("place_name_empty", "A place needs a name.")
    return name


def _checked(ground: shapely.Geometry) -> None:
    if shapely.area(ground) <= 0 or not shapely.is_valid(ground):
        raise ParameterError(
            "place_ground_wrong", "A place needs an area whose outline does not cross itself."
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
