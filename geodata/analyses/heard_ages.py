"""Who has been heard by age: answers of each age group against the residents of that age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.age_groups import OLDEST, group_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground


def age_codes(ground: Ground) -> NDArray[np.int64]:
    """Return the age group of who gave each record, as its position; -1 where it is not known."""
    codes = group_codes(ground.project.survey.age_groups)
    column = ground.observations["age_group"].astype(object)
    return np.asarray(pd.Categorical(column, categories=list(codes)).codes, dtype=np.int64)


def residents_by_age(ground: Ground) -> NDArray[np.float64] | None:
    """Return residents of each age group; None where no table of them is imported.

    Rows of the whole municipality are taken where there are any, else those of its parts added up.
    """
    table = ground.snapshot.table("residents")
    if not len(table):
        return None
    area = table["area"].fillna("").astype(str).str.casefold()
    name = ground.project.municipality.name.casefold()
    whole = (area == "") | (area == name) | area.str.startswith(f"{ground.project.municipality.code} ")
    rows = table[whole] if whole.any() else table
    persons = rows["residents"].fillna(0.0).to_numpy(dtype=np.float64)
    return by_group(rows["ages"].astype(str).tolist(), persons, ground.project.survey.age_groups)


def by_group(ages: Sequence[str], persons: NDArray[np.float64], bounds: Sequence[int]) -> NDArray[np.float64]:
    """Add residents of some ages up by group; ages over a bound are divided evenly by their years.

    Parameters
    ----------
    ages
        ``15-19``, ``34`` or ``100+``.
    """
    starts, ends = (0, *bounds), (*bounds, np.inf)
    found = np.zeros(len(starts))
    for band, number in zip(ages, persons.tolist(), strict=True):
        low, _, high = band.removesuffix("+").partition("-")
        first = int(low)
        last = max(first, OLDEST) if band.endswith("+") else int(high or low)
        for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
            years = min(last + 1, end) - max(first, start)
            found[at] += number * max(years, 0) / (last - first + 1)
    return found
