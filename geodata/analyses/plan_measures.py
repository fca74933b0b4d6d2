"""Measurements and reviews in a plan, and the hours of those who also meet harm shared between both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.targeting.owed import lacking
from geodata.targeting.planned_passes import passes_taken
from geodata.targeting.schedule import solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.targeting.problem import Problem, Stop


def measure(measuring: Problem, patrols: Problem) -> tuple[Problem, tuple[Stop, ...]]:
    """Plan what is measured and reviewed; return it with the problem whose hours it takes.

    Those who do nothing else measure as often as their hours give. Who also meets harm measures as often as
    promises still lack something then, for the hours are worth more on patrol.

    Parameters
    ----------
    measuring, patrols
        The same days and settings; teams are the same where they have one name.
    """
    shared = {number for number, _ in _both(measuring, patrols)}
    problem = without(measuring, patrols, ())
    alone = replace(problem, off=problem.off | _every_day(problem, shared))
    stops = solve(alone).stops
    if not shared or not lacking(problem, stops):
        return problem, stops
    return problem, _needed(problem, solve(problem).stops, shared)


def without(problem: Problem, other: Problem, stops: Sequence[Stop]) -> Problem:
    """Take from the hours of those who do both what another plan of theirs takes.

    On a day of the one they do nothing of the other: a crew is not in two places.

    Parameters
    ----------
    stops
        What the other plan holds beside what stands in it.
    """
    used = problem.used.copy()
    off = set(problem.off)
    held = {*stops, *other.standing}
    for mine, theirs in _both(problem, other):
        for week in range(int(problem.week[-1]) + 1):
            inside = [one for one in held if one.team == theirs and problem.week[one.day] == week]
            used[mine, week] += int(other.used[theirs, week]) + passes_taken(other, inside)
            off |= {(mine, one.day) for one in inside}
    return replace(problem, used=used, off=frozenset(off))


def _needed(problem: Problem, stops: Sequence[Stop], shared: set[int]) -> tuple[Stop, ...]:
    """Leave out what those who do both would do without a promise asking for it, the latest first."""
    kept = list(stops)
    for stop in sorted(stops, key=lambda one: (one.day, one.slot), reverse=True):
        if stop.team in shared and stop not in problem.standing:
            fewer = [one for one in kept if one != stop]
            if lacking(problem, fewer) <= lacking(problem, kept):
                kept = fewer
    return tuple(kept)


def _both(problem: Problem, other: Problem) -> list[tuple[int, int]]:
    """Return the teams of both, as positions in each."""
    return [
        (mine, theirs)
        for mine, team in enumerate(problem.teams)
        for theirs, same in enumerate(other.teams)
        if team.name == same.name
    ]


def _every_day(problem: Problem, teams: set[int]) -> frozenset[tuple[int, int]]:
    return frozenset((team, day) for team in teams for day in range(len(problem.days)))
