"""What was logged lately, with the form to withdraw it, and what was withdrawn and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import tag
from dashboard.components.promise import log_table

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.latest_log import LatestLogView


def latest_log(texts: Catalogue, view: LatestLogView) -> Markup:
    """Write the newest entries as a table, and those that hold no longer below."""
    if not view.rows and not view.withdrawn:
        return tag("p", texts("log_form.latest_none"), class_="empty")
    gone = tag(
        "details",
        tag("summary", texts("log_form.withdrawn", n=len(view.withdrawn))),
        tag("ul", (tag("li", line) for line in view.withdrawn), class_="lines-of"),
    )
    return tag(
        "section",
        tag("h2", texts("log_form.latest")),
        log_table(texts, view.headings, view.rows, of="withdraw-latest") if view.rows else None,
        tag("p", view.more, class_="small") if view.more else None,
        gone if view.withdrawn else None,
        class_="sheet",
    )
