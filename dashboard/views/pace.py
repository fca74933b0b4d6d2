"""What is said of long work while it goes on: how much is done, how fast, how long yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pace import IN_ROWS

if TYPE_CHECKING:
    from dashboard.pace import Pace
    from dashboard.texts.catalogue import Catalogue

_MINUTE = 60.0


def pace_words(texts: Catalogue, pace: Pace) -> list[str]:
    """Return what is to be said of a step, each a short phrase; the step's own name is the first."""
    said = [texts(f"steps.{pace.step}")]
    if pace.total <= 1:
        return said
    unit = "_rows" if pace.step in IN_ROWS else ""
    said.append(texts(f"pace.done{unit}", done=pace.done, total=pace.total))
    if pace.rate is not None and pace.left_seconds is not None:
        said.append(texts(f"pace.rate{unit}", rate=pace.rate))
        said.append(texts("pace.left", time=duration(texts, pace.left_seconds)))
    return said


def duration(texts: Catalogue, seconds: float) -> str:
    """Say a time in seconds, from a minute on in minutes."""
    if seconds < _MINUTE:
        return texts("pace.seconds", n=max(1, round(seconds)))
    return texts("pace.minutes", n=round(seconds / _MINUTE))
