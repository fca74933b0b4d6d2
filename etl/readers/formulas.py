"""Formulas of a workbook whose results were never saved: their cells look empty to everybody but Excel."""

from __future__ import annotations

import html
import re
import zipfile
from typing import TYPE_CHECKING

from etl.readers.archive import DAMAGED
from etl.readers.sheet_size import CHUNK

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 2**15
"""Characters that a cell with its formula may take; Excel's limit for a formula is 8,192."""

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_NAME = re.compile(r'\sname="([^"]*)"')
_ID = re.compile(r'\s(?:\w+:)id="([^"]*)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_RELATION_ID = re.compile(r'\sId="([^"]*)"')
_TARGET = re.compile(r'\sTarget="([^"]*)"')
_UNSAVED = re.compile(
    rb"<c(?P<attributes>\s[^>]*)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>\s*|<v>\s*</v>\s*)?</c>"
)
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
_EMPTY_TEXT = re.compile(rb'\st="str"')


def unsaved_formula(path: Path, sheet: str) -> tuple[str, int] | None:
    """Return the column letters and the row of the first formula of a sheet that has no result.

    A formula whose result is an empty text has one. None for a workbook of another kind than xlsx.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of(archive, sheet)
            return None if part is None else _search(archive, part)
    except (*DAMAGED, KeyError, UnicodeDecodeError):  # the reader itself says what is wrong with such a file
        return None


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Return which part of the archive a sheet is kept in."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    tags = _SHEET.findall(archive.read("xl/workbook.xml").decode())
    named = [(_NAME.search(tag), _ID.search(tag)) for tag in tags]
    ids = {html.unescape(name[1]): id_[1] for name, id_ in named if name and id_}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode()):
        id_, target = _RELATION_ID.search(tag), _TARGET.search(tag)
        if id_ and target and id_[1] == ids.get(sheet):
            return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
    return None


def _search(archive: zipfile.ZipFile, part: str) -> tuple[str, int] | None:
    tail = b""
    with archive.open(part) as opened:
        while chunk := opened.read(CHUNK):
            text = tail + chunk
            for found in _UNSAVED.finditer(text):
                at = _REFERENCE.search(found["attributes"])
                if at and not _EMPTY_TEXT.search(found["attributes"]):
                    return at[1].decode(), int(at[2])
            tail = text[-LONGEST:]
    return None
