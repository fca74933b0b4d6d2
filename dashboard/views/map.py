"""What the map page says: one sentence first, then the places and areas that the map shows, in a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.address import DEFAULT_METHOD
from dashboard.views.areas import AreaItem, area_item, kind_words, street_or_name
from dashboard.views.evidence import RankedItem, ranked_item
from dashboard.views.filters import selection_words
from dashboard.views.method_settings import setting_words
from geodata.codes import CHANCES, CLASSES

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.hotspots import HotspotAnswer
    from geodata.analyses.ranking import PlaceRanking, RankedPlace

LIST_LENGTH = 10
NAMED = 3
"""How many places the opening sentence names."""


@dataclass(frozen=True, slots=True)
class LegendStep:
    """One step of the colour scale: its level (1 palest) and the counts it stands for."""

    level: int
    label: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The map page in words.

    Attributes
    ----------
    areas_first
        Whether the areas are what was asked for, and so stand before the places.
    legend_chances
        How sure the found areas are: the code of each look that is on the map, and its words.
    legend_kinds
        Each kind of hotspot that is on the map, its symbol first.
    agreement
        Whether the places show what is felt there against what is recorded.
    method
        How it was counted, a sentence each.
    """

    sentence: str
    basis: tuple[str, ...]
    notices: tuple[str, ...]
    places: tuple[RankedItem, ...]
    places_more: str | None
    places_empty: str
    areas_heading: str
    areas_first: bool
    areas: tuple[AreaItem, ...]
    areas_empty: str | None
    legend: tuple[LegendStep, ...]
    legend_cell: str
    legend_chances: tuple[tuple[str, str], ...]
    legend_kinds: tuple[str, ...]
    agreement: bool
    method: tuple[str, ...]


def map_view(
    texts: Catalogue, address: Address, *, hotspots: HotspotAnswer, ranking: PlaceRanking, language: str
) -> MapView:
    """Say what the map shows.

    Parameters
    ----------
    language
        The project's language, which the address need not say.
    """
    ranked = [place for place in ranking.places if place.rank is not None]
    shown = ranked[:LIST_LENGTH]
    withheld = "cells_withheld" in hotspots.warnings
    areas = () if address.layer == "agreement" else hotspots.areas
    return MapView(
        sentence=opening_sentence(texts, hotspots=hotspots, ranking=ranking, layer=address.layer),
        basis=_basis(texts, hotspots),
        notices=tuple(
            texts(f"warning.{code}") for code in dict.fromkeys(hotspots.warnings + ranking.warnings)
        ),
        places=tuple(ranked_item(texts, place, address, language=language) for place in shown),
        places_more=_places_more(texts, ranking, shown=len(shown)),
        places_empty=texts("map.places_empty" if ranking.places else "map.places_none"),
        areas_first=_asks_for_areas(hotspots.method, address.layer),
        areas_heading=_areas_heading(texts, hotspots.method),
        areas=tuple(area_item(texts, area, address, language=language) for area in hotspots.areas),
        areas_empty=_areas_empty(texts, hotspots, withheld=withheld),
        legend=() if withheld or address.layer is not None else _legend(texts, hotspots.levels_breaks),
        legend_cell=texts("map.legend_cell", side=hotspots.cell_m),
        legend_chances=tuple(
            (code, texts(f"chance.{code}"))
            for code in CHANCES
            if any(area.chance_code == code for area in areas)
        ),
        legend_kinds=tuple(
            kind_words(texts, code) for code in CLASSES if any(area.class_code == code for area in areas)
        ),
        agreement=address.layer != "areas",
        method=(
            texts("method.cells", side=hotspots.cell_m),
            *(() if withheld else method_words(texts, hotspots)),
            texts(
                "method.ranking",
                **{key: texts.form.number(value, decimals=1) for key, value in ranking.weights.items()},
            ),
            texts("method.selection", selection=selection_words(texts, address.selection)),
        ),
    )


def awaited(texts: Catalogue, view: MapView, method: str) -> MapView:
    """Say of a view whose method is still worked out that it is, and nothing of what it found or how."""
    said = texts("map.awaited", method=texts(f"method_choice.{method}").lower())
    return replace(view, sentence=said, areas_empty=said, method=(said,))


