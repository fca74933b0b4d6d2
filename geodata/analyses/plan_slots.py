"""From the stops of a solved plan to slots: clock times, where to stand, what car, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.planning import minutes_of
from geodata.analyses.planning_slots import stop_of
from geodata.analyses.stands import StandNames
from geodata.evidence.windows import SLOT_MINUTES
from geodata.periods import MINUTES_PER_DAY
from geodata.targeting.cars import deal_cars
from geodata.targeting.slot import Slot, SlotStatus
from geodata.targeting.working_day import PART_OF, local, working

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.analyses.plan_reasons import Reasons
    from geodata.analyses.planning import Planned
    from geodata.store.stop_points import StopPoint
    from geodata.targeting.problem import Stop
    from geodata.targeting.slot import Stand

STEP_MINUTES = 5
"""A visit starts so many minutes, or a multiple of them, into its half hour: not to be foreseen either."""


def with_cars(planned: Planned, stops: Sequence[Stop], *, seed: int) -> Planned:
    """Deal the cars of a solved plan: only then is it known which promises of a car it keeps."""
    dealt = deal_cars(
        planned.problem,
        stops,
        unmarked_share=planned.settings.unmarked_share,
        rng=np.random.default_rng(seed),
    )
    return replace(planned, problem=replace(planned.problem, dealt=dealt))


class SlotMaker:
    """Makes the slots of one plan, whose cars are dealt.

    Parameters
    ----------
    stops
        Where people said that one can stop.
    """

    def __init__(
        self,
        ground: Ground,
        planned: Planned,
        *,
        reasons: Reasons,
        seed: int,
        stops: Sequence[StopPoint],
    ) -> None:
        self._settings = planned.settings
        self._problem = planned.problem
        self._stands = planned.evidence.stands
        self._names = StandNames(ground, stops)
        self._named: dict[tuple[int, int], Stand | None] = {}
        self._reasons = reasons
        self._rng = np.random.default_rng(seed)
        self._slots = planned.slots

    def slots(self, stops: Sequence[Stop], *, moments: Mapping[Stop, str] | None) -> tuple[Slot, ...]:
        """Return the slots, those that stand in the register as they are.

        Parameters
        ----------
        moments
            The moment of each stop of a rotation; None for a plan that rests on evidence.
        """
        standing = {
            stop: slot
            for slot in self._slots
            if slot.status is SlotStatus.PLANNED
            and slot.locked
            and (stop := stop_of(self._problem, slot)) is not None
        }
        again = {
            stop: slot
            for slot in self._slots
            if slot.status is SlotStatus.PLANNED
            and not slot.locked
            and (stop := stop_of(self._problem, slot)) in self._problem.prefer
        }
        visited = self._visited(stops)
        made = []
        for stop in sorted(stops, key=lambda one: (one.day, one.slot, one.place)):
            if stop in standing:
                made.append(standing[stop])
                continue
            kind = self._problem.kinds[stop.team][stop.place]
            if kind is None:
                continue
            day, minute = local(self._problem.days[stop.day], stop.slot)
            settings = self._settings
            stays = minutes_of(settings, kind)
            room = (
                self._problem.length(stop.team, stop.place) * SLOT_MINUTES - stays - settings.travel_minutes
            )
            minute += STEP_MINUTES * int(self._rng.integers(max(room // STEP_MINUTES, 0) + 1))
            met = float(self._problem.met[stop.place, stop.day, stop.slot])
            before = [one for one in visited[stop.place] if one < self._problem.days[stop.day]]
            why = (
                self._reasons.of(stop, last_visit=max(before, default=None))
                if moments is None
                else self._reasons.of_turn(stop, moments.get(stop, ""))
            )
            if stop in again:
                harm = met if moments is None else None
                made.append(replace(again[stop], slot_id=None, plan_id=None, why=why, harm=harm, revision=0))
                continue
            made.append(
                Slot(
                    slot_id=None,
                    plan_id=None,
                    place_id=int(self._problem.place_ids[stop.place]),
                    day=day,
                    from_minute=minute,
                    to_minute=(minute + stays - 1) % MINUTES_PER_DAY + 1,
                    kind=kind,
                    car=self._problem.dealt[stop],
                    parties=self._problem.teams[stop.team].parties,
                    stand=self._stand(stop),
                    why=why,
                    harm=met if moments is None else None,
                    locked=False,
                    status=SlotStatus.PLANNED,
                )
            )
        return tuple(made)

    def _stand(self, stop: Stop) -> Stand | None:
        key = (stop.place, int(PART_OF[stop.slot]))
        if key not in self._named:
            self._named[key] = self._names.stand(float(self._stands.x[key]), float(self._stands.y[key]))
        return self._named[key]

    def _visited(self, stops: Sequence[Stop]) -> dict[int, list[date]]:
        """Return the days of visits to each place, done and planned."""
        found: dict[int, list[date]] = {place: [] for place in range(len(self._problem.place_ids))}
        at = {int(place_id): place for place, place_id in enumerate(self._problem.place_ids)}
        for stop in stops:
            found[stop.place].append(self._problem.days[stop.day])
        for slot in self._slots:
            if slot.status is SlotStatus.DONE and slot.place_id in at:
                found[at[slot.place_id]].append(working(slot.day, slot.from_minute)[0])
        return found
