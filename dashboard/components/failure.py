"""The page that a person meets who followed a link to something that is not there, or not for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.document import plain_document

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue


def failure_page(texts: Catalogue, words: str, search: str) -> str:
    """Write the document.

    Parameters
    ----------
    words
        What went wrong.
    search
        The query of the way back.
    """
    name = tag("span", texts("frame.title"), class_="brand-name")
    brand = tag("a", name, href=f"/{search}", class_="brand")
    body = join(
        [
            tag("header", tag("div", brand, class_="bar"), id="header"),
            tag(
                "main",
                tag("h1", texts("notice.error")),
                tag("p", words),
                tag("a", texts("notice.to_start"), href=f"/{search}", class_="button"),
                class_="access-page",
            ),
        ]
    )
    title = f"{texts('notice.error')} – {texts('frame.title')}"
    return plain_document(language=texts.language, title=title, body=body, forgets=False)
