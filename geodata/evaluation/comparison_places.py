"""Which places treated ones are compared with: same kind, like size, out of reach of spill-over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SPILL_M = 250.0
"""How far from a treated place's ground what moved away, or what was prevented too, is looked for: about two
blocks (Weisburd et al. 2006, *Criminology* 44). Nothing nearer is compared with."""

SIMILAR = 4.0
"""A comparison place has at most this many times as much expected as a treated one, or as little."""

FEWEST = 2
"""With fewer comparison places than this the next rule is tried."""


@dataclass(frozen=True, slots=True)
class ComparisonPlaces:
    """The places chosen.

    Attributes
    ----------
    rows
        Positions, ascending; empty where no place will do.
    rule
        ``same_kind``, ``same_kind_any_size``, ``any_kind`` or ``rest_of_municipality``: the first of them
        that gave enough; codes of ``geodata.codes``.
    """

    rows: tuple[int, ...]
    rule: str


def choose(
    treated: Sequence[int],
    kinds: NDArray[np.str_],
    expected: NDArray[np.float64],
    distance_m: NDArray[np.float64],
    *,
    touched: NDArray[np.bool_],
) -> ComparisonPlaces:
    """Choose comparison places.

    Parameters
    ----------
    treated
        Positions of the treated places.
    kinds
        Kind of each place, shape ``(places,)``.
    expected
        What people and traffic let one expect at each place before, shape ``(places,)``. Places are not
        matched by what was counted: whoever picks places with as unusually many as the treated one picks
        the same luck, and it turns there too.
    distance_m
        From the ground of the nearest treated place to that of each, shape ``(places,)``.
    touched
        Places where something was done themselves in the time that is looked at, shape ``(places,)``.
    """
    places = np.arange(len(kinds))
    rows = np.asarray(treated, dtype=np.int64)
    free = ~np.isin(places, rows) & ~touched & (distance_m >= SPILL_M)
    same = np.isin(kinds, kinds[rows])
    ratio = np.full(len(kinds), np.inf)
    usual = float(np.median(expected[rows]))
    known = (expected > 0) & (usual > 0)
    ratio[known] = np.abs(np.log(expected[known] / usual))
    alike = ratio <= np.log(SIMILAR)
    rules = {"same_kind": same & alike, "same_kind_any_size": same, "any_kind": alike}
    for rule, fits in rules.items():
        chosen = places[free & fits]
        if len(chosen) >= FEWEST:
            return ComparisonPlaces(tuple(chosen.tolist()), rule)
    return ComparisonPlaces((), "rest_of_municipality")
