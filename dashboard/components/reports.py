"""The reports as cards with their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.views.reports import DAY

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.views.reports import ReportCard, ReportMenu, ReportsView


def reports_page(view: ReportsView) -> Markup:
    """Write the page."""
    lead = tag("section", tag("h1", view.sentence), tag("p", view.basis, class_="basis"), class_="lead")
    return join([lead, tag("ul", (_card(one) for one in view.cards), class_="promise-cards report-cards")])


def _card(card: ReportCard) -> Markup:
    return tag(
        "li",
        tag("h2", card.title),
        tag("p", card.about),
        tag("p", card.reader, class_="small"),
        tag("p", _links(card), class_="buttons") if card.menu is None else _form(card, card.menu),
        class_="sheet overview-question",
    )


def _links(card: ReportCard) -> list[Markup]:
    # Without the name of the report several links would read alike to who hears them one after another.
    return [
        tag("a", way.label, href=way.href, class_="button", aria_label=f"{card.title}, {way.label}")
        for way in card.files
    ]


def _form(card: ReportCard, menu: ReportMenu) -> Markup:
    """Ask for which time, then for the file; a plain form, which needs no script."""
    own = f"report-{menu.name}-{DAY}"
    options = [
        tag("option", words, value=day, selected=at == 0) for at, (day, words) in enumerate(menu.times)
    ]
    buttons = [
        tag(
            "button",
            way.label,
            type="submit",
            formaction=way.href.partition("?")[0],
            class_="button",
            aria_label=f"{card.title}, {way.label}",
        )
        for way in card.files
    ]
    return tag(
        "form",
        (tag("input", type="hidden", name=key, value=value) for key, value in menu.hidden),
        tag(
            "div",
            tag("label", menu.label, for_=own),
            tag("select", options, id=own, name=DAY),
            class_="asked report-time",
        ),
        tag("p", buttons, class_="buttons"),
        method="get",
        action=card.files[0].href.partition("?")[0],
    )
