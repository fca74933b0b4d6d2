"""What is to be planned: places with their harm, who has time, what binds, and what stands already."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.effect import Visits, best_of, covered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from geodata.promises.activity import ActivityKind, CarType
    from geodata.targeting.binding import Binding
    from geodata.targeting.effect import Effect
    from geodata.targeting.supply import Team


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody at a place on a day.

    Attributes
    ----------
    team, place, day
        Positions; the team is -1 where nobody's hours are taken any more.
    slot
        Half hour of the working day in which it starts.
    """

    team: int
    place: int
    day: int
    slot: int


@dataclass(frozen=True, eq=False)
class Problem:
    """Everything that a plan is made from.

    Attributes
    ----------
    days
        Working days, one after another.
    harm
        Expected, shape ``(places, days, 48)``.
    place_ids
        In the register, shape ``(places,)``.
    area
        Places of one number are near enough for one pass, shape ``(places,)``.
    is_school
        Which places are school zones, shape ``(places,)``.
    kinds
        What each team does at each place; None where it does nothing there.
    occupies
        Half hours that each activity takes with the way to the next.
    most_per_week
        The most visits to a place in a week.
    least_per_school
        The least visits to each school over the plan, as far as the hours go.
    lately
        Visits before the first day.
    standing
        Stops that stay: locked ones take their team's hours, done ones none.
    opens
        Number of the first day on which anything new may be put.
    off
        Team and day on which it does something else.
    opens_slot
        Half hour of that day before which nothing new may be put.
    most_in_all
        The most visits to a place over the plan; None for no end.
    prefer
        Stops of an earlier plan that are kept where that costs little.
    dealt
        The cars of stops that have one: those that stand, and all once they are dealt.
    used
        Passes already spent, by team and week, shape ``(teams, weeks)``.
    """

    days: tuple[date, ...]
    harm: NDArray[np.float64]
    place_ids: NDArray[np.int64]
    area: NDArray[np.int64]
    is_school: NDArray[np.bool_]
    effect: Effect
    teams: tuple[Team, ...]
    kinds: tuple[tuple[ActivityKind | None, ...], ...]
    occupies: dict[ActivityKind, int]
    bindings: tuple[Binding, ...]
    most_per_week: int
    least_per_school: int
    lately: Visits
    standing: tuple[Stop, ...]
    opens: int
    used: NDArray[np.int64]
    prefer: frozenset[Stop] = frozenset()
    most_in_all: int | None = None
    dealt: Mapping[Stop, CarType] = field(default_factory=dict)
    opens_slot: int = 0
    off: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def met(self) -> NDArray[np.float64]:
        """What a visit meets, by place, day and start, shape ``(places, days, 48)``."""
        return self.effect.met(self.harm)

    @cached_property
    def best(self) -> NDArray[np.float64]:
        """What the best visit in each part of a day meets, shape ``(places, parts, days)``."""
        return best_of(self.met)

    @cached_property
    def week(self) -> NDArray[np.int64]:
        """Number of the week that each day lies in, from 0, shape ``(days,)``."""
        mondays = np.array([day.toordinal() - day.weekday() for day in self.days], dtype=np.int64)
        return np.asarray((mondays - mondays[0]) // 7)

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """Monday 0, shape ``(days,)``."""
        return np.array([day.weekday() for day in self.days], dtype=np.int64)

    @cached_property
    def passes(self) -> NDArray[np.int64]:
        """How many passes each team has left in each week, shape ``(teams, weeks)``.

        A week of which the plan holds a part has its part of them, rounded up.
        """
        weeks = int(self.week[-1]) + 1
        left = np.zeros((len(self.teams), weeks), dtype=np.int64)
        for number, team in enumerate(self.teams):
            works = np.isin(self.weekday, sorted(team.weekdays))
            for week in range(weeks):
                days = int((works & (self.week == week)).sum())
                part = -(-team.passes_per_week * days // max(len(team.weekdays), 1))
                left[number, week] = max(min(part, team.passes_per_week) - int(self.used[number, week]), 0)
        return left

    def works(self, number: int) -> NDArray[np.bool_]:
        """Say on which days a team may be given something new, shape ``(days,)``."""
        every = np.arange(len(self.days))
        weekdays = np.isin(self.weekday, sorted(self.teams[number].weekdays))
        off = [day for team, day in self.off if team == number]
        return np.asarray(weekdays & (every >= self.opens) & ~np.isin(every, off))

    def earliest(self, day: int) -> int:
        """Return the half hour of a day before which nothing new may be put."""
        return self.opens_slot if day == self.opens else 0

    def length(self, team: int, place: int) -> int:
        """Return how many half hours a stop takes."""
        kind = self.kinds[team][place]
        return 1 if kind is None else self.occupies[kind]

    def covers(self, stops: Sequence[Stop]) -> NDArray[np.float64]:
        """Return the harm that stops cover by place, with what stands and was done lately."""
        every = [*stops]
        visits = Visits(
            place=np.concatenate([self.lately.place, np.array([one.place for one in every], dtype=np.int64)]),
            day=np.concatenate([self.lately.day, np.array([one.day for one in every], dtype=np.int64)]),
            slot=np.concatenate([self.lately.slot, np.array([one.slot for one in every], dtype=np.int64)]),
        )
        return covered(self.effect, self.met, visits, best=self.best)

    def fits(self, binding: Binding, stop: Stop) -> bool:
        """Say whether a stop is one of those that a promise asks for, in its own car where it has one.

        What may become part of a locked pass is driven in that pass's car.
        """
        if stop.team < 0:
            return False
        if binding.cars and not self._cars(stop) <= binding.cars:
            return False
        return (
            self.fits_place(binding, stop.place)
            and self.fits_team(binding, stop.team, stop.place)
            and self.fits_time(binding, stop.day, stop.slot)
        )

    def _cars(self, stop: Stop) -> set[CarType]:
        """Return the cars that a stop is bound to: its own, or those of the locked passes it may join."""
        own = self.dealt.get(stop)
        if own is not None or stop in self.standing:
            return set() if own is None else {own}
        ends = stop.slot + self.length(stop.team, stop.place)
        long = self.teams[stop.team].pass_slots
        return {
            car
            for one, over, car in self._locked.get((stop.team, stop.day, int(self.area[stop.place])), ())
            if max(ends, over) - min(stop.slot, one.slot) <= long
        }

    @cached_property
    def _locked(self) -> dict[tuple[int, int, int], list[tuple[Stop, int, CarType]]]:
        """Locked stops with the half hour after them and their car, by team, day and area."""
        found: dict[tuple[int, int, int], list[tuple[Stop, int, CarType]]] = {}
        for one in self.standing:
            car = self.dealt.get(one)
            if one.team >= 0 and car is not None:
                key = (one.team, one.day, int(self.area[one.place]))
                found.setdefault(key, []).append((one, one.slot + self.length(one.team, one.place), car))
        return found

    def fits_place(self, binding: Binding, place: int) -> bool:
        """Say whether a promise is about a place."""
        return binding.place_ids is None or int(self.place_ids[place]) in binding.place_ids

    def fits_team(self, binding: Binding, team: int, place: int) -> bool:
        """Say whether what a team does at a place is what was promised."""
        kind = self.kinds[team][place]
        return (
            kind is not None
            and (not binding.kinds or kind in binding.kinds)
            and binding.parties <= self.teams[team].parties
            and (not binding.joint or self.teams[team].is_joint)
            and (not binding.cars or not binding.cars.isdisjoint(self.teams[team].cars))
        )

    def fits_time(self, binding: Binding, day: int, slot: int) -> bool:
        """Say whether a promise holds on a day at a time."""
        on = self.days[day]
        return (
            on.weekday() in binding.weekdays
            and (binding.first is None or on >= binding.first)
            and (binding.last is None or on <= binding.last)
            and any(begin <= slot < end for begin, end in binding.spans)
        )
