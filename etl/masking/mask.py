"""Identities in free text are masked at the door: numbers, addresses, plates, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.masking.names import name_spans
from etl.masking.patterns import identities
from etl.masking.signs import as_read, in_plain_signs

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


def mask_text(text: str) -> str:
    """Return `text` with what points to a person replaced by ``***``."""
    return _masked(text)


def mask_texts(texts: Iterable[str], *, names: bool = True) -> list[str]:
    """Mask each text; not names after titles where `names` is false, as in a layer of places' own names."""
    return [_masked(text, names=names) if text else text for text in texts]


def _masked(text: str, *, names: bool = True) -> str:
    read = as_read(text)
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
    return [kind for kind, _, _ in _identities(as_read(text), names=names)]


def _identities(read: str, *, names: bool) -> Iterator[tuple[str, int, int]]:
    text = read if read.isascii() else in_plain_signs(read)
    yield from identities(text)
    if names:
        for start, end in name_spans(text):
            yield "name", start, end


def mask_value(value: str) -> str:
    """Mask a value and cut it to what a message may carry."""
    masked = mask_text(" ".join(value.split()))
    return masked if len(masked) <= CUT else f"{masked[: CUT - 1]}…"
