"""Stretches of street as a table: what each stream says of them, how they agree, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.bars import small_bars
from dashboard.components.markup import join, tag
from dashboard.components.ranked_list import agreement_mark

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.stretches import StretchesView, StretchItem


def stretch_table(texts: Catalogue, view: StretchesView) -> Markup:
    """Write the stretches, best known need first."""
    said = [tag("p", line, class_="small") for line in view.basis]
    if not view.stretches:
        return join([*said, tag("p", texts("stretches.none"), class_="empty")])
    headings = (
        texts("places.column.rank"),
        texts("stretches.column.stretch"),
        *(bar.label for bar in view.stretches[0].bars),
        texts("places.column.agreement"),
    )
    table = tag(
        "table",
        tag("caption", texts("stretches.heading"), class_="read-out"),
        tag("thead", tag("tr", (tag("th", heading, scope="col") for heading in headings))),
        tag("tbody", (_row(item) for item in view.stretches)),
        class_="ranking",
    )
    narrow = tag("ol", (_narrow(item) for item in view.stretches), class_="ranked")
    return join([*said, tag("div", table, class_="wide-only"), tag("div", narrow, class_="narrow-only")])


def _row(item: StretchItem) -> Markup:
    return tag(
        "tr",
        tag("td", tag("span", item.rank, class_="rank")),
        tag("th", tag("strong", item.name), tag("span", item.detail, class_="small line"), scope="row"),
        (
            tag("td", tag("span", bar.short, class_="line whole"), tag("span", bar.count, class_="small"))
            for bar in item.bars
        ),
        tag("td", agreement_mark(item)),
    )


def _narrow(item: StretchItem) -> Markup:
    return tag(
        "li",
        tag(
            "div",
            tag("span", item.rank, class_="rank"),
            tag(
                "span",
                tag("span", item.name, class_="name"),
                tag("span", item.detail, class_="small"),
                class_="who",
            ),
            small_bars(item.bars),
            agreement_mark(item),
            class_="row",
        ),
    )
