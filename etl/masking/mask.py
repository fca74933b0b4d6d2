"""Identities in free text are masked at the door: numbers, addresses, plates, names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from etl.masking.names import name_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK = "***"
CUT = 80
"""Characters of a value that a message may carry."""

KINDS = {
    "email": "masked_email",
    "web": "masked_web",
    "identity": "masked_identity",
    "phone": "masked_phone",
    "plate": "masked_plate",
    "name": "masked_name",
}
"""What is masked, and what the account calls it."""

_PATTERN = re.compile(
    r"""
      (?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)
    | (?P<web>(?:https?://|www\.)\S+)
    | (?P<identity>(?<!\d)(?<!\d[.,])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])     # personal identity number …
      (?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])                       # … or coordination number: day + 60
      (?:\s?[-+–−]\s?)?\d{4}(?!\d))
    | (?P<phone>(?<![\d\-.,:])(?<!\d/)                                     # Swedish or with + or 00 …
      (?!\d{4}-\d\d-\d\d(?!\d))                                           # … not a date, nor a span of hours
      (?!(?:[01]\d|2[0-3])[0-5]\d\s?[-–]\s?(?:[01]\d|2[0-4])[0-5]\d(?![\s-]?\d))
      (?:(?:\+|00)[1-9]\d{0,2}[\s-]?(?:\(0\)\s?)?|\(?0(?=[1-9]))
      (?=(?:[\s)/–-]{0,3}\d){7})\d{1,3}\)?/?(?:[\s–-]{0,3}\d{2,4}){2,4}(?!\d)
    | (?<![\d.,])46[\s-]?7\d(?:[\s-]?\d){7}(?!\d)                          # mobile, + left out
    | (?<!\d)\d{3}[-.\s]\d{3}[-.]\d{4}(?!\d))                              # American
    | (?P<plate>\b[A-HJ-PR-UW-Z]{3}\s?\d{2}[A-Z0-9]\b
    | \b[A-HJ-PR-UW-Za-hj-pr-uw-z]{3}\d{2}[A-Za-z0-9]\b)                   # in small letters, in one word
    """,
    re.VERBOSE,
)

_NUMBER_OR_ADDRESS = re.compile(r"[\d@]|www\.|https?:")
"""What every identity but a name holds."""
UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
"""Signs without width, which would hide a number from the pattern and not from a reader."""


def mask_text(text: str) -> str:
    """Return `text` with what points to a person replaced by ``***``."""
    return _masked(text)


def mask_texts(texts: Iterable[str], *, names: bool = True) -> list[str]:
    """Mask each text; not names after titles where `names` is false, as in a layer of places' own names."""
    return [_masked(text, names=names) if text else text for text in texts]


def _masked(text: str, *, names: bool = True) -> str:
    read = _as_read(text)
    found = sorted((start, end) for _, start, end in _identities(read, names=names))
    if not found:
        return text
    pieces: list[str] = []
    at = 0
    for start, end in found:
        if start >= at:
            pieces += [read[at:start], MASK]
        at = max(at, end)
    return "".join([*pieces, read[at:]])


def masked_kinds(text: str, *, names: bool = True) -> list[str]:
    """Return of which of `KINDS` the identities in `text` are, one for each that `mask_texts` masks."""
    return [kind for kind, _, _ in _identities(_as_read(text), names=names)]


def _as_read(text: str) -> str:
    """Return what a reader sees: no signs without width, a letter with its marks as one."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", re.sub(UNSEEN, "", text))


def _identities(text: str, *, names: bool) -> Iterator[tuple[str, int, int]]:
    if _NUMBER_OR_ADDRESS.search(text) is not None:
        for match in _PATTERN.finditer(text):
            yield str(match.lastgroup), *match.span()
    if names:
        for start, end in name_spans(text):
            yield "name", start, end


def mask_value(value: str) -> str:
    """Mask a value and cut it to what a message may carry."""
    masked = mask_text(" ".join(value.split()))
    return masked if len(masked) <= CUT else f"{masked[: CUT - 1]}…"
