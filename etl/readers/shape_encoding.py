"""How the words beside a Shape file are written: its .cpg says it, or its .dbf, or its bytes do."""

from __future__ import annotations

import codecs

DBF_HEAD = 32
CODE_PAGE_AT = 29
CODE_PAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x65: "cp865", 0xC8: "cp1250"}
"""The mark of a .dbf → the code page it stands for, those that Nordic files are met in."""
FALLBACK = "cp1252"


def shape_encoding(dbf: bytes, cpg: bytes | None) -> str:
    """Return the encoding of a .dbf, as Python calls it.

    Its ``.cpg`` is held to; without one, bytes beyond ASCII that are UTF-8 throughout are UTF-8, since no
    other encoding comes out so by chance; else the mark in its head, and last Windows-1252.
    """
    named = _named(cpg)
    if named is not None:
        return named
    records = dbf[int.from_bytes(dbf[8:10], "little") :]
    if not records.isascii() and _is_utf8(records):
        return "utf-8"
    mark = dbf[CODE_PAGE_AT] if len(dbf) > DBF_HEAD else 0
    return CODE_PAGES.get(mark, FALLBACK)


def _named(cpg: bytes | None) -> str | None:
    """Return what a .cpg names: UTF-8, 1252, ISO 88591, ANSI 1252."""
    words = (cpg or b"").decode("ascii", errors="ignore").strip().upper()
    if not words:
        return None
    plain = words.removeprefix("ANSI").strip(" -_")
    plain = f"ISO8859-{plain.removeprefix('ISO').strip(' -')[4:]}" if "8859" in plain else plain
    for name in (f"cp{plain}" if plain.isdigit() else plain, plain.replace(" ", "-")):
        try:
            return "utf-8" if name == "cp65001" else codecs.lookup(name).name
        except LookupError:
            continue
    return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
