"""The signed documents of a promise, for an audience: those for everybody, and those for the staff."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.errors import MissingError
from geodata.privacy import RULES

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from geodata.privacy import Audience
    from geodata.store.promise_documents import PromiseDocument
    from geodata.store.register import Register


def documents_of(
    register: Register, promise_id: int, audience: Audience, *, zone: ZoneInfo
) -> tuple[PromiseDocument, ...]:
    """Return the documents of a promise that an audience may know of, newest first, with local times.

    Those who work with the promises see what was taken away too, for its history; everybody else sees what
    holds and was confirmed for all.
    """
    found = tuple(_local(one, zone) for one in register.promise_documents.of(promise_id))
    if RULES[audience].quotes:
        return found
    return tuple(one for one in found if one.public and one.holds and not _is_withdrawn(register, one))


def _local(one: PromiseDocument, zone: ZoneInfo) -> PromiseDocument:
    removed = one.removed_at and one.removed_at.astimezone(zone)
    return replace(one, added_at=one.added_at.astimezone(zone), removed_at=removed)


def document_for(register: Register, document_id: int, audience: Audience) -> PromiseDocument:
    """Return a document that an audience may open.

    Raises
    ------
    MissingError
        ``no_document`` when there is none, it was taken away, or the audience may not see it: whether there
        is one is not told either.
    """
    found = register.promise_documents.find(document_id)
    public = found.public and not _is_withdrawn(register, found)
    if not found.holds or not (public or RULES[audience].quotes):
        raise MissingError("no_document", f"There is no document {document_id}.")
    return found


def _is_withdrawn(register: Register, document: PromiseDocument) -> bool:
    """Say whether its promise was withdrawn: what was shown with it is then for those who keep it."""
    return any(one.promise_id == document.promise_id for one in register.promises.all(withdrawn=True))
