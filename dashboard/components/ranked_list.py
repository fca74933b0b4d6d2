"""The list beside the map: the same places and areas as on the map, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.bars import bars_key, small_bars
from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.areas import AreaItem
    from dashboard.views.evidence import RankedItem
    from dashboard.views.map import MapView
    from dashboard.views.stretches import StretchItem

AREAS_OPEN = 5


def map_list(texts: Catalogue, view: MapView, *, all_places: str) -> Markup:
    """Write the list of places and of areas.

    Parameters
    ----------
    all_places
        Address of the whole ranking.
    """
    places = (
        [bars_key(texts, view.places[0].bars), ranked(view.places)]
        if view.places
        else [tag("p", view.places_empty, class_="empty")]
    )
    more = tag("a", view.places_more, href=all_places, class_="onward") if view.places_more else None
    both = [
        tag("section", tag("h2", texts("map.places_heading")), places, more),
        tag("section", tag("h2", view.areas_heading), _areas(texts, view)),
    ]
    return join(reversed(both) if view.areas_first else both)


def ranked(items: tuple[RankedItem, ...]) -> Markup:
    """Write a list of places in order."""
    return tag("ol", (_place(item) for item in items), class_="ranked")


def agreement_mark(item: RankedItem | StretchItem) -> Markup:
    """Write the class of a place or stretch: its pattern, its words, and how sure it is."""
    swatch = tag("span", class_=f"swatch {item.agreement_code}", aria_hidden="true")
    sure = tag("span", item.sureness, class_="small") if item.sureness else None
    return tag("span", swatch, tag("span", item.agreement, " ", sure), class_="agreement")


def _place(item: RankedItem) -> Markup:
    inside = join(
        [
            tag("span", item.rank, class_="rank"),
            tag(
                "span",
                tag("span", item.name, class_="name"),
                tag("span", f"{item.kind} · {item.rank_range}", class_="small"),
                class_="who",
            ),
            small_bars(item.bars),
            agreement_mark(item),
            tag("span", " · ".join(filter(None, (item.why, item.window))), class_="small why"),
        ]
    )
    # beside the map the place opens in the panel; on a phone it is a page of its own
    return tag(
        "li",
        tag("a", inside, href=item.beside, class_="row wide-only"),
        tag("a", inside, href=item.href, class_="row narrow-only"),
    )


def _areas(texts: Catalogue, view: MapView) -> list[Markup]:
    if view.areas_empty:
        return [tag("p", view.areas_empty, class_="empty")]
    first, rest = view.areas[:AREAS_OPEN], view.areas[AREAS_OPEN:]
    found = [tag("ul", (_area(area) for area in first), class_="areas")]
    if rest:
        found.append(
            tag(
                "details",
                tag("summary", texts("map.areas_more", n=len(rest))),
                tag("ul", (_area(area) for area in rest), class_="areas"),
                open=any(area.selected for area in rest),
            )
        )
    return found


def _area(area: AreaItem) -> Markup:
    link = tag(
        "a",
        tag("span", area.name, class_="name"),
        tag("span", area.reading),
        tag("span", area.kind, class_="small") if area.kind else None,
        tag(
            "span",
            tag("span", class_=f"key chance {area.chance_code}", aria_hidden="true"),
            area.chance,
            class_="agreement",
        ),
        tag("span", area.detail, class_="small"),
        href=area.href,
        class_="row selected" if area.selected else "row",
        aria_current="true" if area.selected else None,
    )
    return tag("li", link, id=f"area-{area.area_id}")
