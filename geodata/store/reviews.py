"""Reviews in the register: kept once, never removed but withdrawn, measures with every status they had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.reviews.change import FieldChange
from geodata.reviews.review import Review, ReviewResult, season_of
from geodata.store.legible import legible
from geodata.store.measures import propose
from geodata.store.review_checks import checked_review
from geodata.store.review_edits import note_change
from geodata.store.review_holding import no_review, now, require_review, today
from geodata.store.review_rows import read_reviews
from geodata.store.review_tables import MEASURE, REVIEW, REVIEW_FINDING, REVIEW_PHOTO
from geodata.store.tables import PLACE

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from geodata.reviews.review import ReviewDraft

LONGEST_BY = 80


class Reviews:
    """A municipality's reviews.

    Every method raises ``StoreError`` (``register_unreadable``) when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str, working_crs: int) -> None:
        self._engine = database
        self._code = municipality_code
        self._crs = working_crs

    def all(self) -> tuple[Review, ...]:
        """Return every review that holds, by id, points in the working CRS."""
        with legible(), self._engine.connect() as connection:
            return read_reviews(connection, municipality_code=self._code, working_crs=self._crs)

    def one(self, review_id: int) -> Review:
        """Return one review.

        Raises
        ------
        MissingError
            ``no_review`` when there is none, or it is withdrawn.
        """
        for review in self.all():
            if review.review_id == review_id:
                return review
        raise no_review(review_id)

    def add(self, draft: ReviewDraft, *, by: str) -> int:
        """Keep a review, and return its id; what is sent again under its key is the same one.

        Raises
        ------
        ParameterError
            What ``geodata.store.review_checks`` raises.
        MissingError
            ``no_place``.
        """
        draft = checked_review(draft, today=today())
        x, y = draft.point or (None, None)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            known = connection.scalar(
                select(REVIEW.c.review_id).where(
                    REVIEW.c.municipality_code == self._code, REVIEW.c.entry_key == draft.entry_key
                )
            )
            if known is not None:
                return int(known)
            self._place_is_ours(connection, draft.place_id)
            row = connection.execute(
                insert(REVIEW)
                .returning(REVIEW.c.review_id)
                .values(
                    municipality_code=self._code,
                    entry_key=draft.entry_key,
                    place_id=draft.place_id,
                    x=x,
                    y=y,
                    crs=self._crs,
                    reviewed_on=draft.day,
                    season=str(draft.season or season_of(draft.day)),
                    light=str(draft.light),
                    parties=" ".join(sorted(draft.parties)),
                    with_whom=draft.with_whom,
                    road_keeper=None if draft.road_keeper is None else str(draft.road_keeper),
                    result=str(draft.result),
                    note=draft.note,
                    checks=" ".join(f"{item}:{verdict}" for item, verdict in draft.checks),
                    made_by=by[:LONGEST_BY],
                    made_at=now(),
                )
            )
            review_id = int(row.scalar_one())
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
            for measure in draft.measures:
                propose(connection, review_id, measure, municipality_code=self._code, day=draft.day, by=by)
        return review_id

    def withdraw(self, review_id: int, *, by: str) -> None:
        """Let a review hold no longer; it stays in the register, its photos are no longer shown.

        Raises
        ------
        MissingError
            ``no_review``.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            require_review(connection, review_id, municipality_code=self._code)
            at = now()
            connection.execute(
                update(REVIEW)
                .where(REVIEW.c.review_id == review_id)
                .values(withdrawn_by=by[:LONGEST_BY], withdrawn_at=at, revision=REVIEW.c.revision + 1)
            )
            connection.execute(
                update(REVIEW_PHOTO)
                .where(REVIEW_PHOTO.c.review_id == review_id, REVIEW_PHOTO.c.removed_at.is_(None))
                .values(removed_by=by[:LONGEST_BY], removed_at=at)
            )

    def conclude(self, review_id: int, result: ReviewResult, *, revision: int, by: str) -> None:
        """Say what a review came to that was left open, or came to something else.

        Raises
        ------
        MissingError
            ``no_review``.
        ParameterError
            ``review_changed`` when somebody changed it since it was seen; ``review_has_measures`` when
            nothing is said to be called for although measures stand.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            require_review(connection, review_id, municipality_code=self._code)
            has_measures = connection.scalar(
                select(MEASURE.c.measure_id).where(MEASURE.c.review_id == review_id).limit(1)
            )
            if result is ReviewResult.NOTHING_CALLED_FOR and has_measures is not None:
                raise ParameterError("review_has_measures", "The review has measures.", field="result")
            before = str(connection.scalar(select(REVIEW.c.result).where(REVIEW.c.review_id == review_id)))
            done = connection.execute(
                update(REVIEW)
                .where(REVIEW.c.review_id == review_id, REVIEW.c.revision == revision)
                .values(result=str(result), revision=revision + 1)
            )
            if not done.rowcount:
                raise ParameterError(
                    "review_changed", f"Review {review_id} was changed by somebody else meanwhile."
                )
            changed = (FieldChange("result", before, str(result)),)
            note_change(connection, review_id, changed, municipality_code=self._code, by=by)

    def _place_is_ours(self, connection: Connection, place_id: int | None) -> None:
        if place_id is None:
            return
        ours = (PLACE.c.place_id == place_id) & (PLACE.c.municipality_code == self._code)
        if connection.scalar(select(PLACE.c.place_id).where(ours)) is None:
            raise MissingError("no_place", f"There is no place {place_id}.", place_id=place_id)
