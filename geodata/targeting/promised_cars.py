"""Which car a pass is driven in where promises ask for one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geodata.targeting.owed import owed_by_week, shortfall

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.promises.activity import CarType
    from geodata.targeting.binding import Binding
    from geodata.targeting.problem import Problem, Stop


@dataclass(slots=True)
class _Want:
    """A promise that asks for a car, and the stops that answer it so far."""

    problem: Problem
    binding: Binding
    owed: dict[int, int]
    stops: list[Stop] = field(default_factory=list)

    def answers(self, group: Sequence[Stop], car: CarType) -> list[Stop]:
        if car not in self.binding.cars:
            return []
        return [one for one in group if self.problem.fits(self.binding, one)]

    def gain(self, group: Sequence[Stop], car: CarType) -> int:
        """Return how many fewer it would lack, were a pass driven in a car."""
        more = self.answers(group, car)
        return self._lacks(self.stops) - self._lacks([*self.stops, *more]) if more else 0

    def _lacks(self, stops: Sequence[Stop]) -> int:
        return shortfall(self.problem, self.binding, self.owed, stops)


def promised_cars(
    problem: Problem, groups: Mapping[int, Sequence[Stop]], *, given: Mapping[Stop, CarType]
) -> dict[int, CarType]:
    """Choose the car of passes that answer promises with it, as long as one lacks something.

    Passes for which another car would answer the least come first: what fits two promises in two cars waits,
    until what fits one of them alone has been dealt.

    Parameters
    ----------
    groups
        The stops of each pass without a car, in the order in which ties are dealt.
    given
        Stops that have their car.
    """
    # Which car a pass gets is what is chosen here: no stop is bound to one yet.
    free = replace(problem, dealt={})
    wants = [
        _Want(free, one, owed_by_week(problem, one) if one.per_week else {})
        for one in problem.bindings
        if one.cars
    ]
    for want in wants:
        for stop, car in given.items():
            want.stops += want.answers([stop], car)
    chosen: dict[int, CarType] = {}
    left = dict(groups) if wants else {}
    while left:
        best, at = (0, 0), -1
        dealt: CarType | None = None
        for number, group in left.items():
            gains = {
                one: sum(want.gain(group, one) for want in wants) for one in problem.teams[group[0].team].cars
            }
            first = max(gains, key=gains.__getitem__)
            other = max((gain for one, gain in gains.items() if one is not first), default=0)
            if gains[first] > 0 and (at < 0 or (gains[first] - other, gains[first]) > best):
                best, at, dealt = (gains[first] - other, gains[first]), number, first
        if dealt is None:
            break
        for want in wants:
            want.stops += want.answers(left[at], dealt)
        chosen[at] = dealt
        del left[at]
    return chosen
