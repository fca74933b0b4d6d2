"""Which table a file belongs to, and which stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.describe.lexicon import fold, heading_score, lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from etl.describe.lexicon import TableSign
    from etl.readers.raw_table import RawTable

LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
MOST = 0.5


def find_table(roles: Collection[str], headings: Collection[str], raw: RawTable) -> str:
    """Return the table whose signs are all there; observations when none's are."""
    shape = _shape(raw)
    folded = [fold(heading) for heading in headings]
    signs = (sign.name for sign in lexicon().tables if _suits(sign, roles, folded, shape))
    return next(signs, "observations")


def _suits(sign: TableSign, roles: Collection[str], headings: Collection[str], shape: str) -> bool:
    if sign.geometry and (not shape or sign.geometry not in {"any", shape}):
        return False
    if sign.headings and not any(heading_score(heading, sign.headings) for heading in headings):
        return False
    return (
        all(role in roles for role in sign.all)
        and (not sign.any or any(role in roles for role in sign.any))
        and (not sign.also or any(role in roles for role in sign.also))
        and not any(role in roles for role in sign.without)
    )


def _shape(raw: RawTable) -> str:
    """Return ``lines`` or ``other`` for what most features are; ``""`` without any geometry."""
    if raw.geometry is None or shapely.is_missing(raw.geometry).all():
        return ""
    kinds = shapely.get_type_id(raw.geometry[~shapely.is_missing(raw.geometry)])
    return "lines" if np.isin(kinds, LINES).mean() > MOST else "other"


def find_stream(roles: Collection[str], headings: Iterable[str], *, file: str) -> tuple[str, bool]:
    """Return the stream of observations, and whether anything says so.

    A review has a status and somebody responsible, or what is measured on site; what a record was filed
    under may also stand in the headings and in the file's name.
    """
    if {"checklist", "v85_kmh"} & set(roles) or {"status", "responsible"} <= set(roles):
        return "review", True
    said = " ".join(fold(heading) for heading in (*headings, file))
    for stream, words in lexicon().streams.items():
        if any(word in said for word in words):
            return stream, True
    told = {"respondent", "collected_at", "batch", "measure", "text"} & set(roles)
    return "survey", bool(told)
