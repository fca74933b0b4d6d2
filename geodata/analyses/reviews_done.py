"""Reviews as work that was done: one that the register keeps counts for a promise without being logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import shapely

from geodata.promises.activity import ActivityKind
from geodata.promises.log_entry import REVIEW_KEY, LogEntry
from geodata.reviews.review import MeasureStatus, ReviewResult

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from geodata.places.place import Place
    from geodata.reviews.review import Review
    from geodata.store.register import Register

AFTER_ALL = datetime.max.replace(tzinfo=UTC)


def done_work(register: Register, *, zone: ZoneInfo) -> tuple[LogEntry, ...]:
    """Return what was done, by start: the entries of the log that hold, and the reviews.

    A review of a point stands at the place that it lies in, the smallest of several. What was logged for a
    promise that was withdrawn since is free work.

    Raises
    ------
    StoreError
        When the register can't be used.
    """
    gone = {number for kept in register.promises.all(withdrawn=True) for number in kept.activity_ids.values()}
    logged = [
        replace(one, activity_id=None) if one.activity_id in gone else one for one in register.log.entries()
    ]
    reviews = [as_entry(one, zone=zone) for one in _reviews(register)]
    return tuple(sorted([*logged, *reviews], key=lambda one: one.started_at))


def _reviews(register: Register) -> list[Review]:
    places = [place for place in register.places() if not place.retired]
    return [_placed(one, places) for one in register.reviews.all()]


def _placed(review: Review, places: Sequence[Place]) -> Review:
    if review.place_id is not None or review.x is None or review.y is None:
        return review
    point = shapely.Point(review.x, review.y)
    around = [place for place in places if place.geometry.covers(point)]
    if not around:
        return review
    return replace(review, place_id=min(around, key=lambda place: place.geometry.area).place_id)


def as_entry(review: Review, *, zone: ZoneInfo) -> LogEntry:
    """Return a review as an entry of the log.

    Of a review only the local day is kept, so it lasts that day. What was logged of the same kind on that
    day, at the same place and by one who took part is therefore the same review, and counts once: as it was
    logged, with its hours, for a review comes after all of the log.
    """
    first, last = (
        datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
        for day in (review.day, review.day + timedelta(days=1))
    )
    return LogEntry(
        entry_key=f"{REVIEW_KEY}{review.review_id}",
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
        logged_at=AFTER_ALL,
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
        f"{REVIEW_KEY}{one.review_id}": one.place_id
        for one in _reviews(register)
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
