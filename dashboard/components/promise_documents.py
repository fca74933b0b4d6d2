"""The signed documents of a promise: links, and the form by which one is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.form_fields import box, text_field
from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.promise_documents import DocumentRow, DocumentsView

OF = "promise-document"


def documents(texts: Catalogue, view: DocumentsView) -> Markup | None:
    """Write the documents; None where there are none and nobody here adds any."""
    if not (view.rows or view.earlier or view.send_to):
        return None
    return join(
        [
            tag("h3", texts("promise_document.title")),
            tag("ul", (_row(texts, one) for one in view.rows), class_="promise-documents")
            if view.rows
            else tag("p", texts("promise_document.none"), class_="small"),
            tag(
                "details",
                tag("summary", texts("promise_document.earlier", n=len(view.earlier))),
                tag("ul", (tag("li", one) for one in view.earlier), class_="small"),
            )
            if view.earlier
            else None,
            _form(texts, view) if view.send_to else None,
        ]
    )


def _row(texts: Catalogue, row: DocumentRow) -> Markup:
    return tag(
        "li",
        tag("a", row.title, href=row.href, target="_blank", rel="noopener"),
        " ",
        tag("span", row.about, class_="small"),
        " ",
        tag(
            "button",
            texts("promise_document.remove"),
            type="button",
            class_="link",
            data_remove_document=row.remove,
            data_sure=texts("promise_document.sure", title=row.title),
            aria_label=texts("promise_document.remove_of", title=row.title),
        )
        if row.remove
        else None,
    )


def _form(texts: Catalogue, view: DocumentsView) -> Markup:
    room = "promise_document"
    form = tag(
        "form",
        tag(
            "div",
            tag("label", texts(f"{room}.file_label"), for_=f"{OF}-file"),
            tag("p", texts(f"{room}.file_hint", megabytes=view.megabytes), class_="small"),
            tag(
                "input",
                type="file",
                id=f"{OF}-file",
                name="file",
                accept="application/pdf,image/jpeg,image/png,image/webp",
                aria_describedby=f"{OF}-fault",
            ),
            class_="asked",
        ),
        text_field(texts, "name", of=OF, room=room, hint=True),
        box("public", "1", texts(f"{room}.public"), ticked=False),
        tag("p", texts(f"{room}.public_hint"), class_="small"),
        tag("p", "", id=f"{OF}-fault", class_="fault", data_fault="", role="alert"),
        tag("p", "", class_="said", data_said="", role="status"),
        tag("button", texts(f"{room}.send"), type="submit", class_="button"),
        id=OF,
        novalidate=True,
        data_to=view.send_to,
        data_none=texts(f"{room}.choose"),
        data_sending=texts(f"{room}.sending"),
        data_failed=texts("promise_form.failed"),
    )
    return tag("details", tag("summary", texts(f"{room}.add")), form, class_="folded")
