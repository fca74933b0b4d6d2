"""Answers that pages ask for again and again, kept while the ground is the same."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from dashboard.views.address import DEFAULT_METHOD
from geodata.analyses.coverage import Coverage, cover
from geodata.analyses.effect import EffectAnswer, tell_effect
from geodata.analyses.hotspots import HotspotAnswer, find_hotspots
from geodata.analyses.picture import picture as make_picture
from geodata.analyses.ranking import PlaceRanking, rank_places
from geodata.analyses.stretches import StretchAnswer, find_stretches

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.analyses.work_done import WorkDone
    from geodata.periods import Period
    from geodata.picture.picture import Picture
    from geodata.privacy import Audience
    from geodata.schema import PlaceKind
    from geodata.selection import Selection

KEPT = 32
"""A day's looking round; opening a place or changing the language then asks nothing anew."""


STRETCHES_SHOWN = 10

PATIENCE_S = 1.5
"""How long a page waits for a method before it says that it is being worked out."""

EFFECTS_KEPT = 256
"""A list of everything that was done asks for each of them at once."""

_WORKERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="hotspots")
_RUNNING: dict[tuple[Ground, Selection, str], Future[HotspotAnswer]] = {}
_LOCK = Lock()


@lru_cache(maxsize=KEPT)
def hotspots(ground: Ground, selection: Selection, method: str = DEFAULT_METHOD) -> HotspotAnswer:
    """Return what a method points at."""
    return find_hotspots(ground, selection, method=method)


def hotspots_soon(ground: Ground, selection: Selection, method: str) -> HotspotAnswer | None:
    """Return what a method points at, or None while it is still worked out; ask again then.

    The work goes on beside the page, which waits `PATIENCE_S` for it at most. The same question asked twice
    is worked on once.
    """
    if method == DEFAULT_METHOD:  # quick, and shown while the others are awaited
        return hotspots(ground, selection)
    asked = (ground, selection, method)
    with _LOCK:
        running = _RUNNING.get(asked)
        if running is None:
            running = _RUNNING[asked] = _WORKERS.submit(hotspots, *asked)
            # Also where nobody asks again: else the ground would be held over imports.
            running.add_done_callback(lambda _: _RUNNING.pop(asked, None))
    try:
        return running.result(PATIENCE_S)
    except TimeoutError:
        return None


@lru_cache(maxsize=KEPT)
def ranking(
    ground: Ground,
    selection: Selection,
    kind: PlaceKind | None = None,
    weights: tuple[tuple[str, float], ...] | None = None,
) -> PlaceRanking:
    """Return the ranking of all places, or of one kind, by the project's weights or by others."""
    return rank_places(
        ground,
        selection,
        kinds=None if kind is None else (kind,),
        weights=None if weights is None else dict(weights),
    )


@lru_cache(maxsize=KEPT)
def stretches(ground: Ground, selection: Selection) -> StretchAnswer:
    """Return the stretches of street with more than is expected there."""
    return find_stretches(ground, selection, limit=STRETCHES_SHOWN)


@lru_cache(maxsize=KEPT)
def picture(ground: Ground, audience: Audience, period: Period | None, saved: tuple[str, ...]) -> Picture:
    """Return the picture of a period; `saved` are the keys of the pictures that it may be held against."""
    del saved  # a new one may be what it is held against
    return make_picture(ground, audience, period=period)


@lru_cache(maxsize=KEPT)
def coverage(ground: Ground, audience: Audience) -> Coverage:
    """Return what the workspace holds."""
    return cover(ground, audience)


@lru_cache(maxsize=EFFECTS_KEPT)
def effect(
    ground: Ground, work: WorkDone, audience: Audience, months: int | None, others: tuple[WorkDone, ...]
) -> EffectAnswer:
    """Return whether something helped, all that is known to have been done being `others`."""
    return tell_effect(ground, work, audience, months=months, others=others)


def effects(ground: Ground, audience: Audience, works: tuple[WorkDone, ...]) -> list[EffectAnswer]:
    """Return what each of some work gave, the other work known."""
    return [effect(ground, work, audience, None, works) for work in works]
