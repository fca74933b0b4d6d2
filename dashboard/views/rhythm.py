"""Weekday × hour of one place: how dark each hour is, where windows run, when the bells ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.texts.formats import WEEKDAYS
from geodata.evidence.windows import FEWEST_KNOWN, SLOT_MINUTES, SLOTS_PER_DAY
from geodata.periods import HOURS_PER_DAY

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.place import PlaceAnswer
    from geodata.evidence.windows import Window

MINUTES_PER_HOUR = 60
LEVELS = 5
"""Steps of the weekday × hour colour; 0 stands for none."""


@dataclass(frozen=True, slots=True)
class RhythmCell:
    """One hour of the week.

    Attributes
    ----------
    level
        How dark it is, 0 for none to 5.
    edges
        On which sides a recommended window ends here: letters of ``nesw``.
    bell
        How much of the hour has passed when a bell rings, 0 to 1; None without a bell.
    """

    count: int
    level: int
    label: str
    edges: str
    bell: float | None


@dataclass(frozen=True, slots=True)
class RhythmView:
    """Weekday × hour, one row a weekday."""

    caption: str
    days: tuple[str, ...]
    hours: tuple[str, ...]
    cells: tuple[tuple[RhythmCell, ...], ...]
    notes: tuple[str, ...]


def rhythm_view(texts: Catalogue, answer: PlaceAnswer) -> RhythmView | None:
    """Say when in the week; None where no hour is known or none may be told."""
    if answer.rhythm is None or answer.rhythm_known == 0:
        return None
    most = max(max(hours) for hours in answer.rhythm)
    inside = {
        (int(slot) // SLOTS_PER_DAY, int(slot) % SLOTS_PER_DAY * SLOT_MINUTES // MINUTES_PER_HOUR)
        for window in answer.when.windows
        for slot in window.slots
    }
    bells = {int(bell[:2]): int(bell[3:5]) / MINUTES_PER_HOUR for bell in answer.ground.bells or ()}
    notes = [texts("place.rhythm_base", n=answer.rhythm_known, most=most)]
    notes += [_recommended(texts, window) for window in answer.when.windows]
    if not answer.when.windows:
        notes.append(
            texts("place.windows_none" if answer.rhythm_known >= FEWEST_KNOWN else "place.windows_few")
        )
    if answer.ground.bells:
        start, end = (texts.form.time(bell) for bell in answer.ground.bells)
        notes.append(texts("place.bells", start=start, end=end))
    return RhythmView(
        caption=texts("place.rhythm_caption"),
        days=tuple(texts(f"weekday.{day}") for day in range(7)),
        hours=tuple(f"{hour:02d}" for hour in range(HOURS_PER_DAY)),
        cells=tuple(
            tuple(
                RhythmCell(
                    count=count,
                    level=-(-LEVELS * count // most),
                    label=texts("place.rhythm_cell", n=count, day=texts.form.days[day], hour=f"{hour:02d}"),
                    edges=_edges(inside, day, hour),
                    bell=bells.get(hour) if day in WEEKDAYS else None,
                )
                for hour, count in enumerate(hours)
            )
            for day, hours in enumerate(answer.rhythm)
        ),
        notes=tuple(notes),
    )


def window_counts(texts: Catalogue, window: Window) -> str:
    """Say the records in a window by stream: ``14 av 31 svar och 5 av 9 händelser``."""
    return texts.form.listing(
        [texts(f"place.window_{one.stream}", count=one.count, n=one.of) for one in window.evidence]
    )


def _recommended(texts: Catalogue, window: Window) -> str:
    """Recommend a window with its reason."""
    said = texts("place.recommended", window=window, counts=window_counts(texts, window))
    if window.strength is not None:
        span = texts.form.span(window.strength.low, window.strength.high, decimals=1)
        said = f"{said} {texts('place.window_strength', times=window.strength.times, range=span)}"
    return f"{said} {texts('place.school_days_only')}" if window.school_days_only else said


def _edges(inside: set[tuple[int, int]], day: int, hour: int) -> str:
    """Say on which sides of an hour a window ends; empty outside every window."""
    if (day, hour) not in inside:
        return ""
    beside = {"n": (day - 1, hour), "e": (day, hour + 1), "s": (day + 1, hour), "w": (day, hour - 1)}
    return "".join(side for side, slot in beside.items() if slot not in inside)
