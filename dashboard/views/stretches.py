"""How a stretch of street is said: its street, where it begins and ends, and its ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.stretches import Stretch
    from geodata.streets.naming import StretchName


def stretch_name(texts: Catalogue, stretch: Stretch | StretchName) -> str:
    """Name a stretch: ``Storgatan mellan Skolgatan och Nygatan``, as far as the streets have names."""
    street = stretch.street or texts("stretch.unnamed")
    ends = list(dict.fromkeys(name for name in (stretch.from_cross, stretch.to_cross) if name))
    match ends:
        case [first, last]:
            return texts("stretch.between", street=street, first=first, last=last)
        case [only]:
            return texts("stretch.at", street=street, cross=only)
        case _:
            return street


def ratio_words(texts: Catalogue, stretch: Stretch) -> str:
    """Say the ratio to the expected with its range, or that there is too little to tell."""
    if not stretch.tellable:
        return texts("evidence.too_few")
    return texts(
        "stretch.ratio", ratio=stretch.ratio, range=texts.form.span(stretch.low, stretch.high, decimals=1)
    )
