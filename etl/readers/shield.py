"""Cells that a spreadsheet would run as a formula: written so that it shows them, and read as they were."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from etl.readers.raw_table import RawTable

_FORMULA = re.compile(r"['=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d\s.,]*")
_SHIELD = re.compile(r"^'(?=['=+\-@\t\r＝＋－＠])")


def shielded(cell: str) -> str:
    """Write a cell so that a spreadsheet shows it and never runs it as a formula; numbers stand as they are.

    An apostrophe before it does that, and `unshielded` takes it away again. A cell that begins with an
    apostrophe gets one more, so that every cell comes back as it was.
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unshielded(cell: str) -> str:
    """Return a cell as it was before `shielded`."""
    return _SHIELD.sub("", cell, count=1)


def without_shields(raw: RawTable) -> RawTable:
    """Return a table that was written with `shielded` as it was before, its headings too."""
    plain = {unshielded(str(name)): raw.cells[name].map(unshielded) for name in raw.cells}
    apart = tuple(replace(row, cells=tuple(map(unshielded, row.cells))) for row in raw.unreadable)
    cells = pd.DataFrame(plain, index=raw.cells.index, dtype="str")
    return replace(raw, cells=cells, unreadable=apart)
