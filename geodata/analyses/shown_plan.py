"""The newest plan as it stands, and how the promises that bind it fare by that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geodata.analyses.plan_bindings import bindings_of, police_alone
from geodata.analyses.plan_days import records_until
from geodata.analyses.planning import Asked, fare_of_unmeasured, planning_problem, settings_of, teams_of
from geodata.analyses.planning_slots import stop_of
from geodata.targeting.greedy import greedy
from geodata.targeting.owed import fare
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience
    from geodata.promises.activity import CarType
    from geodata.store.register import Register
    from geodata.targeting.binding import Kept
    from geodata.targeting.plan import Plan
    from geodata.targeting.problem import Problem, Stop
    from geodata.targeting.slot import Slot


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """The newest plan as it stands.

    Attributes
    ----------
    plan
        None where there is none; it was made at a local time.
    slots
        By day and time.
    promises
        How each that binds it fares by what stands now.
    place_names
        Of every place with a slot, by id.
    hours
        Whether anybody has hours now: without them nothing can be planned, nor said of promises.
    records_until
        The last day that the records cover; None where there are none.
    """

    plan: Plan | None
    slots: tuple[Slot, ...]
    promises: tuple[Kept, ...]
    place_names: dict[int, str]
    hours: bool = True
    records_until: date | None = None


def show_plan(
    ground: Ground,
    register: Register,
    audience: Audience,
) -> ShownPlan:
    """Return the newest plan with its slots, and what each promise still lacks.

    Raises
    ------
    AccessError
        ``plan_police_alone``.
    """
    police_alone(audience)
    plan = register.plans.newest()
    if plan is None:
        return ShownPlan(None, (), (), {})
    plan = replace(plan, made_at=plan.made_at.astimezone(ground.project.zone))
    slots = register.plans.slots(first=plan.first, last=plan.last + timedelta(days=1))
    names = {place.place_id: place.name for place in register.places()}
    promises: tuple[Kept, ...] = ()
    wanted = bindings_of(ground, register, audience, slots, days=(plan.first, plan.last))
    hours = any(one.passes for one in settings_of(ground).supply)
    if wanted and ground.places and hours:
        asked = Asked((plan.first, plan.last), wanted)
        for measures in (False, True):
            if teams_of(settings_of(ground), measures=measures):
                problem = planning_problem(ground, audience, replace(asked, measures=measures)).problem
                stops = _standing_stops(problem, slots)
                promises += fare(replace(problem, dealt=stops), tuple(stops), alone=greedy)
            elif measures:
                problem = planning_problem(ground, audience, asked).problem
                promises += fare_of_unmeasured(problem, wanted)
    used = Counter(one.place_id for one in slots)
    seen = {key: names[key] for key in used if key in names}
    return ShownPlan(plan, slots, promises, seen, hours=hours, records_until=records_until(ground))


def _standing_stops(problem: Problem, slots: Sequence[Slot]) -> dict[Stop, CarType]:
    """Return the slots that are still to be done as stops with their cars, whatever their team has left."""
    found = ((stop_of(problem, slot), slot.car) for slot in slots if slot.status is SlotStatus.PLANNED)
    return {stop: car for stop, car in found if stop is not None}
