"""Emerging hot spots: Gi* period by period, and what kind of story its hot periods tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components
from scipy.special import ndtr

from geodata.hotspots.areas import FEWEST_EVENTS
from geodata.hotspots.base import ALPHA, Finding, HotspotResult, Method
from geodata.hotspots.getis_ord import gi_star
from geodata.hotspots.mann_kendall import mann_kendall
from geodata.hotspots.significance import false_discovery, upper_normal, upper_poisson
from geodata.hotspots.spans import cut
from geodata.hotspots.zones import outline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.hotspots.base import CellCounts, Material

MOSTLY = 0.9
"""The share of periods from which on a cell is hot all the time."""

NEARLY_ALL = 0.95
"""The share of cells without events, in the period that has most, from which on nearly all are empty."""


@dataclass(frozen=True, slots=True)
class EmergingParameters:
    """What emerging hot spots are run with.

    Attributes
    ----------
    span_days
        Days to a period.
    false_discovery_rate
        The share of hot cells and periods that may be chance, and of trends.
    extreme_sd
        Excess beyond this many standard deviations does not widen the spread that all are measured by.
    fewest_events, fewest_spans
        With less, nothing is looked for.
    """

    span_days: int = 28
    false_discovery_rate: float = ALPHA
    extreme_sd: float = 5.0
    fewest_events: int = 30
    fewest_spans: int = 10


@dataclass(frozen=True, eq=False, slots=True)
class Emerging:
    """What was found in every cell.

    Attributes
    ----------
    z, p_adjusted
        Gi* and its chance, corrected for all cells and periods, shape ``(cells, periods)``.
    trend
        z-score of Mann and Kendall over the periods, shape ``(cells,)``.
    class_code
        A code of ``codes.CLASSES``, or "" for none, shape ``(cells,)``.
    """

    z: NDArray[np.float64]
    p_adjusted: NDArray[np.float64]
    trend: NDArray[np.float64]
    class_code: NDArray[np.str_]


def classify(hot: NDArray[np.bool_], cold: NDArray[np.bool_], trend: NDArray[np.int64]) -> NDArray[np.str_]:
    """Name the story of each cell: a code of ``codes.CLASSES``, "" for none.

    Parameters
    ----------
    hot, cold
        Whether it was in each period, oldest first, shape ``(cells, periods)``.
    trend
        1 where Gi* rises surely, -1 where it falls surely, else 0, shape ``(cells,)``.

    Notes
    -----
    The classes are those of Chainey 2021, *Understanding Crime*, and of the common desktop tools, in this
    order: hot in the last period and in nine of ten or more: ``intensifying``, ``diminishing`` or
    ``persistent`` by its trend; hot in the last period alone: ``new``; in an unbroken run up to it and never
    before:
    ``consecutive``; hot in it and cold in some other: ``oscillating``; hot in it otherwise: ``sporadic``;
    not hot in it, but in nine of ten or more: ``historical``.
    """
    periods = hot.shape[1]
    times = hot.sum(axis=1)
    # How many periods without a break lead up to the last.
    unbroken = np.cumprod(hot[:, ::-1], axis=1).sum(axis=1)
    now, mostly = hot[:, -1], times >= MOSTLY * periods
    return np.select(
        [
            now & mostly & (trend > 0),
            now & mostly & (trend < 0),
            now & mostly,
            now & (times == 1),
            now & (unbroken == times),
            now & cold.any(axis=1),
            now,
            mostly,
        ],
        [
            "intensifying", "diminishing", "persistent", "new", "consecutive", "oscillating", "sporadic",
            "historical",
        ],
        default="",
    )  # fmt: skip


def emerging(material: Material, parameters: EmergingParameters, seed: int) -> HotspotResult:  # noqa: ARG001  draws nothing
    """Find cells that are hot in some periods, by Gi*, and name how that changed.

    What is expected in a period is what is expected in all, by the period's share of the events, those left
    out for their day among all: a season makes nothing hot. The chance of a cell in a period is the larger
    of the normal tail of its z-score and the Poisson tail of the count in it and its neighbours, as for Gi*
    over the whole, corrected for all cells and periods together. Cells of one class that touch are one
    finding.
    """
    spans = cut(material, parameters.span_days)
    used = int(spans.known.sum())
    few = {
        "few_events": used < parameters.fewest_events,
        "few_periods": spans.number < parameters.fewest_spans,
    }
    if any(few.values()):
        said = tuple(code for code, holds in few.items() if holds)
        return HotspotResult(used, left_out=spans.left_out, warnings=said)
    cells = material.cells
    counts = np.zeros((cells.cells, spans.number))
    np.add.at(counts, (material.events.cell[spans.known], spans.span[spans.known]), 1.0)
    found = _by_period(cells, counts, material.events.number, parameters)
    empty = 1 - (counts > 0).mean(axis=0).max()
    return HotspotResult(
        used=used,
        findings=tuple(_findings(material, found)),
        left_out=spans.left_out,
        chosen=(("spans", f"{spans.number}"),),
        warnings=("cells_nearly_empty",) if empty > NEARLY_ALL else (),
        details=found,
    )


def _by_period(
    cells: CellCounts, counts: NDArray[np.float64], events: int, parameters: EmergingParameters
) -> Emerging:
    rate, extreme = parameters.false_discovery_rate, parameters.extreme_sd
    share = counts.sum(axis=0) / events
    expected = np.maximum(np.outer(cells.expected, share), 1e-12)
    excess = (counts - expected) / np.sqrt(expected)
    z = np.column_stack(
        [
            gi_star(one, cells.neighbours, ordinary=np.clip(one, -extreme, extreme))
            for one in np.ascontiguousarray(excess.T)
        ]
    )
    around = counts + cells.neighbours @ counts
    expected_around = expected + cells.neighbours @ expected
    p = false_discovery(np.maximum(upper_normal(z), upper_poisson(around, expected_around)).ravel())
    p_adjusted = p.reshape(z.shape)
    cold = false_discovery(ndtr(z).ravel()).reshape(z.shape) <= rate
    trend = mann_kendall(z)
    sure = false_discovery(2 * upper_normal(np.abs(trend))) <= rate
    classes = classify(p_adjusted <= rate, cold, np.where(sure, np.sign(trend), 0).astype(np.int64))
    return Emerging(z, p_adjusted, trend, classes)


def _findings(material: Material, found: Emerging) -> list[Finding]:
    """Join cells of one class that touch; the hottest first."""
    cells, findings = material.cells, []
    for code in np.unique(found.class_code[found.class_code != ""]):
        members = np.flatnonzero(found.class_code == code)
        number, group = connected_components(cells.neighbours[members][:, members], directed=False)
        for one in range(number):
            inside = members[group == one]
            events = np.flatnonzero(np.isin(material.events.cell, inside))
            if len(events) < FEWEST_EVENTS:
                continue
            findings.append(
                Finding(
                    geometry=outline(cells.x[inside], cells.y[inside], cells.cell_area_m2),
                    events=events,
                    expected=float(cells.expected[inside].sum()),
                    score=float(found.z[inside].max()),
                    p=float(found.p_adjusted[inside].min()),
                    class_code=str(code),
                )
            )
    return sorted(findings, key=lambda one: (-one.score, -one.count))


EMERGING = Method(emerging, EmergingParameters, "inside_cell")
