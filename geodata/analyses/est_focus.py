"""Where a weekly meeting might look next week, each with its reasons; the meeting decides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.picture.usual_week import WeekVerdict
from geodata.privacy import Audience
from geodata.schema import CATEGORIES, Stream
from geodata.selection import Selection
from geodata.targeting.slot import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geodata.analyses.est_counts import WeekCounts
    from geodata.analyses.ground import Ground
    from geodata.calendars import RiskEvening

PROPOSED = 5
"""How many are proposed: a week has room for few."""

WEIGHTS = {
    "place_more": 5,
    "problem_more": 4,
    "promise_late": 3,
    "place_perhaps": 2,
    "problem_perhaps": 2,
    "risk_evening": 1,
}
"""What a reason weighs; those of a place are summed, of the whole municipality the weightiest holds."""

PLACES_OF_ONE = 2
"""Places that one problem, one promise or one evening points to."""

CODES = {
    WeekVerdict.MORE: ("place_more", "problem_more"),
    WeekVerdict.PERHAPS_MORE: ("place_perhaps", "problem_perhaps"),
}
"""Which reason a number of the week gives, for a place and for a problem."""

EVENING, MORNING = 18, 5
"""An evening runs from this local hour to that one of the day after."""

EVENING_GROUPS = ("order", "substance", "violence", "damage")
"""What risk evenings are about."""

YEAR_DAYS = 364


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place to look at, or the whole municipality, and why.

    Attributes
    ----------
    place_id, place
        None and empty for the whole municipality.
    problem
        A category's code; None where the reasons name none.
    reasons
        The weightiest first; codes of ``WEIGHTS`` with what they are about.
    """

    place_id: int | None
    place: str
    problem: str | None
    reasons: tuple[Reason, ...]


def propose_focus(
    ground: Ground,
    counts: WeekCounts | None,
    *,
    late: Sequence[tuple[str, str, str, tuple[int, ...]]],
    evenings: Sequence[tuple[date, RiskEvening]],
    until: date,
) -> tuple[Proposal, ...]:
    """Propose where to look.

    Parameters
    ----------
    counts
        The week against what is usual; None where that can't be said.
    late
        Promised activities that are behind: key, promise, activity, places.
    evenings
        Risk evenings of the week to come.
    until
        The last local day that is known.
    """
    found: dict[tuple[int | None, int], list[tuple[Reason, str | None]]] = {}
    every = (
        *(_of_counts(counts) if counts else []),
        *_of_promises(late),
        *_of_evenings(ground, evenings, until),
    )
    for number, (at, reason, problem) in enumerate(every):
        # What is of one place is put together. What is of the whole municipality is of different things, but
        # promises that are behind are one: each alone would leave no room for a place.
        together = at is not None or reason.code == "promise_late"
        found.setdefault((at, 0 if together else number + 1), []).append((reason, problem))
    names = {place.place_id: place.name for place in ground.places}
    made = [
        Proposal(
            place_id=at,
            place=names[at] if at is not None else "",
            problem=next((problem for _, problem in reasons if problem), None),
            reasons=tuple(sorted((reason for reason, _ in reasons), key=lambda one: -WEIGHTS[one.code])),
        )
        for (at, _), reasons in found.items()
        if at is None or at in names
    ]
    return tuple(sorted(made, key=lambda one: (-_weight(one), one.place_id is None, one.place)))[:PROPOSED]


def _of_counts(counts: WeekCounts) -> list[tuple[int | None, Reason, str | None]]:
    found: list[tuple[int | None, Reason, str | None]] = []
    for place in counts.places:
        code = CODES.get(place.usual.verdict)
        if code is not None:
            reason = Reason(code[0], (("count", place.usual.count), ("high", place.usual.high or 0)))
            found.append((place.place_id, reason, place.problem))
    for one in counts.problems:
        code = CODES.get(one.usual.verdict)
        if code is None:
            continue
        where: list[int | None] = [place.place_id for place in counts.places if place.problem == one.problem]
        values = (("problem", one.problem), ("count", one.usual.count), ("high", one.usual.high or 0))
        reason = Reason(code[1], values)
        found += [(at, reason, one.problem) for at in where[:PLACES_OF_ONE] or [None]]
    return found


def _of_promises(
    late: Sequence[tuple[str, str, str, tuple[int, ...]]],
) -> list[tuple[int | None, Reason, str | None]]:
    return [
        (at, Reason("promise_late", (("key", key), ("promise", promise), ("activity", activity))), None)
        for key, promise, activity, places in late
        for at in (places[:PLACES_OF_ONE] or (None,))
    ]


def _of_evenings(
    ground: Ground, evenings: Sequence[tuple[date, RiskEvening]], until: date
) -> list[tuple[int | None, Reason, str | None]]:
    """Point to the places that hold most on evenings and nights of the year that went."""
    if not evenings:
        return []
    records = ground.records
    codes = {code for group in EVENING_GROUPS for code in CATEGORIES[group]}
    asked = records.problems(Selection(Audience.POLICE, categories=frozenset(codes)))
    asked = asked & records.of_stream(Stream.INCIDENT) & ~np.isnat(records.day)
    asked &= (records.hour >= EVENING) | ((records.hour >= 0) & (records.hour < MORNING))
    asked &= (records.day > np.datetime64(until) - YEAR_DAYS) & (records.day <= np.datetime64(until))
    place, observation = ground.place_members
    held = Counter(place[asked[observation]].tolist())
    first = sorted(held, key=lambda at: (-held[at], at))[:PLACES_OF_ONE]
    days = ", ".join(day.isoformat() for day, _ in evenings)
    return [
        (
            ground.places[at].place_id,
            Reason("risk_evening", (("days", days), ("evening", str(evenings[0][1])), ("count", held[at]))),
            None,
        )
        for at in first
    ] or [(None, Reason("risk_evening", (("days", days), ("evening", str(evenings[0][1])))), None)]


def _weight(proposal: Proposal) -> int:
    weights = [WEIGHTS[reason.code] for reason in proposal.reasons]
    return sum(weights) if proposal.place_id is not None else max(weights)
