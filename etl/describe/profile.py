"""What a column holds: how full it is, what its cells look like, and which words they are."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from etl.describe.layouts import Layouts, find_layouts
from etl.describe.lexicon import fold, lexicon
from etl.masking.mask import mask_value
from etl.parse import clocks, numbers

if TYPE_CHECKING:
    import pandas as pd

    from etl.readers.raw_table import RawTable

LOOKED_AT = 2000
"""Rows that a profile looks at, evenly spread; whether values repeat is seen over all rows."""
EXAMPLES = 3

_HOURS = r"^[0-9]{1,2}[:.]?[0-9]{0,2}\s*[-–]\s*[0-9]{1,2}[:.]?[0-9]{0,2}$"
_CLOCK_SHAPE = r"^[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?$"
_HOUR_GROUP = r"^[0-9]{1,2}\s*[-–]\s*[0-9]{1,2}$"


@dataclass(frozen=True)
class Profile:
    """One column.

    Attributes
    ----------
    heading, folded
        As it stands, and folded.
    filled, unique
        Share of the rows with something in it, and whether no value comes twice.
    numeric, whole, low, high
        Share of the filled cells that are numbers, that are whole numbers, and their range.
    length, spaced
        Mean number of characters, and share of the filled cells with a space within.
    clock, hour_groups, hours
        Share of the filled cells that are times of day, groups of hours, or parts of the day.
    layouts
        The layouts of dates that read them.
    distinct
        The different values with their number of rows, most frequent first.
    vocabularies
        Vocabulary → share of the filled cells whose word it knows.
    """

    heading: str
    folded: str
    filled: float = 0.0
    unique: bool = False
    numeric: float = 0.0
    whole: float = 0.0
    low: float = math.nan
    high: float = math.nan
    length: float = 0.0
    spaced: float = 0.0
    clock: float = 0.0
    hour_groups: float = 0.0
    hours: float = 0.0
    layouts: Layouts = field(default_factory=Layouts)
    distinct: dict[str, int] = field(default_factory=dict)
    vocabularies: dict[str, float] = field(default_factory=dict)

    @property
    def examples(self) -> tuple[str, ...]:
        """A few of its values, masked and cut to what a message may carry."""
        return tuple(mask_value(value) for value in list(self.distinct)[:EXAMPLES])

    def share(self, pattern: str) -> float:
        """Return the share of the filled cells that a regular expression fits whole."""
        fits = re.compile(pattern).fullmatch
        total = sum(self.distinct.values())
        return sum(times for cell, times in self.distinct.items() if fits(cell)) / total if total else 0.0


def profiles(raw: RawTable) -> dict[str, Profile]:
    """Look at every column of a file."""
    count = len(raw.cells)
    at = np.arange(count) if count <= LOOKED_AT else np.linspace(0, count - 1, LOOKED_AT).astype(np.intp)
    return {name: _profile(name, raw.cells[name], raw.cells[name].iloc[at]) for name in raw.cells.columns}


def _profile(heading: str, whole: pd.Series[str], sample: pd.Series[str]) -> Profile:
    everything = whole[whole != ""]
    text = sample[sample != ""].reset_index(drop=True)
    counts = {str(value): int(times) for value, times in text.value_counts().items()}
    if not len(text):
        return Profile(heading, fold(heading))
    values, unreadable = numbers(text)
    known = values[~unreadable]
    _, _, odd, impossible = clocks(text)
    shaped = text.str.contains(_CLOCK_SHAPE, regex=True) | text.str.contains(_HOUR_GROUP, regex=True)
    readable = shaped.to_numpy(dtype=bool) & ~odd & ~impossible
    return Profile(
        heading=heading,
        folded=fold(heading),
        filled=len(everything) / len(whole),
        unique=bool(everything.is_unique),
        numeric=float((~unreadable).mean()),
        whole=float(((values % 1 == 0) & ~unreadable).mean()),
        low=float(known.min()) if len(known) else np.nan,
        high=float(known.max()) if len(known) else np.nan,
        length=float(text.str.len().mean()),
        spaced=float(text.str.contains(" ", regex=False).mean()),
        clock=float(readable.mean()),
        hour_groups=float(text.str.contains(_HOUR_GROUP, regex=True).mean()),
        hours=float(text.str.contains(_HOURS, regex=True).mean()),
        layouts=find_layouts(text),
        distinct=counts,
        vocabularies=_vocabularies(counts),
    )


def _vocabularies(counts: dict[str, int]) -> dict[str, float]:
    words = lexicon()
    total = sum(counts.values())
    return {
        name: sum(times for cell, times in counts.items() if words.code(name, cell)) / total
        for name in words.words
    }
