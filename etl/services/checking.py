"""Is an answer what was asked for: a list of records with the keys that they must have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Collection


def check_records(
    document: Any, keys: Collection[str], *, service: str, at: str = ""
) -> list[dict[str, Any]]:
    """Return the records of an answer.

    Parameters
    ----------
    document
        The answer as JSON.
    keys
        What every record must have.
    service
        Address, for errors.
    at
        Where in the document they stand, ``data.attributes``; the top when empty.

    Raises
    ------
    ServiceError
        ``service_answer`` where there is no list, no record in it, or a record without one of the keys.
    """
    found = document
    for key in at.split(".") if at else ():
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise wrong(service, f"{type(found).__name__} at {at or 'the top'}, no list")
    if not found:
        raise wrong(service, "an empty list")
    for number, record in enumerate(found, start=1):
        missing = sorted(set(keys) - set(record)) if isinstance(record, dict) else sorted(keys)
        if missing:
            raise wrong(service, f"record {number} without {', '.join(missing)}")
    return found


def wrong(service: str, problem: str) -> ServiceError:
    """Return the error of an answer that is JSON and not what was asked for."""
    return ServiceError(
        "service_answer",
        f"{service} answered with something else than was asked for: {problem}.",
        service=service,
        problem=problem,
    )
