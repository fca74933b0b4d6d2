"""What the map page says: one sentence first, then the places and areas that the map shows, in a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.address import format_search
from dashboard.views.evidence import RankedItem, ranked_item
from dashboard.views.filters import category_word, selection_words
from dashboard.views.stretches import area_name

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.hotspot_areas import HotspotArea
    from geodata.analyses.hotspots import HotspotAnswer
    from geodata.analyses.ranking import PlaceRanking, RankedPlace

LIST_LENGTH = 10
NAMED = 3
"""How many places the opening sentence names."""


@dataclass(frozen=True, slots=True)
class AreaItem:
    """One area with more events than expected, in words."""

    area_id: int
    name: str
    reading: str
    detail: str
    href: str
    selected: bool


@dataclass(frozen=True, slots=True)
class LegendStep:
    """One step of the colour scale: its level (1 palest) and the counts it stands for."""

    level: int
    label: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The map page in words."""

    sentence: str
    basis: tuple[str, ...]
    notices: tuple[str, ...]
    places: tuple[RankedItem, ...]
    places_more: str | None
    places_empty: str
    areas: tuple[AreaItem, ...]
    areas_empty: str | None
    legend: tuple[LegendStep, ...]
    legend_cell: str
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
    return MapView(
        sentence=opening_sentence(texts, hotspots=hotspots, ranking=ranking),
        basis=_basis(texts, hotspots),
        notices=tuple(
            texts(f"warning.{code}") for code in dict.fromkeys(hotspots.warnings + ranking.warnings)
        ),
        places=tuple(ranked_item(texts, place, address, language=language) for place in shown),
        places_more=_places_more(texts, ranking, shown=len(shown)),
        places_empty=texts("map.places_empty" if ranking.places else "map.places_none"),
        areas=tuple(_area(texts, area, address, language=language) for area in hotspots.areas),
        areas_empty=_areas_empty(texts, hotspots, withheld=withheld),
        legend=() if withheld else _legend(texts, hotspots.levels_breaks),
        legend_cell=texts("map.legend_cell", side=hotspots.cell_m),
        method=(
            texts("method.cells", side=hotspots.cell_m),
            texts(f"method.{hotspots.method}"),
            texts(
                "method.ranking",
                **{key: texts.form.number(value, decimals=1) for key, value in ranking.weights.items()},
            ),
            texts("method.selection", selection=selection_words(texts, address.selection)),
        ),
    )


def opening_sentence(texts: Catalogue, *, hotspots: HotspotAnswer, ranking: PlaceRanking) -> str:
    """Say the answer first: which places have clearly more than expected, or why none is named."""
    if hotspots.used == 0:
        return texts("map.sentence.nothing")
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
    return None if hotspots.areas else texts("map.areas_empty")


def _area(texts: Catalogue, area: HotspotArea, address: Address, *, language: str) -> AreaItem:
    name = area_name(texts, area) or area.nearest_place or texts("map.area_unnamed")
    size = (
        texts("map.area_length", metres=area.length_m)
        if area.stretch
        else texts("map.area_size", hectares=area.area_m2 / 10_000)
    )
    detail = [size]
    if area.nearest_place and area.street_names:
        detail.append(texts("map.area_near", place=area.nearest_place))
    if area.category:
        detail.append(texts("map.area_category", category=category_word(texts, area.category).lower()))
    return AreaItem(
        area_id=area.area_id,
        name=name,
        reading=texts("map.area_reading", n=area.count, expected=area.expected, ratio=area.ratio),
        detail=" · ".join(detail),
        href=f"/{format_search(replace(address, place_id=None, area_id=area.area_id), language=language)}",
        selected=area.area_id == address.area_id,
    )


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
