"""Signs as a reader takes them: no width, no accents apart, one sort of digit, dash and space."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS_OF_NO_WIDTH = (0x034F, 0x115F, 0x1160, 0x3164, *range(0xFE00, 0xFE10))
_DASHES = "\u2212\u2043\u02d7"
_DOTS = "\u00b7\u2022\u2219\u2024\u3002\u30fb"
_BLANKS = "\x0b\x1c\x1d\x1e\x1f\x85\u2800"
_WIDE = range(0xFF01, 0xFF5F)
"""Full-width forms, in the order of ASCII from the exclamation mark."""
_EVERY = (*range(0x80, 0x10000), *range(0x1D7CE, 0x1D800), *range(0xE0000, 0xE0080))
"""What is looked through: the basic plane, the digits of mathematics, and tags."""
_KINDS = frozenset({"Cf", "Nd", "Pd", "Zs", "Zl", "Zp"})
_LIKELY = tuple(
    code
    for code, kind in zip(_EVERY, map(unicodedata.category, map(chr, _EVERY)), strict=True)
    if kind in _KINDS
)
"""Those of them that may be without width, or a digit, a dash or a blank: one in a hundred."""


def _without_width() -> frozenset[int]:
    formats = {code for code in _LIKELY if unicodedata.category(chr(code)) == "Cf"}
    return frozenset(formats | {*_MARKS_OF_NO_WIDTH})


def _taken_as(code: int) -> str:
    """Return the sign of ASCII that a reader takes a sign for, or an empty text."""
    sign = chr(code)
    if code in _WIDE:
        return chr(code - _WIDE[0] + ord("!"))
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    if kind == "Pd" or sign in _DASHES:
        return "-"
    if kind in {"Zs", "Zl", "Zp"} or sign in _BLANKS:
        return " "
    return "." if sign in _DOTS else ""


def _class(codes: Iterable[int]) -> str:
    """Return a class of signs for both matchers, neighbours as spans."""
    spans: list[list[int]] = []
    for code in sorted(codes):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "[" + "".join(chr(first) + "-" + chr(last) for first, last in spans) + "]"


_UNSEEN = _without_width()
_TAKEN_AS = {
    code: sign
    for code in {*map(ord, _BLANKS + _DASHES + _DOTS), *_WIDE, *_LIKELY}
    if code not in _UNSEEN and (sign := _taken_as(code))
}
_UNSEEN_SIGNS = re.compile(_class(_UNSEEN))

DISGUISED = _class({*_UNSEEN, *_TAKEN_AS})
"""A sign that hides or stands for another, as a class for `re` and for RE2."""


def as_read(text: str) -> str:
    """Return what a reader sees: no signs without width, a letter with its marks as one."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _UNSEEN_SIGNS.sub("", text))


def in_plain_signs(read: str) -> str:
    """Return a text with each digit, dash and blank as ASCII has it; every sign keeps its position."""
    return read.translate(_TAKEN_AS)
