"""How large a workbook's sheets are, found before they are read: one cell far out makes millions more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.readers.archive import open_archive, refuse_entities, too_large

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

LARGEST = 2 * 2**30
"""Bytes that a workbook may take unpacked."""
MOST_CELLS = 50_000_000
"""Rows times columns of one sheet: a million rows with fifty columns."""
CHUNK = 2**20
OVERLAP = 64
"""A cell's reference is shorter than this, so none is lost between two chunks."""

ODS_SHEETS = "content.xml"
"""The part of an OpenDocument workbook that holds its sheets."""

_OPENING = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_REPEATED = re.compile(rb'table:number-(?:columns|rows)-repeated="(\d{1,9})"')
_COLUMN = re.compile(rb'<c\s[^>]{0,40}?r="([A-Z]{1,3})[0-9]')
_ROW = re.compile(rb'<row\s[^>]{0,40}?r="([0-9]{1,9})"')


def check_workbook(path: Path, *, file: str) -> None:
    """Refuse a workbook that would swell beyond reason, or that declares entities.

    The sizes that an archive states can lie, so every part is unpacked once, in small pieces.

    Raises
    ------
    FileFaultError
        ``file_too_large``, ``entities_refused``, and what `open_archive` raises.
    """
    with open_archive(path, file=file, kind="Excel", largest=LARGEST) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                _check_part(archive, member, file=file)


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, file: str) -> None:
    grid = RepeatedCells() if member.filename == ODS_SHEETS else NamedCells()
    tail = b""
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            text = tail + chunk
            if not tail:
                refuse_entities(text, file=file, kind="Excel")
            tail = text[grid.look(text) :]
            if grid.cells > MOST_CELLS:
                raise too_large(f"{grid.cells:,} cells", f"{MOST_CELLS:,} cells", file=file)


class NamedCells:
    """How far a sheet of Excel's reaches, whose cells say where they are: ``r="AB17"``."""

    def __init__(self) -> None:
        self._last_row = 0
        self._last_column = 0

    @property
    def cells(self) -> int:
        """Rows times columns."""
        return self._last_row * self._last_column

    def look(self, text: bytes) -> int:
        """Look at a piece of the part; return from where it is to be looked at again with the next."""
        self._last_column = max(self._last_column, *map(column_number, set(_COLUMN.findall(text))), 0)
        self._last_row = max(self._last_row, *map(int, _ROW.findall(text)), 0)
        return max(len(text) - OVERLAP, 0)


class RepeatedCells:
    """How far the sheets of an OpenDocument workbook reach, whose cells and rows say how often they come.

    Only what reaches to a cell with a value is laid out, so the empty million at the end does not count.
    """

    def __init__(self) -> None:
        self._row = 0
        self._column = 0
        self._last_row = 0
        self._last_column = 0

    @property
    def cells(self) -> int:
        """Rows times columns, of the largest of the sheets' rows and columns."""
        return self._last_row * self._last_column

    def look(self, text: bytes) -> int:
        """Look at a piece of the part; return from where it is to be looked at again with the next."""
        for found in _OPENING.finditer(text):
            kind, attributes = found.groups()
            repeated = _REPEATED.search(attributes)
            times = int(repeated.group(1)) if repeated else 1
            if kind == b"table":
                self._row = self._column = 0
            elif kind == b"table-row":
                self._row += times
                self._column = 0
            else:
                self._column += times
                if b"office:value" in attributes or b"calcext:value" in attributes:
                    self._last_row = max(self._last_row, self._row)
                    self._last_column = max(self._last_column, self._column)
        return text.rfind(b">") + 1


def column_number(letters: bytes) -> int:
    """Return which column letters stand for: A is 1, AA 27, XFD 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
