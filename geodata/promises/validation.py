"""Whether an entry of the log can be: what is wrong with it is said before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from geodata.encodable import require_encodable
from geodata.errors import ParameterError
from geodata.promises.log_entry import REVIEW_KEY

if TYPE_CHECKING:
    from geodata.promises.log_entry import LogEntry

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far ahead of ours a telephone's clock may go."""

LONGEST = timedelta(hours=24)
"""A longer activity is a slip of the date."""

LONGEST_KEY = 80
LONGEST_WITH_WHOM = 200
LONGEST_NOTE = 4000
MOST_COUNTED = 1_000_000
COUNT_DIGITS = 7
"""With more a count is no count, and may be too long to be read as one."""


@dataclass(frozen=True, slots=True)
class PlaceState:
    """The place that an entry names, as the register knows it.

    Attributes
    ----------
    retired_at
        When it was retired (UTC); None while it is in use.
    """

    name: str
    retired_at: datetime | None = None


def check_entry(entry: LogEntry, *, now: datetime, place: PlaceState | None) -> None:
    """Refuse an entry that can't be.

    Parameters
    ----------
    now
        UTC.
    place
        The place that the entry names; None where the register has none of that id, or it names none.

    Raises
    ------
    ParameterError
        With the ``field`` that is wrong, where one is: ``log_key``, ``log_key_review``, ``log_time_naive``,
        ``log_backwards``, ``log_too_long``, ``log_in_future``, ``log_no_party``, ``log_point_half``,
        ``log_place_unknown``, ``log_place_retired``, ``log_count_wrong``, ``log_reported_more``,
        ``log_text_long``, ``text_not_encodable``.
    """
    _check_words(entry)
    _check_time(entry, now=now)
    _check_place(entry, place)
    _check_counts(entry)


def _check_words(entry: LogEntry) -> None:
    if not entry.entry_key.strip() or len(entry.entry_key) > LONGEST_KEY:
        raise ParameterError("log_key", "An entry needs a key of its own, 80 characters at most.")
    if entry.entry_key.startswith(REVIEW_KEY):
        raise ParameterError(
            "log_key_review",
            f"A key that begins with {REVIEW_KEY} is a review's; choose another.",
            field="key",
            key=REVIEW_KEY,
        )
    if not entry.parties:
        raise ParameterError(
            "log_no_party", "Say who took part: police, municipality or others.", field="parties"
        )
    for field in ("entry_key", "with_whom", "note"):
        require_encodable(getattr(entry, field), field=field)
    for field, longest in (("with_whom", LONGEST_WITH_WHOM), ("note", LONGEST_NOTE)):
        length = len(getattr(entry, field))
        if length > longest:
            raise ParameterError(
                "log_text_long",
                f"{field} has {length} characters; {longest} is the most.",
                field=field,
                length=length,
                most=longest,
            )


def _check_time(entry: LogEntry, *, now: datetime) -> None:
    if entry.started_at.tzinfo is None or entry.ended_at.tzinfo is None:
        raise ParameterError("log_time_naive", "The entry's times say no time zone.")
    if entry.ended_at < entry.started_at:
        raise ParameterError("log_backwards", "It ends before it starts.", field="end")
    if entry.ended_at - entry.started_at > LONGEST:
        hours = round((entry.ended_at - entry.started_at).total_seconds() / 3600)
        raise ParameterError(
            "log_too_long", f"It lasts {hours} hours; 24 is the most for one entry.", field="end", hours=hours
        )
    if max(entry.started_at, entry.ended_at) > now + CLOCKS_DIFFER:
        raise ParameterError("log_in_future", "It ends in the future; log it when it is done.", field="day")


def _check_place(entry: LogEntry, place: PlaceState | None) -> None:
    if (entry.x is None) != (entry.y is None):
        raise ParameterError("log_point_half", "A point needs both of its coordinates.")
    if entry.place_id is None:
        return
    if place is None:
        raise ParameterError(
            "log_place_unknown",
            f"The register has no place {entry.place_id}.",
            field="place",
            place_id=entry.place_id,
        )
    if place.retired_at is not None and entry.started_at >= place.retired_at:
        raise ParameterError(
            "log_place_retired",
            f"{place.name} was retired before this was done; choose the place that holds now.",
            field="place",
            place=place.name,
        )


def _check_counts(entry: LogEntry) -> None:
    for field in ("checked", "reported"):
        count = getattr(entry, field)
        if count is not None and not 0 <= count <= MOST_COUNTED:
            raise ParameterError("log_count_wrong", f"{field} can't be {count}.", field=field, count=count)
    if entry.reported is not None and entry.checked is not None and entry.reported > entry.checked:
        raise ParameterError(
            "log_reported_more",
            f"{entry.reported} reported of {entry.checked} checked can't be.",
            field="reported",
            reported=entry.reported,
            checked=entry.checked,
        )
