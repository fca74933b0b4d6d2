"""1.234 and 1,234: a thousand and more, or one and a part, settled by the whole file or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.parse import GROUPED
from etl.text_columns import as_arrow
from etl.vocabulary import NUMBERS, WHOLE
from geodata.crs import is_geographic
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Context
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable
    from etl.rules import FieldRule, LocationRule

Sign = Literal[",", "."]

NEVER_A_THOUSAND = frozenset({"v85_kmh", "mean_kmh", "speed_limit_kmh"})
"""No speed in km/h is a thousand."""
NEVER_IN_PARTS = WHOLE | {"pupils"}
"""What is counted has no decimals, and neither has the side of a square."""

_MAY_BE_GROUPED = r"^[+-]?[0-9]{1,3}[.,'\s\x{00a0}\x{202f}][0-9]{3}"
"""How a number with thousands begins; most columns have none, and are done with."""
_SPACES = r"[\s\x{00a0}\x{202f}']"
_BOTH_WAYS = r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}"
"""One sign with three digits after it; a nought before it can't begin a group of thousands."""
_ONE_SIGN = r"[+-]?[0-9]*[.,][0-9]*"
_OTHER: dict[Sign, Sign] = {",": ".", ".": ","}


def settle_decimals(
    raw: RawTable, mapping: Mapping, context: Context
) -> tuple[RawTable, Mapping, dict[str, str]]:
    """Write into the mapping which decimal sign its numbers have, where their cells leave it open.

    Returns
    -------
    raw
        Cells that are numbers in the file itself, in a column that was settled, are written with its sign.
    mapping
        With ``decimal`` set for the fields and the coordinates that were in doubt.
    said
        ``thousands``: what divides them, where something does.

    Raises
    ------
    FileFaultError
        ``decimal_undecided``.

    Notes
    -----
    What decides, in this order: the mapping; the project file; the other cells of the column; what the
    number can be (no speed is a thousand, no pupil is a part, a metre in Sweden has six digits before its
    decimals); the other columns of the file.
    """
    fields = dict(mapping.fields)
    said: dict[str, str] = {}
    for target in sorted(NUMBERS & fields.keys()):
        rule = fields[target]
        plain = _grouped(raw, rule.columns, rule)
        if plain is None:
            continue
        sign = rule.decimal or _settle_field(plain, target, raw, mapping, context)
        fields[target] = rule.model_copy(update={"decimal": sign})
        raw = _as_written(raw, rule.columns, sign)
        said |= _divided_by(raw, rule.columns, sign)
    location = mapping.location
    if location is not None:
        location, found = _settle_location(raw, location, context)
        said |= found
    return raw, mapping.model_copy(update={"fields": fields, "location": location}), said


def grouped_coordinates(raw: RawTable, mapping: Mapping) -> NDArray[np.int64]:
    """Return the rows with a coordinate in metres that may have its thousands divided, where that is open.

    While there is none, no row leaves another's decimal sign in doubt.
    """
    rule = mapping.location
    if rule is None or rule.east is None or rule.north is None or rule.decimal is not None:
        return np.empty(0, dtype=np.int64)
    found = [
        np.asarray(pc.match_substring_regex(as_arrow(raw.cells[one]), _MAY_BE_GROUPED))
        for one in (rule.east, rule.north)
    ]
    return np.flatnonzero(found[0] | found[1])


def _grouped(
    raw: RawTable, columns: tuple[str, ...], rule: FieldRule | LocationRule
) -> pd.Series[str] | None:
    """Return the distinct numbers of a column without spaces; None where nothing divides thousands."""
    texts = []
    for column in columns:
        cells = raw.cells[column]
        if column in raw.decimals:
            cells = cells[~raw.decimals[column]]
        texts.append(cells)
    text = texts[0] if len(texts) == 1 else pd.concat(texts)
    pattern = getattr(rule, "pattern", None)
    if pattern is not None:
        text = text.drop_duplicates().str.extract(pattern, expand=False).fillna("")
    elif not pc.any(pc.match_substring_regex(pa.array(text), _MAY_BE_GROUPED)).as_py():
        return None
    return pd.Series(text.unique(), dtype="str").str.replace(_SPACES, "", regex=True)


def _surely(plain: pd.Series[str]) -> set[Sign]:
    """Return the signs that are decimal signs in some number, which no other reading explains."""
    open_ = plain.str.fullmatch(_BOTH_WAYS)
    one = plain.str.fullmatch(_ONE_SIGN) & ~open_
    found: set[Sign] = set()
    for sign, other in _OTHER.items():
        divides_thousands = plain.str.fullmatch(GROUPED[other]) & ~open_
        if (divides_thousands | (one & plain.str.contains(sign, regex=False))).any():
            found.add(sign)
    return found


