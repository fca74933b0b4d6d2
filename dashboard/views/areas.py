"""What is said of one found area or stretch: its name, its reading, how sure it is and of what kind."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.address import format_search
from dashboard.views.filters import category_word
from dashboard.views.stretches import stretch_name
from geodata.periods import Period

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.hotspot_areas import HotspotArea

STREETS_SAID = 2
"""An area is called after the streets with most of its records, no more than these."""


@dataclass(frozen=True, slots=True)
class AreaItem:
    """One found area or stretch, in words.

    Attributes
    ----------
    chance_code, chance
        How sure it is that it is more than chance: the look of its outline, and its words.
    kind
        What kind of hotspot it is, with its symbol; None in a method without kinds.
    """

    area_id: int
    name: str
    reading: str
    chance_code: str
    chance: str
    kind: str | None
    detail: str
    href: str
    selected: bool


def area_item(texts: Catalogue, area: HotspotArea, address: Address, *, language: str) -> AreaItem:
    """Say one area or stretch in the list beside the map."""
    detail = [_size(texts, area)]
    if area.nearest_place and area.street_names:
        detail.append(texts("map.area_near", place=area.nearest_place))
    if area.category:
        detail.append(texts("map.area_category", category=category_word(texts, area.category).lower()))
    if area.first_day and area.last_day:
        detail.append(texts.form.period(Period(area.first_day, area.last_day)))
    return AreaItem(
        area_id=area.area_id,
        name=area_name(texts, area),
        reading=area_reading(texts, area),
        chance_code=area.chance_code,
        chance=texts(f"chance.{area.chance_code}"),
        kind=None if area.class_code is None else kind_words(texts, area.class_code),
        detail=" · ".join(detail),
        href=f"/{format_search(replace(address, place_id=None, area_id=area.area_id), language=language)}",
        selected=area.area_id == address.area_id,
    )


def area_name(texts: Catalogue, area: HotspotArea) -> str:
    """Name a stretch by its ends, an area by its streets, or by the place near it."""
    if area.stretch is not None:
        return stretch_name(texts, area.stretch)
    if area.street_names:
        return texts.form.listing(area.street_names[:STREETS_SAID])
    return area.nearest_place or texts("map.area_unnamed")


def street_or_name(texts: Catalogue, area: HotspotArea) -> str:
    """Name an area shortly, as in a headline that names several: by its first street alone."""
    return area.street_names[0] if area.street_names else area_name(texts, area)


def area_reading(texts: Catalogue, area: HotspotArea) -> str:
    """Say the count, and what it is held against where the method has an expectation."""
    if math.isnan(area.expected):
        return texts("map.area_count", n=area.count)
    return texts("map.area_reading", n=area.count, expected=area.expected, ratio=area.ratio)


def kind_words(texts: Catalogue, code: str) -> str:
    """Say a kind of hotspot with the symbol that the map marks it with."""
    return f"{texts(f'hotspot_symbol.{code}')} {texts(f'hotspot_class.{code}')}"


def _size(texts: Catalogue, area: HotspotArea) -> str:
    if area.length_m:
        return texts("map.area_length", metres=area.length_m)
    return texts("map.area_size", hectares=area.area_m2 / 10_000)
