"""Addresses, telephone numbers and registration plates as people write them, in text of plain signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.masking.identity_numbers import identity_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NO_PLATES = (
    "ADT|ALT|ART|BEL|BUS|CAD|CCA|DAG|DEL|DKK|DNR|EST|EUR|FAX|GBP|GCM|GPS|HUS|KAP|KOD|LED|LGH|MAN|MAX|MIN|MOB|NOK|"
    "NUM|PBL|PKT|RAL|RUM|SAL|SEK|SMS|SOS|TEL|TFN|TYP|USD|UTC"
)
"""Words and signs of three letters that stand before a number of three digits: "rum 204", "SEK 500"."""

_LOCAL = r"(?:\"[^\"\n]{1,60}\"|[\w.+!#$%&'*/=?^`{|}~-]{1,64})"
_AT = r"(?:[ ]?@[ ]?|[ ]?[(\[{][ ]?(?:at|a|snabel-?[ ]?a|@)[ ]?[)\]}][ ]?|[ ]snabel-?[ ]?a[ ]|&\#64;|%40)"
_POINT = r"(?:[ ]\.[ ]?|[ ]?[(\[{][ ]?(?:dot|punkt|\.)[ ]?[)\]}][ ]?|[ ](?:dot|punkt)[ ])"
_HOST = rf"[^\W_][\w-]{{0,62}}(?:(?:\.[\w-]{{1,63}}){{1,5}}|(?:{_POINT}[\w-]{{2,63}}){{1,3}})"

_CLOCK = r"(?:[01]\d|2[0-4])[.: ]?[0-5]\d"
_FREE = r"(?<!\d)(?<!\d[.,:/-])(?<![^\W\d_]-)"
"""Neither in a number nor behind its sign, nor in an id such as K-0701234567."""
_SAID = r"(?i:(?<=tel-)|(?<=mob-)|(?<=bil-)|(?<=fon-))|(?<=\d[,:/])(?=0\d{1,3}-\d)"
_NO_PHONE = rf"""
      (?!\d{{4}}-\d\d-\d\d(?!\d))                                     # a date, either way round
      (?!\d\d(?P<sign>[./ -])\d\d(?P=sign)(?:19|20)\d\d(?!\d))
      (?!\d{{1,4}}[ ]{{1,2}}(?:19|20)\d\d-\d\d-\d\d)                    # an hour and a date
      (?!{_CLOCK}[ ]?[-/][ ]?{_CLOCK}(?![ -]?\d))                     # from one hour to another
      (?!{_CLOCK}[ ]?[-/][ ]?{_CLOCK}[ -](?:[01]\d|2[0-3])[.:]?[0-5]\d)  # and a third
      (?!{_CLOCK}[ ]{_CLOCK}(?!\d|[ -]\d))                            # two hours
      (?!\+[1-9]\d{{0,2}}(?:[ ]\d{{3}}){{2,}}[ ]?(?:kr|sek|euro|%))       # an amount
"""
_APART = r"[ \t()/-]{0,5}"
_POINTS = r"(?:[ ]?[.-][ ]?|[ ])"
_ABROAD = r"(?:\+|00)[1-9]\d{0,2}"

_EMAIL = re.compile(
    rf"(?i:{_LOCAL}{_AT}{_HOST})\b|[\w.+-]{{0,63}}[^\W_]@[^\W\d_][\w.-]*\w",
)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(
    rf"""
      (?=[\d(+])(?:{_FREE}|{_SAID}) {_NO_PHONE}
      (?: {_ABROAD}[ -]{{0,3}}(?:\([ ]?0[ ]?\))?(?:{_APART}\d){{7,12}}(?!\d)
        | {_ABROAD}(?:{_POINTS}\d{{2,4}}){{3,5}}(?!\d)
        | \(?0(?:8(?:{_APART}\d){{6,8}}|[1-9]\d(?:{_APART}\d){{5,8}}|7(?:[ -]\d\d){{4}})(?!\d)
        | 0[1-9]\d\d?{_POINTS}\d{{2,3}}{_POINTS}\d{{2,3}}(?:{_POINTS}?\d){{1,3}}(?!\d|[.,]\d)
        | 07\d\d?\.\d{{6,7}}(?!\d)
        | 08\.\d{{3}}(?:\.\d{{2,3}}){{2}}(?!\d|[.,]\d) )
    | (?<![\d.,])46[ -]?(?:\(0\))?7\d(?:[ -]?\d){{7}}(?!\d)                # mobile, + left out
    | (?<!\d)\d{{3}}[-.\s]\d{{3}}[-.]\d{{4}}(?!\d)                       # American
    """,
    re.VERBOSE,
)
_PLATE = re.compile(
    rf"""
    (?<!\w)(?!(?i:{NO_PLATES})[ \d-])
    (?: [A-HJ-PR-UW-Z]{{3}}(?:[ ]?-[ ]?|[ ])?\d\d[A-Z0-9]
      | (?i:[A-HJ-PR-UW-Z]{{3}}\d\d[A-Z0-9]) )                          # small letters: in one word
    (?!\w|-\d)
    """,
    re.VERBOSE,
)
_PLATE_TOLD = re.compile(
    rf"""
    \b(?:reg\w*|\w*n(?:umme)?r|\w*(?:bil|skylt|moped)(?:en)?|\w*plåt(?:en)?|\w*traktorn?)[.:]?[ ]
    (?P<plate>(?!(?:{NO_PLATES})[ \d-])[A-HJ-PR-UW-Z]{{3}}[ -]\d\d[A-Z0-9])(?!\w|-\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)

WIDER = {
    "email": r"@|(?i:snabel|[(\[{] ?at? ?[)\]}])|%40|&#64;",
    "web": r"(?i:https?:|www\.)",
    "identity": r"\d\d[-/. ]?(?:0[1-9]|1[0-2])[-/. ]?\d\d[ \t]{0,3}[-+/_]?[ \t]{0,3}[A-Z\dkmx][A-Za-z\d]{3}"
    r"|99 ?\d{4}[- ]?\d\d[- ]?\d{4}|\d{8}[- ]?[A-Z]{2}\d\d",
    "phone": r"(?:(?:\+|00)[1-9]|0[1-9])(?:[\s()/.-]{0,5}\d){6}"
    r"|46[ -]?(?:\(0\))?7\d|\d{3}[-.\s]\d{3}[-.]\d{4}",
    "plate": r"(?i:[A-HJ-PR-UW-Z]{3}[ -]{0,3}\d\d[A-Z0-9])",
}
"""Kind → wider than every pattern of it, for a matcher that never turns back, and quick to try first."""

_FIRST = {kind: re.compile(wider) for kind, wider in WIDER.items()}


def identities(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the kind, the begin and the end of each number, address and plate in a text of plain signs.

    What lies within one of another kind is not yielded; what only overlaps is.
    """
    taken: list[tuple[int, int]] = []
    for kind, spans in _SPANS.items():
        if _FIRST[kind].search(text) is None:
            continue
        for start, end in spans(text):
            if not any(first <= start and end <= last for first, last in taken):
                taken.append((start, end))
                yield kind, start, end


def _plates(text: str) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _PLATE.finditer(text))
    yield from (found.span("plate") for found in _PLATE_TOLD.finditer(text))


def _spans(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (found.span() for found in pattern.finditer(text))


_SPANS: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "email": _spans(_EMAIL),
    "web": _spans(_WEB),
    "identity": identity_numbers,
    "phone": _spans(_PHONE),
    "plate": _plates,
}
