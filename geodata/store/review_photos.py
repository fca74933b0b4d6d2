"""Which photos belong to which review; the files lie in the workspace, see ``photos``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.store.legible import legible
from geodata.store.review_holding import now, require_review
from geodata.store.review_tables import REVIEW_PHOTO

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from geodata.store.photos import KeptPhoto

LONGEST_BY, LONGEST_ITEM = 80, 20
MOST_PHOTOS = 20
"""Photos of one review."""


@dataclass(frozen=True, slots=True)
class PhotoEvent:
    """A photo was ``added`` or ``removed``: by whom, and when (UTC)."""

    what: str
    by: str
    at: datetime


class ReviewPhotos:
    """Photos of a municipality's reviews.

    Every method raises ``StoreError`` (``register_unreadable``) when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code

    def add(
        self,
        review_id: int,
        photo: KeptPhoto,
        *,
        item: str,
        by: str,
        there: Callable[[], object] | None = None,
    ) -> int:
        """Keep that a photo belongs to a review, once; return its id.

        Parameters
        ----------
        item
            What of the checklist it shows; empty for the place as a whole.
        there
            Sees to it that the file is there while nobody can let go of it; where it raises, nothing is kept.

        Raises
        ------
        MissingError
            ``no_review``.
        ParameterError
            ``photos_too_many``.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            require_review(connection, review_id, municipality_code=self._code)
            if there is not None:
                there()
            held = connection.execute(
                select(REVIEW_PHOTO.c.photo_id, REVIEW_PHOTO.c.digest).where(
                    REVIEW_PHOTO.c.review_id == review_id, REVIEW_PHOTO.c.removed_at.is_(None)
                )
            ).all()
            for row in held:
                if row.digest == photo.digest:
                    return int(row.photo_id)
            if len(held) >= MOST_PHOTOS:
                raise ParameterError(
                    "photos_too_many", f"A review has at most {MOST_PHOTOS} photos.", most=MOST_PHOTOS
                )
            made = connection.execute(
                insert(REVIEW_PHOTO)
                .returning(REVIEW_PHOTO.c.photo_id)
                .values(
                    municipality_code=self._code,
                    review_id=review_id,
                    item=item[:LONGEST_ITEM],
                    digest=photo.digest,
                    width=photo.width,
                    height=photo.height,
                    added_by=by[:LONGEST_BY],
                    added_at=now(),
                )
            )
            return int(made.scalar_one())

    def remove(self, photo_id: int, *, by: str) -> None:
        """Let a photo be shown no longer.

        Raises
        ------
        MissingError
            ``no_photo``.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            done = connection.execute(
                update(REVIEW_PHOTO)
                .where(
                    REVIEW_PHOTO.c.municipality_code == self._code,
                    REVIEW_PHOTO.c.photo_id == photo_id,
                    REVIEW_PHOTO.c.removed_at.is_(None),
                )
                .values(removed_by=by[:LONGEST_BY], removed_at=now())
            )
            if not done.rowcount:
                raise MissingError("no_photo", f"There is no photo {photo_id}.", photo_id=photo_id)

    def history(self, review_id: int) -> tuple[PhotoEvent, ...]:
        """Return when photos of a review were added and removed, and by whom, oldest first."""
        query = select(REVIEW_PHOTO).where(
            REVIEW_PHOTO.c.municipality_code == self._code, REVIEW_PHOTO.c.review_id == review_id
        )
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        added = [PhotoEvent("added", row.added_by, row.added_at.replace(tzinfo=UTC)) for row in rows]
        removed = [
            PhotoEvent("removed", row.removed_by, row.removed_at.replace(tzinfo=UTC))
            for row in rows
            if row.removed_at is not None
        ]
        return tuple(sorted([*added, *removed], key=lambda one: one.at))

    def let_go(self, digest: str, drop: Callable[[], None]) -> None:
        """Drop a photo's file where no review shows it; nobody can add one meanwhile."""
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            if digest not in self._shown(connection):
                drop()

    def _shown(self, connection: Connection) -> frozenset[str]:
        query = select(REVIEW_PHOTO.c.digest).where(
            REVIEW_PHOTO.c.municipality_code == self._code, REVIEW_PHOTO.c.removed_at.is_(None)
        )
        return frozenset(connection.scalars(query))
