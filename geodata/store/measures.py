"""Measures in the register: what a review calls for, with every status that it has had."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.reviews.review import MeasureStatus, ReviewResult
from geodata.store.legible import legible
from geodata.store.review_checks import checked_measure
from geodata.store.review_holding import now, require_review, today
from geodata.store.review_tables import MEASURE, MEASURE_STATUS, REVIEW

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection, Engine

    from geodata.reviews.review import MeasureDraft

LONGEST_BY = 80


class Measures:
    """A municipality's measures.

    Every method raises ``StoreError`` (``register_unreadable``) when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code

    def add(self, review_id: int, draft: MeasureDraft, *, day: date, by: str) -> int:
        """Propose a measure, and return its id; the review then calls for measures.

        Raises
        ------
        MissingError
            ``no_review``.
        ParameterError
            ``measure_empty``, ``measure_cost_wrong``, ``review_day_wrong``.
        """
        draft = checked_measure(draft, day, today=today())
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            require_review(connection, review_id, municipality_code=self._code)
            connection.execute(
                update(REVIEW)
                .where(REVIEW.c.review_id == review_id)
                .values(result=str(ReviewResult.MEASURES), revision=REVIEW.c.revision + 1)
            )
            return propose(connection, review_id, draft, municipality_code=self._code, day=day, by=by)

    def set_status(self, measure_id: int, status: MeasureStatus, *, day: date, by: str) -> None:
        """Say how far a measure has come; what it had before stays in its history.

        Raises
        ------
        MissingError
            ``no_measure``.
        ParameterError
            ``measure_status_same``; ``measure_day_wrong`` when the day is before that of the status that
            holds, or to come.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            last = connection.execute(
                select(MEASURE_STATUS)
                .where(
                    MEASURE_STATUS.c.municipality_code == self._code,
                    MEASURE_STATUS.c.measure_id == measure_id,
                )
                .order_by(MEASURE_STATUS.c.status_id.desc())
                .limit(1)
            ).one_or_none()
            if last is None:
                raise MissingError("no_measure", f"There is no measure {measure_id}.", measure_id=measure_id)
            if last.status == str(status):
                raise ParameterError("measure_status_same", "The measure has that status.", field="status")
            if not last.day <= day <= today() + timedelta(days=1):
                raise ParameterError(
                    "measure_day_wrong",
                    f"{day} is before {last.day} or to come.",
                    field="day",
                    day=day,
                    before=last.day,
                )
            _status(connection, measure_id, status, municipality_code=self._code, day=day, by=by)


def propose(
    connection: Connection,
    review_id: int,
    draft: MeasureDraft,
    *,
    municipality_code: str,
    day: date,
    by: str,
) -> int:
    """Keep a measure as proposed, and return its id."""
    row = connection.execute(
        insert(MEASURE)
        .returning(MEASURE.c.measure_id)
        .values(
            municipality_code=municipality_code,
            review_id=review_id,
            text=draft.text,
            responsible=draft.responsible,
            cost=draft.cost,
        )
    )
    measure_id = int(row.scalar_one())
    _status(
        connection,
        measure_id,
        MeasureStatus.PROPOSED,
        municipality_code=municipality_code,
        day=day,
        by=by,
    )
    return measure_id


def _status(
    connection: Connection,
    measure_id: int,
    status: MeasureStatus,
    *,
    municipality_code: str,
    day: date,
    by: str,
) -> None:
    connection.execute(
        insert(MEASURE_STATUS).values(
            municipality_code=municipality_code,
            measure_id=measure_id,
            status=str(status),
            day=day,
            decided_by=by[:LONGEST_BY],
            decided_at=now(),
        )
    )
