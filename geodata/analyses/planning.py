"""What is to be planned, put together: harm, hours, promises, and the slots that stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.analyses.expected_harm import TRAFFIC, expected_harm, marks
from geodata.analyses.plan_kinds import is_about, kinds_of
from geodata.analyses.planning_slots import standing, with_log
from geodata.errors import ProjectError
from geodata.evidence.windows import SLOT_MINUTES
from geodata.plan_settings import WEEKDAYS, since_five
from geodata.project import read_project
from geodata.promises.activity import ActivityKind
from geodata.schema import PlaceKind
from geodata.targeting.effect import Effect, Visits
from geodata.targeting.greedy import greedy
from geodata.targeting.owed import fare
from geodata.targeting.problem import Problem
from geodata.targeting.supply import Team, check_supply
from geodata.targeting.travel import areas
from geodata.targeting.working_day import working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.analyses.expected_harm import ExpectedHarm
    from geodata.analyses.ground import Ground
    from geodata.plan_settings import Planning, Supply
    from geodata.privacy import Audience
    from geodata.promises.log_entry import LogEntry
    from geodata.targeting.binding import Binding, Kept
    from geodata.targeting.slot import Slot

TELLS_DAYS = 1000.0
"""What is measured tells of its place for longer than a plan lasts."""

HALF_HOUR = float(SLOT_MINUTES)


@dataclass(frozen=True, eq=False)
class Planned:
    """A problem, and the evidence, the settings and the slots that it was put together from."""

    problem: Problem
    evidence: ExpectedHarm
    settings: Planning
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a problem is put together for.

    Attributes
    ----------
    days
        First and last working day.
    bindings
        What binds it.
    slots
        In the register, from ten days before the first day on.
    entries
        Of the log; those that answer no slot count as visits too.
    opens
        The first day on which anything new may be put; None for the first day.
    measures
        Whether measurements and reviews are planned, in place of what meets harm.
    opens_slot
        Half hour of the first day that is open before which nothing new may be put.
    """

    days: tuple[date, date]
    bindings: tuple[Binding, ...] = ()
    slots: tuple[Slot, ...] = ()
    entries: tuple[LogEntry, ...] = ()
    opens: date | None = None
    measures: bool = False
    opens_slot: int = 0


def planning_problem(ground: Ground, audience: Audience, asked: Asked) -> Planned:
    """Put together what a plan is made from.

    Measurements are planned like the rest, but one tells of its place for longer than the plan lasts: so each
    goes to another place, where the most is expected first, at the hours when it happens.

    Raises
    ------
    ParameterError
        ``plan_no_hours``.
    """
    settings = settings_of(ground)
    first, last = asked.days
    teams = teams_of(settings, measures=asked.measures)
    check_supply(teams)
    evidence = expected_harm(ground, audience, reach_m=settings.reach_m)
    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    traffic = np.array([place.kind in TRAFFIC for place in ground.places], dtype=bool)
    middles = shapely.centroid(np.array([place.geometry for place in ground.places], dtype=object))
    fades = np.where(traffic, settings.fades_days_traffic, settings.fades_days_presence)
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
        effect=Effect(settings.lingers, np.full(len(fades), TELLS_DAYS) if asked.measures else fades),
        teams=teams,
        kinds=tuple(
            tuple(
                _kind_at(team.kinds & kinds_of(measures=asked.measures), is_traffic=bool(one))
                for one in traffic
            )
            for team in teams
        ),
        occupies=_occupies(settings),
        bindings=tuple(one for one in asked.bindings if is_about(one, measures=asked.measures)),
        most_per_week=1 if asked.measures else settings.most_per_place_week,
        least_per_school=0 if asked.measures else settings.least_per_school,
        lately=Visits(*np.zeros((3, 0), dtype=np.int64)),
        standing=(),
        most_in_all=1 if asked.measures else None,
        opens=max(((asked.opens or first) - first).days, 0),
        opens_slot=asked.opens_slot,
        used=np.zeros((len(teams), len(days) // 7 + 2), dtype=np.int64),
    )
    zone = ground.project.zone
    done = [
        (entry.place_id, *working(start.date(), 60 * start.hour + start.minute))
        for entry in asked.entries
        if entry.slot_id is None and entry.kind in kinds_of(measures=asked.measures)
        for start in (entry.started_at.astimezone(zone),)
    ]
    laid = standing(problem, asked.slots, measures=asked.measures, anew=asked.opens is not None)
    return Planned(with_log(laid, done), evidence, settings, asked.slots)


def teams_of(settings: Planning, *, measures: bool) -> tuple[Team, ...]:
    """Return those who meet harm, or those with a pass to give who measure and review; some do both."""
    kinds = kinds_of(measures=measures)
    found = (team_of(one) for one in settings.supply if not kinds.isdisjoint(one.kinds))
    return tuple(one for one in found if not measures or one.passes_per_week)


def fare_of_unmeasured(problem: Problem, bindings: Sequence[Binding]) -> tuple[Kept, ...]:
    """Say of what is promised of measurements, where nobody has hours for them, that it lacks and why.

    Parameters
    ----------
    problem
        Of what meets harm, whose teams do none of it.
    """
    wanted = tuple(one for one in bindings if is_about(one, measures=True))
    return fare(replace(problem, bindings=wanted), (), alone=greedy)


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


def _kind_at(kinds: frozenset[ActivityKind], *, is_traffic: bool) -> ActivityKind | None:
    """Return what is done at a place of all that a team does: checks where the harm is in traffic."""
    order = (
        (
            ActivityKind.TRAFFIC_CHECK,
            ActivityKind.TARGETED_OPERATION,
            ActivityKind.PRESENCE,
            ActivityKind.SPEED_MEASUREMENT,
            ActivityKind.ENVIRONMENT_REVIEW,
        )
        if is_traffic
        else (
            ActivityKind.PRESENCE,
            ActivityKind.PREMISES_INSPECTION,
            ActivityKind.TARGETED_OPERATION,
            ActivityKind.SAFETY_WALK,
        )
    )
    return next((kind for kind in order if kind in kinds), None)
