"""The steps that a dialogue takes: which may follow on which, and what each leaves behind."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from geodata.dialogues.dialogue import Course, DialogueState
from geodata.errors import MissingError, ParameterError

if TYPE_CHECKING:
    from datetime import date

    from geodata.dialogues.dialogue import Dialogue, Outcome, Publication, Reader


class Step(StrEnum):
    """What is done to a dialogue; its history is a list of these."""

    ADD = "add"
    CHANGE = "change"
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"
    SET_DUE = "set_due"
    RECORD = "record"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"


_S = DialogueState
_HELD = frozenset({_S.OPEN, _S.CLOSED, _S.RESULT_DUE, _S.PUBLISHED})
_OVER = frozenset({_S.CLOSED, _S.RESULT_DUE})

MAY_FOLLOW: dict[Step, frozenset[DialogueState]] = {
    Step.CHANGE: frozenset({_S.PLANNED}) | _HELD,
    Step.OPEN: frozenset({_S.PLANNED}),
    Step.CLOSE: frozenset({_S.OPEN}),
    Step.REOPEN: _OVER,
    Step.CANCEL: frozenset({_S.PLANNED}),
    Step.SET_DUE: _OVER,
    Step.RECORD: _HELD,
    Step.PUBLISH: _OVER,
    Step.UNPUBLISH: _OVER | {_S.PUBLISHED},
}
"""In which states each step may be taken."""


def require_step(course: Course, step: Step) -> None:
    """Refuse a step that may not be taken now.

    Raises
    ------
    ParameterError
        ``dialogue_is_`` and its state; ``dialogue_not_closed`` where a result is published, or dated,
        before the dialogue is closed.
    """
    if course.state in MAY_FOLLOW[step]:
        return
    early = {_S.PLANNED, _S.OPEN}
    if step in {Step.PUBLISH, Step.SET_DUE} and course.state in early:
        raise ParameterError(
            "dialogue_not_closed",
            f"The dialogue is {course.state}: close it before its result is dated or published.",
        )
    raise ParameterError(
        f"dialogue_is_{course.state}", f"A dialogue that is {course.state} can't take the step {step}."
    )


def opened(course: Course) -> Course:
    """Begin to ask; raises ``dialogue_is_…``."""
    require_step(course, Step.OPEN)
    return replace(course, state=_S.OPEN)


def closed(course: Course) -> Course:
    """Stop asking; raises ``dialogue_is_…``."""
    require_step(course, Step.CLOSE)
    return replace(course, state=_S.CLOSED)


def reopened(course: Course) -> Course:
    """Go on asking; a day for the result is forgotten.

    Raises
    ------
    ParameterError
        ``dialogue_is_…``; ``dialogue_reopen_published`` when somebody has been given the result.
    """
    require_step(course, Step.REOPEN)
    if course.publications:
        raise ParameterError(
            "dialogue_reopen_published", "The result is published: take that back before asking again."
        )
    return replace(course, state=_S.OPEN, result_due=None)


def cancelled(course: Course) -> Course:
    """Say that it will not be held; raises ``dialogue_is_…``."""
    require_step(course, Step.CANCEL)
    return replace(course, state=_S.CANCELLED)


def due(course: Course, dialogue: Dialogue, day: date) -> Course:
    """Say by which day the result is to be given back.

    Raises
    ------
    ParameterError
        ``dialogue_not_closed``, ``dialogue_is_…``; ``dialogue_due_early`` when that is before the last day.
    """
    require_step(course, Step.SET_DUE)
    require_due(dialogue, day)
    return replace(course, state=_S.RESULT_DUE, result_due=day)


def require_due(dialogue: Dialogue, day: date | None) -> None:
    """Refuse a day for the result before the dialogue has ended.

    Raises
    ------
    ParameterError
        ``dialogue_due_early``.
    """
    if day is not None and day < dialogue.last:
        raise ParameterError(
            "dialogue_due_early",
            f"The result is due on {day}, before the dialogue ends ({dialogue.last}).",
            field="due",
            due=day,
            last=dialogue.last,
        )


def recorded(course: Course, dialogue: Dialogue, outcome: Outcome, *, today: date) -> Course:
    """Write down what an occasion gave; what was written before is replaced.

    Raises
    ------
    MissingError
        ``no_occasion``.
    ParameterError
        ``dialogue_is_…``; ``dialogue_outcome_early`` when the occasion is still to come.
    """
    require_step(course, Step.RECORD)
    occasion = dialogue.occasion(outcome.occasion)
    if occasion is None:
        raise MissingError(
            "no_occasion",
            f"{dialogue.name} has no occasion {outcome.occasion}.",
            occasion=outcome.occasion,
        )
    day = occasion.day or dialogue.first
    if day > today:
        raise ParameterError(
            "dialogue_outcome_early", f"The occasion is on {day}, which is still to come.", day=day
        )
    kept = {one.occasion: one for one in course.outcomes} | {outcome.occasion: outcome}
    order = [one.key for one in dialogue.occasions]
    return replace(course, outcomes=tuple(kept[key] for key in order if key in kept))


def published(course: Course, dialogue: Dialogue, publication: Publication, *, today: date) -> Course:
    """Give the result back to residents, or to staff; with both told, the dialogue is published.

    Raises
    ------
    ParameterError
        ``dialogue_not_closed``, ``dialogue_is_…``; ``dialogue_published_twice``; ``dialogue_publication_day``
        when the day is still to come or before the dialogue began.
    """
    told = next((one for one in course.publications if one.to is publication.to), None)
    if told is not None:
        raise ParameterError(
            "dialogue_published_twice",
            f"The result was given back to {told.to} on {told.day} already.",
            to=str(told.to),
            day=told.day,
        )
    require_step(course, Step.PUBLISH)
    if not dialogue.first <= publication.day <= today:
        raise ParameterError(
            "dialogue_publication_day",
            f"{publication.day} is not a day from {dialogue.first} to today.",
            field="day",
            day=publication.day,
            first=dialogue.first,
            today=today,
        )
    now = replace(course, publications=(*course.publications, publication))
    return now if now.untold else replace(now, state=_S.PUBLISHED)


def unpublished(course: Course, to: Reader) -> Course:
    """Take back that the result was given to somebody.

    Raises
    ------
    MissingError
        ``no_publication``.
    ParameterError
        ``dialogue_is_…``.
    """
    require_step(course, Step.UNPUBLISH)
    left = tuple(one for one in course.publications if one.to is not to)
    if len(left) == len(course.publications):
        raise MissingError("no_publication", f"The result was never given to {to}.", to=str(to))
    state = _S.CLOSED if course.result_due is None else _S.RESULT_DUE
    return replace(course, state=state, publications=left)
