"""Weekday × hour as a table that is coloured: it reads as a table where it isn't seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.views.place import RhythmCell, RhythmView

EVERY_HOURS = 3
"""Hours named above the table; the others are read out only."""


def rhythm_table(view: RhythmView) -> list[Component]:
    """Build the table with its notes."""
    head = [
        html.Th(
            hour if number % EVERY_HOURS == 0 else html.Span(hour, className="read-out"),
            scope="col",
            colSpan=1,
        )
        for number, hour in enumerate(view.hours)
    ]
    rows = [
        html.Tr([html.Th(day, scope="row"), *(_cell(cell) for cell in cells)])
        for day, cells in zip(view.days, view.cells, strict=True)
    ]
    return [
        html.Div(
            html.Table(
                [
                    html.Caption(view.caption, className="read-out"),
                    html.Thead(html.Tr([html.Td(""), *head])),
                    html.Tbody(rows),
                ],
                className="rhythm",
            ),
            className="rhythm-frame",
        ),
        *(html.P(note, className="small") for note in view.notes),
    ]


def _cell(cell: RhythmCell) -> Component:
    classes = [f"level-{cell.level}"]
    if cell.in_window:
        classes.append("window")
    if cell.bell:
        classes.append("bell")
    return html.Td(
        html.Span(str(cell.count), className="read-out"), className=" ".join(classes), title=cell.label
    )
