"""Weekday × hour as a table that is coloured: it reads as a table where it isn't seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.views.rhythm import RhythmCell, RhythmView

EVERY_HOURS = 3
"""Hours named above the table; the others are read out only."""


def rhythm_table(view: RhythmView) -> Markup:
    """Write the table with its notes."""
    head = (
        tag("th", tag("span", hour, class_="read-out" if number % EVERY_HOURS else None), scope="col")
        for number, hour in enumerate(view.hours)
    )
    rows = (
        tag("tr", tag("th", day, scope="row"), (_cell(cell) for cell in cells))
        for day, cells in zip(view.days, view.cells, strict=True)
    )
    table = tag(
        "table",
        tag("caption", view.caption, class_="read-out"),
        tag("thead", tag("tr", tag("td"), head)),
        tag("tbody", rows),
        class_=f"rhythm {view.look}",
    )
    notes = (tag("p", note, class_="small") for note in view.notes)
    return join(
        [tag("div", table, class_="rhythm-frame", tabindex=0, role="group", aria_label=view.caption), notes]
    )


def _cell(cell: RhythmCell) -> Markup:
    classes = [f"heat-{cell.level}", *(f"window-{edge}" for edge in cell.edges)]
    bell = None if cell.bell is None else tag("span", class_="bell", style=f"left:{100 * cell.bell:.0f}%")
    count = tag("span", str(cell.count), class_="read-out")
    return tag("td", count, bell, class_=" ".join(classes), title=cell.label)