def _settle_field(
    plain: pd.Series[str], target: str, raw: RawTable, mapping: Mapping, context: Context
) -> Sign | None:
    sure = _surely(plain)
    open_ = plain[plain.str.fullmatch(_BOTH_WAYS)]
    if open_.empty:  # each number can be read in one way, though both signs may stand there
        return next(iter(sure)) if len(sure) == 1 else None
    if context.decimal is not None:
        return context.decimal
    if len(sure) == 1:
        return next(iter(sure))
    signs: set[Sign] = {sign for sign in _OTHER if open_.str.contains(sign, regex=False).any()}
    if not sure and len(signs) == 1:
        (sign,) = signs
        if target in NEVER_A_THOUSAND:
            return sign
        if target in NEVER_IN_PARTS:
            return _OTHER[sign]
        elsewhere = _elsewhere(raw, mapping, but=target)
        if len(elsewhere) == 1:
            return next(iter(elsewhere))
    raise _undecided(str(open_.iloc[0]), raw, mapping.fields[target].columns, context)


def _elsewhere(raw: RawTable, mapping: Mapping, *, but: str) -> set[Sign]:
    """Return the signs that are decimal signs in the other columns of the file."""
    found: set[Sign] = set()
    for target in NUMBERS & mapping.fields.keys() - {but}:
        for column in mapping.fields[target].columns:
            found |= _surely(_written(raw, column))
    location = mapping.location
    if location is not None:
        for metres in filter(None, (location.east, location.north)):
            found |= _surely(_written(raw, metres))
        for degrees in filter(None, (location.longitude, location.latitude)):  # never thousands
            text = _written(raw, degrees)
            found |= {sign for sign in _OTHER if text.str.contains(sign, regex=False).any()}
    return found


def _written(raw: RawTable, column: str) -> pd.Series[str]:
    """Return the distinct cells of a column that the file itself does not tell to be numbers."""
    cells = raw.cells[column]
    if column in raw.decimals:
        cells = cells[~raw.decimals[column]]
    return pd.Series(cells.unique(), dtype="str").str.replace(_SPACES, "", regex=True)


def _settle_location(
    raw: RawTable, rule: LocationRule, context: Context
) -> tuple[LocationRule, dict[str, str]]:
    """Settle coordinates in metres: none in Sweden has fewer than five digits before its decimals."""
    epsg = context.crs or rule.crs
    if rule.east is None or rule.north is None or rule.decimal is not None:
        return rule, {}
    if epsg is None or is_geographic(epsg):
        return rule, {}
    columns = (rule.east, rule.north)
    plain = _grouped(raw, columns, rule)
    if plain is None:
        return rule, {}
    sure = _surely(plain)
    open_ = plain[plain.str.fullmatch(_BOTH_WAYS)]
    wanted = {_OTHER[sign] for sign in _OTHER if open_.str.contains(sign, regex=False).any()} | sure
    sign = context.decimal or (next(iter(wanted)) if len(wanted) == 1 else None)
    if any(column in raw.decimals for column in columns) and sign == ",":
        sign = None
    return rule.model_copy(update={"decimal": sign}), _divided_by(raw, columns, sign)


def _as_written(raw: RawTable, columns: tuple[str, ...], sign: Sign | None) -> RawTable:
    """Write cells that are numbers in the file itself with the sign of the column."""
    if sign != ",":
        return raw
    cells = raw.cells
    for column in columns:
        if column in raw.decimals:
            comma = cells[column].str.replace(".", ",", regex=False)
            cells = cells.assign(**{column: cells[column].where(~raw.decimals[column], comma)})
    return raw if cells is raw.cells else replace(raw, cells=cells)


def _divided_by(raw: RawTable, columns: tuple[str, ...], sign: Sign | None) -> dict[str, str]:
    """Say what divides thousands in these columns, where something does."""
    text = pd.concat([pd.Series(raw.cells[column].unique(), dtype="str") for column in columns])
    if text.str.contains(r"[0-9][\s\x{00a0}\x{202f}][0-9]{3}", regex=True).any():
        return {"thousands": "space"}
    if sign is not None and text.str.fullmatch(GROUPED[_OTHER[sign]]).any():
        return {"thousands": _OTHER[sign]}
    return {}


def _undecided(value: str, raw: RawTable, columns: tuple[str, ...], context: Context) -> FileFaultError:
    sign = "." if "." in value else ","
    whole, part = value.replace(sign, ""), value.split(sign, maxsplit=1)[0]
    plain = raw.cells[columns[0]].str.replace(_SPACES, "", regex=True)
    at = np.flatnonzero(plain.str.contains(value, regex=False))
    row = int(raw.rows[at[0]]) if len(at) else int(raw.rows[0])
    heading = ", ".join(columns)
    return FileFaultError(
        "decimal_undecided",
        f"{context.file}, row {row}, column {heading}: {value} may be {whole}, or {part} and three decimals.",
        file=context.file,
        row=row,
        column=heading,
        value=value,
        whole=whole,
        part=part,
        sign=sign,
        other="," if sign == "." else ".",
        source=context.source,
    )
