"""How places of one kind compare by what they have of their own: pupils, residents, traffic, street."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.place_evidence import evidence_at_places
from geodata.codelists import ROAD_CLASSES
from geodata.evidence.denominators import FLOW, POPULATION, PUPILS, STREET, own_baseline
from geodata.evidence.exposure import COVARIATES
from geodata.places.school_zones import school_ids
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.schema import Stream
    from geodata.selection import Selection


@dataclass(frozen=True, slots=True)
class KindRate:
    """One stream at one place against the others of its kind.

    Attributes
    ----------
    denominator, amount
        What the count is held against, and how much of it the place has.
    count
        None when withheld.
    expected
        What the kind's common rate would give there.
    ratio, low, high
        Shrunken ratio to it and its 90 % range; None where withheld or too few to tell.
    """

    place_id: int
    name: str
    kind: PlaceKind
    stream: Stream
    denominator: str
    amount: float
    count: int | None
    expected: float
    ratio: float | None
    low: float | None
    high: float | None


def rates_by_kind(ground: Ground, selection: Selection) -> tuple[KindRate, ...]:
    """Hold each place against the others of its kind, by the denominator that suits the kind.

    By kind, place and stream, of the streams that are selected. A kind without a denominator that is known
    at all its places is left out; the project's own expectation, which `rank_places` tells, is there for it.
    """
    streams, amounts = evidence_at_places(ground, selection), _amounts(ground)
    found = []
    for kind in PlaceKind:
        rows = np.array([at for at, place in enumerate(ground.places) if place.kind == kind], dtype=np.int64)
        for stream in sorted(selection.streams, key=list(streams).index):
            one = streams[stream]
            own = own_baseline(
                kind,
                one.counts[rows],
                {name: amount[rows] for name, amount in amounts.items()},
                known=one.stands_open[rows],
            )
            if own is None:
                continue
            for at, row in enumerate(rows.tolist()):
                place, open_ = ground.places[row], bool(one.stands_open[row])
                told = open_ and bool(own.shrunken.tellable[at])
                found.append(
                    KindRate(
                        place_id=place.place_id,
                        name=place.name,
                        kind=kind,
                        stream=stream,
                        denominator=own.denominator,
                        amount=float(own.amount[at]),
                        count=int(one.counts[row]) if open_ else None,
                        expected=own.rate * float(own.amount[at]),
                        ratio=float(own.shrunken.ratio[at]) if told else None,
                        low=float(own.shrunken.low[at]) if told else None,
                        high=float(own.shrunken.high[at]) if told else None,
                    )
                )
    return tuple(found)


def _amounts(ground: Ground) -> dict[str, NDArray[np.float64]]:
    """Return what each place has of every denominator, shape ``(places,)`` each; NaN where not known."""
    design = ground.place_design
    schools = ground.snapshot.table("schools")
    pupils = dict(zip(schools["school_id"], schools["pupils"].astype(float), strict=True))
    return {
        PUPILS: np.array(
            [
                sum(pupils.get(one, np.nan) for one in school_ids(place.source_key)) or np.nan
                for place in ground.places
            ],
            dtype=np.float64,
        ),
        POPULATION: design[:, COVARIATES.index("population")],
        FLOW: design[:, COVARIATES.index("flow")],
        STREET: design[:, [COVARIATES.index(f"metres_{one}") for one in ROAD_CLASSES]].sum(axis=1),
    }
