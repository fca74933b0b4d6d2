"""Rows above the heading: the title of a report, the day it was printed."""

from __future__ import annotations

import re
from collections import deque
from itertools import chain, islice
from statistics import median_high
from typing import TYPE_CHECKING

from etl.masking.mask import mask_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = tuple[int, Sequence[str]]

LOOKED_AT = 20
"""Rows in which a heading is looked for."""
HALF = 0.5
_NUMBER = re.compile(r"[\d\s.,:/+-]+")


def below_titles(rows: Iterator[Row], said: dict[str, str]) -> Iterator[Row]:
    """Pass over the rows above the heading, and say what they were.

    Parameters
    ----------
    rows
        The rows that are not blank, from the first.
    said
        Told ``title_rows``: what stands in the rows passed over, masked.

    Notes
    -----
    The heading is the first row, unless that fills less than half as many cells as the rows near it (median);
    then the first that fills half of them, each with words, if there is one.
    """
    looked_at = deque(islice(rows, LOOKED_AT))
    enough = HALF * median_high([_filled(cells) for _, cells in looked_at] or [0])
    heading = next(
        (
            at
            for at, (_, cells) in enumerate(looked_at)
            if _filled(cells) >= enough and (not at or _words(cells))
        ),
        0,
    )
    titles = [looked_at.popleft() for _ in range(heading)]
    if titles:
        said["title_rows"] = mask_value(" / ".join(" ".join(filter(str.strip, cells)) for _, cells in titles))
    return chain(looked_at, rows)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _words(cells: Sequence[str]) -> bool:
    return not any(_NUMBER.fullmatch(cell) for cell in cells if cell.strip())
