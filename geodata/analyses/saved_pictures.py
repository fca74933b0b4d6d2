"""Saving a picture as it stands, and what promises answer of what was chosen from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.analyses.picture import picture
from geodata.analyses.picture_periods import latest_day
from geodata.errors import ParameterError
from geodata.privacy import Audience

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.periods import Period
    from geodata.picture.decision import Decision
    from geodata.promises.promise import Promise
    from geodata.store.picture_rows import KeptPicture
    from geodata.store.register import Register


@dataclass(frozen=True, slots=True)
class Answered:
    """A decision, and the promises that answer its problem: key and name; none is the gap to mend."""

    decision: Decision
    promises: tuple[tuple[str, str], ...]


def save_picture(
    ground: Ground,
    register: Register,
    *,
    key: str,
    name: str,
    period: Period,
    made_by: str,
    by: str = "category",
) -> KeptPicture:
    """Keep the picture of a period with every figure as it stands now.

    Raises
    ------
    ParameterError
        ``picture_unfinished`` when the period is not over; as `geodata.analyses.picture.picture` and
        `geodata.store.pictures.Pictures.save`.
    MissingError
        ``picture_no_data``.
    """
    today = latest_day(ground)
    if period.first <= today < period.last:
        raise ParameterError(
            "picture_unfinished",
            f"The period ends on {period.last}, which has not come yet.",
            last=period.last,
            field="period",
        )
    made = picture(ground, Audience.COORDINATOR, period=period, by=by, today=today)
    return register.pictures.save(key, made, name=name, by=made_by)


def withdraw_picture(register: Register, key: str, *, by: str, why: str) -> KeptPicture:
    """Take back a picture that was saved by mistake.

    Raises
    ------
    ParameterError
        ``picture_answered`` when a promise answers a problem of it; as
        `geodata.store.pictures.Pictures.withdraw`.
    MissingError
        ``no_picture``.
    """
    names = [
        one.promise.name
        for one in register.promises.all()
        if any(answer.startswith(f"{key}#") for answer in one.promise.answers)
    ]
    if names:
        raise ParameterError(
            "picture_answered",
            f"The promise {names[0]} answers a problem of the picture; it stays.",
            promise=names[0],
        )
    return register.pictures.withdraw(key, by=by, why=why)


def answered(register: Register, kept: KeptPicture) -> tuple[Answered, ...]:
    """Return every decision of a picture with the promises that answer its problem."""
    promises = [one.promise for one in register.promises.all()]
    return tuple(
        Answered(
            decision,
            tuple((one.key, one.name) for one in promises if f"{kept.key}#{decision.problem}" in one.answers),
        )
        for decision in kept.decisions
    )


@dataclass(frozen=True, slots=True)
class AnsweredProblem:
    """A problem of a saved picture that a promise answers.

    Attributes
    ----------
    picture, name
        The picture's key, and what it is called.
    decision
        What was decided of it; None where nothing was.
    """

    picture: str
    name: str
    problem: str
    decision: Decision | None


def problems_of(register: Register, promise: Promise) -> tuple[AnsweredProblem, ...]:
    """Return the problems that a promise answers, in the order in which it names them."""
    found = []
    for one in promise.answers:
        key, _, problem = one.partition("#")
        kept = register.pictures.find(key)
        found.append(AnsweredProblem(key, kept.name, problem, kept.decision(problem)))
    return tuple(found)
