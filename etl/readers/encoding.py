"""How a text file is written: byte order mark, then strict UTF-8, then Windows-1252."""

from __future__ import annotations

import codecs
import re

from geodata.errors import FileFaultError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FALLBACK = "cp1252"
SPOKEN = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
DELIMITERS = (";", ",", "\t", "|")

_UTF8_AS_1252 = re.compile(r"[^\s;,|]*Ã[¥¤¶…„–©][^\s;,|]*")
"""å, ä, ö, Å, Ä, Ö and é of UTF-8 read as Windows-1252."""


def decode(content: bytes, *, file: str, stated: str | None) -> tuple[str, str]:
    """Return the text and how it was written, in words.

    Parameters
    ----------
    content
        The whole file.
    file
        Name for the errors.
    stated
        What the project file says of the encoding; it is then held to.

    Raises
    ------
    FileFaultError
        ``encoding_wrong`` when it is not what was stated, ``encoding_unknown`` when no encoding fits,
        ``encoding_mixed`` when two are mixed.
    """
    if stated is not None:
        return _decode(content, stated, code="encoding_wrong", file=file), SPOKEN.get(stated, stated)
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _decode(content, encoding, code="encoding_unknown", file=file), SPOKEN[encoding]
    if b"\0" in content:
        raise _fault("encoding_unknown", content, content.index(b"\0"), file=file)
    try:
        return content.decode("utf-8"), SPOKEN["utf-8"]
    except UnicodeDecodeError:
        text = _decode(content, FALLBACK, code="encoding_unknown", file=file)
    mixed = _UTF8_AS_1252.search(text)
    if mixed is not None:
        row, column = _position(text, mixed.start())
        raise FileFaultError(
            "encoding_mixed",
            f"{file}, row {row}: {mixed.group()} mixes UTF-8 and Windows-1252.",
            file=file,
            row=row,
            column=column,
            value=mixed.group(),
        )
    return text, SPOKEN[FALLBACK]


def _decode(content: bytes, encoding: str, *, code: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _fault(code, content, error.start, file=file, encoding=encoding) from error
    except LookupError as error:
        raise FileFaultError(
            "encoding_wrong",
            f"{file}: there is no encoding {encoding}.",
            file=file,
            row=0,
            column="",
            value=encoding,
            encoding=encoding,
        ) from error


def _fault(code: str, content: bytes, position: int, *, file: str, encoding: str = "") -> FileFaultError:
    row, column = _position(content[: position + 1].decode("latin-1"), position)
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


def _position(text: str, index: int) -> tuple[int, str]:
    """Return the row and the heading over a place in delimited text, ``""`` where there is none.

    In the heading itself it is the heading as far as it could be read.
    """
    row = text.count("\n", 0, index) + 1
    heading = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=heading.count)
    before = text[text.rfind("\n", 0, index) + 1 : index].count(delimiter)
    names = [name.strip().strip('"') for name in heading.split(delimiter)]
    return row, names[before] if before < len(names) else ""
