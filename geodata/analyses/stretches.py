"""Which stretches of street have more than is expected there? Windows along the streets, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata import crs
from geodata.analyses.cautions import cautions
from geodata.analyses.stretch_evidence import (
    agreement_on,
    evidence_on_stretches,
    expected_on,
    streams_on,
)
from geodata.errors import ParameterError
from geodata.evidence.shrinkage import shrink
from geodata.privacy import RULES
from geodata.streets.stretches import LENGTH_M, STEPS, crossings, cut

if TYPE_CHECKING:
    import shapely
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.analyses.place_evidence import StreamAtPlaces
    from geodata.analyses.ranking import StreamEvidence
    from geodata.evidence.agreement import Agreement
    from geodata.evidence.shrinkage import Shrunken
    from geodata.schema import Stream
    from geodata.selection import Selection
    from geodata.streets.stretches import Stretches

SHORTEST_M = 50.0
"""A window no shorter than this: points are noted, and joined to streets, within tens of metres."""

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of one street, from crossing to crossing as far as they have names.

    Attributes
    ----------
    rank
        1 is the one most surely above the expected; None where there is too little to tell.
    street, from_cross, to_cross
        Its name, and those of the streets that meet it at its ends; None where there is none.
    line
        Longitude and latitude.
    count, expected
        Records on it, and what people and traffic along it would give.
    ratio, low, high
        The one over the other, net of luck, and its 90 % range.
    tellable
        Whether enough was counted or expected to say anything.
    top_category
        The most common.
    streams
        Survey, review and incident by themselves, whichever were asked for.
    agreement, agreement_sureness
        How survey and incidents go together here, and the probability that it is so; None where there are
        too few to tell.
    """

    rank: int | None
    street: str | None
    from_cross: str | None
    to_cross: str | None
    road_class: str
    line: shapely.LineString
    length_m: float
    count: int
    expected: float
    ratio: float
    low: float
    high: float
    tellable: bool
    top_category: str | None
    streams: tuple[StreamEvidence, ...]
    agreement: Agreement
    agreement_sureness: float | None


@dataclass(frozen=True, slots=True)
class StretchAnswer:
    """Stretches with records on them; those most surely above the expected first, too few to tell last.

    Attributes
    ----------
    stretches
        No more than were asked for; no record is on two of them.
    found
        How many there are in all.
    window_m, step_m
        Length of the window that slid along the streets, and how far it was moved at a time.
    used
        Records on a street.
    off_street
        Records with a known point and no street near; None where they are too few to show.
    left_out
        Records left out by how well their place is known.
    counting_rule, warnings
        Codes of ``geodata.codes``.
    """

    stretches: tuple[Stretch, ...]
    found: int
    window_m: float
    step_m: float
    used: int | None
    off_street: int | None
    left_out: dict[str, int]
    counting_rule: str
    warnings: tuple[str, ...]


def find_stretches(
    ground: Ground, selection: Selection, *, length_m: float = LENGTH_M, limit: int = SHOWN
) -> StretchAnswer:
    """Count the selected records along the streets and set each stretch against what is expected there.

    What is expected is fitted over cells, as for places, from the same records that are counted here; the
    prior is that of all stretches, also those without a record.

    Parameters
    ----------
    length_m
        Length of a stretch; what a shorter street has, or what is left between others, is shorter.
    limit
        How many to give.

    Returns
    -------
    StretchAnswer
        Without stretches, and with the warning ``stretches_withheld``, for an audience without cells.

    Raises
    ------
    ParameterError
        ``stretch_too_short``.
    """
    if not length_m >= SHORTEST_M:
        raise ParameterError(
            "stretch_too_short",
            f"A stretch is at least {SHORTEST_M:g} metres, not {length_m:g}.",
            length=length_m,
            least=SHORTEST_M,
        )
    chosen = ground.records.problems(selection)
    located = chosen & ground.records.in_hotspots
    used = located & np.isfinite(ground.axis.observation_metre)
    shown: tuple[Stretch, ...] = ()
    found = 0
    if not RULES[selection.audience].cells:
        warnings: tuple[str, ...] = ("stretches_withheld",)
    else:
        rows = np.flatnonzero(used)
        rows = rows[np.argsort(ground.axis.observation_metre[rows], kind="stable")]
        all_of_them = cut(ground.axis.corridors, ground.axis.observation_metre[rows], length_m=length_m)
        expected = expected_on(ground, used, all_of_them)
        shrunken = shrink(all_of_them.counts.astype(np.float64), expected)
        order = np.lexsort((-all_of_them.counts, -shrunken.low, ~shrunken.tellable))
        order = order[all_of_them.counts[order] > 0]
        found = len(order)
        evidence = evidence_on_stretches(ground, selection, all_of_them)
        shown = tuple(
            _describe(
                ground, rows, all_of_them, int(at), number, expected, shrunken, evidence, length_m=length_m
            )
            for number, at in enumerate(order[:limit], start=1)
        )
        warnings = _warnings(ground, selection, found, ranked=bool(shrunken.tellable[order].any()))
    exact = RULES[selection.audience].exact_counts
    return StretchAnswer(
        stretches=shown,
        found=found,
        window_m=length_m,
        step_m=length_m / STEPS,
        used=int(used.sum()) if exact else None,
        off_street=int((located & ~used).sum()) if exact else None,
        left_out=ground.left_out(chosen, located, selection.audience),
        counting_rule="along_street",
        warnings=warnings,
    )


def _warnings(ground: Ground, selection: Selection, found: int, *, ranked: bool) -> tuple[str, ...]:
    said = {
        "stretches_need_streets": not ground.network.links,
        "none_on_streets": bool(ground.network.links) and not found,
        "too_few_to_rank": found > 0 and not ranked,
    }
    return (*tuple(code for code, holds in said.items() if holds), *cautions(ground, selection))


def _describe(  # noqa: PLR0913  the stretch, and all that was worked out of it
    ground: Ground,
    rows: NDArray[np.int64],
    stretches: Stretches,
    at: int,
    number: int,
    expected: NDArray[np.float64],
    shrunken: Shrunken,
    evidence: dict[Stream, StreamAtPlaces],
    *,
    length_m: float,
) -> Stretch:
    """Give a stretch its line and its names; `rows` are the records in the order of the axis."""
    corridors, network = ground.axis.corridors, ground.network
    first, last = float(stretches.first[at]), float(stretches.last[at])
    low, high = np.searchsorted(ground.axis.observation_metre[rows], (first, last))
    category = next(iter(ground.records.categories_of(rows[low:high])), (None, 0))[0]
    link = corridors.link_at(first)
    from_cross, to_cross = crossings(corridors, first, last, within_m=length_m / STEPS)
    line = corridors.line(first, last)
    agree, sure = agreement_on(evidence, at)
    return Stretch(
        rank=number if shrunken.tellable[at] else None,
        street=network.name[link] or None,
        from_cross=from_cross,
        to_cross=to_cross,
        road_class=network.road_class[link],
        line=crs.reproject([line], source=ground.project.geography.working_crs, target=crs.WGS84)[0],
        length_m=last - first,
        count=int(stretches.counts[at]),
        expected=float(expected[at]),
        ratio=float(shrunken.ratio[at]),
        low=float(shrunken.low[at]),
        high=float(shrunken.high[at]),
        tellable=bool(shrunken.tellable[at]),
        top_category=category,
        streams=streams_on(evidence, at),
        agreement=agree,
        agreement_sureness=sure,
    )
