"""Days, parts of the day and shares, as measurements and rounds of answers state them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.dates import moments
from etl.parse import clocks, numbers
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.rules import FieldRule
    from etl.validate import Findings

WHOLE_DAY = frozenset({"dygn", "hela dygnet", "helt dygn", "00-24", "0-24", "00:00-24:00", "24 h", "24h"})
"""What people write where a whole day and night was measured: no part of it."""

PER_CENT = 100.0
_SAYS_PER_CENT = r"%|procent|per\s?cent|\bpct\b"
_SPAN = r"^(?P<first>.*?)\s*(?:-|–|—|till|to)\s*(?P<until>.*)$"
_MIDNIGHT = 24 * 3600.0


def read_days(text: pd.Series[str], rule: FieldRule, findings: Findings) -> pd.Series:
    """Read days by the formats of the rule.

    Returns
    -------
    Series of object
        ``datetime.date``, None where the cell is empty or no day; shape ``(n,)``.
    """
    read = moments(text, rule.formats)
    findings.reject(read.unreadable, code="date_unreadable", columns=rule.columns)
    findings.reject(read.impossible, code="date_impossible", columns=rule.columns)
    local = np.where(np.isnat(read.local), read.utc, read.local)
    return pd.Series(local.astype("datetime64[D]").astype(object), dtype=object)


def read_spans(text: pd.Series[str], rule: FieldRule, findings: Findings) -> pd.Series[str]:
    """Read parts of the day like ``7.30–8.30``.

    Returns
    -------
    Series of str
        ``07:30-08:30``; null where the cell is empty or means the whole day; shape ``(n,)``.
    """
    plain = text.where(~text.str.casefold().isin(WHOLE_DAY), "")
    plain = plain.str.replace(r"^kl\.?\s*", "", regex=True, case=False)
    ends = plain.str.extract(_SPAN).astype("str").fillna("")
    first, _, odd_first, not_first = clocks(ends["first"])
    until = ends["until"]
    midnight = until.isin(["24", "24:00", "24.00"])
    last, _, odd_last, not_last = clocks(until.where(~midnight, "00:00"))
    last = np.where(midnight, _MIDNIGHT, last)
    half = (plain != "").to_numpy(dtype=bool) & (np.isnan(first) | np.isnan(last))
    impossible = not_first | not_last
    findings.reject(
        odd_first | odd_last | (half & ~impossible), code="hours_unreadable", columns=rule.columns
    )
    findings.reject(impossible, code="clock_impossible", columns=rule.columns)
    known = ~np.isnan(first) & ~np.isnan(last)
    written = [
        f"{_clock(start)}-{_clock(end)}" if sure else None
        for start, end, sure in zip(first, last, known, strict=True)
    ]
    return pd.Series(written, dtype="str")


def read_shares(text: pd.Series[str], rule: FieldRule, findings: Findings) -> tuple[pd.Series[float], str]:
    """Read shares, written from 0 to 1 or as per cent.

    Returns
    -------
    values
        From 0 to 1, NaN where empty; shape ``(n,)``.
    unit
        ``share`` or ``percent``, for the account; ``""`` for a column without values.

    Raises
    ------
    FileFaultError
        ``share_undecided`` when every value is 0 or 1 and nothing says which is meant.
    """
    signed = text.str.contains("%", regex=False)
    values, unreadable = numbers(text.str.replace(r"\s*%$", "", regex=True))
    findings.reject(unreadable, code="number_unreadable", columns=rule.columns)
    findings.reject(values < 0, code="number_negative", columns=rule.columns)
    known = values[np.isfinite(values)]
    if not len(known):
        return pd.Series(values), ""
    unit = rule.unit or _unit(known, rule, findings, signed=bool(signed.any()))
    shares = values / PER_CENT if unit == "percent" else np.where(signed, values / PER_CENT, values)
    findings.reject(shares > 1, code="share_impossible", columns=rule.columns)
    return pd.Series(shares), unit


def _unit(known: NDArray[np.float64], rule: FieldRule, findings: Findings, *, signed: bool) -> str:
    """Tell per cent from shares by the sign, the heading, then the values."""
    heading = pd.Series(rule.columns).str.contains(_SAYS_PER_CENT, case=False, regex=True).any()
    if signed or heading or (known > 1).any():
        return "percent"
    if ((known > 0) & (known < 1)).any():
        return "share"
    column = ", ".join(rule.columns)
    raise FileFaultError(
        "share_undecided",
        f"{findings.file}, column {column}: nothing but 0 and 1; set unit to share or percent.",
        file=findings.file,
        column=column,
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}"
