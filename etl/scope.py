"""Which rows are not for the analyses: digests, closed units, and what is about another municipality."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import numpy as np

from etl.counties import COUNTIES

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    import pandas as pd
    from numpy.typing import NDArray

    from etl.rules import Scope
    from geodata.sections import Municipality

_ADDED = re.compile(r"\s(?:kommun|stad)$", re.IGNORECASE)
"""What an official name adds to the plain one."""


def set_aside_by_value(cells: pd.DataFrame, rules: Dictionary[str, tuple[str, ...]]) -> NDArray[np.bool_]:
    """Say which rows hold one of the values that the mapping sets aside, letter case apart."""
    aside = np.zeros(len(cells), dtype=bool)
    for column, patterns in rules.items():
        folded = [pattern.casefold() for pattern in patterns]
        held = {
            value
            for value in cells[column].unique()
            if any(fnmatchcase(value.casefold(), pattern) for pattern in folded)
        }
        aside |= cells[column].isin(held).to_numpy(dtype=bool)
    return aside


def about_others(cells: pd.DataFrame, scope: Scope, municipality: Municipality) -> NDArray[np.bool_]:
    """Say which rows are about another municipality or another county; an empty cell says nothing.

    Names are compared without letter case: Mellerud is Melleruds kommun, and Upplands väsby is Upplands
    Väsby.
    """
    text = cells[scope.column]
    if scope.code is not None:
        ours = {municipality.code}
    else:
        named = names_of(municipality.name) | {COUNTIES.get(municipality.code[:2], "").casefold()}
        ours = {value for value in text.unique() if names_of(value) & named}
    return np.asarray(~text.isin(ours) & (text != ""), dtype=bool)


def names_of(name: str) -> set[str]:
    """Return what a municipality may also be called: with and without ``kommun``, and its genitive."""
    plain, added = _ADDED.subn("", name.strip().casefold())
    names = {name.strip().casefold(), plain}
    return names | {plain.removesuffix("s")} if added else names