def opening_sentence(
    texts: Catalogue, *, hotspots: HotspotAnswer, ranking: PlaceRanking, layer: str | None = None
) -> str:
    """Say the answer first: what the chosen method points at, or which places have more than expected."""
    if hotspots.used == 0:
        return texts("map.sentence.nothing")
    if _asks_for_areas(hotspots.method, layer):
        return _found_sentence(texts, hotspots)
    clear = [place for place in ranking.places if stands_out(place)]
    if clear:
        return texts(
            "map.sentence.places", n=len(clear), names=texts.form.listing([one.name for one in clear[:NAMED]])
        )
    if hotspots.areas:
        return texts("map.sentence.areas", n=len(hotspots.areas))
    if all(place.rank is None for place in ranking.places):
        return texts("map.sentence.too_few")
    return texts("map.sentence.even")


def _asks_for_areas(method: str, layer: str | None) -> bool:
    return layer == "areas" or (layer is None and method != DEFAULT_METHOD)


def _found_sentence(texts: Catalogue, hotspots: HotspotAnswer) -> str:
    """Say what the method found; what is not more than chance is not named."""
    found = [area for area in hotspots.areas if area.chance_code != "not_more"]
    if not found:
        return texts("map.found_none", method=texts(f"method_choice.{hotspots.method}").lower())
    names = dict.fromkeys(street_or_name(texts, area) for area in found)
    return texts(f"map.found.{hotspots.method}", n=len(found), names=texts.form.listing(list(names)[:NAMED]))


def method_words(texts: Catalogue, hotspots: HotspotAnswer) -> tuple[str, ...]:
    """Say how hotspots were found: in words, by whom, with what settings, and what could not be used."""
    settings = setting_words(texts, hotspots.parameters)
    said = [
        texts(f"method.{hotspots.method}"),
        texts("method.reference", source=texts(f"method_reference.{hotspots.method}")),
        texts("method.counts", rule=texts(f"rule.{hotspots.counting_rule}")),
    ]
    if settings:
        said.append(texts("method.settings", method=hotspots.method, settings=settings))
    if hotspots.seed is not None:
        said.append(texts("method.seed", seed=str(hotspots.seed)))
    said += [
        texts("method.not_used", n=number, why=texts(f"not_used.{code}"))
        for code, number in hotspots.not_used.items()
    ]
    return tuple(said)


def _areas_heading(texts: Catalogue, method: str) -> str:
    if method == DEFAULT_METHOD:
        return texts("map.areas_heading")
    return texts("map.areas_by", method=texts(f"method_choice.{method}").lower())


def stands_out(place: RankedPlace) -> bool:
    """Say whether a stream here is above what is expected even at the low end of its range."""
    return place.rank is not None and any(
        evidence.tellable and evidence.low is not None and evidence.low > 1 for evidence in place.streams
    )


def _basis(texts: Catalogue, hotspots: HotspotAnswer) -> tuple[str, ...]:
    left_out = sum(hotspots.left_out.values())
    if hotspots.used is None:
        return (texts("evidence.rounded"),)
    said = [texts("map.basis.used", n=hotspots.used)]
    if left_out:
        said.append(texts("map.basis.left_out", n=left_out))
    return tuple(said)


def _places_more(texts: Catalogue, ranking: PlaceRanking, *, shown: int) -> str | None:
    rest = len(ranking.places) - shown
    return texts("map.places_more", n=len(ranking.places)) if rest > 0 else None


def _areas_empty(texts: Catalogue, hotspots: HotspotAnswer, *, withheld: bool) -> str | None:
    if withheld:
        return texts("map.areas_withheld")
    if hotspots.areas:
        return None
    if hotspots.method == DEFAULT_METHOD:
        return texts("map.areas_empty")
    return texts("map.found_none", method=texts(f"method_choice.{hotspots.method}").lower())


def _legend(texts: Catalogue, breaks: tuple[float, ...]) -> tuple[LegendStep, ...]:
    """Name the steps of the colour scale; `breaks` are the lowest counts of each level."""
    lowest = [int(one) for one in breaks]
    steps = []
    for level, (low, above) in enumerate(zip(lowest, [*lowest[1:], None], strict=True), start=1):
        label = (
            texts("map.legend_from", low=low) if above is None else texts.form.span(low, max(low, above - 1))
        )
        steps.append(LegendStep(level=level, label=label))
    return tuple(steps)
