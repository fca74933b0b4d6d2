"""What waits in the action plans, as a list that leads to each plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.views.due_actions import DueLine, DueView


def due_actions(view: DueView) -> Markup:
    """Write what waits; the calendar file holds every line with a day."""
    calendar = tag("a", view.to_calendar.label, href=view.to_calendar.href, download=True, class_="onward")
    return tag(
        "section",
        tag("h2", view.heading),
        tag("p", view.sentence),
        tag("ul", (_line(one) for one in view.lines), class_="due-actions") if view.lines else None,
        calendar,
        class_="sheet due-sheet",
    )


def _line(line: DueLine) -> Markup:
    return tag(
        "li",
        tag("a", line.what, href=line.href),
        tag("span", line.when, class_=f"due-when {line.state}"),
        tag("span", f"{line.who} · {line.promise}", class_="small"),
    )
