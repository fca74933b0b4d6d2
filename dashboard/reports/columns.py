"""Widths of a table's columns in which no word is broken, as far as the page gives room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.report import Cell, Table

LINE_EM = 53.0
"""What a line of a table holds on paper, in its own letters: 176 mm at 9.4 points."""

PADDING_EM = 0.8
LETTERS: tuple[tuple[str, float], ...] = (
    ("ijlI.,:;!|'()", 0.33),
    ("frt-–", 0.44),
    ("0123456789", 0.58),
    ("\N{NO-BREAK SPACE}", 0.27),
    ("mwMW%", 0.97),
)
"""How wide letters are, in em of the semibold that headings are set in; others are as `OTHER`."""

SMALL_LETTER, OTHER = 0.62, 0.74
SMALL_PRINT, LIGHTER = 0.88, 0.93
BREAKS = re.compile(r"(?<=[-–/])")
"""Where a word may break."""

RANGE = re.compile(r"\d–\d")
"""What is kept on one line, as ``document`` does."""


def fitted(table: Table) -> tuple[float, ...]:
    """Return the shares of the columns in per cent: those of the table, widened where a word would break.

    What one column is given the others lose in the measure that they have to spare. Where the words of all
    columns together are too long for a line the table's own shares hold.
    """
    if not table.widths:
        return ()
    least = [
        100 * max((_longest(cell, heads=at == 0 or row == 0) for row, cell in enumerate(column)), default=0.0)
        for at, column in enumerate(_columns(table))
    ]
    if sum(least) > sum(table.widths):
        return tuple(float(one) for one in table.widths)
    short = sum(max(0.0, need - share) for need, share in zip(least, table.widths, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(least, table.widths, strict=True))
    taken = short / spare if spare else 0.0
    return tuple(
        need if need >= share else share - taken * (share - need)
        for need, share in zip(least, table.widths, strict=True)
    )


def _columns(table: Table) -> Sequence[Sequence[str | Cell]]:
    return list(zip(table.headings, *table.rows, strict=True))


def _longest(cell: str | Cell, *, heads: bool) -> float:
    """Return the width of a cell's longest word, as a share of the line."""
    text, small = (cell, ()) if isinstance(cell, str) else (cell.text, cell.small)
    widths = [_width(word) for word in _words(text)]
    widths += [SMALL_PRINT * _width(word) for one in small for word in _words(one)]
    # What is not set in the headings' heavy letters is narrower.
    return (max(widths, default=0.0) * (1.0 if heads else LIGHTER) + PADDING_EM) / LINE_EM


def _words(text: str) -> list[str]:
    return [
        piece for word in text.split(" ") for piece in ([word] if RANGE.search(word) else BREAKS.split(word))
    ]


def _width(word: str) -> float:
    return sum(_letter(letter) for letter in word)


def _letter(letter: str) -> float:
    for letters, width in LETTERS:
        if letter in letters:
            return width
    return SMALL_LETTER if letter.islower() else OTHER
