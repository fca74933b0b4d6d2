"""The inbox on the page: what lies there, sending more, and the import under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.inbox import InboxView


def inbox_state(texts: Catalogue, view: InboxView) -> Markup:
    """Write how the inbox and the import stand; what changes while the import goes on."""
    bar = (
        tag("div", tag("span", style=f"width:{100 * view.share:.0f}%"), class_="meter", aria_hidden="true")
        if view.share is not None
        else None
    )
    unread = (
        [
            tag("h3", texts("inbox.unread_heading", n=len(view.unread))),
            tag("p", texts("inbox.unread_note"), class_="small"),
            tag(
                "ul",
                (_unread(texts, name, size) for name, size in view.unread),
                class_="unread",
            ),
        ]
        if view.unread
        else None
    )
    return join(
        [
            tag("p", view.sentence),
            tag("p", view.state, class_="said", role="status") if view.state else None,
            bar,
            tag("p", view.fault, class_="fault", role="alert") if view.fault else None,
            unread,
        ]
    )


def _unread(texts: Catalogue, name: str, size: str) -> Markup:
    look = tag(
        "button",
        texts("inbox.look"),
        tag("span", f": {name}", class_="read-out"),
        type="button",
        class_="link",
        data_propose=name,
    )
    return tag("li", name, tag("span", f" {size} ", class_="small"), look)


def upload_form(texts: Catalogue, *, address: str) -> Markup:
    """Write the field that sends files to the inbox; the browser sends each by itself.

    Parameters
    ----------
    address
        Where to, with the query of the page.
    """
    return tag(
        "div",
        tag("label", texts("inbox.send"), for_="upload"),
        tag("p", texts("inbox.send_note"), class_="small"),
        tag("input", type="file", id="upload", multiple=True, data_to=address),
        tag(
            "ul",
            id="upload-list",
            class_="uploads",
            aria_live="polite",
            data_sending=texts("inbox.sending"),
            data_failed=texts("inbox.send_failed"),
            data_replace=texts("inbox.replace"),
        ),
        class_="asked upload",
    )
