"""What could be done: place × day × half hour for each team, and the passes that they could be part of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.again import is_soon
from geodata.targeting.problem import Stop
from geodata.targeting.working_day import PART_OF, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geodata.targeting.binding import Binding
    from geodata.targeting.problem import Problem

STARTS = 4
"""Starts that are weighed in one part of a day at a place,"""
NEAR = 0.5
"""each of which meets at least this share of what the best does."""

AS_GOOD = 0.9

ROOM = 5
"""Parts of days that are weighed for each stop that there are hours for; the others hold less."""

FEWEST = 150
"""The least of them in a week,"""
PER_BINDING = 24
"""and of those that a promise asks for."""
PER_PLACE = 2
"""Of a promise about each of its places, so many at each."""

PASSES_PER_PART = 2
"""Starts of a pass that are weighed in each part of a day and area."""

STRADDLES = 0.7
"""Share of what the fullest pass holds from which on a later one is weighed too."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """Stops that a plan may hold.

    Attributes
    ----------
    team, place, day, slot, length
        As in `Stop`, and how many half hours it takes; shape ``(n,)``.
    value
        Harm that it meets, shape ``(n,)``.
    forced
        Locked: the plan must hold it, shape ``(n,)``.
    """

    team: NDArray[np.int64]
    place: NDArray[np.int64]
    day: NDArray[np.int64]
    slot: NDArray[np.int64]
    length: NDArray[np.int64]
    value: NDArray[np.float64]
    forced: NDArray[np.bool_]

    def stop(self, number: int) -> Stop:
        """Return one of them."""
        return Stop(
            int(self.team[number]), int(self.place[number]), int(self.day[number]), int(self.slot[number])
        )

    @property
    def part(self) -> NDArray[np.int64]:
        """The part of the day that each starts in, shape ``(n,)``."""
        return PART_OF[self.slot]


@dataclass(frozen=True, eq=False)
class Passes:
    """Passes that a team may drive.

    Attributes
    ----------
    team, area, day, slot
        Whose, where, and its first half hour; shape ``(n,)``.
    ends
        The half hour after its last, shape ``(n,)``.
    """

    team: NDArray[np.int64]
    area: NDArray[np.int64]
    day: NDArray[np.int64]
    slot: NDArray[np.int64]
    ends: NDArray[np.int64]


def candidates(problem: Problem) -> Candidates:
    """List the stops that are worth weighing: the best starts of the best parts of days, and what binds."""
    found: set[Stop] = set()
    for number in range(len(problem.teams)):
        found |= _of_team(problem, number)
    found |= {one for one in problem.prefer if (one.team, one.day) not in problem.off}
    locked = {stop for stop in problem.standing if stop.team >= 0}
    # At one place there is one visit in a part of a day, and none soon again: what stands shuts others out.
    taken = {(one.place, one.day, PART_OF[one.slot]) for one in problem.standing}
    free = {
        one
        for one in found
        if (one.place, one.day, PART_OF[one.slot]) not in taken and not _is_back_soon(one, problem.standing)
    }
    stops = sorted(free | locked, key=lambda one: (one.day, one.slot, one.place, one.team))
    values = np.array([[one.team, one.place, one.day, one.slot] for one in stops], dtype=np.int64)
    team, place, day, slot = values.reshape(-1, 4).T
    return Candidates(
        team=team,
        place=place,
        day=day,
        slot=slot,
        length=np.array([problem.length(one.team, one.place) for one in stops], dtype=np.int64),
        value=problem.met[place, day, slot] if stops else np.zeros(0),
        forced=np.array([one in locked for one in stops], dtype=bool),
    )


def _is_back_soon(stop: Stop, standing: Iterable[Stop]) -> bool:
    """Say whether a stop comes too soon before or after one that stands, whosever hours it takes."""
    return any(
        (one.place, one.day) == (stop.place, stop.day) and is_soon(one.slot, stop.slot) for one in standing
    )


def _of_team(problem: Problem, number: int) -> set[Stop]:
    team = problem.teams[number]
    places = np.array([kind is not None for kind in problem.kinds[number]], dtype=bool)
    days = problem.works(number)
    if not places.any() or not days.any() or not team.passes_per_week:
        return set()
    lengths = np.array([problem.length(number, place) for place in range(len(places))])
    met = np.full_like(problem.met, -1.0)
    open_ = slice(team.from_slot, team.to_slot)
    met[:, :, open_] = problem.met[:, :, open_]
    slots = np.arange(met.shape[2])
    met[~(slots[None, :] + lengths[:, None] <= team.to_slot)[:, None, :].repeat(met.shape[1], axis=1)] = -1.0
    met[:, : problem.opens + 1, : problem.opens_slot] = -1.0
    met[~places] = -1.0
    met[:, ~days] = -1.0
    wanted = _nodes(problem, number, met)
    found = set()
    for place, part, day in wanted:
        first, last = list(PARTS.values())[part]
        values = met[place, day, first:last]
        best = np.argsort(-values, kind="stable")[:STARTS]
        floor = max(NEAR * values[best[0]], 0.0)
        # Of starts that are as good the ends of the part count too: a pass may reach over into the next.
        good = np.flatnonzero(values >= max(AS_GOOD * values[best[0]], 0.0))
        starts = {*best.tolist(), *good[:1].tolist(), *good[-2:].tolist()}
        found |= {Stop(number, place, day, first + at) for at in starts if values[at] >= floor}
    return found


def _nodes(problem: Problem, number: int, met: NDArray[np.float64]) -> list[tuple[int, int, int]]:
    """Choose the parts of days at places that are weighed."""
    team = problem.teams[number]
    best = np.stack([met[:, :, first:last].max(axis=2) for first, last in PARTS.values()], axis=1)
    stops = team.passes_per_week * team.pass_slots
    most = max(ROOM * stops, FEWEST)
    chosen = np.zeros(best.shape, dtype=bool)
    for week in np.unique(problem.week):
        inside = best.copy()
        inside[:, :, problem.week != week] = -1.0
        _first(chosen, inside, most, above=0.0)
        for binding in problem.bindings:
            fit = np.full_like(inside, -1.0)
            for place in range(len(fit)):
                if problem.fits_place(binding, place) and problem.fits_team(binding, number, place):
                    fit[place] = _in_time(problem, binding, inside[place])
            _first(chosen, fit, max(PER_BINDING, 3 * binding.per_week), above=-0.5)
            for place in range(len(fit)) if binding.each else ():
                alone = np.full_like(fit, -1.0)
                alone[place] = fit[place]
                _first(chosen, alone, PER_PLACE, above=-0.5)
    if problem.least_per_school:
        for place in np.flatnonzero(problem.is_school).tolist():
            alone = np.full_like(best, -1.0)
            alone[place] = best[place]
            _first(chosen, alone, 4 * problem.least_per_school, above=-0.5)
    return [(int(place), int(part), int(day)) for place, part, day in np.argwhere(chosen)]


def _in_time(problem: Problem, binding: Binding, inside: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the parts of days in which a promise can be met, shape ``(parts, days)``."""
    kept = inside.copy()
    for part, (first, last) in enumerate(PARTS.values()):
        for day in range(inside.shape[1]):
            if kept[part, day] >= 0 and not any(
                problem.fits_time(binding, day, slot) for slot in range(first, last)
            ):
                kept[part, day] = -1.0
    return kept


