"""What the page of a promise says of its signed documents, and the form by which one is added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.promises import PATH
from dashboard.views.signed import signed
from geodata.store.documents import ENDING, LARGEST_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.store.promise_documents import PromiseDocument

DOCUMENT_PATH = f"{PATH}/dokument"
KB, MB = 1000, 1_000_000


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document: its words and where it opens; no address where it was taken away."""

    title: str
    about: str
    href: str
    remove: str


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """The documents in words.

    Attributes
    ----------
    earlier
        Those that were taken away: what is written of each.
    send_to
        Where a new one is sent; empty for those who may not.
    """

    rows: tuple[DocumentRow, ...]
    earlier: tuple[str, ...]
    send_to: str
    megabytes: int


def documents_view(
    texts: Catalogue,
    documents: Sequence[PromiseDocument],
    *,
    key: str,
    search: str,
    staff: bool,
    may_keep: bool,
) -> DocumentsView:
    """Say which documents there are.

    Parameters
    ----------
    staff
        Whether it is told who put them there, and whether everybody sees them.
    may_keep
        Whether documents can be added and taken away.
    """
    rows = [one for one in documents if one.holds]
    return DocumentsView(
        rows=tuple(
            DocumentRow(
                title=one.title or texts("promise_document.untitled"),
                about=_about(texts, one, staff=staff),
                href=f"{DOCUMENT_PATH}/{one.document_id}{search}",
                remove=f"{DOCUMENT_PATH}/{one.document_id}/bort{search}" if may_keep else "",
            )
            for one in rows
        ),
        earlier=tuple(_gone(texts, one) for one in documents if not one.holds),
        send_to=f"{PATH}/{key}/dokument{search}" if may_keep else "",
        megabytes=LARGEST_BYTES // MB,
    )


def _about(texts: Catalogue, one: PromiseDocument, *, staff: bool) -> str:
    size = (
        texts("promise_document.megabytes", n=one.size / MB)
        if one.size >= MB
        else texts("promise_document.kilobytes", n=max(1, one.size // KB))
    )
    said = [f"{ENDING[one.media].upper()}, {size}", texts("promise_document.added", day=one.added_at.date())]
    if staff:
        said = [*said, signed(texts, one.added_by)]
        said.append(texts(f"promise_document.{'for_all' if one.public else 'for_staff'}"))
    return ", ".join(said)


def _gone(texts: Catalogue, one: PromiseDocument) -> str:
    return texts(
        "promise_document.gone",
        title=one.title or texts("promise_document.untitled"),
        added=one.added_at.date(),
        removed=(one.removed_at or one.added_at).date(),
        by=signed(texts, one.removed_by or ""),
    )
