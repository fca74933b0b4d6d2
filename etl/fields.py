"""One column of ours from the file's: joined, cleaned, looked up, checked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.markup import clean_markup
from etl.masking import columns as masked_columns
from etl.masking.mask import KINDS, mask_value, masked_kinds
from etl.parse import clocks, code_words, decimal_sign, numbers
from etl.said_answers import read_age_groups, read_bands, read_said_when
from etl.stated import read_days, read_shares, read_spans
from etl.text_columns import by_distinct
from etl.text_columns import constant as text_constant
from etl.vocabulary import (
    AGES,
    BANDS,
    CLOCKS,
    DAYS,
    FREE_TEXT,
    HOURS,
    MOMENTS,
    NEEDED,
    NUMBERS,
    SAID,
    SHARES,
    TARGETS,
    WHOLE,
)
from geodata.age_groups import DEFAULT_BOUNDS

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.mapping import Mapping
    from etl.rules import FieldRule
    from etl.validate import Findings

NAMED_AT_MOST = 12
"""Unmatched values that an account names; the rest are many of the same kind."""

MARKUP, UNMATCHED, MASKED = "markup_cleaned", "values_unmatched", "masked"
"""Cells with remains of markup, values counted as something else, and what was masked, by its kind."""

WHEN_UNREAD, AGES_UNREAD = "when_unread", "ages_unread"
"""Words for when that are not understood, and cells that no age group can be read from."""

COUNTED = frozenset({MARKUP, UNMATCHED, WHEN_UNREAD, AGES_UNREAD, *KINDS.values()})
"""What an account says of that."""


@dataclass
class FieldNotes:
    """What was found out while fields were read."""

    masked: NDArray[np.bool_]
    """Rows in which something was masked."""
    counted: defaultdict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    """What is counted for the account (`MARKUP`, `UNMATCHED` with the value, `MASKED` with the kind) → the
    rows that it was found in, as often as it was."""
    decimal: str | None = None
    share_unit: str = ""
    """How shares are written: ``share`` or ``percent``."""

    def said(self) -> dict[str, str]:
        """Return the codes and values for the account."""
        said = {}
        if self.decimal is not None:
            said["decimal"] = self.decimal
        if self.share_unit:
            said["share_unit"] = self.share_unit
        return said | say_counted({what: len(rows) for what, rows in self.counted.items()})


def say_counted(counted: Dictionary[tuple[str, str], int]) -> dict[str, str]:
    """Say what `FieldNotes.counted` holds, by how often each was found."""
    said = {MARKUP: str(counted[MARKUP, ""])} if counted.get((MARKUP, "")) else {}
    said |= {code: str(counted[MASKED, kind]) for kind, code in KINDS.items() if counted.get((MASKED, kind))}
    if counted.get((AGES_UNREAD, "")):  # the cells themselves may be ages, and are not said
        said[AGES_UNREAD] = str(counted[AGES_UNREAD, ""])
    for code in (UNMATCHED, WHEN_UNREAD):
        unread = {value: count for (what, value), count in counted.items() if what == code and count}
        if unread:
            most = sorted(unread, key=lambda value: (-unread[value], value))
            more = ", …" if len(most) > NAMED_AT_MOST else ""
            said[code] = ", ".join(map(mask_value, most[:NAMED_AT_MOST])) + more
    return said


def read_fields(
    cells: pd.DataFrame,
    mapping: Mapping,
    findings: Findings,
    *,
    ages: Sequence[int] = DEFAULT_BOUNDS,
) -> tuple[dict[str, pd.Series], FieldNotes]:
    """Read every column that the mapping fills in.

    Parameters
    ----------
    ages
        Ages at which the workspace's age groups begin.

    Returns
    -------
    columns
        One series a target of the table, shape ``(n,)``: text (null where empty) or numbers (NaN).
    notes
        What was found out.
    """
    notes = FieldNotes(masked=np.zeros(len(cells), dtype=bool))
    columns: dict[str, pd.Series] = {}
    for target in TARGETS[mapping.table]:
        rule = mapping.fields.get(target)
        if rule is not None:
            required = rule.required or target in NEEDED[mapping.table]
            columns[target] = _read(cells, target, rule, required=required, findings=findings, notes=notes)
            if target in AGES:
                columns[target] = _ages(columns[target], rule, notes, ages)
        elif target in mapping.constants:
            constant = mapping.constants[target]
            columns[target] = (
                pd.Series(np.full(len(cells), float(constant)))
                if target in NUMBERS | SHARES
                else text_constant(str(constant), len(cells))
            )
        elif target in NUMBERS | SHARES:
            columns[target] = pd.Series(np.full(len(cells), np.nan))
        else:
            columns[target] = text_constant(None, len(cells))
    return columns, notes


def _read(
    cells: pd.DataFrame,
    target: str,
    rule: FieldRule,
    *,
    required: bool,
    findings: Findings,
    notes: FieldNotes,
) -> pd.Series:
    text = _text(cells, rule, notes)
    if required and rule.empty is None:
        findings.reject(text == "", code="value_missing", columns=rule.columns)
    if rule.pattern is not None:
        pattern = rule.pattern
        found = by_distinct(text, lambda one: one.str.extract(pattern, expand=False).astype("str"))
        findings.reject(found.isna() & (text != ""), code="value_shape", columns=rule.columns)
        text = found.fillna("")
    if target in NUMBERS:
        return _numbers(text, rule, findings, notes, whole=target in WHOLE)
    if target in CLOCKS:
        return _clocks(text, rule, findings)
    if target in DAYS | HOURS | SHARES | SAID | AGES | BANDS | MOMENTS:
        return _stated(text, target, rule, findings, notes)
    if rule.values:
        return _codes(text, rule, findings, notes)
    # A code comes from our own words; all else that is text may hold what somebody wrote in the wrong column.
    text = mask_column(text, notes, names=target in FREE_TEXT)
    return text.where(text != "", rule.empty).astype("str")


def _stated(
    text: pd.Series[str], target: str, rule: FieldRule, findings: Findings, notes: FieldNotes
) -> pd.Series:
    if target in DAYS:
        return read_days(text, rule, findings)
    if target in BANDS:
        return read_bands(text, rule, findings)
    if target in SAID:
        return _said_when(text, rule, notes)
    if target in AGES | MOMENTS:
        return text  # read once the workspace's age groups, or its time zone, are at hand
    if target in HOURS:
        return read_spans(text, rule, findings)
    shares, notes.share_unit = read_shares(text, rule, findings)
    return shares


def _said_when(text: pd.Series[str], rule: FieldRule, notes: FieldNotes) -> pd.Series[str]:
    """Read words for when; one that is not understood is counted, and its answer stays."""
    said, unread = read_said_when(text, rule)
    for word, rows in unread.items():
        notes.counted[WHEN_UNREAD, word] += rows.tolist()
    return said


def _ages(text: pd.Series[str], rule: FieldRule, notes: FieldNotes, bounds: Sequence[int]) -> pd.Series[str]:
    """Read ages into groups; what can't be is counted, and its answer stays."""
    groups, unread = read_age_groups(text, rule, bounds)
    if len(unread):
        notes.counted[AGES_UNREAD, ""] += unread.tolist()
    return groups