def _first(chosen: NDArray[np.bool_], values: NDArray[np.float64], most: int, *, above: float) -> None:
    """Mark the `most` highest values above a floor."""
    flat = values.ravel()
    first = np.argsort(-flat, kind="stable")[:most]
    chosen.ravel()[first[flat[first] > above]] = True


def passes(problem: Problem, stops: Candidates) -> Passes:
    """List the passes worth weighing: in each part of a day the starts whose half hours hold the most."""
    found: set[tuple[int, int, int, int]] = set()
    for number, team in enumerate(problem.teams):
        starts = range(team.from_slot, team.to_slot - team.pass_slots + 1)
        mine = stops.team == number
        area = problem.area[stops.place]
        for day in np.unique(stops.day[mine]):
            for one in np.unique(area[mine & (stops.day == day)]):
                here = np.flatnonzero(mine & (stops.day == day) & (area == one))
                worth = _worth(stops, here)
                scores = {start: float(worth[start : start + team.pass_slots].sum()) for start in starts}
                for first, last in PARTS.values():
                    inside = [start for start in starts if first <= start < last]
                    inside = [start for start in inside if start >= problem.earliest(int(day))]
                    inside.sort(key=lambda start: (-scores[start], start))
                    # The last good one reaches into the next part, where the same places count anew.
                    good = [start for start in inside if scores[start] >= STRADDLES * scores[inside[0]]]
                    weighed = {*inside[:PASSES_PER_PART], *([max(good)] if good else [])}
                    found |= {(number, int(one), int(day), start) for start in weighed}
                found |= _for_locked(stops, here, (number, int(one), int(day)), starts, team.pass_slots)
    values = np.array(sorted(found), dtype=np.int64).reshape(-1, 4)
    long = np.array([team.pass_slots for team in problem.teams], dtype=np.int64)
    team_of, area_of, day_of, slot_of = values.T
    return Passes(team_of, area_of, day_of, slot_of, ends=slot_of + long[team_of])


def _worth(stops: Candidates, here: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the best value that starts in each half hour of a day."""
    worth = np.zeros(len(PART_OF))
    np.maximum.at(worth, stops.slot[here], stops.value[here])
    return worth


def _for_locked(
    stops: Candidates, here: NDArray[np.int64], key: tuple[int, int, int], starts: range, slots: int
) -> set[tuple[int, int, int, int]]:
    """Return passes that hold each locked stop of a day."""
    found = set()
    for one in here[stops.forced[here]]:
        first = int(stops.slot[one] + stops.length[one]) - slots
        fitting = [start for start in starts if first <= start <= stops.slot[one]]
        found |= {(*key, start) for start in fitting}
    return found
