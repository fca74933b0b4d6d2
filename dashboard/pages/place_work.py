"""What the log adds to the panel of a place: what has been done here, and whether it counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.analyses.place_work import work_at

if TYPE_CHECKING:
    from dashboard.pages.visit import Visit
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.place import PlaceView
    from geodata.analyses.place_work import DoneHere


def with_work(visit: Visit, view: PlaceView, place_id: int) -> PlaceView:
    """Add what has been done here."""
    texts = visit.texts
    work = work_at(visit.ground, place_id, visit.address.audience)
    lines = tuple(_line(texts, one) for one in work.newest)
    more = work.entries - len(work.newest)
    if more:
        lines = (*lines, texts("place.done_more", n=more))
    return replace(view, done=lines)


def _line(texts: Catalogue, done: DoneHere) -> str:
    """Say one thing: 5 maj 2026: trafikkontroll, polisen. 14 kontrollerade. Räknas för …."""
    who = texts.form.listing([texts(f"party.{one}").lower() for one in done.parties])
    said = [texts("place.done", day=done.day, kind=texts(f"activity_kind.{done.kind}").lower(), who=who)]
    if done.checked is not None and done.reported is not None:
        said.append(texts("promise.checked", checked=done.checked, reported=done.reported))
    if done.counts_for:
        said.append(texts("place.done_counts", promises=texts.form.listing(done.counts_for)))
    elif done.counts_for is not None:
        said.append(texts("place.done_counts_not"))
    return " ".join(said)
