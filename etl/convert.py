"""One file from text to checked rows: mapping, parse, validate, locate, mask, in that order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from etl.doubts.characters import clean_characters
from etl.doubts.decimals import grouped_coordinates
from etl.doubts.settle import settle
from etl.extent import outside_extent
from etl.inbox.mending import mends
from etl.layers import to_layer
from etl.observations import to_observations
from etl.readers.mended import is_ours
from etl.scope import about_others, set_aside_by_value
from etl.tallies import to_tallies
from etl.text_columns import constant
from etl.validate import Findings
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from etl.context import Context
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable
    from etl.tables import Converted

TO_TABLE: dict[str, Callable[..., Converted]] = {
    "observations": to_observations,
    "measurements": to_tallies,
    "batches": to_tallies,
    "residents": to_tallies,
    "events": to_tallies,
}
"""Table → what brings rows to it; the rest are layers of the ground."""

NAMED_AT_MOST = 20
"""Unused columns that an account names."""

OTHERS = "other_municipality"
"""How many rows are about others, which the account says."""

GROUPED = "grouped"
"""Rows that may leave the decimal sign of coordinates in doubt."""

_SHORT_CLOCK = r"\d{1,2}\.\d"


def convert(raw: RawTable, mapping: Mapping, context: Context) -> Converted:
    """Bring one file to the shape of its table.

    Raises
    ------
    FileFaultError
        ``columns_unmapped``, ``columns_missing``, and what `clean_characters`, `settle` and `locate` raise.
    """
    raw = clean_characters(raw, file=context.file)
    check_columns(raw, mapping, context)
    lacking = [name for name in sorted(mapping.used) if name not in raw.cells]
    cells = raw.cells.assign(**{name: constant("", len(raw.cells)) for name in lacking})
    cells = _joined_ids(_split(whole_clocks(cells, raw, mapping), mapping), mapping)
    others = np.zeros(len(cells), dtype=bool)
    if mapping.scope is not None and mapping.scope.column:
        others = about_others(cells, mapping.scope, context.project.municipality)
    outside = outside_extent(raw, mapping, context) & ~others
    set_aside = set_aside_by_value(cells, mapping.set_aside) | others | outside
    findings = Findings(cells, excused=set_aside, file=context.file)
    for column in mapping.split:
        unmatched = (cells[column] != "") & (cells[sorted(_made(mapping, column))] == "").all(axis=1)
        findings.reject(unmatched, code="value_shape", columns=[column])
    stated = mapping
    table, mapping, found = settle(replace(raw, cells=cells), mapping, context)
    converted = TO_TABLE.get(mapping.table, to_layer)(table, mapping, context, findings, set_aside=set_aside)
    found |= {OTHERS: str(others.sum())} if others.any() else {}
    found |= {"outside_extent": str(outside.sum())} if outside.any() else {}
    found |= _unused(raw, mapping)
    said = raw.said | found | converted.said | mends(raw)
    traces = converted.traces
    if traces is not None:
        found_in = {OTHERS: np.flatnonzero(others), GROUPED: grouped_coordinates(table, stated)}
        counted = {(what, ""): rows for what, rows in found_in.items() if len(rows)}
        traces = replace(traces, counted=traces.counted | counted)
    rejections = findings.rejections(raw, file=context.file)
    return replace(converted, said=said, rejections=rejections, traces=traces)


def _unused(raw: RawTable, mapping: Mapping) -> dict[str, str]:
    """Name the columns that the mapping knows and leaves alone: none is passed over in silence."""
    left = [str(name) for name in raw.cells.columns if name not in mapping.used]
    if not left:
        return {}
    return {"columns_unused": ", ".join(left[:NAMED_AT_MOST]) + (", …" if len(left) > NAMED_AT_MOST else "")}


def check_columns(raw: RawTable, mapping: Mapping, context: Context) -> None:
    """Refuse a file with a heading that the mapping does not know, or without one that it needs.

    Raises
    ------
    FileFaultError
        ``columns_unmapped``, ``columns_missing``.
    """
    found = [column for column in raw.cells.columns if not is_ours(column)]
    unmapped = [column for column in found if not mapping.knows(column)]
    if unmapped:
        column = ", ".join(unmapped)
        raise FileFaultError(
            "columns_unmapped",
            f"{context.file}: the mapping {context.mapping} does not know the column {column}.",
            file=context.file,
            mapping=context.mapping,
            column=column,
        )
    missing = sorted(mapping.used - set(mapping.optional) - set(found))
    if missing:
        column = ", ".join(missing)
        raise FileFaultError(
            "columns_missing",
            f"{context.file}: the column {column}, which the mapping {context.mapping} needs, is missing.",
            file=context.file,
            mapping=context.mapping,
            column=column,
            found=", ".join(found),
        )


def whole_clocks(cells: pd.DataFrame, raw: RawTable, mapping: Mapping) -> pd.DataFrame:
    """Give clocks that were written as numbers the zero back: a workbook keeps 17.30 as 17.3."""
    for column in mapping.clocks & raw.decimals.keys():
        short = raw.decimals[column] & cells[column].str.fullmatch(_SHORT_CLOCK)
        cells = cells.assign(**{column: cells[column].where(~short, cells[column] + "0")})
    return cells


def _split(cells: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Add the columns that `split` makes, empty where a cell does not fit."""
    for column, pattern in mapping.split.items():
        parts = cells[column].str.extract(f"^(?:{pattern})$").fillna("")
        cells = cells.assign(**{f"{column}.{name}": parts[name] for name in _groups(pattern)})
    return cells


def _joined_ids(cells: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Add the column of ids that several headings make together, empty where one of them is."""
    if mapping.key is None or mapping.key in cells:
        return cells
    parts = cells[list(mapping.id_columns)]
    joined = parts.iloc[:, 0].str.cat(parts.iloc[:, 1:], sep=" ")
    return cells.assign(**{mapping.key: joined.where((parts != "").all(axis=1), "")})


def _groups(pattern: str) -> list[str]:
    return list(re.compile(pattern).groupindex)


def _made(mapping: Mapping, column: str) -> list[str]:
    return [f"{column}.{name}" for name in _groups(mapping.split[column])]
