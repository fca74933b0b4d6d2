"""The greedy plan: pass after pass the one that adds the most; what a person with a good list would do."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.again import AGAIN_SLOTS, is_soon
from geodata.targeting.candidates import candidates, passes
from geodata.targeting.effect import LASTS_DAYS
from geodata.targeting.owed import counted, owed_by_week
from geodata.targeting.planned_passes import passes_taken
from geodata.targeting.working_day import PART_OF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.targeting.candidates import Candidates, Passes
    from geodata.targeting.problem import Problem, Stop

PROMISED = 1e3
"""A promised visit comes before this many of the fullest ones, as in the programme."""


def greedy(problem: Problem) -> tuple[Stop, ...]:
    """Fill one pass after another with what adds the most, given what is planned so far.

    Promises come first, as far as passes go. It weighs the same candidates as the programme.
    """
    stops = candidates(problem)
    if not len(stops.place):
        return ()
    return _Greedy(problem, stops, passes(problem, stops)).run()


class _Greedy:
    def __init__(self, problem: Problem, stops: Candidates, drives: Passes) -> None:
        self._problem, self._stops, self._drives = problem, stops, drives
        self._lasts = problem.effect.lasting(problem.best)
        self._visited: dict[tuple[int, int], list[int]] = {}
        for stop in problem.standing:
            insort(self._visited.setdefault((stop.place, int(PART_OF[stop.slot])), []), stop.day)
        self._part = stops.part
        self._gain = np.array([self._adds(number) for number in range(len(stops.place))])
        self._open = ~stops.forced
        self._left = problem.passes.copy()
        self._out: dict[tuple[int, int], list[range]] = {}
        self._today = np.zeros((len(problem.teams), len(problem.days)), dtype=np.int64)
        self._in_week: dict[tuple[int, int], int] = {}
        for stop in problem.standing:
            self._count(stop.place, stop.day)
        self._wanted = self._promises()
        self._taken: list[Stop] = [one for one in problem.standing if one.team >= 0]
        for team, week in {(one.team, int(problem.week[one.day])) for one in self._taken}:
            locked = [one for one in self._taken if (one.team, problem.week[one.day]) == (team, week)]
            self._left[team, week] = max(self._left[team, week] - passes_taken(problem, locked), 0)

    def run(self) -> tuple[Stop, ...]:
        fills: dict[int, tuple[float, list[int]]] = {}
        while True:
            best, chosen = 0.0, -1
            for number in range(len(self._drives.slot)):
                if not self._may(number):
                    continue
                if number not in fills:
                    fills[number] = self._fill(number)
                if fills[number][0] > best:
                    best, chosen = fills[number][0], number
            if chosen < 0:
                return tuple(self._taken)
            touched = {(int(self._stops.place[one]), int(self._part[one])) for one in fills[chosen][1]}
            for one in fills[chosen][1]:
                self._take(one)
            team, day = int(self._drives.team[chosen]), int(self._drives.day[chosen])
            self._left[team, self._problem.week[day]] -= 1
            self._today[team, day] += 1
            span = range(int(self._drives.slot[chosen]), int(self._drives.ends[chosen]))
            self._out.setdefault((team, day), []).append(span)
            wanted = self._wanted.any()
            self._renew(touched)
            places = {place for place, _ in touched}
            fills = (
                {}
                if wanted
                else {
                    number: fill
                    for number, fill in fills.items()
                    if places.isdisjoint(self._stops.place[fill[1]].tolist())
                }
            )

    def _may(self, number: int) -> bool:
        """Say whether its team has a pass left that week and day, and a crew at that time."""
        team, day = int(self._drives.team[number]), int(self._drives.day[number])
        crew = self._problem.teams[team]
        slots = range(int(self._drives.slot[number]), int(self._drives.ends[number]))
        out = self._out.get((team, day), [])
        busy = max(sum(slot in one for one in out) for slot in slots)
        return bool(
            self._left[team, self._problem.week[day]] > 0
            and self._today[team, day] < crew.passes_per_day
            and busy < crew.at_once
        )

    def _fill(self, number: int) -> tuple[float, list[int]]:
        """Fill a pass from its first half hour on, each time with what adds the most."""
        drives, stops, problem = self._drives, self._stops, self._problem
        team, day = int(drives.team[number]), int(drives.day[number])
        first = int(drives.slot[number])
        last = first + problem.teams[team].pass_slots
        here = np.flatnonzero(
            self._open
            & (stops.team == team)
            & (stops.day == day)
            & (problem.area[stops.place] == drives.area[number])
            & (stops.slot >= first)
            & (stops.slot + stops.length <= last)
        )
        worth = self._gain[here] + PROMISED * max(float(self._gain.max()), 1e-9) * self._wanted[here]
        total, chosen = 0.0, list[int]()
        slot = first
        while slot < last:
            fitting = [
                (float(worth[at]), -int(one))
                for at, one in enumerate(here)
                if stops.slot[one] == slot
                and worth[at] > 0
                and not any(self._shuts_out(int(one), other) for other in chosen)
                and self._room(int(stops.place[one]), day)
            ]
            if not fitting:
                slot += 1
                continue
            value, negative = max(fitting)
            chosen.append(-negative)
            total += value
            slot += int(stops.length[-negative])
        return total, chosen

    def _shuts_out(self, one: int, other: int) -> bool:
        """Say whether two stops of a day are at one place and in one part of the day, or soon after."""
        return bool(
            self._stops.place[one] == self._stops.place[other]
            and (
                self._part[one] == self._part[other]
                or is_soon(int(self._stops.slot[one]), int(self._stops.slot[other]))
            )
        )

    def _room(self, place: int, day: int) -> bool:
        week = int(self._problem.week[day])
        most = self._problem.most_in_all
        if most is not None and sum(n for (where, _), n in self._in_week.items() if where == place) >= most:
            return False
        return self._in_week.get((place, week), 0) < self._problem.most_per_week

    def _count(self, place: int, day: int) -> None:
        key = (place, int(self._problem.week[day]))
        self._in_week[key] = self._in_week.get(key, 0) + 1

    def _take(self, number: int) -> None:
        stop = self._stops.stop(number)
        self._taken.append(stop)
        self._count(stop.place, stop.day)
        key = (stop.place, int(self._part[number]))
        insort(self._visited.setdefault(key, []), stop.day)
        soon = np.abs(self._stops.slot - stop.slot) < AGAIN_SLOTS
        here = (self._stops.place == stop.place) & (self._stops.day == stop.day)
        self._open[here & ((self._part == key[1]) | soon)] = False
        self._wanted = self._promises()

    def _renew(self, touched: set[tuple[int, int]]) -> None:
        for place, part in touched:
            for number in np.flatnonzero((self._stops.place == place) & (self._part == part)):
                self._gain[number] = self._adds(int(number))

    def _adds(self, number: int) -> float:
        """Return what a stop adds between the visits before and after it."""
        stops = self._stops
        place, part, day = int(stops.place[number]), int(self._part[number]), int(stops.day[number])
        lasts, days = self._lasts[place, part], self._visited.get((place, part), [])
        at = bisect_left(days, day)
        after = (days[at] if at < len(days) else len(self._problem.days)) - day
        adds = float(stops.value[number]) + _upto(lasts, day, after)
        if at > 0:
            before = days[at - 1]
            adds += _upto(lasts, before, day - before) - _upto(lasts, before, day + after - before)
        return adds

    def _promises(self) -> NDArray[np.bool_]:
        """Say which candidates answer a promise that still lacks some."""
        stops, problem = self._stops, self._problem
        wanted = np.zeros(len(stops.place), dtype=bool)
        taken = getattr(self, "_taken", [one for one in problem.standing if one.team >= 0])
        for binding in problem.bindings:
            has = [one for one in taken if problem.fits(binding, one)]
            owed = owed_by_week(problem, binding) if binding.per_week else {}
            weeks = {
                week
                for week, least in owed.items()
                if sum(problem.week[one.day] == week for one in has) < least
            }
            lacks = counted(binding, has) < binding.least
            if not lacks and not weeks:
                continue
            there = {one.place for one in has} if binding.each else set()
            for number in range(len(stops.place)):
                if problem.fits(binding, stops.stop(number)) and (
                    (lacks and int(stops.place[number]) not in there)
                    or int(problem.week[stops.day[number]]) in weeks
                ):
                    wanted[number] = True
        return wanted


def _upto(lasts: NDArray[np.float64], day: int, passed: int) -> float:
    return float(lasts[day, min(passed, LASTS_DAYS)]) if passed > 0 else 0.0
