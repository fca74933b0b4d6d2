"""Weekday × hour of one place: how dark each hour is, where windows run, when the bells ring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.texts.formats import WEEKDAYS
from geodata.evidence.windows import FEWEST_KNOWN, SLOT_MINUTES, SLOTS_PER_DAY, Window
from geodata.periods import HOURS_PER_DAY
from geodata.said_when import read_window

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.place import PlaceAnswer

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
    """Weekday × hour, one row a weekday; `look` names the colour, after whose hours they are."""

    caption: str
    days: tuple[str, ...]
    hours: tuple[str, ...]
    cells: tuple[tuple[RhythmCell, ...], ...]
    notes: tuple[str, ...]
    look: str = "recorded"


def rhythm_view(texts: Catalogue, answer: PlaceAnswer) -> RhythmView | None:
    """Say when in the week; None where no hour is known or none may be told."""
    if answer.rhythm is None or answer.rhythm_known == 0:
        return None
    most = max(max(hours) for hours in answer.rhythm)
    inside = {
        (int(slot) // SLOTS_PER_DAY, int(slot) % SLOTS_PER_DAY * SLOT_MINUTES // MINUTES_PER_HOUR)
        for window in answer.when.windows
        for slot in window.slots
        if not window.from_said
    }
    bells = {int(bell[:2]): int(bell[3:5]) / MINUTES_PER_HOUR for bell in answer.ground.bells or ()}
    notes = [texts("place.rhythm_base", n=answer.rhythm_known, most=most)]
    notes += [_recommended(texts, window) for window in answer.when.windows if not window.from_said]
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


def said_view(texts: Catalogue, answer: PlaceAnswer) -> RhythmView | None:
    """Say when answers say that it happens, apart from recorded times; None where nothing is said or told."""
    said = answer.said
    if said is None:
        return None
    notes = []
    if said.parts:
        parts = [
            texts("place.said_part", n=count, part=part_words(texts, part).lower())
            for part, count in said.parts
        ]
        notes.append(texts("place.said_parts", parts=texts.form.listing(parts)))
    notes.append(texts("place.said_base", n=said.answers, of=said.of))
    if said.always:
        notes.append(texts("place.said_always", n=said.always))
    chosen = [window for window in answer.when.windows if window.from_said]
    notes += [_recommended(texts, window) for window in chosen]
    notes.append(texts("place.said_note"))
    most = max((max(hours) for hours in said.weight), default=0.0) or 1.0
    inside = {
        (int(slot) // SLOTS_PER_DAY, int(slot) % SLOTS_PER_DAY * SLOT_MINUTES // MINUTES_PER_HOUR)
        for window in chosen
        for slot in window.slots
    }
    return RhythmView(
        caption=texts("place.said_caption"),
        days=tuple(texts(f"weekday.{day}") for day in range(7)),
        hours=tuple(f"{hour:02d}" for hour in range(HOURS_PER_DAY)),
        cells=tuple(
            tuple(
                RhythmCell(
                    count=count,
                    level=math.ceil(LEVELS * weight / most - 1e-9),
                    label=texts("place.said_cell", n=count, day=texts.form.days[day], hour=f"{hour:02d}"),
                    edges=_edges(inside, day, hour),
                    bell=None,
                )
                for hour, (count, weight) in enumerate(zip(counts, weights, strict=True))
            )
            for day, (counts, weights) in enumerate(zip(said.naming, said.weight, strict=True))
        ),
        notes=tuple(notes),
        look="said",
    )


def part_words(texts: Catalogue, part: str) -> str:
    """Say a part of the week: by its word, or its weekdays and times."""
    if f"said_part.{part}" in texts:
        return texts(f"said_part.{part}")
    window = read_window(part)
    return texts.form.pass_window(Window(window.weekdays, window.from_minute, window.to_minute))


def window_counts(texts: Catalogue, window: Window) -> str:
    """Say the records in a window by stream: ``14 av 31 svar och 5 av 9 händelser``."""
    return texts.form.listing(
        [texts(f"place.window_{one.stream}", count=one.count, n=one.of) for one in window.evidence]
    )


def _recommended(texts: Catalogue, window: Window) -> str:
    """Recommend a window with its reason."""
    by = "_said" if window.from_said else ""
    said = texts(f"place.recommended{by}", window=window, counts=window_counts(texts, window))
    if window.strength is not None:
        span = texts.form.span(window.strength.low, window.strength.high, decimals=1)
        strength = texts(f"place.window_strength{by}", times=window.strength.times, range=span)
        said = f"{said} {strength}"
    return f"{said} {texts('place.school_days_only')}" if window.school_days_only else said


def _edges(inside: set[tuple[int, int]], day: int, hour: int) -> str:
    """Say on which sides of an hour a window ends; empty outside every window."""
    if (day, hour) not in inside:
        return ""
    beside = {"n": (day - 1, hour), "e": (day, hour + 1), "s": (day + 1, hour), "w": (day, hour - 1)}
    return "".join(side for side, slot in beside.items() if slot not in inside)
