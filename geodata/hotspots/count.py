"""The plain count: how many, where. What every other method is shown beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.base import CellScores, HotspotResult, Method

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.hotspots.base import Material


@dataclass(frozen=True, slots=True)
class CountParameters:
    """What the plain count is run with.

    Attributes
    ----------
    top_share
        The share of cells that are called hot.
    fewest_events
        A cell with fewer events is never called hot.
    """

    top_share: float = 0.02
    fewest_events: int = 5


def count(material: Material, parameters: CountParameters, seed: int) -> HotspotResult:  # noqa: ARG001  draws nothing
    """Call the fullest cells hot: at most ``top_share`` of them, or one, each with ``fewest_events`` or more.

    Says nothing of chance. Ties at the limit are left out together, so that no order of rows decides.

    Notes
    -----
    In a large Swedish municipality simple counts predicted about as well as kernel density: Camacho
    Doyle, Gerell & Andershed 2021.
    """
    cells = material.cells
    hot = highest(cells.count, share=parameters.top_share) & (cells.count >= parameters.fewest_events)
    return HotspotResult(
        used=material.events.number,
        cells=CellScores(cells.count, np.full(cells.cells, np.nan), hot),
        warnings=("no_significance",),
    )


def highest(score: NDArray[np.float64], *, share: float) -> NDArray[np.bool_]:
    """Say which cells have the highest scores, at most so large a share; ties at the limit are left out.

    One at least is allowed: the share of a small town's cells would round to none.
    """
    allowed = max(int(share * len(score)), 1)
    limit = np.sort(score)[::-1][allowed] if allowed < len(score) else -np.inf
    return np.asarray(score > limit)


COUNT = Method(count, CountParameters, "inside_cell", chance=False)
