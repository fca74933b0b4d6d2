"""Reviews corrected after they were kept: who, when, and what stood there before.

A correction names the revision that the person saw. When somebody else changed the review in between nothing
happens, and the person is told.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.reviews.change import FieldChange, ReviewChange, fields_of
from geodata.reviews.review import season_of
from geodata.store.legible import legible
from geodata.store.review_checks import checked_review
from geodata.store.review_holding import no_review, now, today
from geodata.store.review_rows import read_reviews
from geodata.store.review_tables import REVIEW, REVIEW_CHANGE, REVIEW_FINDING
from geodata.store.tables import PLACE

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from geodata.reviews.review import Review, ReviewDraft

LONGEST_BY = 80
SAME_POINT_M = 0.5
"""A point that travelled to a telephone and back in degrees is the same when it lies as near."""


class ReviewEdits:
    """Corrections of a municipality's reviews.

    Every method raises ``StoreError`` (``register_unreadable``) when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str, working_crs: int) -> None:
        self._engine = database
        self._code = municipality_code
        self._crs = working_crs

    def correct(
        self, review_id: int, draft: ReviewDraft, *, revision: int, by: str
    ) -> tuple[FieldChange, ...]:
        """Let a review say what a draft says, but for its measures; return what that changed.

        Parameters
        ----------
        draft
            The review as it should be; its key and measures are not looked at.
        revision
            Of the review as it was seen.

        Raises
        ------
        MissingError
            ``no_review``, ``no_place``.
        ParameterError
            ``review_changed``; what ``geodata.store.review_checks`` raises.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            before = self._one(connection, review_id)
            draft = checked_review(
                replace(draft, measures=(), season=draft.season or season_of(draft.day)),
                today=today(),
                has_measures=bool(before.measures),
            )
            draft = _with_points_as_they_were(draft, before)
            was, becomes = fields_of(before), fields_of(draft)
            names = [*was, *(name for name in becomes if name not in was)]
            changed = tuple(
                FieldChange(name, was.get(name, ""), becomes.get(name, ""))
                for name in names
                if was.get(name, "") != becomes.get(name, "")
            )
            if not changed:
                return ()  # sent again, or nothing was touched
            if before.revision != revision:
                raise ParameterError(
                    "review_changed", f"Review {review_id} was changed by somebody else meanwhile."
                )
            self._place_is_ours(connection, draft.place_id)
            self._write(connection, review_id, draft)
            note_change(connection, review_id, changed, municipality_code=self._code, by=by)
        return changed

    def history(self, review_id: int) -> tuple[ReviewChange, ...]:
        """Return the corrections of a review, oldest first."""
        query = (
            select(REVIEW_CHANGE)
            .where(REVIEW_CHANGE.c.municipality_code == self._code, REVIEW_CHANGE.c.review_id == review_id)
            .order_by(REVIEW_CHANGE.c.change_id)
        )
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            ReviewChange(
                tuple(FieldChange(*one) for one in json.loads(row.fields)),
                row.changed_by,
                row.changed_at.replace(tzinfo=UTC),
            )
            for row in rows
        )

    def _one(self, connection: Connection, review_id: int) -> Review:
        every = read_reviews(connection, municipality_code=self._code, working_crs=self._crs)
        for review in every:
            if review.review_id == review_id:
                return review
        raise no_review(review_id)

    def _place_is_ours(self, connection: Connection, place_id: int | None) -> None:
        if place_id is None:
            return
        ours = (PLACE.c.place_id == place_id) & (PLACE.c.municipality_code == self._code)
        if connection.scalar(select(PLACE.c.place_id).where(ours)) is None:
            raise MissingError("no_place", f"There is no place {place_id}.", place_id=place_id)

    def _write(self, connection: Connection, review_id: int, draft: ReviewDraft) -> None:
        x, y = draft.point or (None, None)
        connection.execute(
            update(REVIEW)
            .where(REVIEW.c.review_id == review_id)
            .values(
                place_id=draft.place_id,
                x=x,
                y=y,
                crs=self._crs,
                reviewed_on=draft.day,
                season=str(draft.season),
                light=str(draft.light),
                parties=" ".join(sorted(draft.parties)),
                with_whom=draft.with_whom,
                road_keeper=None if draft.road_keeper is None else str(draft.road_keeper),
                result=str(draft.result),
                note=draft.note,
                checks=" ".join(f"{item}:{verdict}" for item, verdict in draft.checks),
                revision=REVIEW.c.revision + 1,
            )
        )
        # What was found is kept in the change; the points of all rows have to be in the review's CRS.
        connection.execute(delete(REVIEW_FINDING).where(REVIEW_FINDING.c.review_id == review_id))
        for finding in draft.findings:
            x, y = finding.point or (None, None)
            connection.execute(
                insert(REVIEW_FINDING).values(
                    municipality_code=self._code,
                    review_id=review_id,
                    item=finding.item,
                    text=finding.text,
                    x=x,
                    y=y,
                )
            )


def note_change(
    connection: Connection,
    review_id: int,
    changed: tuple[FieldChange, ...],
    *,
    municipality_code: str,
    by: str,
) -> None:
    """Keep what was changed in a review."""
    connection.execute(
        insert(REVIEW_CHANGE).values(
            municipality_code=municipality_code,
            review_id=review_id,
            fields=json.dumps([[one.field, one.before, one.after] for one in changed], ensure_ascii=False),
            changed_by=by[:LONGEST_BY],
            changed_at=now(),
        )
    )


def _with_points_as_they_were(draft: ReviewDraft, before: Review) -> ReviewDraft:
    """Take the points that are the same but for the way to a browser and back as they were kept."""

    def kept(
        point: tuple[float, float] | None, x: float | None, y: float | None
    ) -> tuple[float, float] | None:
        if point is None or x is None or y is None or math.dist(point, (x, y)) > SAME_POINT_M:
            return point
        return x, y

    was = {one.item: one for one in before.findings}
    return replace(
        draft,
        point=kept(draft.point, before.x, before.y),
        findings=tuple(
            replace(one, point=kept(one.point, was[one.item].x, was[one.item].y)) if one.item in was else one
            for one in draft.findings
        ),
    )
