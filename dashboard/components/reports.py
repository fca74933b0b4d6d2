"""The reports as cards with their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.views.reports import ReportCard, ReportsView


def reports_page(view: ReportsView) -> Markup:
    """Write the page."""
    lead = tag("section", tag("h1", view.sentence), tag("p", view.basis, class_="basis"), class_="lead")
    return join([lead, tag("ul", (_card(one) for one in view.cards), class_="promise-cards report-cards")])


def _card(card: ReportCard) -> Markup:
    # Without the name of the report several links would read alike to who hears them one after another.
    files = [
        tag("a", way.label, href=way.href, class_="button", aria_label=f"{card.title}, {way.label}")
        for way in card.files
    ]
    return tag(
        "li",
        tag("h2", card.title),
        tag("p", card.about),
        tag("p", card.reader, class_="small"),
        tag("p", files, class_="buttons"),
        class_="sheet overview-question",
    )
