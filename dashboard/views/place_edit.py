"""What the page where places are changed says: the place as it stands, its history, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.views.address import format_search
from dashboard.views.frame import Way
from dashboard.views.signed import signed
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.places.place import Place
    from geodata.store.place_edits import PlaceEvent
    from geodata.store.stop_points import StopPoint

NEW_PATH = "/platser/ny"
NEAREST = 30
"""Places that one can be joined with: the nearest of its kind."""


def edit_path(place_id: int) -> str:
    """Return where a place is changed."""
    return f"/platser/{place_id}/andra"


@dataclass(frozen=True, slots=True)
class PlaceEditView:
    """The page in words.

    Attributes
    ----------
    place_id, revision
        None and 0 where a new place is made.
    joins
        Id and revision joined by a colon, and the name.
    retired
        Places out of use: id, revision, name with kind.
    stops
        Number on the map, id, words.
    """

    heading: str
    back: Way
    place_id: int | None
    revision: int
    name: str
    is_retired: bool
    edits: bool
    joins: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    retired: tuple[tuple[str, str, str], ...]
    stops: tuple[tuple[str, str, str], ...]
    history: tuple[str, ...]


def place_edit_view(
    texts: Catalogue,
    address: Address,
    place: Place | None,
    *,
    places: Sequence[Place],
    stops: Sequence[StopPoint],
    history: Sequence[PlaceEvent],
    zone: ZoneInfo,
    language: str,
) -> PlaceEditView:
    """Say what can be done with a place, or with places as a whole.

    Parameters
    ----------
    places
        Every place, retired ones too.
    zone
        In which days are told.
    language
        The language that an address need not say.
    """
    search = format_search(replace(address, place_id=None), language=language)
    back = (
        Way(texts("places.title"), f"/platser{search}")
        if place is None or place.retired
        else Way(place.name, f"/platser/{place.place_id}{search}")
    )
    return PlaceEditView(
        heading=texts("place_edit.new") if place is None else texts("place_edit.heading", place=place.name),
        back=back,
        place_id=None if place is None else place.place_id,
        revision=0 if place is None else place.revision,
        name="" if place is None else place.name,
        is_retired=place is not None and place.retired,
        edits=may(address.audience, Action.EDIT_PLACES),
        joins=() if place is None else _joins(place, places),
        kinds=tuple((str(kind), texts(f"kind.{kind}")) for kind in PlaceKind),
        retired=tuple(
            (str(one.place_id), str(one.revision), f"{one.name} ({texts(f'kind.{one.kind}').lower()})")
            for one in places
            if one.retired and place is None
        ),
        stops=tuple(
            (str(number), str(one.stop_id), _stop(texts, one, zone))
            for number, one in enumerate(stops, start=1)
        ),
        history=tuple(_event(texts, one, zone) for one in reversed(history)),
    )


def _joins(place: Place, places: Sequence[Place]) -> tuple[tuple[str, str], ...]:
    others = [
        one for one in places if one.kind is place.kind and not one.retired and one.place_id != place.place_id
    ]
    others.sort(key=lambda one: one.geometry.distance(place.geometry))
    return tuple((f"{one.place_id}:{one.revision}", one.name) for one in others[:NEAREST])


def _stop(texts: Catalogue, stop: StopPoint, zone: ZoneInfo) -> str:
    day = stop.set_at.astimezone(zone).date()
    said = texts("place_edit.stop_said", day=day, by=signed(texts, stop.set_by))
    return f"{stop.name} · {said}" if stop.name else said


def _event(texts: Catalogue, event: PlaceEvent, zone: ZoneInfo) -> str:
    day = event.decided_at.astimezone(zone).date()
    parts = (texts(f"place_event.{event.what}"), event.detail, texts.form.day(day))
    return " · ".join(filter(None, (*parts, signed(texts, event.decided_by))))
