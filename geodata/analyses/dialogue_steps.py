"""The steps of a dialogue, taken on the register: what command line and page both call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from geodata.dialogues.course import (
    Step,
    cancelled,
    closed,
    due,
    opened,
    published,
    recorded,
    reopened,
    unpublished,
)
from geodata.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.dialogues.dialogue import Course, Outcome, Publication, Reader
    from geodata.project import Project
    from geodata.store.dialogues import KeptDialogue
    from geodata.store.register import Register

_PLAIN: dict[Step, Callable[[Course], Course]] = {
    Step.OPEN: opened,
    Step.CLOSE: closed,
    Step.REOPEN: reopened,
    Step.CANCEL: cancelled,
}
"""Steps that ask for nothing more."""


def take_step(
    register: Register, key: str, step: Step, *, by: str, why: str = "", seen_version: int | None = None
) -> KeptDialogue:
    """Open, close, reopen or cancel a dialogue.

    Parameters
    ----------
    seen_version
        The version that the person saw; None takes the newest. So in every step.

    Raises
    ------
    MissingError
        ``no_dialogue``; so in every step.
    ParameterError
        What `geodata.dialogues.course` raises of the step, and ``dialogue_changed``; so in every step.
    """
    return register.dialogues.take(
        key, step, lambda kept: _PLAIN[step](kept.course), by=by, why=why, seen_version=seen_version
    )


def set_due(
    register: Register, key: str, day: date, *, by: str, why: str = "", seen_version: int | None = None
) -> KeptDialogue:
    """Say by which local day the result is to be given back."""
    return register.dialogues.take(
        key,
        Step.SET_DUE,
        lambda kept: due(kept.course, kept.dialogue, day),
        by=by,
        about=day.isoformat(),
        why=why,
        seen_version=seen_version,
    )


def record_outcome(
    register: Register,
    project: Project,
    key: str,
    outcome: Outcome,
    *,
    by: str,
    mask: Callable[[str], str],
    today: date | None = None,
    seen_version: int | None = None,
) -> KeptDialogue:
    """Write down what an occasion gave.

    Parameters
    ----------
    mask
        Takes out of the note what points to a person.
    today
        Local day; None for the clock's.

    Raises
    ------
    ParameterError
        ``dialogue_source_unknown`` when the project has no such source.
    """
    known = [source.name for source in project.sources]
    for name in outcome.sources:
        if name not in known:
            raise ParameterError(
                "dialogue_source_unknown",
                f"The project has no source {name}; it has {', '.join(known) or 'none'}.",
                field="sources",
                source=name,
                sources=", ".join(known) or "–",
            )
    day = today or clock_day(project)
    masked = replace(outcome, note=mask(outcome.note))
    return register.dialogues.take(
        key,
        Step.RECORD,
        lambda kept: recorded(kept.course, kept.dialogue, masked, today=day),
        by=by,
        about=outcome.occasion,
        seen_version=seen_version,
    )


def publish_result(
    register: Register,
    project: Project,
    key: str,
    publication: Publication,
    *,
    by: str,
    today: date | None = None,
    seen_version: int | None = None,
) -> KeptDialogue:
    """Write down that the result was given back to residents, or to staff."""
    day = today or clock_day(project)
    return register.dialogues.take(
        key,
        Step.PUBLISH,
        lambda kept: published(kept.course, kept.dialogue, publication, today=day),
        by=by,
        about=str(publication.to),
        seen_version=seen_version,
    )


def withdraw_publication(
    register: Register, key: str, to: Reader, *, by: str, why: str = "", seen_version: int | None = None
) -> KeptDialogue:
    """Take back that the result was given to somebody."""
    return register.dialogues.take(
        key,
        Step.UNPUBLISH,
        lambda kept: unpublished(kept.course, to),
        by=by,
        about=str(to),
        why=why,
        seen_version=seen_version,
    )


def clock_day(project: Project) -> date:
    """Return the municipality's local day now."""
    return datetime.now(UTC).astimezone(project.zone).date()
