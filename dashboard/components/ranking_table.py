"""The ranking as a table; on a phone as the list that stands beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.bars import bars_key
from dashboard.components.markup import join, tag
from dashboard.components.ranked_list import agreement_mark, ranked

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.evidence import RankedItem, StreamBar
    from dashboard.views.places import PlacesView


def ranking_table(texts: Catalogue, view: PlacesView) -> Markup:
    """Write the ranked places, and those with too little to tell."""
    parts: list[Markup] = []
    if view.ranked:
        parts += [tag("p", " ".join(view.notes), class_="small wide-only"), _both(texts, view.ranked)]
    if view.unranked:
        summary = tag("summary", view.unranked_heading)
        parts.append(tag("details", summary, _both(texts, view.unranked), open=not view.ranked))
    return join(parts or tag("p", texts("places.empty"), class_="empty"))


def _both(texts: Catalogue, items: tuple[RankedItem, ...]) -> Markup:
    return join(
        [
            tag("div", _table(texts, items), class_="wide-only"),
            tag("div", bars_key(texts, items[0].bars), ranked(items), class_="narrow-only"),
        ]
    )


def _table(texts: Catalogue, items: tuple[RankedItem, ...]) -> Markup:
    headings = (
        texts("places.column.rank"),
        texts("places.column.place"),
        *(bar.label for bar in items[0].bars),
        texts("places.column.agreement"),
        texts("places.column.why"),
    )
    return tag(
        "table",
        tag("caption", texts("places.table_heading"), class_="read-out"),
        tag("thead", tag("tr", (tag("th", heading, scope="col") for heading in headings))),
        tag("tbody", (_row(item) for item in items)),
        class_="ranking",
    )


def _row(item: RankedItem) -> Markup:
    why = (tag("span", line, class_="line") for line in (item.why, item.window) if line)
    name = tag("a", item.name, href=item.href)
    return tag(
        "tr",
        tag(
            "td",
            tag("span", item.rank, class_="rank"),
            tag("span", item.rank_range, class_="small line"),
            tag("span", item.among_first, class_="small line") if item.among_first else None,
        ),
        tag("th", name, tag("span", item.kind, class_="small"), scope="row"),
        (tag("td", _stream(bar)) for bar in item.bars),
        tag("td", agreement_mark(item)),
        tag("td", why),
    )


def _stream(bar: StreamBar) -> Markup:
    return join([tag("span", bar.short, class_="line whole"), tag("span", bar.count, class_="small")])
