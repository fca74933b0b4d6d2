"""The ranking as a table; on a phone each row folds into a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.components.ranked_list import agreement_mark

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.evidence import RankedItem, StreamBar
    from dashboard.views.places import PlacesView

STREAM_COLUMNS = 3


def ranking_table(texts: Catalogue, view: PlacesView) -> list[Component]:
    """Build the table of ranked places, and the list of those with too little to tell."""
    parts: list[Component] = []
    if view.ranked:
        parts.append(_table(texts, view.ranked))
    if view.unranked:
        parts.append(
            html.Details(
                [html.Summary(view.unranked_heading), _table(texts, view.unranked)], open=not view.ranked
            )
        )
    return parts or [html.P(texts("places.empty"), className="empty")]


def _table(texts: Catalogue, items: tuple[RankedItem, ...]) -> Component:
    verbs = [bar.label for bar in items[0].bars]
    labels = [
        texts("places.column.rank"),
        texts("places.column.place"),
        *verbs,
        texts("places.column.agreement"),
        texts("places.column.why"),
    ]
    return html.Table(
        [
            html.Caption(texts("places.table_heading"), className="read-out"),
            html.Thead(html.Tr([html.Th(label, scope="col") for label in labels])),
            html.Tbody([_row(item, labels) for item in items]),
        ],
        className="ranking folds",
    )


def _row(item: RankedItem, labels: list[str]) -> Component:
    why = [line for line in (item.why, item.window) if line]
    cells = [
        html.Td([html.Span(item.rank, className="rank"), html.Span(item.rank_range, className="small")]),
        html.Th([dcc.Link(item.name, href=item.href), html.Span(item.kind, className="small")], scope="row"),
        *(html.Td(_stream(bar)) for bar in item.bars),
        html.Td(agreement_mark(item)),
        html.Td([html.Span(line, className="line") for line in why]),
    ]
    for cell, label in zip(cells, labels, strict=True):
        setattr(cell, "data-label", label)
    return html.Tr(cells)


def _stream(bar: StreamBar) -> list[Component]:
    return [html.Span(bar.reading, className="line"), html.Span(bar.count, className="small")]
