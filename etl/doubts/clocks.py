"""How a file writes the time of day: no two layouts can be taken for each other, so it is found and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable

_LAYOUTS = {
    "17:59": r"[0-9]{1,2}:[0-9]{2}",
    "17.59": r"[0-9]{1,2}\.[0-9]{2}",
    "1759": r"[0-9]{3,4}",
    "17:59:30": r"[0-9]{1,2}[:.]?[0-9]{2}[:.][0-9]{2}(?:\.[0-9]+)?",
    "17": r"[0-9]{1,2}",
    "17-18": r"[0-9]{1,2}\s*[-–]\s*[0-9]{1,2}",
}
"""One minute before six, as each layout writes it, and what its cells look like."""


def say_clocks(raw: RawTable, mapping: Mapping) -> dict[str, str]:
    """Say how the times of day are written, as ``clock_layout``; nothing where there are none."""
    found: dict[str, None] = {}
    for column in sorted(mapping.clocks & set(raw.cells.columns)):
        distinct = pd.Series(raw.cells[column].unique(), dtype="str")
        found |= dict.fromkeys(
            name for name, shape in _LAYOUTS.items() if distinct.str.fullmatch(shape).any()
        )
    return {"clock_layout": ", ".join(found)} if found else {}
