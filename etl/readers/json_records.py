"""JSON: a list of records, each flattened to columns with dotted names."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from etl.readers.encoding import decode
from etl.readers.raw_table import RawTable, text_cells
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from etl.readers.raw_table import ReaderOptions


_HALF = re.compile("[\ud800-\udfff]")


def read_json_records(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:
    """Read a list of records.

    A value within a value becomes a column: ``location.name``, ``addresses.0.street``. A list of plain
    values becomes one cell, divided by commas. Rows are numbered from 1, the first record.

    Raises
    ------
    FileFaultError
        ``file_unreadable``, ``records_missing``, ``file_no_rows``, ``encoding_unknown`` where a value holds
        half a character, and what `decode` raises.
    """
    text, spoken = decode(path.read_bytes(), file=file, stated=encoding, headed=False)
    try:
        document = json.loads(text)
        flat = [list(_flatten(record)) for record in _find(document, options.records, file=file)]
    except FileFaultError:
        raise
    except (ValueError, RecursionError) as error:
        raise FileFaultError(
            "file_unreadable",
            f"{file} can't be read as JSON: {error}.",
            file=file,
            format="JSON",
            problem=str(error),
        ) from error
    records = [{name: text for name, text, _ in cells} for cells in flat]
    if not records:
        raise FileFaultError("file_no_rows", f"{file} has no records.", file=file)
    _check_characters(records, file=file)
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = {name: pd.Series([record.get(name, "") for record in records], dtype="str") for name in names}
    return RawTable(
        cells=text_cells(columns, rows=len(records)),
        rows=np.arange(1, len(records) + 1, dtype=np.int64),
        said={"encoding": spoken},
        decimals=_with_decimals(flat),
    )


def _with_decimals(flat: list[list[tuple[str, str, bool]]]) -> dict[str, NDArray[np.bool_]]:
    """Return which cells of which columns are numbers with decimals."""
    found: dict[str, NDArray[np.bool_]] = {}
    for row, cells in enumerate(flat):
        for name, _, decimal in cells:
            if decimal:
                found.setdefault(name, np.zeros(len(flat), dtype=bool))[row] = True
    return found


def _check_characters(records: list[dict[str, str]], *, file: str) -> None:
    r"""Refuse half characters (``\ud800``), which JSON can write and no text can hold.

    Raises
    ------
    FileFaultError
        ``encoding_unknown``.
    """
    for row, record in enumerate(records, start=1):
        for column, value in record.items():
            half = _HALF.search(column) or _HALF.search(value)
            if half is not None:
                name, found = _HALF.sub("?", column), half.group().encode("unicode-escape").decode()
                raise FileFaultError(
                    "encoding_unknown",
                    f"{file}, row {row}, column {name}: {found} is half a character.",
                    file=file,
                    row=row,
                    column=name,
                    value=found,
                )


def _find(document: Any, path: str, *, file: str) -> list[dict[str, Any]]:
    for key in path.split(".") if path else ():
        document = document.get(key) if isinstance(document, dict) else None
    if isinstance(document, list) and all(isinstance(record, dict) for record in document):
        return document
    found = type(document).__name__ if document is not None else "nothing"
    raise FileFaultError(
        "records_missing",
        f"{file}: there is no list of records at {path or 'the top'}. Found: {found}.",
        file=file,
        path=path or "/",
        found=found,
    )


def _flatten(value: Any, prefix: str = "") -> Iterator[tuple[str, str, bool]]:
    """Yield the name and the text of each value, and whether it is a number with decimals."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flatten(inner, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value):
        for position, inner in enumerate(value):
            yield from _flatten(inner, f"{prefix}.{position}")
    elif isinstance(value, list):
        yield prefix, ", ".join(_plain(inner) for inner in value), False
    else:
        yield prefix, _plain(value), isinstance(value, float)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, bool) else str(value)