def mask_column(text: pd.Series[str], notes: FieldNotes, *, names: bool = True) -> pd.Series[str]:
    """Mask a column of text, and note the rows and the kinds of what was masked.

    Parameters
    ----------
    names
        Whether names after titles are masked too: not in a layer, where a square may bear one.
    """
    masked, changed = masked_columns.mask_column(text, names=names)
    notes.masked |= changed
    at = np.flatnonzero(changed)
    for row, cell in zip(at.tolist(), text.iloc[at], strict=True):
        for kind in masked_kinds(cell, names=names):
            notes.counted[MASKED, kind].append(row)
    return masked


def _text(cells: pd.DataFrame, rule: FieldRule, notes: FieldNotes) -> pd.Series[str]:
    text = cells[rule.columns[0]]
    for column in rule.columns[1:]:
        text = (text + " " + cells[column]).str.strip()
    if not rule.markup:
        return text
    cleaned = by_distinct(text, lambda one: pd.Series([clean_markup(cell) for cell in one], dtype="str"))
    # Line breaks that went with the markup are not remains of it.
    spaced = text.str.split().str.join(" ")
    remains = np.flatnonzero((cleaned != text) & (cleaned != spaced)).tolist()
    if remains:
        notes.counted[MARKUP, ""] += remains
    return cleaned


def _codes(text: pd.Series[str], rule: FieldRule, findings: Findings, notes: FieldNotes) -> pd.Series[str]:
    codes = code_words(text, rule.values)
    codes = codes.where(text != "", rule.empty)
    unknown = codes.isna() & (text != "")
    if rule.unmatched is None:
        findings.reject(unknown, code="value_unknown", columns=rule.columns)
        return codes
    at = np.flatnonzero(unknown & findings.open)
    number, values = pd.factorize(text.iloc[at])
    for position, value in enumerate(values):
        notes.counted[UNMATCHED, str(value)] += at[number == position].tolist()
    return codes.where(~unknown, rule.unmatched)


def _numbers(
    text: pd.Series[str], rule: FieldRule, findings: Findings, notes: FieldNotes, *, whole: bool
) -> pd.Series[float]:
    values, unreadable = numbers(text, decimal=rule.decimal)
    findings.reject(unreadable, code="number_unreadable", columns=rule.columns)
    findings.reject(values < 0, code="number_negative", columns=rule.columns)
    if whole:
        findings.reject(values % 1 > 0, code="number_not_whole", columns=rule.columns)
    notes.decimal = notes.decimal or decimal_sign(text, decimal=rule.decimal)
    return pd.Series(values)


def _clocks(text: pd.Series[str], rule: FieldRule, findings: Findings) -> pd.Series[str]:
    seconds, _, unreadable, impossible = clocks(text)
    findings.reject(unreadable, code="clock_unreadable", columns=rule.columns)
    findings.reject(impossible, code="clock_impossible", columns=rule.columns)
    written = [
        None if np.isnan(second) else f"{int(second // 3600):02d}:{int(second % 3600 // 60):02d}"
        for second in seconds
    ]
    return pd.Series(written, dtype="str")
