"""What being at a place is worth: the harm met there and then, and what lasts until the next visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.again import held_once
from geodata.targeting.working_day import PART_OF, PARTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

LASTS_DAYS = 10
"""After so many days nothing of a visit is counted any more."""


@dataclass(frozen=True, eq=False)
class Effect:
    """How the effect of a visit runs out.

    A visit meets all harm of the half hours in which somebody stands there, and `lingers` of it in the half
    hour after. On the days after, the same part of the day holds ``exp(-days / fades_days)`` of what a visit
    would meet, until the next visit: so a second visit soon after the first adds less, and nothing is
    counted twice.

    Attributes
    ----------
    lingers
        Share of the half hour after that is met too.
    fades_days
        Days until the effect of a visit has gone down to 37 %, by place, shape ``(places,)``; 0 where
        nothing lasts until tomorrow.

    Notes
    -----
    Koper 1995, *Justice Quarterly* 12: ten to fifteen minutes give the longest quiet after leaving a
    hot spot. Hauer, Ahlin & Bowser 1982, *Accident Analysis & Prevention* 14: speeds stayed lower for three
    days after one day of visible enforcement. Sherman 1990, *Crime and Justice* 12: deterrence outlasts a
    crackdown, and decays.
    """

    lingers: float
    fades_days: NDArray[np.float64]

    def met(self, harm: NDArray[np.float64], *, stays: int = 1) -> NDArray[np.float64]:
        """Return the harm that a visit meets which starts in each half hour, shape as `harm`.

        Parameters
        ----------
        harm
            Expected, shape ``(places, days, 48)``.
        stays
            Half hours in which somebody stands there.
        """
        later = np.concatenate([harm, np.zeros((*harm.shape[:2], stays + 1))], axis=2)
        width = harm.shape[2]
        met = sum(later[:, :, step : step + width] for step in range(stays))
        return np.asarray(met + self.lingers * later[:, :, stays : stays + width])

    def lasting(self, best: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what lasts of a visit, by how many days pass until the next one.

        Parameters
        ----------
        best
            What the best visit meets, by place, part of the day and day, shape ``(places, parts, days)``.

        Returns
        -------
        ndarray
            ``[place, part, day, n]`` is what a visit on that day still meets on the ``n - 1`` days after
            it, shape ``(places, parts, days, LASTS_DAYS + 1)``. Days beyond the plan count nothing.
        """
        fades = self.fade(np.arange(1, LASTS_DAYS))
        places, parts, days = best.shape
        later = np.concatenate([best, np.zeros((places, parts, LASTS_DAYS))], axis=2)
        lasts = np.zeros((places, parts, days, LASTS_DAYS + 1))
        for passed in range(1, LASTS_DAYS):
            held = later[:, :, passed : passed + days] * fades[:, None, passed - 1][:, :, None]
            lasts[:, :, :, passed + 1] = lasts[:, :, :, passed] + held
        return lasts

    def fade(self, passed: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what is left of a visit after some days, shape ``(places, len(passed))``."""
        fades = np.maximum(self.fades_days, 1e-9)
        return np.asarray(np.exp(-passed[None, :] / fades[:, None]))


def best_of(met: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the best start in each part of the day meets, shape ``(places, parts, days)``."""
    return np.stack([met[:, :, first:last].max(axis=2) for first, last in PARTS.values()], axis=1)


@dataclass(frozen=True, eq=False)
class Visits:
    """Who is where when.

    Attributes
    ----------
    place, day, slot
        Position of the place, number of the day (negative before the plan's first), half hour of the
        working day; shape ``(n,)``.
    """

    place: NDArray[np.int64]
    day: NDArray[np.int64]
    slot: NDArray[np.int64]


def covered(
    effect: Effect, met: NDArray[np.float64], visits: Visits, *, best: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return the harm that visits meet and keep away, by place, shape ``(places,)``.

    Parameters
    ----------
    met
        What a visit meets by place, day and start, shape ``(places, days, 48)``.
    visits
        Those before the first day count with what lasts of them; those soon after one another as one.
    best
        As `best_of` gives; worked out when it is left out.
    """
    found = np.zeros(len(met))
    days = met.shape[1]
    best = best_of(met) if best is None else best
    meets = np.where(visits.day >= 0, met[visits.place, np.maximum(visits.day, 0), visits.slot], 0.0)
    counts = np.flatnonzero(held_once(visits.place, visits.day, visits.slot, meets))
    part = PART_OF[visits.slot]
    order = counts[np.lexsort((visits.day[counts], part[counts], visits.place[counts]))]
    place, day, slot, part = visits.place[order], visits.day[order], visits.slot[order], part[order]
    for at in range(len(order)):
        here, when = int(place[at]), int(day[at])
        same = at + 1 < len(order) and place[at + 1] == here and part[at + 1] == part[at]
        following = int(day[at + 1]) if same else days
        if when >= 0:
            found[here] += met[here, when, slot[at]] if following != when else 0.0
        if following == when:  # twice in one part of a day: the second is the one that counts
            continue
        passed = np.arange(1, min(following - when, LASTS_DAYS))
        on = when + passed
        inside = (on >= 0) & (on < days)
        left = effect.fade(passed[inside])[here]
        found[here] += float((best[here, part[at], on[inside]] * left).sum())
    return found
