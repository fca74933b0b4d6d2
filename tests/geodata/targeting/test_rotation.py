"""The rotation is fair over places and moments, goes on where it stopped, and heeds promises and school days."""

from collections import Counter
from dataclasses import replace

import numpy as np
from village import team, village

from geodata.targeting.binding import Binding
from geodata.targeting.effect import Visits
from geodata.targeting.rotation import Turn, rotate
from geodata.targeting.travel import areas

TURNS = tuple(
    Turn(place, moment, slot, school_days=True)
    for place in range(3)
    for moment, slot in (("start", 6), ("lunch", 12), ("end", 19))
)


def turned(problem, *, school=None, seed=1):
    school = [day.weekday() < 5 for day in problem.days] if school is None else school
    return rotate(problem, TURNS, is_school_day=school, rng=np.random.default_rng(seed))


def nothing(days=28):
    return village(np.zeros((3, days, 48)), teams=(team(passes_per_week=3, pass_slots=2),))


def test_every_school_and_moment_has_its_turn():
    stops = turned(nothing())
    taken = Counter((stop.place, moment) for stop, moment in stops.items())
    assert len(taken) == 9
    assert max(taken.values()) - min(taken.values()) <= 2
    assert all(stop.day % 7 < 5 for stop in stops)


def test_it_goes_on_where_it_stopped():
    lately = Visits(np.array([0, 0, 1, 1]), np.array([-3, -2, -3, -2]), np.array([6, 12, 6, 12]))
    problem = replace(nothing(days=7), teams=(team(passes_per_week=1, pass_slots=1),), lately=lately)
    (stop,) = turned(problem)
    assert stop.place == 2 or stop.slot > 15


def test_free_days_have_no_turns():
    assert turned(nothing(days=7), school=[False] * 7) == {}


def test_a_promised_place_comes_first():
    asked = Binding(code="a", name="A", per_week=1, place_ids=frozenset({3}))
    problem = replace(nothing(), bindings=(asked,), teams=(team(passes_per_week=1, pass_slots=1),))
    assert {stop.place for stop in turned(problem)} == {2}


def test_another_seed_gives_another_order():
    assert turned(nothing(), seed=1) != turned(nothing(), seed=2)
    assert turned(nothing(), seed=1) == turned(nothing(), seed=1)


def test_areas_hold_what_one_can_drive_between_two_visits():
    x = np.array([0.0, 2000.0, 30_000.0])
    found = areas(x, np.zeros(3), minutes=15, kmh=40)
    assert found[0] == found[1] != found[2]
    assert areas(x[:1], np.zeros(1), minutes=15, kmh=40).tolist() == [0]
