"""The plain count: how many, where. What every other method is shown beside."""

from __future__ import annotations

import numpy as np

from geodata.hotspots.base import ALPHA, CellCounts, HotspotResult

TOP_SHARE = 0.02
"""The share of cells that are called hot."""

FEWEST = 5
"""A cell with fewer events is never called hot."""


def count(cells: CellCounts, *, alpha: float = ALPHA) -> HotspotResult:  # noqa: ARG001  the contract's
    """Call the fullest cells hot: at most ``TOP_SHARE`` of them, each with ``FEWEST`` events or more.

    Says nothing of chance. Ties at the limit are left out together, so that no order of rows decides.

    Notes
    -----
    In a large Swedish municipality simple counts predicted about as well as kernel density: Camacho
    Doyle, Gerell & Andershed 2021.
    """
    allowed = int(TOP_SHARE * cells.cells)
    limit = np.sort(cells.count)[::-1][allowed] if allowed < cells.cells else np.inf
    return HotspotResult(
        score=cells.count,
        p_adjusted=np.full(cells.cells, np.nan),
        hot=(cells.count > limit) & (cells.count >= FEWEST),
        parameters=(("top_share", f"{TOP_SHARE:g}"), ("fewest_events", f"{FEWEST}")),
        warnings=("no_significance",),
    )
