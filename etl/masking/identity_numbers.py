"""Numbers that the state or a region gives a person: personal, coordination and reserve numbers.

References
----------
Skatteverket: personnummer and samordningsnummer (the day plus 60); of the last ten digits one checks (Luhn).
Inera, Personuppgiftstjänsten: the regions' and the national reserve numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL_YEAR = 4
STAMPED_YEARS = range(2010, 2040)
"""Years in which a date with four digits behind it is as often a date and an hour."""

_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"  # born on it, or 60 more in a coordination number
_DAY_STOOD_FOR = r"(?:3[2-9]|[45]\d)"
_APART = r"[ \t]{0,3}(?P<sign>[-+/_]?)[ \t]{0,3}"

_DATED = re.compile(
    rf"""
    (?<!\d)(?<!\d[.,])
    (?P<year>(?:(?:18|19|20)[ ]?)?\d\d) (?P<within>[-/. ]?) {_MONTH} (?P=within)
    (?: {_DAY} | (?P<stood_for>{_DAY_STOOD_FOR}) )
    {_APART}
    (?P<last>\d{{4}}(?!\d) | [A-Za-z\d]{{4}}(?![^\W_]))
    """,
    re.VERBOSE,
)
_UNDATED = re.compile(
    rf"""
    (?<!\d)(?<!\d[.,])
    (?: 99[ ]?(?:19|20)\d\d[- ]?\d\d[- ]?\d{{4}}(?!\d)                        # Region Stockholm
    | (?:2[2-9]|[3-9]\d)\d\d{_MONTH}(?:0[1-9]|[12]\d|3[01])[- ]?[A-Z]{{2}}\d\d(?![^\W_])   # national
    | 00\d\d[2-9]\d[45]\d[- ]?[A-Z]{{2}}\d\d(?![^\W_]) )                      # national, day of birth unknown
    """,
    re.VERBOSE,
)
_KNOWN_RESERVE = re.compile(r"[KMXkmx]\d{3}|S[FUXPL]\d[A-Z1-9]")
"""The last four signs in Västra Götaland and in Värmland."""
_HOLDS_BOTH = re.compile(r"(?=.*\d)[A-Z\d]*[A-Z][A-Z\d]*")


def identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where identity numbers begin and end in a text of plain signs."""
    for found in _UNDATED.finditer(text):
        yield found.span()
    at = 0
    while (dated := _DATED.search(text, at)) is not None:
        if _is_a_persons(dated):
            yield dated.span()
            at = dated.end()
        else:  # what is no number as a whole may hold one: 2025-03-14 850101-1234
            at = dated.start() + 1


def _is_a_persons(found: re.Match[str]) -> bool:
    year = found["year"].replace(" ", "")
    stamped = int(year if len(year) == FULL_YEAR else f"20{year}") in STAMPED_YEARS
    last, sign = found["last"], found["sign"]
    if not last.isdigit():
        # A word of four letters may follow a date; a number's own signs stand close to it.
        close = found.end("last") - found.end("sign") == len(last) and (sign or found[0].isalnum())
        return bool(_KNOWN_RESERVE.fullmatch(last) or (close and not stamped and _HOLDS_BOTH.fullmatch(last)))
    loose = bool(found["within"]) and (stamped or len(year) != FULL_YEAR)
    if found["stood_for"]:
        return len(year) == FULL_YEAR and found[0].isdigit()
    if loose or (stamped and sign not in {"-", "+"}):
        return _checks("".join(filter(str.isdigit, found[0]))[-10:])
    return True


def _checks(digits: str) -> bool:
    """Say whether the last of ten digits is the check digit of the others (Luhn)."""
    doubled = (sum(divmod(int(digit) * 2, 10)) for digit in digits[::2])
    return (sum(doubled) + sum(map(int, digits[1::2]))) % 10 == 0
