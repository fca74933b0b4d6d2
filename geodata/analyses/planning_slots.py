"""The slots and the log that a plan is made round: what was done lately, what stays, what is spent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.plan_kinds import kinds_of
from geodata.targeting.effect import LASTS_DAYS, Visits
from geodata.targeting.planned_passes import passes_taken
from geodata.targeting.problem import Problem, Stop
from geodata.targeting.slot import SlotStatus
from geodata.targeting.working_day import working

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geodata.targeting.slot import Slot


def with_log(problem: Problem, done: Sequence[tuple[int | None, date, int]]) -> Problem:
    """Add what was done without a slot: lately, or within the plan."""
    late, stays = [problem.lately], [*problem.standing]
    for place_id, day, half_hour in done:
        at = np.flatnonzero(problem.place_ids == place_id)
        number = (day - problem.days[0]).days
        if len(at) and -LASTS_DAYS < number < 0:
            late.append(Visits(at[:1], np.array([number]), np.array([half_hour])))
        elif len(at) and 0 <= number < len(problem.days):
            stays.append(Stop(-1, int(at[0]), number, half_hour))
    lately = Visits(
        *(np.concatenate([getattr(one, name) for one in late]) for name in ("place", "day", "slot"))
    )
    return replace(problem, lately=lately, standing=tuple(stays))


def standing(problem: Problem, slots: Sequence[Slot], *, measures: bool, anew: bool) -> Problem:
    """Lay the slots of the register into a problem: what was done lately, what stays, what is spent.

    Parameters
    ----------
    measures
        Whether slots of measurements and reviews are meant, or the others.
    anew
        Whether the plan is made anew, so that what is planned and not locked is preferred.
    """
    place_at = {int(place_id): at for at, place_id in enumerate(problem.place_ids)}
    late: list[tuple[int, int, int]] = []
    stays: list[Stop] = []
    loose: set[Stop] = set()
    dealt = dict(problem.dealt)
    spent: dict[tuple[int, int], list[Stop]] = {}
    for slot in slots:
        day, half_hour = working(slot.day, slot.from_minute)
        number = (day - problem.days[0]).days
        place = place_at.get(slot.place_id, -1)
        outside = not -LASTS_DAYS < number < len(problem.days)
        if place < 0 or outside or slot.kind not in kinds_of(measures=measures):
            continue
        stop = Stop(_team_at(problem, slot, place), place, number, half_hour)
        if number < 0:
            late += [(place, number, half_hour)] * (slot.status is SlotStatus.DONE)
        elif slot.status is SlotStatus.PLANNED and (number, half_hour) >= (problem.opens, problem.opens_slot):
            if stop.team >= 0 and (slot.locked or anew):
                dealt[stop] = slot.car
            if stop.team >= 0 and slot.locked:
                stays.append(stop)
            elif stop.team >= 0 and anew:
                loose.add(stop)
        else:
            stays += [replace(stop, team=-1)] * (slot.status is not SlotStatus.MISSED)
            if stop.team >= 0:
                spent.setdefault((stop.team, int(problem.week[number])), []).append(stop)
    used = problem.used.copy()
    for (team, week), stops in spent.items():
        used[team, week] += passes_taken(problem, stops)
    return replace(
        problem,
        lately=Visits(*np.array(late, dtype=np.int64).reshape(-1, 3).T),
        standing=tuple(stays),
        prefer=frozenset(loose),
        used=used,
        dealt=dealt,
    )


def stop_of(problem: Problem, slot: Slot) -> Stop | None:
    """Return a slot of the register as a stop; None where no team of the plan does it, or it lies outside."""
    at = np.flatnonzero(problem.place_ids == slot.place_id)
    day, half_hour = working(slot.day, slot.from_minute)
    number = (day - problem.days[0]).days
    if not len(at) or not 0 <= number < len(problem.days):
        return None
    team = _team_at(problem, slot, int(at[0]))
    return Stop(team, int(at[0]), number, half_hour) if team >= 0 else None


def _team_at(problem: Problem, slot: Slot, place: int) -> int:
    """Return whose slot it is: a team with its parties that does this there; -1 for nobody's."""
    for number, team in enumerate(problem.teams):
        if team.parties == slot.parties and problem.kinds[number][place] is slot.kind:
            return number
    return -1
