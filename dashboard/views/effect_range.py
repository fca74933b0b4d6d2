"""How the range of an effect is said and drawn: per cent, times or points, and what could have been seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.evaluation.effect import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from dashboard.texts.catalogue import Catalogue
    from geodata.evaluation.effect import EffectEstimate

    Scale: TypeAlias = tuple[Callable[[float], float], tuple[tuple[str, float], ...]]

SCALE_TOP = 4.0
"""Ratios beyond this, either way, are drawn at the end of the scale; the words carry the figure."""

TIMES = 2.0
"""From here on an increase is said in times and not in per cent."""

MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class DrawnRange:
    """A range on a scale with no change in the middle, each 0 to 1.

    Attributes
    ----------
    low, high
        Ends of the range.
    at
        The estimate; None where it is not shown.
    ticks
        Words along the scale and where they stand; between the ends and the middle where there is room.
    """

    low: float
    high: float
    at: float | None
    ticks: tuple[tuple[str, float], ...]


def one_way(texts: Catalogue, estimate: EffectEstimate) -> tuple[str, str]:
    """Return the form of a clear change, in per cent, times or points, and its range."""
    low, high = estimate.low or 0.0, estimate.high if estimate.high is not None else math.inf
    if estimate.unit == "points":
        ends = sorted(abs(100 * end) for end in (low, high))
        return "points", texts.form.span(max(0.1, ends[0]), max(0.1, ends[1]), decimals=1)
    if estimate.verdict is Verdict.FELL:
        return "percent", _between(texts, _whole(100 * (1 - high)), _whole(100 * (1 - low)))
    if not math.isfinite(high):
        return "at_least", texts.form.number(low, decimals=1)
    if high > TIMES:
        return "times", _between(texts, low, high, decimals=1)
    return "percent", _between(texts, _whole(100 * (low - 1)), _whole(100 * (high - 1)))


def either_way(texts: Catalogue, estimate: EffectEstimate) -> str:
    """Say a range that holds no change, or nearly does."""
    low, high = estimate.low or 0.0, estimate.high if estimate.high is not None else math.inf
    if estimate.unit == "points":
        low, high = 100 * low, 100 * high
        less, more = (texts.form.number(abs(end), decimals=1) for end in (low, high))
        form = "points" if low < 0 < high else "points_less" if high <= 0 else "points_more"
        return texts(f"effect.range.{form}", less=less, more=more)
    less = texts.form.number(abs(100 * (1 - low)))
    if not math.isfinite(high):
        return texts("effect.range.no_end", less=less)
    if low < 1 < high and high > TIMES:
        return texts("effect.range.less_to_times", less=less, more=texts.form.number(high, decimals=1))
    more = texts.form.number(abs(100 * (high - 1)))
    form = "both" if low < 1 < high else "less" if high <= 1 else "more"
    if form != "both" and (less == "0" or more == "0"):
        form = f"{form}_or_same"
    return texts(f"effect.range.{form}", less=less, more=more)


def visible(texts: Catalogue, estimate: EffectEstimate) -> str:
    """Say what could have been seen; nothing where it is withheld."""
    if estimate.smallest_visible is None:
        return texts("effect.visible.none") if estimate.before is not None else ""
    if estimate.unit == "points":
        needed = 100 * abs(estimate.smallest_visible)
        return texts("effect.visible.points", needed=texts.form.number(needed, decimals=1))
    needed = math.ceil(round(100 * (1 - estimate.smallest_visible), 6))
    return texts("effect.visible.percent", needed=needed)


def drawn(texts: Catalogue, estimate: EffectEstimate) -> DrawnRange | None:
    """Return where a range lies on its scale; None where there is none to draw."""
    if estimate.low is None or estimate.high is None:
        return None
    place, ticks = (_ratios if estimate.unit == "ratio" else _points)(texts, estimate)
    at = None if estimate.estimate is None else place(estimate.estimate)
    return DrawnRange(place(estimate.low), place(estimate.high), at, ticks)


RATIO_TICKS = {"quarter": 0.25, "half": 0.5, "same": 1.0, "double": 2.0, "fourfold": 4.0}


def _ratios(texts: Catalogue, _estimate: EffectEstimate) -> Scale:
    return _on_ratios, tuple(
        (texts(f"effect.axis.{name}"), _on_ratios(at)) for name, at in RATIO_TICKS.items()
    )


def _points(texts: Catalogue, estimate: EffectEstimate) -> Scale:
    ends = (abs(estimate.low or 0.0), abs(estimate.high or 0.0))
    top = max(0.05, math.ceil(20 * max(ends)) / 20)
    ticks = (
        (texts("effect.axis.points_less", n=round(100 * top)), 0.0),
        (texts("effect.axis.same"), MIDDLE),
        (texts("effect.axis.points_more", n=round(100 * top)), 1.0),
    )
    return lambda value: MIDDLE + MIDDLE * max(-1.0, min(1.0, value / top)), ticks


def _on_ratios(ratio: float) -> float:
    """Return where a ratio is drawn: a halving as far to the left as a doubling to the right."""
    bounded = min(max(ratio, 1 / SCALE_TOP), SCALE_TOP)
    return MIDDLE + MIDDLE * math.log(bounded) / math.log(SCALE_TOP)


def _between(texts: Catalogue, low: float, high: float, *, decimals: int = 0) -> str:
    first, last = texts.form.number(low, decimals=decimals), texts.form.number(high, decimals=decimals)
    return texts("effect.between", low=first, high=last) if first != last else texts("effect.about", n=first)


def _whole(value: float) -> float:
    """Keep a clear change from being said as none."""
    return max(1.0, value) if value >= 0 else value
