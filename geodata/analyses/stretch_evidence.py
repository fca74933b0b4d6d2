"""What the streams say on every stretch: counts along it, what is expected there, and how they agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.place_evidence import StreamAtPlaces
from geodata.analyses.ranking import StreamEvidence
from geodata.evidence.agreement import Agreement, agreement, sureness
from geodata.evidence.baseline import fit
from geodata.evidence.shrinkage import shrink
from geodata.schema import Stream
from geodata.selection import ALL_STREAMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.selection import Selection
    from geodata.streets.stretches import Stretches


def expected_on(ground: Ground, used: NDArray[np.bool_], stretches: Stretches) -> NDArray[np.float64]:
    """Return what people and traffic along each stretch would give, shape ``(n,)``.

    The floor of all cells is shared by all metres of street.
    """
    cells = ground.cells
    baseline = fit(cells.count(used), cells.design)
    share = (stretches.last - stretches.first) / max(ground.axis.corridors.length_m, 1.0)
    exposed = ground.axis.exposed(stretches.first, stretches.last)
    return baseline.of(exposed, cells=share * len(cells.ids))


def evidence_on_stretches(
    ground: Ground, selection: Selection, stretches: Stretches
) -> dict[Stream, StreamAtPlaces]:
    """Count each stream on every stretch and set it against what is expected there.

    All three streams are taken, whichever the selection names, for an audience that sees exact counts.
    """
    metre = ground.axis.observation_metre
    asked = ground.records.problems(replace(selection, streams=ALL_STREAMS)) & ground.records.in_hotspots
    asked = asked & np.isfinite(metre)
    found = {}
    for stream in Stream:
        used = asked & ground.records.of_stream(stream)
        along = np.sort(metre[used])
        held = np.searchsorted(along, stretches.last) - np.searchsorted(along, stretches.first)
        counts, expected = held.astype(np.float64), expected_on(ground, used, stretches)
        stands_open = np.ones(len(counts), dtype=bool)
        found[stream] = StreamAtPlaces(counts, expected, stands_open, shrink(counts, expected))
    return found


def streams_on(evidence: Mapping[Stream, StreamAtPlaces], row: int) -> tuple[StreamEvidence, ...]:
    """Say what each stream says of one stretch."""
    return tuple(
        StreamEvidence(
            stream=stream,
            count=int(one.counts[row]),
            expected=float(one.expected[row]),
            ratio=float(one.shrunken.ratio[row]),
            low=float(one.shrunken.low[row]),
            high=float(one.shrunken.high[row]),
            tellable=bool(one.shrunken.tellable[row]),
        )
        for stream, one in evidence.items()
    )


def agreement_on(evidence: Mapping[Stream, StreamAtPlaces], row: int) -> tuple[Agreement, float | None]:
    """Class one stretch, and say how surely it is so."""
    felt, recorded = evidence[Stream.SURVEY], evidence[Stream.INCIDENT]
    found = agreement(felt=felt.above(row), recorded=recorded.above(row))
    return found, sureness(found, felt=felt.shrunken, recorded=recorded.shrunken, row=row)
