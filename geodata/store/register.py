"""The register: what people decide, what keeps its identity and who may come in, beside the snapshots."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import shapely
from sqlalchemy import func, insert, select, update

from geodata.places.identity import match
from geodata.places.place import Place
from geodata.schema import PlaceKind
from geodata.store.accounts import Accounts
from geodata.store.action_plans import ActionPlans
from geodata.store.connection import engine, sqlite_url
from geodata.store.decisions import Decisions
from geodata.store.dialogues import Dialogues
from geodata.store.grounds import draw
from geodata.store.legible import REGISTER_FILE, legible
from geodata.store.log import Log
from geodata.store.measures import Measures
from geodata.store.pictures import Pictures
from geodata.store.place_edits import PlaceEdits
from geodata.store.plans import Plans
from geodata.store.promise_documents import PromiseDocuments
from geodata.store.promises import Promises
from geodata.store.review_edits import ReviewEdits
from geodata.store.review_photos import ReviewPhotos
from geodata.store.reviews import Reviews
from geodata.store.stop_points import StopPoints
from geodata.store.tables import PLACE, PLACE_GEOMETRY
from geodata.store.throttle import Throttle
from geodata.store.upgrading import upgrade
from geodata.store.week_focus import WeekFocus
from geodata.store.whole import storing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from geodata.places.place import PlaceCandidate
    from geodata.store.throttle import Patience


class Register:
    """One workspace's register.

    Parameters
    ----------
    folder
        The workspace's ``store/`` folder; it is made when it is missing.
    municipality_code
        SCB's four digits; stands on every row.
    working_crs
        EPSG code that the places' geometry is kept in.

    Raises
    ------
    StoreError
        ``register_unreadable``, from every method too, when the file is damaged or of a newer version;
        ``register_busy`` when another program keeps it locked, ``register_refused`` when there is no room for
        it or it may not be written.

    Attributes
    ----------
    decisions
        What people decided about phrases and merges.
    edits
        What people decided about places.
    reviews, review_edits, review_photos, measures
        Traffic-environment reviews, what was corrected in them, and what came of them.
    stops
        Where a car can stop safely at a place.
    accounts
        Who may sign in, and who has.
    log
        What was done.
    promises, promise_documents, action_plans
        What was promised, its signed documents, and who is to do what by when.
    plans
        Plans and their slots.
    dialogues
        Where and when people are asked, and whether the result was given back.
    pictures, week_focus
        Saved pictures with what was chosen from them, and what weekly meetings set.
    """

    def __init__(self, folder: Path, *, municipality_code: str, working_crs: int) -> None:
        with storing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self._engine = engine(sqlite_url(folder / REGISTER_FILE))
        self._code = municipality_code
        self._crs = working_crs
        with legible():
            upgrade(self._engine)
        self.edits = PlaceEdits(self._engine, municipality_code=municipality_code, working_crs=working_crs)
        self.decisions = Decisions(self._engine, municipality_code=municipality_code, working_crs=working_crs)
        self.reviews = Reviews(self._engine, municipality_code=municipality_code, working_crs=working_crs)
        self.review_edits = ReviewEdits(
            self._engine, municipality_code=municipality_code, working_crs=working_crs
        )
        self.review_photos = ReviewPhotos(self._engine, municipality_code=municipality_code)
        self.measures = Measures(self._engine, municipality_code=municipality_code)
        self.stops = StopPoints(self._engine, municipality_code=municipality_code, working_crs=working_crs)
        self.accounts = Accounts(self._engine, municipality_code=municipality_code)
        self.promises = Promises(self._engine, municipality_code=municipality_code)
        self.promise_documents = PromiseDocuments(self._engine, municipality_code=municipality_code)
        self.action_plans = ActionPlans(self._engine, municipality_code=municipality_code)
        self.log = Log(self._engine, municipality_code=municipality_code, working_crs=working_crs)
        self.dialogues = Dialogues(self._engine, municipality_code=municipality_code)
        self.plans = Plans(self._engine, municipality_code=municipality_code, working_crs=working_crs)
        self.pictures = Pictures(self._engine, municipality_code=municipality_code)
        self.week_focus = WeekFocus(self._engine, municipality_code=municipality_code)

    def close(self) -> None:
        """Let go of the database file."""
        self._engine.dispose()

    def throttle(self, patience: Mapping[str, Patience]) -> Throttle:
        """Return how often signing in failed, and how long one has to wait for it."""
        return Throttle(self._engine, municipality_code=self._code, patience=patience)

    def version(self) -> int:
        """Return a number that changes when a place is added, renamed, redrawn or retired.

        It is compared within one process and never kept.
        """
        with legible(), self._engine.connect() as connection:
            places = connection.execute(select(PLACE).order_by(PLACE.c.place_id)).all()
            drawn = connection.scalar(select(func.max(PLACE_GEOMETRY.c.geometry_id)))
        return hash((tuple(tuple(place) for place in places), drawn))

    def places(self) -> tuple[Place, ...]:
        """Return every place with its newest ground, retired ones too, by id."""
        with legible(), self._engine.connect() as connection:
            return self._places(connection)

    def propose(
        self, candidates: Sequence[PlaceCandidate], *, publish: Callable[[], None] | None = None
    ) -> tuple[Place, ...]:
        """Match the candidates of an import to places and add those that are new.

        A matched place takes the candidate's name and source key, and a new version of its ground when
        that changed. No place disappears because an import did not bring it.

        Parameters
        ----------
        candidates
            What the layers show.
        publish
            Called when everything is written and nothing committed: what it raises leaves the register as it
            was, and a register that can't be written is found before anything is published.

        Returns
        -------
        tuple of Place
            Every place, by id.
        """
        now = datetime.now(UTC).replace(tzinfo=None)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            known = match(candidates, self._places(connection))
            for number, candidate in enumerate(candidates):
                place = known.get(number)
                if place is None:
                    self._add(connection, candidate, now)
                else:
                    self._follow(connection, place, candidate, now)
            places = self._places(connection)
            if publish is not None:
                publish()
            return places

    def _places(self, connection: Connection) -> tuple[Place, ...]:
        newest = (
            select(PLACE_GEOMETRY.c.place_id, func.max(PLACE_GEOMETRY.c.version).label("version"))
            .group_by(PLACE_GEOMETRY.c.place_id)
            .subquery()
        )
        query = (
            select(PLACE, PLACE_GEOMETRY.c.geometry)
            .join(newest, newest.c.place_id == PLACE.c.place_id)
            .join(
                PLACE_GEOMETRY,
                (PLACE_GEOMETRY.c.place_id == newest.c.place_id)
                & (PLACE_GEOMETRY.c.version == newest.c.version),
            )
            .where(PLACE.c.municipality_code == self._code)
            .order_by(PLACE.c.place_id)
        )
        return tuple(
            Place(
                place_id=row.place_id,
                kind=PlaceKind(row.kind),
                name=row.name,
                geometry=shapely.from_wkb(row.geometry),
                source_key=row.source_key,
                retired=row.retired,
                revision=row.revision,
            )
            for row in connection.execute(query)
        )

    def _add(self, connection: Connection, candidate: PlaceCandidate, now: datetime) -> None:
        place_id = connection.scalar(
            insert(PLACE)
            .returning(PLACE.c.place_id)
            .values(
                municipality_code=self._code,
                kind=str(candidate.kind),
                name=candidate.name,
                source_key=candidate.source_key,
                retired=False,
                created_at=now,
            )
        )
        draw(connection, place_id, candidate.geometry, crs=self._crs, now=now)

    def _follow(self, connection: Connection, place: Place, candidate: PlaceCandidate, now: datetime) -> None:
        """Take the candidate's name, key and ground, but for what a person named or drew."""
        told = connection.execute(
            select(PLACE.c.named_by, PLACE.c.drawn_by).where(PLACE.c.place_id == place.place_id)
        ).one()
        name = candidate.name if told.named_by is None else place.name
        if (place.name, place.source_key) != (name, candidate.source_key):
            connection.execute(
                update(PLACE)
                .where(PLACE.c.place_id == place.place_id)
                .values(name=name, source_key=candidate.source_key)
            )
        if told.drawn_by is None and not shapely.equals_exact(
            place.geometry, candidate.geometry, tolerance=0.01, normalize=True
        ):
            draw(connection, place.place_id, candidate.geometry, crs=self._crs, now=now)
