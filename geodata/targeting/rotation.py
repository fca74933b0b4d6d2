"""The fair plan where the evidence bears no better: turns over schools × start, lunch and end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.windows import SLOTS_PER_DAY
from geodata.targeting.owed import counted, owed_by_week
from geodata.targeting.problem import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.targeting.problem import Problem


@dataclass(frozen=True, slots=True)
class Turn:
    """A moment at a place that comes round: the start of a school, its lunch, its end; or an evening.

    Attributes
    ----------
    place
        Position.
    moment
        ``start``, ``lunch``, ``end`` or ``evening``.
    slot
        Half hour of the working day about which it is.
    school_days
        Whether it is there on school days alone.
    """

    place: int
    moment: str
    slot: int
    school_days: bool


BEFORE, AFTER = 2, 2
"""A visit starts within an hour before the moment and less than an hour after."""


def rotate(
    problem: Problem,
    turns: Sequence[Turn],
    *,
    is_school_day: Sequence[bool],
    rng: np.random.Generator,
) -> dict[Stop, str]:
    """Deal the passes out in turns; return the moment of each stop.

    The turn that was taken the least comes first, by lot among those taken equally often; promises that
    still lack something come before. Nothing is claimed of where harm is.

    Parameters
    ----------
    is_school_day
        Of each day of the plan.
    """
    taken = _taken(problem, turns)
    stops: dict[Stop, str] = {one: "" for one in problem.standing if one.team >= 0}
    for number, team in enumerate(problem.teams):
        mine = [
            turn
            for turn in turns
            if problem.kinds[number][turn.place] is not None and _able(problem, number, turn)
        ]
        works = problem.works(number)
        for week, left in enumerate(problem.passes[number]):
            days = np.flatnonzero((problem.week == week) & works).tolist()
            shifts = [*rng.permutation(np.repeat(days, team.passes_per_day))] if days else []
            drawn = 0
            for day in sorted(shifts, key=lambda one: not is_school_day[int(one)]):
                if drawn == left:
                    break
                made = _pass(problem, number, int(day), mine, taken, stops, is_school_day, rng)
                stops |= made
                drawn += bool(made)
    return stops


def _taken(problem: Problem, turns: Sequence[Turn]) -> Counter[tuple[int, str]]:
    """Count what was done lately and what stands, by place and the moment that it was nearest to."""
    taken: Counter[tuple[int, str]] = Counter()
    late = problem.lately
    seen = [*zip(late.place.tolist(), late.slot.tolist(), strict=True)]
    seen += [(one.place, one.slot) for one in problem.standing]
    for place, slot in seen:
        here = [turn for turn in turns if turn.place == place]
        if here:
            nearest = min(here, key=lambda turn: abs(turn.slot - slot))
            taken[place, nearest.moment] += 1
    return taken


def _able(problem: Problem, number: int, turn: Turn) -> bool:
    team = problem.teams[number]
    return team.from_slot <= turn.slot and turn.slot + problem.length(number, turn.place) <= team.to_slot


def _pass(
    problem: Problem,
    number: int,
    day: int,
    turns: Sequence[Turn],
    taken: Counter[tuple[int, str]],
    stops: dict[Stop, str],
    is_school_day: Sequence[bool],
    rng: np.random.Generator,
) -> dict[Stop, str]:
    """Fill one pass: the turn that is due, and others at the same moment near by."""
    team = problem.teams[number]
    there = {(one.place, one.day) for one in stops}
    busy = {one.slot for one in stops if (one.team, one.day) == (number, day)}
    due = [
        turn
        for turn in turns
        if (is_school_day[day] or not turn.school_days)
        and (turn.place, day) not in there
        and turn.slot - BEFORE + 1 >= problem.earliest(day)
        and not busy & set(range(turn.slot - BEFORE, turn.slot + AFTER))
    ]
    # Schools first; where pupils are free the other places have their turn.
    due = [turn for turn in due if turn.school_days] or due
    if not due:
        return {}
    wanted = _wanted(problem, stops, number, day)
    by_lot = {turn: (turn.place not in wanted, taken[turn.place, turn.moment], rng.random()) for turn in due}
    first = min(due, key=by_lot.__getitem__)
    beside = sorted(
        (
            turn
            for turn in due
            if turn.moment == first.moment and problem.area[turn.place] == problem.area[first.place]
        ),
        key=by_lot.__getitem__,
    )
    made: dict[Stop, str] = {}
    slot = max(first.slot - BEFORE + 1, team.from_slot)
    last = min(slot + team.pass_slots, team.to_slot, SLOTS_PER_DAY)
    for turn in beside:
        length = problem.length(number, turn.place)
        if slot + length > last or slot >= turn.slot + AFTER:
            break
        if any((one.place, one.day) == (turn.place, day) for one in made):
            continue
        made[Stop(number, turn.place, day, slot)] = turn.moment
        taken[turn.place, turn.moment] += 1
        slot += length
    return made


def _wanted(problem: Problem, stops: dict[Stop, str], number: int, day: int) -> set[int]:
    """Return the places of promises that still lack something this week."""
    week = int(problem.week[day])
    places: set[int] = set()
    for binding in problem.bindings:
        has = [one for one in stops if problem.fits(binding, one)]
        owed = owed_by_week(problem, binding).get(week, 0) if binding.per_week else 0
        in_week = sum(int(problem.week[one.day]) == week for one in has)
        if counted(binding, has) < binding.least or in_week < owed:
            there = {one.place for one in has} if binding.each else set()
            places |= {
                place
                for place in range(len(problem.place_ids))
                if place not in there
                and problem.fits_place(binding, place)
                and problem.fits_team(binding, number, place)
            }
    return places
