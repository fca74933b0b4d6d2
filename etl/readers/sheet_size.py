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
    columns: set[bytes] = set()
    last_row = 0
    tail = b""
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            text = tail + chunk
            if not tail:
                refuse_entities(text, file=file, kind="Excel")
            columns.update(_COLUMN.findall(text))
            last_row = max(last_row, *map(int, _ROW.findall(text)), 0)
            tail = text[-OVERLAP:]
    cells = last_row * max(map(column_number, columns), default=0)
    if cells > MOST_CELLS:
        raise too_large(f"{cells:,} cells", f"{MOST_CELLS:,} cells", file=file)


def column_number(letters: bytes) -> int:
    """Return which column letters stand for: A is 1, AA 27, XFD 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
