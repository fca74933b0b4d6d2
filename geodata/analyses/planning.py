"""What is to be planned, put together: harm, hours, promises, and the slots that stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.analyses.expected_harm import TRAFFIC, expected_harm, marks
from geodata.errors import ProjectError
from geodata.evidence.windows import SLOT_MINUTES
from geodata.plan_settings import WEEKDAYS, since_five
from geodata.project import read_project
from geodata.promises.activity import ActivityKind
from geodata.schema import PlaceKind
from geodata.targeting.effect import LASTS_DAYS, Effect, Visits
from geodata.targeting.problem import Problem, Stop
from geodata.targeting.slot import SlotStatus
from geodata.targeting.supply import Team, check_supply
from geodata.targeting.travel import areas
from geodata.targeting.working_day import working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.analyses.expected_harm import ExpectedHarm
    from geodata.analyses.ground import Ground
    from geodata.plan_settings import Planning, Supply
    from geodata.privacy import Audience
    from geodata.targeting.binding import Binding
    from geodata.targeting.slot import Slot

MEETS_HARM = (
    ActivityKind.TRAFFIC_CHECK,
    ActivityKind.PRESENCE,
    ActivityKind.TARGETED_OPERATION,
    ActivityKind.PREMISES_INSPECTION,
)
"""What is done because of what happens then and there; the rest is planned by turns."""

HALF_HOUR = float(SLOT_MINUTES)


@dataclass(frozen=True, eq=False)
class Planned:
    """A problem, the evidence that it rests on, and the settings that it was put together by."""

    problem: Problem
    evidence: ExpectedHarm
    settings: Planning


def planning_problem(
    ground: Ground,
    audience: Audience,
    *,
    first: date,
    last: date,
    bindings: Sequence[Binding] = (),
    slots: Sequence[Slot] = (),
    opens: date | None = None,
) -> Planned:
    """Put together what a plan is made from.

    Parameters
    ----------
    first, last
        Working days, both included.
    slots
        In the register, from ten days before the first day on.
    opens
        The first day on which anything new may be put; None for the first day.

    Raises
    ------
    ParameterError
        ``plan_no_hours``.
    """
    settings = settings_of(ground)
    teams = tuple(team_of(one) for one in settings.supply if set(one.kinds) & set(MEETS_HARM))
    check_supply(teams)
    evidence = expected_harm(ground, audience, reach_m=settings.reach_m)
    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    opened = max(((opens or first) - first).days, 0)
    traffic = np.array([place.kind in TRAFFIC for place in ground.places], dtype=bool)
    middles = shapely.centroid(np.array([place.geometry for place in ground.places], dtype=object))
    problem = Problem(
        days=days,
        harm=evidence.harm.on(marks(ground.project, days)),
        place_ids=np.array([place.place_id for place in ground.places], dtype=np.int64),
        area=areas(
            shapely.get_x(middles),
            shapely.get_y(middles),
            minutes=HALF_HOUR - settings.presence_minutes,
            kmh=settings.travel_kmh,
        ),
        is_school=np.array([place.kind is PlaceKind.SCHOOL_ZONE for place in ground.places], dtype=bool),
        effect=Effect(
            settings.lingers, np.where(traffic, settings.fades_days_traffic, settings.fades_days_presence)
        ),
        teams=teams,
        kinds=tuple(tuple(_kind_at(team, is_traffic=bool(one)) for one in traffic) for team in teams),
        occupies=_occupies(settings),
        bindings=tuple(bindings),
        most_per_week=settings.most_per_place_week,
        least_per_school=settings.least_per_school,
        lately=Visits(*np.zeros((3, 0), dtype=np.int64)),
        standing=(),
        opens=opened,
        used=np.zeros((len(teams), len(days) // 7 + 2), dtype=np.int64),
    )
    return Planned(standing(problem, slots, anew=opens is not None), evidence, settings)


def standing(problem: Problem, slots: Sequence[Slot], *, anew: bool) -> Problem:
    """Lay the slots of the register into a problem: what was done lately, what stays, what is spent.

    Parameters
    ----------
    anew
        Whether the plan is made anew, so that what is planned and not locked is preferred.
    """
    place_at = {int(place_id): at for at, place_id in enumerate(problem.place_ids)}
    late: list[tuple[int, int, int]] = []
    stays: list[Stop] = []
    loose: set[Stop] = set()
    spent: set[tuple[int, int, int]] = set()
    for slot in slots:
        day, half_hour = working(slot.day, slot.from_minute)
        number = (day - problem.days[0]).days
        place = place_at.get(slot.place_id, -1)
        if place < 0 or slot.kind not in MEETS_HARM or not -LASTS_DAYS < number < len(problem.days):
            continue
        stop = Stop(_team_at(problem, slot, place), place, number, half_hour)
        if number < 0:
            late += [(place, number, half_hour)] * (slot.status is SlotStatus.DONE)
        elif slot.status is SlotStatus.PLANNED and number >= problem.opens:
            if stop.team >= 0 and slot.locked:
                stays.append(stop)
            elif stop.team >= 0 and anew:
                loose.add(stop)
        else:
            stays += [replace(stop, team=-1)] * (slot.status is not SlotStatus.MISSED)
            if stop.team >= 0:
                spent.add((stop.team, number, half_hour // problem.teams[stop.team].pass_slots))
    used = problem.used.copy()
    for team, number, _ in spent:
        used[team, problem.week[number]] += 1
    return replace(
        problem,
        lately=Visits(*np.array(late, dtype=np.int64).reshape(-1, 3).T),
        standing=tuple(stays),
        prefer=frozenset(loose),
        used=used,
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


def settings_of(ground: Ground) -> Planning:
    """Return ``[plan]`` as it stands in the project file now: hours change from week to week.

    Without a project file, as it was at the import.

    Raises
    ------
    ProjectError
        Where there is one that can't be used.
    """
    try:
        return read_project(ground.workspace).plan
    except ProjectError as error:
        if error.code != "project_missing":
            raise
        return ground.project.plan


def team_of(supply: Supply) -> Team:
    """Read somebody's hours as half hours of the working day."""
    first, last = (since_five(one) for one in supply.between)
    return Team(
        name=supply.name,
        parties=frozenset(supply.parties),
        kinds=frozenset(supply.kinds),
        cars=supply.cars,
        passes_per_week=supply.passes,
        pass_slots=supply.pass_minutes // SLOT_MINUTES,
        passes_per_day=supply.passes_per_day,
        weekdays=frozenset(WEEKDAYS.index(one) for one in supply.weekdays),
        from_slot=first // SLOT_MINUTES,
        to_slot=(last or 24 * 60) // SLOT_MINUTES,
        at_once=supply.at_once,
    )


