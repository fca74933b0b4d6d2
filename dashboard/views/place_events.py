"""Events at a place in sentences: what is coming, and whether more is recorded when there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.place_ground import compared
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.place import PlaceAnswer
    from geodata.analyses.public_events import PublicEvent, PublicEvents

GATHER = frozenset({PlaceKind.SQUARE, PlaceKind.CENTRE})
"""Kinds of place of which it is said that no event is known."""


def event_when(texts: Catalogue, events: PublicEvents | None) -> tuple[str, ...]:
    """Compare events with the same times without one; nothing where that may not be told."""
    if events is None or events.compared is None:
        return ()
    said = [compared(texts, "events", events.compared)]
    if events.too_long:
        said.append(texts("when.events_long", n=events.too_long))
    return tuple(said)


def event_lines(texts: Catalogue, answer: PlaceAnswer) -> tuple[str, ...]:
    """Say which events are coming, and how many are known."""
    events, gathers = answer.events, answer.place.kind in GATHER
    if events is None:
        return (texts("ground.events_unknown"),) if gathers else ()
    if not events.known:
        return (texts("ground.events_none"),) if gathers else ()
    said = texts("ground.events_known", n=events.known)
    if not events.coming:
        return (f"{said} {texts('ground.events_none_coming')}",)
    coming = texts.form.listing([_event(texts, one) for one in events.coming])
    return (f"{said} {texts('ground.events_coming', events=coming)}",)


def _event(texts: Catalogue, event: PublicEvent) -> str:
    first, last = (texts.form.time(f"{one:%H:%M}") for one in (event.starts, event.ends))
    return texts("ground.event", name=event.name, day=event.starts.date(), first=first, last=last)
