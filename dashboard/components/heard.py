"""Who has been heard: four tables under a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.components.notice import basis

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.views.heard import Figures, HeardView


def heard_lead(view: HeardView) -> Markup:
    """Write the sentence, what it rests on and what it can't tell."""
    return join([tag("h1", view.sentence), basis(view.basis, view.cautions)])


def heard(view: HeardView) -> Markup:
    """Write the tables."""
    return join([_table(view.parts), _table(view.ages), _table(view.themes), _table(view.collected)])


def _table(figures: Figures) -> Markup | None:
    """Write one table; its notes stand also where there is nothing in it, if it has a heading."""
    if not figures.rows and not figures.heading:
        return None
    rows = (
        tag(
            "tr",
            tag("th", first, scope="row", data_label=figures.headings[0]),
            (
                tag("td", cell, data_label=label)
                for cell, label in zip(cells, figures.headings[1:], strict=True)
            ),
        )
        for first, *cells in figures.rows
    )
    table = tag(
        "table",
        tag("thead", tag("tr", (tag("th", heading, scope="col") for heading in figures.headings))),
        tag("tbody", rows),
        class_="ranking folds",
    )
    return tag(
        "section",
        tag("h2", figures.heading) if figures.heading else None,
        (tag("p", note, class_="small") for note in figures.notes),
        table if figures.rows else None,
        class_="heard-figures",
    )
