"""Four questions as cards: the answer large, what stands behind it small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.components.promises import state_mark

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.views.overview import Answer, OverviewView


def overview_page(view: OverviewView) -> Markup:
    """Write the page."""
    return join(
        [
            tag(
                "section",
                tag("h1", view.sentence),
                tag("p", " ".join(view.basis), class_="basis"),
                class_="lead",
            ),
            tag("ul", (_answer(one) for one in view.answers), class_="promise-cards"),
        ]
    )


def _answer(answer: Answer) -> Markup:
    items = (
        tag("li", tag("a", name, href=href), " ", state_mark(state, words))
        for name, href, state, words in answer.items
    )
    return tag(
        "li",
        tag("h2", answer.question),
        tag("p", answer.answer, class_="answer"),
        tag("ul", items, class_="overview-items") if answer.items else None,
        (tag("p", note, class_="small") for note in answer.notes),
        tag(
            "p",
            (tag("a", way.label, href=way.href, class_="onward") for way in (answer.way, *answer.more)),
            class_="overview-ways",
        ),
        class_="sheet overview-question",
    )
