"""What the map's colours and shapes mean, in words, below the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.map import MapView

AGREEMENTS = ("felt_and_recorded", "felt_only", "recorded_only", "neither", "too_few")


def legend(
    texts: Catalogue,
    view: MapView,
    *,
    offline: str,
    detail: Iterable[tuple[str, str]] = (),
    rings: bool = False,
) -> Markup:
    """Write the legend.

    Parameters
    ----------
    offline
        Where the map can be saved from.
    detail
        Look and words of what is drawn of the place that is opened.
    rings
        Whether it is drawn where the survey stood.
    """
    squares = (
        (
            *(_key(f"key cell level-{step.level}", step.label) for step in view.legend),
            tag("li", view.legend_cell, class_="small"),
        )
        if view.legend
        else ()
    )
    chances = [_key(f"key chance {code}", words) for code, words in view.legend_chances]
    kinds = [tag("li", words) for words in view.legend_kinds]
    agreements = (_key(f"swatch {code}", texts(f"agreement.{code}")) for code in AGREEMENTS)
    save = tag(
        "div",
        tag("a", texts("map.save"), href=offline, class_="button", download=texts("map.save_name")),
        tag("p", texts("map.save_note"), class_="small"),
        class_="save",
    )
    method = tag(
        "details",
        tag("summary", texts("method.heading")),
        (tag("p", line, class_="small") for line in view.method),
        class_="method",
    )
    keys = [_keys(texts("map.legend_heading"), squares)] if squares else []
    if chances:
        keys.append(_keys(texts("map.legend_chances"), chances))
    if kinds:
        keys.append(_keys(texts("map.legend_kinds"), kinds))
    if view.agreement:
        keys.append(_keys(texts("map.legend_places"), agreements))
    opened = [_key(f"key {look}", words) for look, words in detail]
    if opened:
        keys.insert(0, _keys(texts("detail.heading"), opened))
    if rings:
        keys.append(_keys(texts("collected.heading"), [_key("key spot collected", texts("collected.key"))]))
    return join([tag("div", keys, save, class_="legend"), method])


def _key(look: str, label: str) -> Markup:
    return tag("li", tag("span", class_=look, aria_hidden="true"), label)


def _keys(heading: str, keys: Iterable[Markup]) -> Markup:
    return tag("div", tag("h3", heading), tag("ul", keys, class_="keys"), class_="legend-keys")
