"""From text to numbers, clocks and code words, a whole column at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.text_columns import as_arrow, by_distinct, distinct_cells, holds, holds_plain, repeats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24

_SPACES = r"[\s\x{00a0}\x{202f}']"
_NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
_POINT_THOUSANDS = r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+"
_COMMA_THOUSANDS = r"[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+"

GROUPED = {
    sign: rf"[+-]?[1-9][0-9]{{0,2}}(\{sign}[0-9]{{3}})+(\{decimal}[0-9]*)?"
    for sign, decimal in ((".", ","), (",", "."))
}
"""Sign → numbers in which it divides thousands."""

_CLOCK = r"^(?P<hour>[0-9]{1,2})(?:[:.]?(?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:\.[0-9]+)?)?)?$"
_HOURS = r"^(?P<hour>[0-9]{1,2})\s*[-–]\s*(?P<until>[0-9]{1,2})$"


def numbers(
    text: pd.Series[str], *, decimal: str | None = None
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read numbers with a decimal comma or point, with or without spaces between thousands.

    Parameters
    ----------
    text
        Trimmed cells, shape ``(n,)``.
    decimal
        The decimal sign where that is settled: the other sign then divides thousands and nothing else.
        Without it either sign is a decimal sign, unless it stands with the other one.

    Returns
    -------
    values : ndarray of float64
        NaN where the cell is empty or no number.
    unreadable : ndarray of bool
        Which cells hold something that is no number.
    """
    plainly = _plain_numbers(text, decimal)
    if plainly is not None:
        return plainly, np.zeros(len(text), dtype=bool)
    plain = text.str.replace(_SPACES, "", regex=True).str.replace("\u2212", "-", regex=False)
    if decimal is not None:
        thousands = "." if decimal == "," else ","
        grouped = plain.str.fullmatch(GROUPED[thousands])
        doubtful = ~grouped & plain.str.contains(thousands, regex=False)
        plain = plain.where(~grouped, plain.str.replace(thousands, "", regex=False))
        plain = plain.where(~doubtful, "?").str.replace(",", ".", regex=False)
    elif plain.str.contains(",", regex=False).any():
        points = plain.str.fullmatch(_POINT_THOUSANDS)
        commas = plain.str.fullmatch(_COMMA_THOUSANDS)
        plain = plain.where(~points, plain.str.replace(".", "", regex=False))
        plain = plain.where(~commas, plain.str.replace(",", "", regex=False))
        plain = plain.str.replace(",", ".", regex=False)
    readable = plain.str.fullmatch(_NUMBER).to_numpy(dtype=bool)
    values = np.full(len(text), np.nan)
    values[readable] = plain[readable].astype("float64")
    readable = readable & np.isfinite(values)
    return np.where(readable, values, np.nan), ~readable & (text != "").to_numpy(dtype=bool)


def _plain_numbers(text: pd.Series[str], decimal: str | None) -> NDArray[np.float64] | None:
    """Read a column of which every cell is empty or a number with one decimal sign; None for any other."""
    cells = as_arrow(text)
    signs = {sign for sign in (",", ".") if holds_plain(text, sign)}
    if len(signs) > 1 or (decimal is not None and signs - {decimal}):
        return None
    if "," in signs:
        cells = pc.replace_substring(cells, ",", ".")
    filled = pc.not_equal(cells, "")
    try:
        values = pc.if_else(filled, cells, None).cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    found = np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.float64)
    # "nan" and "inf" are numbers to Arrow, not to us.
    return found if np.isfinite(found).sum() == pc.sum(filled).as_py() else None


def decimal_sign(text: pd.Series[str], *, decimal: str | None = None) -> str | None:
    """Say whether decimals are written with a ``comma`` or a ``point``; None when there are none.

    Parameters
    ----------
    decimal
        The sign where that is settled; the other one then divides thousands.
    """
    if decimal is not None:
        has_any = holds_plain(text, decimal) and holds(text, rf"\{decimal}\d")
        return {",": "comma", ".": "point"}[decimal] if has_any else None
    if holds_plain(text, ",") and holds(text, r"\d,\d"):
        return "comma"
    return "point" if holds(text, r"\d\.\d") else None


def code_words(text: pd.Series[str], words: Mapping[str, str]) -> pd.Series[str]:
    """Look cells up among code words, letter case aside; null where a word is not known."""
    folded = {word.strip().casefold(): code for word, code in words.items()}
    return by_distinct(text, lambda cells: cells.str.casefold().map(folded).astype("str"))


def clocks(
    text: pd.Series[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Read times of day: ``17:59``, ``17.59``, ``1759``, ``17:59:30``, ``17`` and groups like ``17-18``.

    Returns
    -------
    start : ndarray of float64
        Seconds after midnight; NaN where empty or not read.
    width : ndarray of float64
        Seconds that it may lie after `start`: 0 for a clock with minutes, 3600 for an hour.
    unreadable, impossible : ndarray of bool
        Cells that are no time, and cells like ``25:10``.
    """
    if repeats(text):
        number, distinct = distinct_cells(text)
        start, width, unreadable, impossible = _read_clocks(distinct)
        return start[number], width[number], unreadable[number], impossible[number]
    return _read_clocks(text)


def _read_clocks(
    text: pd.Series[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    exact = text.str.extract(_CLOCK)
    group = text.str.extract(_HOURS)
    in_group = group["hour"].notna().to_numpy()
    hour = pd.to_numeric(exact["hour"].fillna(group["hour"])).to_numpy(dtype=np.float64)
    minute = pd.to_numeric(exact["minute"]).to_numpy(dtype=np.float64)
    second = pd.to_numeric(exact["second"]).fillna(0.0).to_numpy(dtype=np.float64)
    until = pd.to_numeric(group["until"]).to_numpy(dtype=np.float64)
    span = np.where(until < hour, until - hour + HOURS_PER_DAY, until - hour)
    hours = np.where(in_group & (span > 0.0), span, 1.0)
    width = np.where(in_group | np.isnan(minute), hours * 3600.0, 0.0)
    start = hour * 3600.0 + np.nan_to_num(minute) * 60.0 + second
    impossible = (hour >= HOURS_PER_DAY) | (minute >= MINUTES_PER_HOUR) | (second >= MINUTES_PER_HOUR)
    impossible |= until > HOURS_PER_DAY
    unreadable = np.isnan(hour) & (text != "").to_numpy(dtype=bool)
    return np.where(impossible, np.nan, start), width, unreadable, impossible
