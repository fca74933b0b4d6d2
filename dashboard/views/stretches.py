"""How a stretch of street is said: its street, where it begins and ends, and what each stream says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.evidence import StreamBar, stream_bar, sureness_words
from dashboard.views.filters import category_word

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.stretches import Stretch, StretchAnswer
    from geodata.streets.naming import StretchName


@dataclass(frozen=True, slots=True)
class StretchItem:
    """One stretch, in words.

    Attributes
    ----------
    bars
        Says, sees and happens, each against what is expected along it.
    agreement, agreement_code, sureness
        How answers and incidents go together here, and how sure that is; empty where it can't be told.
    """

    rank: str
    name: str
    detail: str
    bars: tuple[StreamBar, ...]
    agreement: str
    agreement_code: str
    sureness: str


@dataclass(frozen=True, slots=True)
class StretchesView:
    """The stretches that lie most surely above the expected, and what they are counted from."""

    stretches: tuple[StretchItem, ...]
    basis: tuple[str, ...]


def stretches_view(texts: Catalogue, answer: StretchAnswer) -> StretchesView | None:
    """Say which stretches have more than is expected there; None for who may not see them."""
    if "stretches_withheld" in answer.warnings:
        return None
    shown = tuple(_item(texts, one) for one in answer.stretches if one.rank is not None)
    return StretchesView(shown, (texts("stretches.note", metres=answer.window_m), *_basis(texts, answer)))


def _basis(texts: Catalogue, answer: StretchAnswer) -> tuple[str, ...]:
    said = [texts("stretch.used", n=answer.used)] if answer.used is not None else []
    if answer.off_street:
        said.append(texts("stretch.off_street", n=answer.off_street))
    return (" ".join(said),) if said else ()


def _item(texts: Catalogue, stretch: Stretch) -> StretchItem:
    detail = [texts("map.area_length", metres=stretch.length_m)]
    if stretch.top_category:
        detail.append(texts("map.area_category", category=category_word(texts, stretch.top_category).lower()))
    return StretchItem(
        rank="–" if stretch.rank is None else texts.form.number(stretch.rank),
        name=stretch_name(texts, stretch),
        detail=" · ".join(detail),
        bars=tuple(stream_bar(texts, one, exact=True) for one in stretch.streams),
        agreement=texts(f"agreement.{stretch.agreement}"),
        agreement_code=str(stretch.agreement),
        sureness=sureness_words(texts, stretch.agreement_sureness),
    )


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
