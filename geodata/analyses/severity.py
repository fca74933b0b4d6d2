"""What records weigh by their severity, by the municipality's own scale, and how an answer says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.records import Records
    from geodata.sections import SeverityWeights


def weights(records: Records, rows: NDArray[np.int64], scale: SeverityWeights) -> NDArray[np.float64]:
    """Return what some records weigh, shape ``(rows,)``; what is unknown or not listed weighs one."""
    listed = [scale.weights.get(name, 1.0) for name in records.severity_names]
    # A record without a severity has the code -1, which is the last.
    return np.array([*listed, 1.0])[records.severity_code[rows]]


def parameters(
    records: Records, rows: NDArray[np.int64], scale: SeverityWeights
) -> tuple[tuple[str, str], ...]:
    """Say what records were weighed by, on whose word, and how many weigh one for want of a weight."""
    if not scale.weights:
        return ()
    listed = [name in scale.weights for name in records.severity_names]
    without = ~np.array([*listed, False])[records.severity_code[rows]]
    return (
        *((f"weight_{code}", f"{weight:g}") for code, weight in scale.weights.items()),
        ("weights_source", scale.source),
        ("weighs_one_unlisted", f"{without.sum()}"),
    )
