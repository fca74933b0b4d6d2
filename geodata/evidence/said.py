"""When people say that it happens, over a week's half hours: weights, who names a window, windows named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtrc

from geodata.evidence.strength import strength_of
from geodata.evidence.windows import (
    FEWEST_IN_WINDOW,
    FEWEST_KNOWN,
    LONGEST_SLOTS,
    SHORTEST_SLOTS,
    SLOT_MINUTES,
    SLOTS_PER_DAY,
    SLOTS_PER_WEEK,
    SURE,
    Window,
)
from geodata.periods import MINUTES_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.evidence.strength import Strength
    from geodata.said_when import SaidWindow

NAMES = 1 / 3
"""An answer names a window when the hours that it says hold this much of it: ``kvällar`` names 19–02."""

FEWEST_ELSEWHERE = 30
"""With fewer answers elsewhere that say when, nothing is known of what people usually say."""

POOLED = 20.0
"""What is said elsewhere of a category is drawn towards what is said of all, as by this many answers."""


def half_hours_said(windows: Sequence[SaidWindow]) -> NDArray[np.float64]:
    """Return how much of each half hour of the week some windows hold, 0 to 1, shape ``(336,)``."""
    held = np.zeros(SLOTS_PER_WEEK * SLOT_MINUTES, dtype=bool)
    for one in windows:
        starts = np.array(one.weekdays, dtype=np.int64)[:, None] * MINUTES_PER_DAY + one.from_minute
        held[(starts + np.arange(one.minutes)).ravel() % len(held)] = True
    return np.asarray(held.reshape(SLOTS_PER_WEEK, SLOT_MINUTES).mean(axis=1), dtype=np.float64)


def spread(held: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share an answer out evenly over the hours that it says, adding up to 1; nothing where it says none.

    Notes
    -----
    Ratcliffe 2002, *Journal of Quantitative Criminology* 18 (aoristic weights).
    """
    return held / max(float(held.sum()), 1e-9)


@dataclass(frozen=True, eq=False)
class SaidCounts:
    """How often each way to say when stands in some answers.

    Attributes
    ----------
    held
        Half hours of each way, shape ``(ways, 336)``.
    here
        Answers at the place by category and way, shape ``(categories, ways)``.
    elsewhere
        Answers outside every place likewise.
    """

    held: NDArray[np.float64]
    here: NDArray[np.float64]
    elsewhere: NDArray[np.float64]

    def naming(self, window: Window) -> NDArray[np.bool_]:
        """Say which ways name a window, shape ``(ways,)``."""
        return names(self.held, window)

    def recommend(self, candidates: Sequence[Window], *, most: int) -> tuple[Window, ...]:
        """Return the windows that more answers name than what is said elsewhere of the same problems gives.

        Each candidate is held against the share of answers elsewhere that name it, by category; one is kept
        when so many would come by chance in fewer than ``SURE`` of cases over all candidates, and none lies
        over another. Windows that people name are no finer than their words.

        Returns
        -------
        tuple of Window
            With strength and `from_said`, without evidence; empty with fewer than ``FEWEST_KNOWN`` answers
            that say when, or fewer than ``FEWEST_ELSEWHERE`` elsewhere.
        """
        total = float(self.here.sum())
        if total < FEWEST_KNOWN or self.elsewhere.sum() < FEWEST_ELSEWHERE or not candidates:
            return ()
        found: list[tuple[float, tuple[int, ...], int, int, Strength]] = []
        for window in candidates:
            naming = self.naming(window)
            count, share = float(self.here[:, naming].sum()), self._expected(naming)
            if count < FEWEST_IN_WINDOW or count <= total * share:
                continue
            chance = float(bdtrc(count - 1, int(total), share)) * len(candidates)
            strength = strength_of(count, total, share)
            if chance < SURE and strength.low > 1:
                found.append((chance, window.weekdays, window.from_minute, window.to_minute, strength))
        free = np.ones(SLOTS_PER_WEEK, dtype=bool)
        kept: list[Window] = []
        for _, weekdays, first, last, strength in sorted(found, key=lambda one: one[:4]):
            window = Window(weekdays, first, last, strength=strength, from_said=True)
            if len(kept) < most and free[window.slots].all():
                free[window.slots] = False
                kept.append(window)
        return tuple(kept)

    def _expected(self, naming: NDArray[np.bool_]) -> float:
        """Return the share of answers that would name a window, said they the same as elsewhere."""
        by_category, named = self.elsewhere.sum(axis=1), self.elsewhere[:, naming].sum(axis=1)
        of_all = (float(named.sum()) + 1.0) / (float(by_category.sum()) + 2.0)
        shares = (named + POOLED * of_all) / (by_category + POOLED)
        mix = self.here.sum(axis=1)
        return float(mix @ shares / mix.sum())


def names(held: NDArray[np.float64], window: Window) -> NDArray[np.bool_]:
    """Say which ways to say when name a window, shape ``(ways,)``."""
    return np.asarray(held[:, window.slots].mean(axis=1) >= NAMES)


def candidate(said: SaidWindow) -> Window | None:
    """Return what is said as a window on full half hours; None for what is too short or long to be out in."""
    first = said.from_minute // SLOT_MINUTES * SLOT_MINUTES
    slots = -(-(said.from_minute + said.minutes - first) // SLOT_MINUTES)
    if not SHORTEST_SLOTS <= slots <= LONGEST_SLOTS or slots >= SLOTS_PER_DAY:
        return None
    end = first + slots * SLOT_MINUTES
    return Window(said.weekdays, first, (end - 1) % MINUTES_PER_DAY + 1)
