"""The plan of the coming weeks: made from the evidence or as a rotation, kept, shown, and made anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.place_evidence import events_at_places
from geodata.analyses.plan_bindings import bindings_of, police_alone
from geodata.analyses.plan_days import check_year
from geodata.analyses.plan_measures import measure, without
from geodata.analyses.plan_reasons import Reasons
from geodata.analyses.plan_slots import SlotMaker, with_cars
from geodata.analyses.plan_turns import turns_of
from geodata.analyses.planning import (
    Asked,
    fare_of_unmeasured,
    planning_problem,
    settings_of,
    teams_of,
)
from geodata.analyses.windows import place_windows
from geodata.errors import ParameterError
from geodata.school_year import SchoolYear
from geodata.selection import Selection
from geodata.targeting.effect import LASTS_DAYS
from geodata.targeting.greedy import greedy
from geodata.targeting.owed import fare
from geodata.targeting.passes import working_day
from geodata.targeting.plan import Plan, PlanBasis, PlanFigures
from geodata.targeting.problem import Stop
from geodata.targeting.randomise import draw
from geodata.targeting.rotation import rotate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.analyses.planning import Planned
    from geodata.analyses.windows import PlaceWindows
    from geodata.privacy import Audience
    from geodata.store.register import Register
    from geodata.targeting.binding import Kept
    from geodata.targeting.problem import Problem
    from geodata.targeting.slot import Slot

DRAWS = 4000
RANGE = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What is asked for.

    Attributes
    ----------
    first, last
        Working days, both included; without `last` as many weeks as ``[plan]`` says.
    seed
        Of what is drawn: the same over the same evidence and slots gives the same plan.
    by
        Who asks.
    opens
        When a plan is made anew: the first day on which anything may change. What is planned there and
        not locked is kept where that costs little.
    from_slot
        Half hour of the first open working day before which nothing new may be put: it is over.
    """

    first: date
    seed: int
    by: str
    last: date | None = None
    opens: date | None = None
    from_slot: int = 0


@dataclass(frozen=True, slots=True)
class MadePlan:
    """A plan that nobody has kept yet.

    Attributes
    ----------
    plan
        Its days, basis and figures.
    slots
        New ones, and those of the register that stay.
    seen
        Those of the register over its days, from which it was made.
    promises
        How each that binds it fares.
    warnings
        Codes of ``geodata.codes``.
    """

    plan: Plan
    slots: tuple[Slot, ...]
    seen: tuple[Slot, ...]
    promises: tuple[Kept, ...]
    warnings: tuple[str, ...]


def make_plan(ground: Ground, register: Register, audience: Audience, asked: PlanRequest) -> MadePlan:
    """Make a plan; nothing is kept.

    Raises
    ------
    AccessError
        ``plan_police_alone``: what the police are about to do is theirs until it is done.
    ParameterError
        ``plan_no_hours``, ``plan_no_places``, ``plan_day_far``.
    """
    police_alone(audience)
    settings = settings_of(ground)
    first, seed = asked.first, asked.seed
    check_year(first)
    last = asked.last or first + timedelta(days=7 * settings.weeks - 1)
    if not ground.places:
        raise ParameterError("plan_no_places", "There is no place in use to plan for; import or draw one.")
    slots = register.plans.slots(first=first - timedelta(days=LASTS_DAYS), last=last + timedelta(days=1))
    bindings = bindings_of(ground, register, audience, slots, days=(first, last), opens=asked.opens)
    entries = register.log.entries()
    wants = Asked((first, last), bindings, slots, entries, asked.opens, opens_slot=asked.from_slot)
    planned = planning_problem(ground, audience, wants)
    measured, there = None, tuple[Stop, ...]()
    if teams_of(settings, measures=True):
        measuring = planning_problem(ground, audience, replace(wants, measures=True))
        problem, there = measure(measuring.problem, planned.problem)
        measured = replace(measuring, problem=problem)
        planned = replace(planned, problem=without(planned.problem, measuring.problem, there))
    selection = Selection(audience)
    windows = place_windows(ground, selection, events_at_places(ground, selection))
    warnings = _warnings(ground, planned.problem)
    if bears(windows, len(ground.places)):
        basis, stops, figures = _from_evidence(planned, seed, settings.within)
        moments: dict[Stop, str] = {}
    else:
        basis, figures = PlanBasis.ROTATION, None
        turns, assumed = turns_of(ground)
        year = SchoolYear.of(ground.project)
        moments = rotate(
            planned.problem,
            turns,
            is_school_day=[year.is_school_day(day) for day in planned.problem.days],
            rng=np.random.default_rng(seed),
        )
        stops = tuple(moments)
        warnings += ("bells_assumed",) if assumed else ()
    planned = with_cars(planned, stops, seed=seed)
    promises = fare(planned.problem, stops, alone=greedy)
    by_turns = moments if basis is PlanBasis.ROTATION else None
    made = _slots(ground, register, planned, windows, seed).slots(stops, moments=by_turns)
    if measured is not None:
        measured = with_cars(measured, there, seed=seed)
        promises += fare(measured.problem, there, alone=greedy)
        made += _slots(ground, register, measured, windows, seed).slots(there, moments=None)
    else:  # nobody measures: what is promised of it is told as lacking, and why
        promises += fare_of_unmeasured(planned.problem, bindings)
    return MadePlan(
        plan=Plan(None, first, last, basis, seed, figures, asked.by, datetime.now(UTC)),
        slots=made,
        seen=tuple(one for one in slots if first <= working_day(one) <= last),
        promises=promises,
        warnings=warnings,
    )


