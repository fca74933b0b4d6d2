"""How many passes stops take: what is locked or done is counted as it is driven, not by the clock's grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.targeting.problem import Problem, Stop


def passes_taken(problem: Problem, stops: Iterable[Stop]) -> int:
    """Return how many passes stops of one team take, each pass of one day and area and with one crew.

    A stop joins the first pass that has not ended and is not busy; else a new pass begins with it. A pass may
    begin on any half hour, so two stops an hour apart are of one pass whatever their clocks say.

    Parameters
    ----------
    stops
        Of one team; those of others are not to be among them.
    """
    driven: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for stop in sorted(set(stops), key=lambda one: (one.day, one.slot, one.place)):
        out = driven.setdefault((stop.day, int(problem.area[stop.place])), [])
        ends = stop.slot + problem.length(stop.team, stop.place)
        able = [at for at, (over, free) in enumerate(out) if ends <= over and free <= stop.slot]
        if able:
            out[able[0]] = (out[able[0]][0], ends)
        else:
            out.append((stop.slot + problem.teams[stop.team].pass_slots, ends))
    return sum(len(one) for one in driven.values())
