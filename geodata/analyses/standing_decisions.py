"""What stands of all that was chosen and left aside: of every problem the newest, over all saved pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.analyses.saved_pictures import Answered
from geodata.periods import years_on

if TYPE_CHECKING:
    from datetime import date

    from geodata.picture.decision import Decision
    from geodata.promises.promise import Promise
    from geodata.store.picture_rows import KeptPicture
    from geodata.store.register import Register

YEARS = 2
"""A decision that no running promise answers is told of for so long."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What one meeting decided of one picture and still stands.

    Attributes
    ----------
    kept
        The picture.
    meeting, meeting_on
        Which meeting, and its local day.
    answered
        Its decisions, in the residents' own order of the problems.
    """

    kept: KeptPicture
    meeting: str
    meeting_on: date
    answered: tuple[Answered, ...]


def standing_decisions(register: Register, *, today: date) -> tuple[Decided, ...]:
    """Return what was decided by picture and meeting, the newest meeting first.

    Of every problem the newest decision stands. It is told of for ``YEARS``, and longer while a promise
    answers it that has not ended.

    Parameters
    ----------
    today
        Local day.
    """
    promises = [one.promise for one in register.promises.all()]
    pictures = register.pictures.all()
    found = [(one, kept) for kept in pictures for one in kept.decisions if one.meeting_on <= today]
    newest = {
        one.problem: one.decision_id for one, _ in sorted(found, key=lambda pair: _age(pair[0], pair[1]))
    }
    since = years_on(today, -YEARS)
    groups: dict[tuple[date, str, str], list[tuple[KeptPicture, Answered]]] = {}
    for one, kept in found:
        if newest[one.problem] != one.decision_id:
            continue
        answering = [each for each in promises if each.first <= today and _answers(each, one, today)]
        if one.meeting_on >= since or any(_goes_on(promise, today) for promise in answering):
            answered = Answered(one, tuple((promise.key, promise.name) for promise in answering))
            groups.setdefault((one.meeting_on, kept.key, one.meeting), []).append((kept, answered))
    return tuple(
        Decided(of[0][0], meeting, on, tuple(answered for _, answered in of))
        for (on, _, meeting), of in sorted(groups.items(), key=lambda group: group[0], reverse=True)
    )


def _age(one: Decision, kept: KeptPicture) -> tuple[date, date, int]:
    return one.meeting_on, kept.picture.period.last, one.decision_id


def _answers(promise: Promise, one: Decision, today: date) -> bool:
    """Say whether a promise answers a decision's problem: as it was decided, or as decided before it."""
    named = (name.partition("#") for name in promise.answers)
    return any(
        problem == one.problem and (picture == one.picture or _goes_on(promise, today))
        for picture, _, problem in named
    )


def _goes_on(promise: Promise, today: date) -> bool:
    return promise.last is None or promise.last >= today
