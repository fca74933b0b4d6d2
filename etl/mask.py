"""Identities in free text are masked at the door: numbers, addresses and plates that point to a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MASK = "***"
CUT = 80
"""Characters of a value that a message may carry."""

_PATTERN = re.compile(
    r"""
      [\w.+-]+@[\w-]+\.[\w.-]*\w                                   # e-mail
    | (?:https?://|www\.)\S+                                       # web address
    | (?<!\d)(?<!\d[.,])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])           # personal identity number …
      (?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])                  # … or coordination number: day + 60
      (?:\s?[-+–−]\s?)?\d{4}(?!\d)
    | (?<![\d\-.,:])(?<!\d/)                                       # telephone, Swedish or with + or 00 …
      (?!\d{4}-\d\d-\d\d(?!\d))                                   # … not a date, nor a span of hours
      (?!(?:[01]\d|2[0-3])[0-5]\d\s?[-–]\s?(?:[01]\d|2[0-4])[0-5]\d(?![\s-]?\d))
      (?:(?:\+|00)[1-9]\d{0,2}[\s-]?(?:\(0\)\s?)?|\(?0(?=[1-9]))
      (?=(?:[\s)/–-]{0,3}\d){7})\d{1,3}\)?/?(?:[\s–-]{0,3}\d{2,4}){2,4}(?!\d)
    | (?<![\d.,])46[\s-]?7\d(?:[\s-]?\d){7}(?!\d)                  # mobile telephone, + left out
    | (?<!\d)\d{3}[-.\s]\d{3}[-.]\d{4}(?!\d)                       # telephone, American
    | \b[A-HJ-PR-UW-Z]{3}\s?\d{2}[A-Z0-9]\b                       # number plate
    | \b[A-HJ-PR-UW-Za-hj-pr-uw-z]{3}\d{2}[A-Za-z0-9]\b           # the same in small letters, in one word
    """,
    re.VERBOSE,
)


_CANDIDATE = re.compile(r"[@\d]|www\.|https?:")
"""Text without any of these holds nothing to mask, and most text does not."""


def mask_text(text: str) -> str:
    """Return `text` with what points to a person replaced by ``***``."""
    return _PATTERN.sub(MASK, text) if _CANDIDATE.search(text) else text


def mask_texts(texts: Iterable[str]) -> list[str]:
    """Mask each text."""
    return [mask_text(text) if text else text for text in texts]


def mask_value(value: str) -> str:
    """Mask a value and cut it to what a message may carry."""
    masked = mask_text(" ".join(value.split()))
    return masked if len(masked) <= CUT else f"{masked[: CUT - 1]}…"
