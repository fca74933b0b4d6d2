"""Delimited text: CSV and its kin, with the delimiter found in the heading."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from etl.readers.encoding import DELIMITERS, decode
from etl.readers.headed import lay_out
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.readers.raw_table import RawTable, ReaderOptions

SPOKEN = {"\t": "tab"}

_LINE_END = re.compile(r"[\r\n]+")


def read_delimited(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:  # noqa: ARG001  delimited text needs no options
    """Read a delimited file.

    Rows are numbered as a spreadsheet shows them: a cell with line breaks stays in its row.

    Raises
    ------
    FileFaultError
        What `decode` and `lay_out` raise, ``quotes_broken``, and ``file_unreadable`` where a cell is longer
        than any table's.
    """
    text, spoken = decode(path.read_bytes(), file=file, stated=encoding)
    delimiter = find_delimiter(text)
    said = {"encoding": spoken, "delimiter": SPOKEN.get(delimiter, delimiter)}
    return lay_out(_records(text, delimiter, file=file), file=file, said=said)


def find_delimiter(text: str) -> str:
    """Return the delimiter that divides the first line into most cells; a semicolon when none does."""
    first = next((line for line in _LINE_END.split(text) if line.strip()), "")
    return max(DELIMITERS, key=lambda candidate: _cells(first, candidate))


def _cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:  # a cell longer than the reader takes, so this does not divide it
        return 0


def _records(text: str, delimiter: str, *, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        if '"' not in text:
            raise FileFaultError(
                "file_unreadable",
                f"{file} can't be read as CSV: row {number + 1}: {error}.",
                file=file,
                format="CSV",
                problem=f"row {number + 1}: {error}",
            ) from error
        raise FileFaultError(
            "quotes_broken",
            f"{file}, row {number + 1}: the quotation marks don't match ({error}).",
            file=file,
            row=number + 1,
            problem=str(error),
        ) from error
