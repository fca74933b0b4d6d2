"""Villages of a few places with harm made by hand, to plan for."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.targeting.effect import Effect, Visits
from geodata.targeting.problem import Problem
from geodata.targeting.supply import Team

MONDAY = date(2026, 11, 2)
CHECK, PRESENCE = ActivityKind.TRAFFIC_CHECK, ActivityKind.PRESENCE


def team(**values):
    usual = Team(
        name="Polisen",
        parties=frozenset({Party.POLICE}),
        kinds=frozenset({CHECK, PRESENCE}),
        cars=(CarType.MARKED, CarType.UNMARKED),
        passes_per_week=2,
        pass_slots=2,
        passes_per_day=1,
        weekdays=frozenset(range(7)),
        from_slot=0,
        to_slot=48,
    )
    return replace(usual, **values)


def village(harm, *, teams=None, kinds=None, fades=1.0, lingers=0.0, **values):
    """Make a problem of one-slot visits; `harm` has shape (places, days, 48)."""
    harm = np.asarray(harm, dtype=np.float64)
    places, days = harm.shape[:2]
    teams = teams or (team(),)
    usual = Problem(
        days=tuple(MONDAY + timedelta(days=number) for number in range(days)),
        harm=harm,
        place_ids=np.arange(places) + 1,
        area=np.zeros(places, dtype=np.int64),
        is_school=np.ones(places, dtype=bool),
        effect=Effect(lingers, np.full(places, fades)),
        teams=teams,
        kinds=kinds or tuple((PRESENCE,) * places for _ in teams),
        occupies=dict.fromkeys(ActivityKind, 1),
        bindings=(),
        most_per_week=28,
        least_per_school=0,
        lately=Visits(*np.zeros((3, 0), dtype=np.int64)),
        standing=(),
        opens=0,
        used=np.zeros((len(teams), days // 7 + 2), dtype=np.int64),
    )
    return replace(usual, **values)


def random_harm(places, days, *, seed=0):
    rng = np.random.default_rng(seed)
    harm = np.zeros((places, days, 48))
    harm[:, :, 4:8] = rng.gamma(1.0, 1.0, (places, 1, 1)) * rng.uniform(0.5, 1.5, (places, days, 4))
    harm[:, :, 30:36] = rng.gamma(1.0, 0.5, (places, 1, 1)) * rng.uniform(0.5, 1.5, (places, days, 6))
    return harm
