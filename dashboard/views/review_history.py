"""What was changed in a review since it was kept, in words: when, by whom, what it said and what it says."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.views.signed import signed
from geodata.reviews.change import AT, FOUND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from geodata.reviews.change import FieldChange, ReviewChange
    from geodata.store.review_photos import PhotoEvent

CHECK = "check-"

GROUP_OF = {
    "season": "review.season",
    "light": "review.light",
    "road_keeper": "review.keeper",
    "result": "review.result",
}
"""Field whose values are codes → the texts that say them."""

NAME_OF = {
    "place": "review_form.place_word",
    f"{AT}place": "review.change.point",
    "day": "review.day",
    "season": "review_form.season",
    "light": "review_form.light",
    "parties": "review.parties",
    "with_whom": "review.change.with_whom",
    "road_keeper": "review.road_keeper",
    "result": "review.change.result",
    "note": "review_form.note",
}
"""Field → its name in words; those of an item of the checklist are said with the item."""


def history_lines(
    texts: Catalogue,
    changes: Sequence[ReviewChange],
    photos: Sequence[PhotoEvent],
    *,
    places: Mapping[int, str],
    zone: ZoneInfo,
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Say what was changed, the newest first: when and by whom, and the fields.

    Parameters
    ----------
    photos
        Those added and removed; several of one person in one minute are said at once.
    places
        Name by id.
    """
    said = [
        (one.changed_at, _heading(texts, one.changed_at, one.changed_by, zone), _fields(texts, one, places))
        for one in changes
    ]
    for (_, what, by), group in groupby(
        photos, key=lambda one: (one.at.replace(second=0, microsecond=0), one.what, one.by)
    ):
        events = list(group)
        line = texts(f"review.change.photo_{what}", n=len(events))
        said.append((events[0].at, _heading(texts, events[0].at, by, zone), (line,)))
    return tuple((heading, lines) for _, heading, lines in sorted(said, key=lambda one: one[0], reverse=True))


def _heading(texts: Catalogue, at: datetime, by: str, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    clock = texts.form.time(f"{local:%H:%M}")
    return texts("review.change.heading", day=local.date(), clock=clock, by=signed(texts, by))


def _fields(texts: Catalogue, change: ReviewChange, places: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(_field(texts, one, places) for one in change.fields)


def _field(texts: Catalogue, one: FieldChange, places: Mapping[int, str]) -> str:
    name = _name(texts, one.field)
    if one.field.startswith(AT):  # metres tell a reader nothing
        return texts("review.change.moved", name=name)
    before, after = (_value(texts, one.field, value, places) for value in (one.before, one.after))
    if not before:
        return texts("review.change.added", name=name, after=after)
    if not after:
        return texts("review.change.taken", name=name, before=before)
    return texts("review.change.changed", name=name, before=before, after=after)


def _name(texts: Catalogue, field: str) -> str:
    if field in NAME_OF:
        return texts(NAME_OF[field])
    for begins, text in ((CHECK, "check"), (FOUND, "found"), (AT, "at")):
        if field.startswith(begins):
            item = texts(f"review.item.{field.removeprefix(begins)}")
            return texts(f"review.change.{text}", item=item.lower())
    return field


def _value(texts: Catalogue, field: str, value: str, places: Mapping[int, str]) -> str:
    if not value or field == "day":
        return value
    if field in GROUP_OF:
        return texts(f"{GROUP_OF[field]}.{value}")
    if field == "parties":
        who = [texts(f"party.{one}") for one in value.split()]
        return texts.form.listing([*who[:1], *(one.lower() for one in who[1:])])
    if field == "place":
        return places.get(int(value), texts("reviews.no_place"))
    if field.startswith(CHECK):
        return texts(f"review.verdict.{value}")
    return texts("review.change.quoted", words=value)
