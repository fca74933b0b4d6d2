"""Delimited text: CSV and its kin, with the delimiter found in the heading."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from etl.readers.columnar import read_columns
from etl.readers.encoding import DELIMITERS, encoded
from etl.readers.headed import lay_out, lay_out_columns
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.readers.raw_table import RawTable, ReaderOptions

SPOKEN = {"\t": "tab"}

_LINE_END = re.compile(rb"[\r\n]+")


def read_delimited(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:  # noqa: ARG001  delimited text needs no options
    """Read a delimited file.

    Rows are numbered as a spreadsheet shows them: a cell with line breaks stays in its row.

    Raises
    ------
    FileFaultError
        What `decode` and `lay_out` raise, ``quotes_broken``, and ``file_unreadable`` where a cell is longer
        than any table's.
    """
    return read_text(path.read_bytes(), file=file, encoding=encoding)


def read_text(content: bytes, *, file: str, encoding: str | None) -> RawTable:
    """Read what a delimited file holds; raises what `read_delimited` does."""
    content, spoken = encoded(content, file=file, stated=encoding)
    delimiter = find_delimiter(content)
    said = {"encoding": spoken, "delimiter": SPOKEN.get(delimiter, delimiter)}
    columns = read_columns(content, delimiter)
    laid_out = None if columns is None else lay_out_columns(columns, file=file, said=said)
    if laid_out is not None:
        return laid_out
    return lay_out(_records(content.decode(), delimiter, file=file), file=file, said=said)


def find_delimiter(content: bytes) -> str:
    """Return the delimiter that divides the first line into most cells; a semicolon when none does.

    A title above the heading is no line to go by: where its delimiter does not divide the next line and
    another does, that decides.
    """
    first, second = [*islice((line for line in _lines(content) if line.strip()), 2), "", ""][:2]
    best = _best(first)
    return (
        best
        if not second or _cells(second, best) > 1
        else max((best, _best(second)), key=lambda one: _cells(second, one))
    )


def _best(line: str) -> str:
    return max(DELIMITERS, key=lambda candidate: _cells(line, candidate))


def _lines(content: bytes) -> Iterator[str]:
    start = 0
    for end in _LINE_END.finditer(content):
        yield content[start : end.start()].decode()
        start = end.end()
    yield content[start:].decode()


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
