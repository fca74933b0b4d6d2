"""The panel of a place, beside the map or as a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.trend import HEIGHT, WIDTH, trend_image
from dashboard.components.bars import stream_bars
from dashboard.components.markup import join, tag
from dashboard.components.ranked_list import agreement_mark
from dashboard.components.rhythm import rhythm_table

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.place import PlaceView, ReviewView, TrendView

QUOTES_OPEN = 3


def place_panel(texts: Catalogue, view: PlaceView, *, beside_map: bool) -> Markup:
    """Write the panel.

    Parameters
    ----------
    beside_map
        Whether it stands beside the map; else it is a page of its own.
    """
    way = view.own_page if beside_map else view.on_map
    level = "h3" if beside_map else "h2"
    method = tag(
        "details",
        tag("summary", texts("method.heading")),
        (tag("p", line, class_="small") for line in view.method),
        class_="method",
    )
    return tag(
        "article",
        _lead(view, beside_map=beside_map),
        _section(level, texts("place.streams_heading"), stream_bars(texts, view.item.bars)),
        _section(
            level,
            texts("place.rhythm_heading"),
            [
                rhythm_table(view.rhythm) if view.rhythm else _empty(view.rhythm_empty),
                [tag("p", line, class_="small") for line in view.when],
            ],
        ),
        _section(level, texts("place.said_heading"), rhythm_table(view.said)) if view.said else None,
        _section(level, texts("place.trend_heading"), _trend(texts, view.trend)),
        _section(level, texts("place.categories_heading"), _categories(view)),
        _section(level, texts("place.quotes_heading"), _quotes(texts, view)),
        _section(
            level,
            texts("place.reviews_heading"),
            [_review(review) for review in view.reviews] or _empty(view.reviews_empty),
        ),
        _section(
            level,
            texts("place.done_heading"),
            tag("ul", (tag("li", line) for line in view.done), class_="facts")
            if view.done
            else _empty(texts("place.done_none")),
        ),
        _section(level, texts("ground.heading"), _about(view)) if view.about else None,
        _section(
            level,
            texts("place.actions_heading"),
            tag(
                "div",
                [tag("a", one.label, href=one.href, class_="button") for one in (way, *view.actions)],
                class_="actions",
            ),
        ),
        method,
        class_="panel",
    )


def _lead(view: PlaceView, *, beside_map: bool) -> Markup:
    close = tag("a", f"← {view.close.label}", href=view.close.href, class_="back") if beside_map else None
    standing = tag("span", view.standing, class_="small")
    return tag(
        "div",
        close,
        tag("p", view.item.kind, class_="kind"),
        tag("h2" if beside_map else "h1", view.item.name),
        tag("p", f"{view.sentence} {view.reason}", class_="reason"),
        tag("p", agreement_mark(view.item), standing, class_="standing"),
        tag("p", view.selection, class_="small"),
        class_="place-lead",
    )


def _section(level: str, heading: str, inside: Child) -> Markup:
    return tag("section", tag(level, heading), inside, class_="panel-part")


def _about(view: PlaceView) -> Markup:
    return tag("ul", (tag("li", line) for line in view.about), class_="facts")


def _empty(sentence: str) -> Markup:
    return tag("p", sentence, class_="empty")


def _trend(texts: Catalogue, view: TrendView | None) -> Markup:
    if view is None:
        return _empty(texts("place.trend_none"))
    figures = tag(
        "table",
        tag("thead", tag("tr", (tag("th", heading, scope="col") for heading in view.headings))),
        tag(
            "tbody",
            (
                tag("tr", tag("th", label, scope="row"), (tag("td", cell) for cell in cells))
                for label, *cells in view.table
            ),
        ),
        class_="figures",
    )
    return join(
        [
            tag("div", _drawn(view, dark=False), class_="light-only"),
            tag("div", _drawn(view, dark=True), class_="dark-only"),
            tag("p", view.note, class_="small"),
            tag("details", tag("summary", texts("place.trend_table")), figures),
        ]
    )


def _drawn(view: TrendView, *, dark: bool) -> Markup:
    source = trend_image(view, dark=dark)
    return tag("img", src=source, alt=view.alt, width=WIDTH, height=HEIGHT, class_="trend")


def _categories(view: PlaceView) -> Markup:
    if not view.categories:
        return _empty(view.categories_empty)
    rows = (
        tag(
            "li",
            tag("span", name),
            tag(
                "span",
                tag("span", style=f"width:{100 * share:.0f}%"),
                class_="share-track",
                aria_hidden="true",
            ),
            tag("span", count, class_="number"),
        )
        for name, count, share in view.categories
    )
    note = tag("p", view.categories_note, class_="small") if view.categories_note else None
    return join([tag("ul", rows, class_="categories"), note])


def _quotes(texts: Catalogue, view: PlaceView) -> Markup:
    if not view.quotes:
        return _empty(view.quotes_empty)
    said = [
        tag("figure", tag("blockquote", text), tag("figcaption", source, class_="small"), class_="quote")
        for text, source in view.quotes
    ]
    rest = said[QUOTES_OPEN:]
    more = tag("details", tag("summary", texts("place.quotes_more", n=len(rest))), rest) if rest else None
    return join([said[:QUOTES_OPEN], more])


def _review(view: ReviewView) -> Markup:
    head = " · ".join(filter(None, (view.finding, view.when)))
    return tag(
        "div",
        tag("p", tag("strong", tag("a", head, href=view.href) if view.href else head)),
        tag("p", view.text) if view.text else None,
        tag("ul", (tag("li", fact) for fact in view.facts), class_="facts"),
        class_="finding",
    )
