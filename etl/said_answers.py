"""What an answer says of itself in words: when it is about, and the age group of who gave it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.said_words import fold, said_parts
from etl.text_columns import distinct_cells
from geodata.age_groups import group_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from etl.rules import FieldRule
    from etl.validate import Findings

OLDEST_TOLD = 120

_YEARS = r"(?:\s*(?:ar|years?|y))?"
_BANDS = (
    re.compile(rf"(?P<low>[0-9]{{1,3}})\s*(?:-|–|—|till|to)\s*(?P<high>[0-9]{{1,3}}){_YEARS}"),
    re.compile(
        rf"(?P<low>[0-9]{{1,3}}){_YEARS}\s*"
        rf"(?:\+|-|–|w|(?:(?:och|eller|and|or) )?(?:over|aldre|older|uppat)){_YEARS}"
    ),
    re.compile(rf"(?:-|–|0-|upp till |hogst |till )\s*(?P<high>[0-9]{{1,3}}){_YEARS}"),
    re.compile(rf"(?:under|yngre an|below|<)\s*(?P<below>[0-9]{{1,3}}){_YEARS}"),
    re.compile(rf"(?:over|aldre an|above|>)\s*(?P<above>[0-9]{{1,3}}){_YEARS}"),
    re.compile(rf"(?P<age>[0-9]{{1,3}}){_YEARS}"),
)
_NOT_SAID = frozenset(
    {
        "vill inte svara",
        "vill ej svara",
        "vill inte uppge",
        "vet ej",
        "ej svar",
        "uppgift saknas",
        "okand",
        "-",
    }
)


def read_said_when(
    text: pd.Series[str], rule: FieldRule
) -> tuple[pd.Series[str], dict[str, NDArray[np.int64]]]:
    """Read when answers say that it happens.

    Returns
    -------
    said
        As ``geodata.said_when`` writes it; null where nothing is said or understood, shape ``(n,)``.
    unread
        Cell that was not understood → the rows that it stands in.
    """
    own = {fold(word): code for word, code in rule.values.items()}
    return _by_cell(text, lambda cell: said_parts(cell, own))


def read_age_groups(
    text: pd.Series[str], rule: FieldRule, bounds: Sequence[int]
) -> tuple[pd.Series[str], NDArray[np.int64]]:
    """Read ages, and bands of ages, into the workspace's groups; an age itself goes no further.

    Returns
    -------
    groups
        Codes of ``geodata.age_groups``; null where none is told or understood, shape ``(n,)``.
    unread
        Rows that say something which is no age, or a band that lies in several groups.
    """
    own = {fold(word): band for word, band in rule.values.items()}

    def group(cell: str) -> str | None:
        said = fold(cell)
        return "" if not said or said in _NOT_SAID else age_group(own.get(said, said), bounds)

    groups, unread = _by_cell(text, group)
    rows = [np.empty(0, dtype=np.int64), *unread.values()]
    return groups, np.sort(np.concatenate(rows))


def read_bands(text: pd.Series[str], rule: FieldRule, findings: Findings) -> pd.Series[str]:
    """Read years of age, as a table of residents has them.

    Returns
    -------
    Series of str
        ``15-19``, ``100+``, or ``34`` for a single year; null where the cell is none, shape ``(n,)``.
    """

    def band(cell: str) -> str | None:
        found = age_band(cell) if cell else None
        if found is None:
            return None if cell else ""
        low, high = found
        return f"{low}+" if high is None else f"{low}-{high}" if high > low else str(low)

    bands, unread = _by_cell(text, band)
    odd = np.zeros(len(text), dtype=bool)
    for rows in unread.values():
        odd[rows] = True
    findings.reject(odd, code="ages_unreadable", columns=rule.columns)
    return bands


def age_group(said: str, bounds: Sequence[int]) -> str | None:
    """Return the group that an age or a band lies in; None where it is neither, or lies in several."""
    band = age_band(said)
    return None if band is None else group_of(*band, bounds)


def age_band(said: str) -> tuple[int, int | None] | None:
    """Read ``34``, ``15-24 år``, ``under 15`` or ``65+`` as ages from and to, both included."""
    folded = fold(said)
    for pattern in _BANDS:
        found = pattern.fullmatch(folded)
        if found is None:
            continue
        told = {name: int(number) for name, number in found.groupdict().items() if number is not None}
        low = told.get("low", told.get("age", told.get("above", -1) + 1))
        high = told.get("high", told.get("age", told["below"] - 1 if "below" in told else None))
        known = low <= OLDEST_TOLD and (high is None or low <= high <= OLDEST_TOLD)
        return (low, high) if known else None
    return None


def _by_cell(
    text: pd.Series[str], read: Callable[[str], str | None]
) -> tuple[pd.Series[str], dict[str, NDArray[np.int64]]]:
    """Read each distinct cell once."""
    number, cells = distinct_cells(text)
    words = cells.fillna("").tolist()
    found = [read(word) for word in words]
    values = pd.array([one or None for one in found], dtype="str")
    unread = {
        word: np.flatnonzero(number == at)
        for at, (word, one) in enumerate(zip(words, found, strict=True))
        if one is None
    }
    return pd.Series(values.take(number), dtype="str"), unread
