"""What the places page says: the whole ranking, how sure it is, and what could not be ranked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.address import KIND_WORDS, format_search
from dashboard.views.evidence import RankedItem, ranked_item
from dashboard.views.frame import Way
from dashboard.views.map import NAMED, stands_out
from geodata.evidence.ranking import FIRST
from geodata.privacy import RULES

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.ranking import PlaceRanking, RankedPlace


@dataclass(frozen=True, slots=True)
class PlacesView:
    """The places page in words.

    Attributes
    ----------
    unranked
        Places with too little to go by, named so that none is left out in silence.
    notes
        What the figures of the table are.
    """

    sentence: str
    basis: tuple[str, ...]
    kinds: tuple[Way, ...]
    ranked: tuple[RankedItem, ...]
    unranked: tuple[RankedItem, ...]
    unranked_heading: str | None
    notices: tuple[str, ...]
    notes: tuple[str, ...]


def places_view(texts: Catalogue, address: Address, *, ranking: PlaceRanking, language: str) -> PlacesView:
    """Say the ranking.

    Parameters
    ----------
    language
        The project's language, which the address need not say.
    """
    ranked = [place for place in ranking.places if place.rank is not None]
    unranked = [place for place in ranking.places if place.rank is None]
    return PlacesView(
        sentence=_sentence(texts, ranked),
        basis=_basis(texts, address, ranking),
        kinds=_kinds(texts, address, language=language),
        ranked=tuple(ranked_item(texts, place, address, language=language) for place in ranked),
        unranked=tuple(ranked_item(texts, place, address, language=language) for place in unranked),
        unranked_heading=texts("places.unranked", n=len(unranked)) if unranked else None,
        notices=tuple(texts(f"warning.{code}") for code in ranking.warnings),
        notes=(
            texts("places.table_note"),
            *((texts("places.first_note", first=FIRST),) if _has_chances(ranked) else ()),
        ),
    )


def _has_chances(ranked: list[RankedPlace]) -> bool:
    return any(place.among_first is not None for place in ranked)


def _basis(texts: Catalogue, address: Address, ranking: PlaceRanking) -> tuple[str, ...]:
    weights = {key: texts.form.number(value, decimals=1) for key, value in ranking.weights.items()}
    said = texts("method.ranking", **weights)
    return (said,) if RULES[address.audience].exact_counts else (said, texts("evidence.rounded"))


def _sentence(texts: Catalogue, ranked: list[RankedPlace]) -> str:
    if not ranked:
        return texts("places.sentence.too_few")
    clear = [place for place in ranked if stands_out(place)]
    if not clear:
        return texts("places.sentence.even", n=len(ranked))
    names = texts.form.listing([place.name for place in clear[:NAMED]])
    return texts("places.sentence.clear", n=len(clear), of=len(ranked), names=names)


def _kinds(texts: Catalogue, address: Address, *, language: str) -> tuple[Way, ...]:
    def way(kind: str | None, label: str) -> Way:
        there = replace(address, kind=KIND_WORDS[kind] if kind else None)
        return Way(label, f"/platser{format_search(there, language=language)}", there.kind == address.kind)

    return (
        way(None, texts("places.all_kinds")),
        *(way(word, texts(f"kinds.{kind}")) for word, kind in KIND_WORDS.items()),
    )