def _slots(
    ground: Ground, register: Register, planned: Planned, windows: PlaceWindows, seed: int
) -> SlotMaker:
    return SlotMaker(
        ground,
        planned,
        reasons=Reasons(planned.problem, windows),
        seed=seed,
        stops=register.stops.all(),
    )


def keep_plan(register: Register, made: MadePlan, *, opens: date | None = None, from_slot: int = 0) -> int:
    """Keep a plan; return its number. What begins before half hour `from_slot` of its first day stays.

    Raises
    ------
    ParameterError
        ``plan_changed`` when a slot was changed since it was made.
    """
    return register.plans.keep(made.plan, made.slots, seen=made.seen, opens=opens, from_slot=from_slot)


def replan(
    ground: Ground,
    register: Register,
    audience: Audience,
    *,
    opens: date,
    seed: int,
    by: str,
) -> MadePlan:
    """Make the newest plan anew from a day on: what is locked, done or past stays.

    Raises
    ------
    AccessError
        ``plan_police_alone``.
    ParameterError
        ``plan_over`` when it has no day left, or there is none; as `make_plan`.
    """
    police_alone(audience)
    plan = register.plans.newest()
    if plan is None or opens > plan.last:
        raise ParameterError("plan_over", "There is no plan with days left; make a new one.")
    asked = PlanRequest(plan.first, seed, by, plan.last, max(opens, plan.first))
    return make_plan(ground, register, audience, asked)


def bears(windows: PlaceWindows, places: int) -> bool:
    """Say whether the evidence bears a plan of its own: some place has a window that stands out.

    The harm that a plan covers is fitted to recorded times, so a window that answers alone choose is no such.
    """
    return any(not one.from_said for row in range(places) for one in windows.at(row, most=1))


def _from_evidence(
    planned: Planned, seed: int, within: float
) -> tuple[PlanBasis, tuple[Stop, ...], PlanFigures]:
    problem = planned.problem
    drawn = draw(problem, seed=seed, share=within)
    low, high = _range(drawn.solution.covered, planned.evidence.harm.shape, seed)
    figures = PlanFigures(
        covered=drawn.solution.total,
        low=low,
        high=high,
        bound=drawn.solution.bound,
        greedy=drawn.greedy,
        random=drawn.random,
        whole=_workable(problem),
    )
    return PlanBasis.EVIDENCE, drawn.solution.stops, figures


def _range(covered: NDArray[np.float64], shape: NDArray[np.float64], seed: int) -> tuple[float, float]:
    """Return the 90 % range of what is covered: each place's level is as sure as its records make it."""
    rng = np.random.default_rng(seed)
    levels = rng.gamma(shape, 1 / shape, (DRAWS, len(shape)))
    low, high = np.percentile(levels @ covered, RANGE)
    return float(low), float(high)


def _workable(problem: Problem) -> float:
    """Return the harm at places in the half hours that anybody works."""
    open_ = np.zeros((len(problem.days), problem.harm.shape[2]), dtype=bool)
    for team in problem.teams:
        on = np.isin(problem.weekday, sorted(team.weekdays))
        open_[on, team.from_slot : team.to_slot] = True
    return float(problem.harm[:, open_].sum())


def _warnings(ground: Ground, problem: Problem) -> tuple[str, ...]:
    last = problem.days[-1]
    ends = SchoolYear.of(ground.project).ends(last)
    said = {
        "plan_terms_end": ends is not None,
        "plan_terms_assumed": not ground.project.calendar.terms,
        "plan_hours_left": bool((problem.passes.sum(axis=1) == 0).any()),
    }
    return tuple(code for code, holds in said.items() if holds)
