"""How a text file is written: byte order mark, then strict UTF-8, then Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io
import re

import pyarrow as pa

from geodata.errors import FileFaultError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FALLBACK = "cp1252"
SPOKEN = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
DELIMITERS = (";", ",", "\t", "|")

_LINE_END = re.compile(r"\r\n?|\n")
_UTF8_AS_1252 = re.compile(r"[^\s;,|]*Ã[¥¤¶…„–©][^\s;,|]*")
"""å, ä, ö, Å, Ä, Ö and é of UTF-8 read as Windows-1252."""


def encoded(content: bytes, *, file: str, stated: str | None) -> tuple[bytes, str]:
    """Return the text in UTF-8, without a byte order mark, and how it was written, in words.

    Raises
    ------
    FileFaultError
        As `decode`.
    """
    if stated is None and b"\0" not in content and _is_utf8(content):
        return content.removeprefix(codecs.BOM_UTF8), SPOKEN["utf-8"]
    text, spoken = decode(content, file=file, stated=stated)
    return text.encode(errors="replace"), spoken


def _is_utf8(content: bytes) -> bool:
    """Say so without making a string of the whole file."""
    try:
        pa.array([content], pa.large_binary()).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def decode(content: bytes, *, file: str, stated: str | None, headed: bool = True) -> tuple[str, str]:
    """Return the text and how it was written, in words.

    Parameters
    ----------
    content
        The whole file.
    file
        Name for the errors.
    stated
        What the project file says of the encoding; it is then held to.
    headed
        Whether its first row names columns, for the place in an error; otherwise the column is the
        position on the line, from 1.

    Raises
    ------
    FileFaultError
        ``encoding_wrong`` when it is not what was stated, ``encoding_unknown`` when no encoding fits,
        ``encoding_mixed`` when two are mixed.
    """
    if stated is not None:
        text = _decode(content, stated, code="encoding_wrong", file=file, headed=headed)
        return text, SPOKEN.get(stated, stated)
    for mark, encoding in MARKS:
        if content.startswith(mark):
            text = _decode(content, encoding, code="encoding_unknown", file=file, headed=headed)
            return text, SPOKEN[encoding]
    if b"\0" in content:
        raise _fault("encoding_unknown", content, content.index(b"\0"), file=file, headed=headed)
    try:
        return content.decode("utf-8"), SPOKEN["utf-8"]
    except UnicodeDecodeError:
        text = _decode(content, FALLBACK, code="encoding_unknown", file=file, headed=headed)
    mixed = _UTF8_AS_1252.search(text)
    if mixed is not None:
        row, column = _position(text, mixed.start(), headed=headed)
        raise FileFaultError(
            "encoding_mixed",
            f"{file}, row {row}, column {column}: {mixed.group()} mixes UTF-8 and Windows-1252.",
            file=file,
            row=row,
            column=column,
            value=mixed.group(),
        )
    return text, SPOKEN[FALLBACK]


def _decode(content: bytes, encoding: str, *, code: str, file: str, headed: bool) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _fault(code, content, error.start, file=file, encoding=encoding, headed=headed) from error


def _fault(
    code: str, content: bytes, position: int, *, file: str, headed: bool, encoding: str = "latin-1"
) -> FileFaultError:
    text = content.decode(encoding, errors="replace")
    index = len(content[:position].decode(encoding, errors="replace"))
    row, column = _position(text, index, headed=headed)
    value = f"0x{content[position]:02X}"
    return FileFaultError(
        code,
        f"{file}, row {row}, column {column}: the byte {value} does not fit.",
        file=file,
        row=row,
        column=column,
        value=value,
        encoding=SPOKEN.get(encoding, encoding),
    )


def _position(text: str, index: int, *, headed: bool) -> tuple[int, str]:
    """Return the row and the heading over a place in a text."""
    if not headed:
        lines = _LINE_END.split(text[:index])
        return len(lines), str(len(lines[-1]) + 1)
    heading = _LINE_END.split(text, maxsplit=1)[0]
    delimiter = max(DELIMITERS, key=heading.count)
    read = csv.reader(io.StringIO(text[:index], newline=""), delimiter=delimiter)
    try:
        rows = list(read)
    except csv.Error:  # a cell longer than the reader takes: the lines are counted instead
        rows = [line.split(delimiter) for line in _LINE_END.split(text[:index])]
    if not rows or text[index - 1] in "\r\n":
        rows.append([])
    names = [name.strip().strip('"') for name in heading.split(delimiter)]
    at = max(len(rows[-1]) - 1, 0)
    return len(rows), names[at] if at < len(names) and names[at] else str(at + 1)
