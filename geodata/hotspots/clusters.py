"""DBSCAN: points that lie dense, whatever the shape, with an outline of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geodata.hotspots.areas import FEWEST_EVENTS, LARGEST_M2
from geodata.hotspots.base import Finding, HotspotResult, Method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geodata.hotspots.base import Material

SHORTER = 2**0.5
"""How many times shorter the reach is when a cluster is looked into again."""


@dataclass(frozen=True, slots=True)
class ClusterParameters:
    """What DBSCAN is run with.

    Attributes
    ----------
    fewest_in_reach
        An event is in the thick of a cluster when so many, itself among them, lie within reach.
    times_denser
        The reach is chosen so that it asks for so many times the density of the whole.
    shortest_m, longest_m
        The reach is never shorter or longer than this.
    largest_area_m2
        A cluster whose ground is larger is looked into again with a shorter reach.
    fewest_events
        With fewer, nothing is looked for.
    """

    fewest_in_reach: int = FEWEST_EVENTS
    times_denser: float = 3.0
    shortest_m: float = 25.0
    longest_m: float = 300.0
    largest_area_m2: float = LARGEST_M2
    fewest_events: int = 30


def choose_reach(events: int, area_m2: float, parameters: ClusterParameters) -> float:
    """Return DBSCAN's eps, metres: `fewest_in_reach` in so large a circle is `times_denser` the mean."""
    density = parameters.times_denser * events / area_m2
    reach = np.sqrt(parameters.fewest_in_reach / (density * np.pi))
    return float(np.clip(reach, parameters.shortest_m, parameters.longest_m))


def density_clusters(
    x: NDArray[np.float64], y: NDArray[np.float64], *, reach_m: float, fewest: int
) -> NDArray[np.int64]:
    """Return the cluster of each event, the largest 0, -1 for none, shape ``(n,)``.

    An event at the edge of two clusters belongs to the one with the nearest event in its thick, so that the
    order of events does not decide, as it does in the first description.

    Notes
    -----
    Ester, Kriegel, Sander & Xu 1996, *Proceedings of KDD-96*.
    """
    from sklearn.cluster import DBSCAN  # noqa: PLC0415  scikit-learn is slow to import

    points = np.column_stack([x, y])
    found = DBSCAN(eps=reach_m, min_samples=fewest).fit(points)
    core, label = found.core_sample_indices_, np.asarray(found.labels_, dtype=np.int64)
    if not len(core):
        return label
    edge = np.flatnonzero((label >= 0) & ~np.isin(np.arange(len(label)), core))
    label[edge] = label[core[cKDTree(points[core]).query(points[edge])[1]]]
    size = np.bincount(label[label >= 0])
    # The largest first; of two as large the one whose westernmost event lies farther west.
    west = np.full(len(size), np.inf)
    np.minimum.at(west, label[label >= 0], x[label >= 0])
    rank = np.empty(len(size), dtype=np.int64)
    rank[np.lexsort((west, -size))] = np.arange(len(size))
    return np.where(label >= 0, rank[label], -1)


def clusters(material: Material, parameters: ClusterParameters, seed: int) -> HotspotResult:  # noqa: ARG001  draws nothing
    """Join events that lie dense into clusters; the outline is the ground within half the reach of them.

    One reach for a whole town makes its centre one cluster. So one that is larger than anybody can stand in
    is looked into again with a shorter reach, until what is left is the tight clusters in it, or the reach is
    at its shortest. Says nothing of chance, nor of what is expected: a centre is dense for being one.
    """
    events = material.events
    if events.number < parameters.fewest_events:
        return HotspotResult(events.number, warnings=("few_events", "no_significance"))
    area = material.cells.cells * material.cells.cell_area_m2
    reach = choose_reach(events.number, area, parameters)
    found = sorted(
        _tight(events.x, events.y, np.arange(events.number), reach, parameters),
        key=lambda one: (-len(one[0]), float(events.x[one[0]].min())),
    )
    shortest = min((one[2] for one in found), default=reach)
    return HotspotResult(
        events.number,
        findings=tuple(
            Finding(ground, inside, float("nan"), float(len(inside)), float("nan"))
            for inside, ground, _ in found
        ),
        chosen=(
            ("reach_m", f"{reach:.0f}"),
            *((("reach_least_m", f"{shortest:.0f}"),) if shortest < reach else ()),
        ),
        warnings=("no_significance",),
    )


def _tight(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    among: NDArray[np.int64],
    reach_m: float,
    parameters: ClusterParameters,
) -> Iterator[tuple[NDArray[np.int64], shapely.Geometry, float]]:
    """Yield the clusters among some events: the events of each, ascending, its ground, and its reach."""
    label = density_clusters(x[among], y[among], reach_m=reach_m, fewest=parameters.fewest_in_reach)
    for one in range(int(label.max(initial=-1)) + 1):
        inside = among[label == one]
        if len(inside) < parameters.fewest_in_reach:  # its edge went to a neighbour
            continue
        spots = np.unique(np.column_stack([x[inside], y[inside]]), axis=0)
        ground = shapely.union_all(shapely.buffer(shapely.points(spots), reach_m / 2, quad_segs=4))
        if shapely.area(ground) <= parameters.largest_area_m2 or reach_m <= parameters.shortest_m:
            yield inside, ground, reach_m
        else:
            shorter = max(reach_m / SHORTER, parameters.shortest_m)
            yield from _tight(x, y, inside, shorter, parameters)


CLUSTERS = Method(clusters, ClusterParameters, "inside_cell", chance=False)
