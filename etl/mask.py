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
    | (?<!\d)(?:19|20)?\d{2}[01]\d[0-3]\d\s?[-+]\s?\d{4}(?!\d)     # personal identity number
    | (?<!\d)(?:19|20)\d{2}[01]\d[0-3]\d\d{4}(?!\d)                # the same without a hyphen
    | (?<![\d\-.,:])(?:\+\d{1,3}[\s-]?(?:\(0\)\s?)?|0)            # telephone, Swedish or with +
      (?=(?:[\s-]?\d){7})\d{1,3}(?:[\s-]{0,2}\d{2,4}){2,4}(?!\d)
    | (?<!\d)\d{3}[-.\s]\d{3}[-.]\d{4}(?!\d)                       # telephone, American
    | \b[A-ZÅÄÖ]{3}\s?\d{2}[A-Z0-9]\b                              # number plate
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