def minutes_of(settings: Planning, kind: ActivityKind) -> int:
    """Return how long an activity stays on the spot."""
    return {
        ActivityKind.PRESENCE: settings.presence_minutes,
        ActivityKind.TRAFFIC_CHECK: settings.check_minutes,
    }.get(kind, settings.operation_minutes)


def _occupies(settings: Planning) -> dict[ActivityKind, int]:
    return {
        kind: -(-(minutes_of(settings, kind) + settings.travel_minutes) // SLOT_MINUTES)
        for kind in ActivityKind
    }


def _kind_at(team: Team, *, is_traffic: bool) -> ActivityKind | None:
    """Return what a team does at a place: checks where the harm is in traffic, else presence."""
    order = (
        (ActivityKind.TRAFFIC_CHECK, ActivityKind.TARGETED_OPERATION, ActivityKind.PRESENCE)
        if is_traffic
        else (ActivityKind.PRESENCE, ActivityKind.PREMISES_INSPECTION, ActivityKind.TARGETED_OPERATION)
    )
    return next((kind for kind in order if kind in team.kinds), None)


def _team_at(problem: Problem, slot: Slot, place: int) -> int:
    """Return whose slot it is: a team with its parties that does this there; -1 for nobody's."""
    for number, team in enumerate(problem.teams):
        if team.parties == slot.parties and problem.kinds[number][place] is slot.kind:
            return number
    return -1
