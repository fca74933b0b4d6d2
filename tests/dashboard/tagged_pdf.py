"""A tagged PDF as those hear it who have it read to them: its elements in order, each with its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader

PAINTING = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do"}
SHOWING = {b"Tj", b"TJ", b"'", b'"'}


@dataclass(frozen=True)
class Element:
    """One element of the structure: its tag, its own entries, what it holds, and words of its page's content."""

    tag: str
    entries: Any
    kids: tuple[Element | str, ...]

    def words(self) -> str:
        """All it says, in order, without the bullets of lists."""
        return "".join(
            one if isinstance(one, str) else one.words()
            for one in self.kids
            if isinstance(one, str) or one.tag != "Lbl"
        )

    def all(self, *tags: str) -> list[Element]:
        """Return it and what lies in it, in order; only of some tags where these are named."""
        found = [] if tags and self.tag not in tags else [self]
        for one in self.kids:
            if isinstance(one, Element):
                found += one.all(*tags)
        return found


class TaggedPdf:
    """A PDF opened for reading.

    Attributes
    ----------
    untold
        Words and strokes on pages that are neither an element's nor an artifact: page and operator.
    """

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.root = self.reader.trailer["/Root"]
        self.untold: list[tuple[int, str]] = []
        self._letters: dict[str, dict[str, str]] = {}
        self._pages = {
            page.indirect_reference.idnum: self._pieces(number, page)
            for number, page in enumerate(self.reader.pages, start=1)
        }
        (document,) = self.root["/StructTreeRoot"]["/K"]
        self.document = self._element(document.get_object(), None)

    @property
    def bookmarks(self) -> list[str]:
        """Titles of all bookmarks, in order."""

        def flat(found: list[Any]) -> list[str]:
            return [
                title for one in found for title in (flat(one) if isinstance(one, list) else [str(one.title)])
            ]

        return flat(self.reader.outline)

    def fonts(self) -> dict[str, bool]:
        """Return each font's name, and whether its letters are in the file."""
        found = {}
        for page in self.reader.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                whole = font.get_object()
                inner = whole["/DescendantFonts"][0].get_object() if "/DescendantFonts" in whole else whole
                keys = inner["/FontDescriptor"].get_object().keys()
                found[str(whole["/BaseFont"])] = any(one.startswith("/FontFile") for one in keys)
        return found

    def _element(self, entries: Any, page: int | None) -> Element:
        page = entries.raw_get("/Pg").idnum if "/Pg" in entries else page
        kids: list[Element | str] = []
        held = entries.get("/K", [])
        for kid in held if isinstance(held, list) else [held]:
            found = kid.get_object()
            if isinstance(found, int):
                assert page is not None
                kids.append(self._pages[page].get(int(found), ""))
            elif found.get("/Type") == "/StructElem":
                kids.append(self._element(found, page))
        return Element(str(entries["/S"])[1:], entries, tuple(kids))

    def _pieces(self, number: int, page: Any) -> dict[int, str]:
        """Read one page: the words of each marked piece."""
        fonts, pieces = page["/Resources"].get("/Font", {}), {}
        marked: list[int | str] = []
        letters: dict[str, str] = {}
        for operands, operator in page.get_contents().operations:
            if operator in {b"BDC", b"BMC"}:
                mcid = operands[1].get("/MCID") if operator == b"BDC" else None
                marked.append(str(operands[0]) if mcid is None else int(mcid))
                if mcid is not None:
                    pieces[int(mcid)] = ""
            elif operator == b"EMC":
                marked.pop()
            elif operator == b"Tf":
                letters = self._font(fonts[operands[0]])
            elif operator in PAINTING | SHOWING:
                if not marked:
                    self.untold.append((number, operator.decode()))
                elif operator in SHOWING and isinstance(marked[-1], int):
                    pieces[marked[-1]] += _shown(operands, letters)
        return pieces

    def _font(self, font: Any) -> dict[str, str]:
        """Return what each two bytes of a font say."""
        name = str(font["/BaseFont"])
        if name not in self._letters:
            table = font["/ToUnicode"].get_object().get_data().decode("ascii")
            pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>$", table, re.MULTILINE)
            self._letters[name] = {code: bytes.fromhex(said).decode("utf-16-be") for code, said in pairs}
        return self._letters[name]


def _shown(operands: Any, letters: dict[str, str]) -> str:
    pieces = operands[0] if isinstance(operands[0], list) else operands
    codes = "".join(
        one.original_bytes.hex() if hasattr(one, "original_bytes") else one.hex()
        for one in pieces
        if isinstance(one, (str, bytes))
    )
    return "".join(letters[codes[at : at + 4]] for at in range(0, len(codes), 4))
