"""What a count is held against at each kind of place: pupils at a school, traffic where people joyride."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.evidence.shrinkage import Shrunken, shrink
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

PUPILS, POPULATION, FLOW, STREET = "pupils", "population", "flow", "street"

DENOMINATORS: dict[PlaceKind, tuple[str, ...]] = {
    PlaceKind.SCHOOL_ZONE: (PUPILS, POPULATION, STREET),
    PlaceKind.SQUARE: (POPULATION, STREET),
    PlaceKind.CENTRE: (FLOW, POPULATION, STREET),
    PlaceKind.STATION: (POPULATION, STREET),
    PlaceKind.PARK: (POPULATION, STREET),
    PlaceKind.JOYRIDING: (FLOW, STREET),
    PlaceKind.OTHER: (POPULATION, STREET),
}
"""Best first: pupils; persons living there; vehicle-kilometres a day; street metres."""


@dataclass(frozen=True, eq=False)
class OwnBaseline:
    """Places of one kind against each other.

    Attributes
    ----------
    denominator
        What the counts are held against: the best that is known above zero at all of them.
    amount
        How much of it each has, shape ``(n,)``.
    rate
        Events to one of it, over all of them together.
    shrunken
        Each place's ratio to that rate, net of luck.
    """

    denominator: str
    amount: NDArray[np.float64]
    rate: float
    shrunken: Shrunken


def own_baseline(
    kind: PlaceKind,
    counts: NDArray[np.float64],
    amounts: Mapping[str, NDArray[np.float64]],
    *,
    known: NDArray[np.bool_],
) -> OwnBaseline | None:
    """Hold places of a kind against what they have of the denominator that suits the kind.

    Parameters
    ----------
    counts
        Events at each place of the kind, shape ``(n,)``.
    amounts
        What each has of every denominator, each shape ``(n,)``; NaN where it is not known.
    known
        Where the count is known, shape ``(n,)``; the rate is that of these places.

    Returns
    -------
    OwnBaseline or None
        None where no denominator is known at all of them, or no count is.

    Notes
    -----
    Gamma–Poisson, as in `shrink`; the prior is that of the places of the kind.
    """
    for name in DENOMINATORS[kind]:
        amount = amounts[name]
        if known.any() and (amount > 0).all():
            rate = float(counts[known].sum() / amount[known].sum())
            return OwnBaseline(name, amount, rate, shrink(counts, rate * amount, known=known))
    return None
