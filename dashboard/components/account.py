"""The import's account on the page: what was read, as the sum of what became of it, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.marks import aria, data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.sources import FileAccount, SourcesView


def account(texts: Catalogue, view: SourcesView) -> list[Component]:
    """Build the page."""
    return [
        html.Section([html.H1(view.sentence), html.P(view.imported, className="basis")], className="lead"),
        *_stopped(texts, view),
        html.Section(
            [
                html.H2(texts("sources.files_heading")),
                *(
                    [_file(texts, file) for file in view.files]
                    or [html.P(texts("sources.no_files"), className="empty")]
                ),
            ]
        ),
        html.Section([html.H2(texts("sources.freshness_heading")), _freshness(texts, view)]),
        html.Section([html.H2(texts("sources.area_heading")), html.P(view.area_note), *_areas(texts, view)]),
        *_attribution(texts, view),
    ]


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = ()
) -> Component:
    """Build a table that folds on a phone; the columns in `numbers` are set to the right."""
    return html.Table(
        [
            html.Thead(
                html.Tr(
                    [
                        html.Th(heading, scope="col", className="number" if at in numbers else "")
                        for at, heading in enumerate(headings)
                    ]
                )
            ),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Td(
                                cell,
                                className="number" if at in numbers else "",
                                **data(label=headings[at]),
                            )
                            for at, cell in enumerate(row)
                        ]
                    )
                    for row in rows
                ]
            ),
        ],
        className="figures folds",
    )


def _stopped(texts: Catalogue, view: SourcesView) -> list[Component]:
    if not view.stopped:
        return []
    return [
        html.Section(
            [
                html.H2(texts("sources.stopped_heading")),
                html.P(texts("sources.stopped_note")),
                html.Ul(
                    [html.Li([html.Strong(file.name), html.Span(file.stopped)]) for file in view.stopped],
                    className="stopped",
                ),
            ],
            className="alert",
        )
    ]


def _file(texts: Catalogue, file: FileAccount) -> Component:
    shares = html.Div(
        [
            html.Span("", className=f"fate {fate.code}", style={"width": f"{100 * fate.share:.2f}%"})
            for fate in file.fates
            if fate.share > 0
        ],
        className="fates",
        **aria(hidden="true"),
    )
    inside: list[Component] = []
    if file.said:
        inside += [html.H4(texts("sources.said_heading")), html.Ul([html.Li(line) for line in file.said])]
    if file.reasons:
        inside += [
            html.H4(texts("sources.rejected_heading")),
            html.Ul([html.Li(reason) for reason in file.reasons]),
        ]
    if file.rejected:
        headings = [texts(f"sources.column.{name}") for name in ("row", "column", "value", "reason")]
        inside.append(table(headings, file.rejected, numbers=(0,)))
    if file.rejected_more:
        inside.append(html.P(file.rejected_more, className="small"))
    if file.download:
        inside.append(html.A(texts("sources.download"), href=file.download, className="button"))
    return html.Details(
        [
            html.Summary(
                [
                    html.Span(
                        [html.Strong(file.source), html.Span(file.name, className="small")], className="who"
                    ),
                    html.Span(file.sum_line, className="sum"),
                    shares,
                ]
            ),
            html.Div(inside, className="file-inside"),
        ],
        className="file",
    )


def _freshness(texts: Catalogue, view: SourcesView) -> Component:
    headings = [texts(f"sources.column.{name}") for name in ("source", "count", "first", "last")]
    return table(
        headings, [(row.source, row.count, row.first, row.last) for row in view.freshness], numbers=(1,)
    )


def _areas(texts: Catalogue, view: SourcesView) -> list[Component]:
    if not view.area_counts:
        return [html.P(texts("sources.area_none"), className="empty")]
    headings = [texts(f"sources.column.{name}") for name in ("area", "category", "count")]
    return [table(headings, view.area_counts, numbers=(2,))]


def _attribution(texts: Catalogue, view: SourcesView) -> list[Component]:
    if not view.attribution:
        return []
    return [
        html.Section(
            [
                html.H2(texts("sources.attribution_heading")),
                html.Ul([html.Li(name) for name in view.attribution]),
            ]
        )
    ]
