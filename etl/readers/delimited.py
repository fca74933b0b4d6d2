"""Delimited text: CSV and its kin, with the delimiter found in the heading."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from etl.readers.encoding import DELIMITERS, decode
from etl.readers.headed import lay_out
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.readers.raw_table import RawTable, ReaderOptions

SPOKEN = {"\t": "tab"}


def read_delimited(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:  # noqa: ARG001  delimited text needs no options
    """Read a delimited file.

    Rows are numbered as a spreadsheet shows them: a cell with line breaks stays in its row.

    Raises
    ------
    FileFaultError
        What `decode` and `lay_out` raise, and ``quotes_broken``.
    """
    text, spoken = decode(path.read_bytes(), file=file, stated=encoding)
    delimiter = find_delimiter(text)
    said = {"encoding": spoken, "delimiter": SPOKEN.get(delimiter, delimiter)}
    return lay_out(_records(text, delimiter, file=file), file=file, said=said)


def find_delimiter(text: str) -> str:
    """Return the delimiter that divides the first line into most cells; a semicolon when none does."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(DELIMITERS, key=lambda candidate: len(next(csv.reader([first], delimiter=candidate), [])))


def _records(text: str, delimiter: str, *, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise FileFaultError(
            "quotes_broken",
            f"{file}, row {number + 1}: the quotation marks don't match ({error}).",
            file=file,
            row=number + 1,
            problem=str(error),
        ) from error
