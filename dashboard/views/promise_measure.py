"""How a target stands, in words: done of target, where it ends at this pace, and what is missing."""

from __future__ import annotations

from datetime import date
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.promises.targets.measure import Measure, State

NAMED = 5
"""How many of what is missing are named; the rest is counted."""

WIDTH = 100.0


def measure_words(texts: Catalogue, measure: Measure) -> str:
    """Say the numbers of a target, shortly: ``4 av 6``."""
    done, target = measure.done, measure.target
    if measure.unit == "share":
        return _share_words(texts, measure)
    if measure.kind == "way":
        return texts("promise_measure.way")
    if measure.unit == "documents":
        return texts("promise_measure.documents_done" if done else "promise_measure.documents_not")
    if target is None:
        return texts(f"promise_measure.{'shown_over' if measure.over else 'shown'}", n=int(done))
    parts = dict(measure.parts)
    if measure.unit == "items" and parts:
        return texts(
            "promise_measure.items_decided", done=parts["done"], target=target, decided=parts["decided"]
        )
    return texts(f"promise_measure.{measure.unit}", done=done, target=target)


def measure_notes(texts: Catalogue, measure: Measure) -> tuple[str, ...]:
    """Say what stands behind the numbers: the pace with its range, what is missing, the due day."""
    said = []
    form = texts.form
    if measure.due is not None and measure.done < (measure.target or 0):
        said.append(texts("promise_measure.due", due=form.number(measure.due, decimals=1)))
    if measure.projection is not None and measure.period is not None:
        projection = measure.projection
        key = "projection_evenings" if measure.unit == "evenings" else "projection"
        said.append(
            texts(
                f"promise_measure.{key}",
                mean=form.number(floor(projection.mean)),
                last=measure.period.last,
                range=form.span(projection.low, projection.high),
            )
        )
    if measure.missing:
        said.append(_missing(texts, measure))
    if measure.free:
        said.append(texts("promise_measure.free", n=measure.free))
    if measure.by is not None and measure.unit != "documents":
        said.append(texts("promise_measure.by", by=measure.by))
    return tuple(said)


def meter(measure: Measure) -> tuple[float, float | None] | None:
    """Return how full a meter is and where it should be by now, per cent; None where none is drawn."""
    if not measure.target or measure.unit in {"share", "documents"}:
        return None
    behind = measure.due is not None and measure.done < measure.target
    due = min(WIDTH, WIDTH * (measure.due or 0.0) / measure.target) if behind else None
    return min(WIDTH, WIDTH * measure.done / measure.target), due


def begun(measure: Measure) -> float:
    """Return how much more of a meter is done but not decided yet, per cent."""
    done = dict(measure.parts).get("done", 0) if measure.unit == "items" else 0
    if not measure.target or done <= measure.done:
        return 0.0
    return min(WIDTH, WIDTH * done / measure.target) - min(WIDTH, WIDTH * measure.done / measure.target)


def so_far(texts: Catalogue, state: State) -> str:
    """Answer whether a promise is kept so far."""
    return texts(f"promise_so_far.{state}")


def _share_words(texts: Catalogue, measure: Measure) -> str:
    parts = dict(measure.parts)
    if "preferred" in parts and measure.share_range is not None:
        low, high = measure.share_range
        spread = texts.form.span(100 * low, 100 * high)
        return texts(
            "promise_measure.preferred",
            there=parts["preferred"],
            total=parts["preferred"] + parts["elsewhere"],
            share=texts.form.share(measure.done),
            range=f"{spread}{texts.form.percent}",
        )
    if not sum(parts.values()):
        return texts("promise_measure.no_cars" if parts else "promise_measure.preferred_none")
    said = [
        texts("promise_measure.car_part", n=count, car=texts(f"car_type.{car}").lower())
        for car, count in measure.parts
    ]
    return texts("promise_measure.cars", parts=texts.form.listing(said))


def _missing(texts: Catalogue, measure: Measure) -> str:
    if measure.unit == "weeks":
        weeks = [date.fromisoformat(day).isocalendar() for day in measure.missing]
        named = [texts("promise_measure.week", week=one.week, year=str(one.year)) for one in weeks]
        return texts("promise_measure.missing_weeks", weeks=_named(texts, named))
    if measure.unit in {"evenings", "months"}:
        days = [texts.form.day(date.fromisoformat(day)) for day in measure.missing]
        return texts("promise_measure.missing_days", days=_named(texts, days))
    return texts("promise_measure.missing_items", items=_named(texts, measure.missing))


def _named(texts: Catalogue, names: Sequence[str]) -> str:
    """Name the last of them, for they are what can be looked at now; say how many more there are."""
    if len(names) <= NAMED:
        return texts.form.listing(list(names))
    return f"{', '.join(names[-NAMED:])} {texts('promise_measure.more', n=len(names) - NAMED)}"
