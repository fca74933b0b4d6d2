"""Reviews as work that was done: one that the register keeps counts for a promise without being logged."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from geodata.promises.activity import ActivityKind
from geodata.promises.log_entry import LogEntry
from geodata.reviews.review import MeasureStatus, ReviewResult

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from geodata.reviews.review import Review
    from geodata.store.register import Register

KEY = "review:"
"""Begins the key of an entry that is a review."""


def done_work(register: Register, *, zone: ZoneInfo) -> tuple[LogEntry, ...]:
    """Return what was done, by start: the entries of the log that hold, and the reviews.

    Raises
    ------
    StoreError
        When the register can't be used.
    """
    found = [*register.log.entries(), *(as_entry(one, zone=zone) for one in register.reviews.all())]
    return tuple(sorted(found, key=lambda one: one.started_at))


def as_entry(review: Review, *, zone: ZoneInfo) -> LogEntry:
    """Return a review as an entry of the log.

    Of a review only the local day is kept, so it lasts that day. What was logged of the same kind on that
    day, at the same place and by one who took part is therefore the same review, and counts once.
    """
    first, last = (
        datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
        for day in (review.day, review.day + timedelta(days=1))
    )
    return LogEntry(
        entry_key=f"{KEY}{review.review_id}",
        kind=ActivityKind.ENVIRONMENT_REVIEW,
        started_at=first,
        ended_at=last,
        place_id=review.place_id,
        x=review.x,
        y=review.y,
        parties=review.parties,
        with_whom=review.with_whom,
        car=None,
        slot_id=None,
        activity_id=None,
        checked=None,
        reported=None,
        note=review.note,
        logged_by=review.made_by,
        logged_at=review.made_at,
    )


def concluded(register: Register, *, today: date) -> dict[str, int | None]:
    """Return the reviews that something was decided of: their keys as entries, and the place that each names.

    That is: nothing was called for, or every measure that was proposed has got a decision, for or against.

    Parameters
    ----------
    today
        Local day: what was decided later is not looked at.
    """
    return {
        f"{KEY}{one.review_id}": one.place_id
        for one in register.reviews.all()
        if _is_concluded(one, today=today)
    }


def _is_concluded(review: Review, *, today: date) -> bool:
    if review.result is ReviewResult.NOTHING_CALLED_FOR:
        return True
    if review.result is ReviewResult.OPEN or not review.measures:
        return False
    stands = [
        [change.status for change in measure.history if change.day <= today] for measure in review.measures
    ]
    return all(known and known[-1] is not MeasureStatus.PROPOSED for known in stands)
