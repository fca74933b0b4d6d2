"""Reviews that hold: what is done to one is refused where it is withdrawn or never was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from geodata.errors import MissingError
from geodata.store.review_tables import REVIEW

if TYPE_CHECKING:
    from sqlalchemy import Connection


def require_review(connection: Connection, review_id: int, *, municipality_code: str) -> None:
    """Refuse a review that is not there, or is withdrawn.

    Raises
    ------
    MissingError
        ``no_review``.
    """
    holds = (REVIEW.c.review_id == review_id) & (REVIEW.c.municipality_code == municipality_code)
    if connection.scalar(select(REVIEW.c.review_id).where(holds, REVIEW.c.withdrawn_at.is_(None))) is None:
        raise no_review(review_id)


def no_review(review_id: int | str) -> MissingError:
    """Say that there is no such review."""
    return MissingError("no_review", f"There is no review {review_id}.", review_id=review_id)


def now() -> datetime:
    """Return the instant as the register keeps it: UTC, without saying so."""
    return datetime.now(UTC).replace(tzinfo=None)


def today() -> date:
    """Return the day in UTC; where a day has begun already, that is allowed for by who compares."""
    return datetime.now(UTC).date()
