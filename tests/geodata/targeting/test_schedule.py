"""The programme finds what trying everything finds, keeps to the hours, and proves how good it is."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from village import CHECK, PRESENCE, random_harm, team, village

from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.targeting.again import AGAIN_SLOTS
from geodata.targeting.binding import Binding, Hindrance
from geodata.targeting.cars import deal_cars
from geodata.targeting.effect import Visits
from geodata.targeting.greedy import greedy
from geodata.targeting.owed import fare, lacking, owed_by_week
from geodata.targeting.problem import Stop
from geodata.targeting.random_plan import random_plan
from geodata.targeting.randomise import SHARE, draw
from geodata.targeting.schedule import Schedule, Solution, solve
from geodata.targeting.working_day import PART_OF

BOTH = frozenset({Party.POLICE, Party.MUNICIPALITY})


def test_it_finds_what_trying_everything_finds():
    """Two places, five days, three passes of one visit: every choice of three is tried."""
    rng = np.random.default_rng(4)
    harm = np.zeros((2, 5, 48))
    harm[:, :, 6] = rng.gamma(1.0, 1.0, (2, 5))
    problem = village(harm, teams=(team(passes_per_week=3, pass_slots=1),), fades=2.0)
    every = [Stop(0, place, day, 6) for place in range(2) for day in range(5)]
    best = max(
        problem.covers(chosen).sum()
        for chosen in combinations(every, 3)
        if len({one.day for one in chosen}) == 3
    )
    found = solve(problem)
    assert found.total == pytest.approx(best)
    assert found.bound >= best - 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_the_plan_keeps_to_the_hours_and_lies_under_its_bound(seed):
    problem = village(random_harm(6, 14, seed=seed), teams=(team(passes_per_week=4),), fades=2.0)
    found = solve(problem, time_limit_s=120.0)  # a busy machine proves as much, only later
    assert found.total == pytest.approx(problem.covers(found.stops).sum())
    assert found.total <= found.bound + 1e-9
    assert found.gap <= 0.02
    for week in (0, 1):
        days = [one.day for one in found.stops if problem.week[one.day] == week]
        assert len(set(days)) <= 4  # one pass a day, four a week
        assert max(days.count(day) for day in days) <= 2  # two half hours in a pass
    assert len({(one.place, one.day, int(PART_OF[one.slot])) for one in found.stops}) == len(found.stops)


def test_it_is_not_below_the_greedy_plan_and_far_above_chance():
    problem = village(random_harm(8, 14, seed=5), teams=(team(passes_per_week=4),), fades=2.0)
    drawn = draw(problem, seed=1)
    assert drawn.best >= drawn.greedy - 1e-9
    assert drawn.greedy > 2 * drawn.random
    assert problem.covers(greedy(problem)).sum() == pytest.approx(drawn.greedy)


def test_a_bound_of_plans_that_keep_fewer_promises_proves_nothing(monkeypatch):
    """The solver ran out of time with a promise unmet; the greedy plan, which meets it, stands in."""
    asked = bound(least=2, place_ids=frozenset({4}))
    problem = village(random_harm(4, 14, seed=3), bindings=(asked,))
    short = Solution((Stop(0, 0, 0, 6),), problem.covers((Stop(0, 0, 0, 6),)), 1e6)
    monkeypatch.setattr("geodata.targeting.randomise.Schedule.best", lambda *_, **__: short)
    drawn = draw(problem, seed=1)
    assert set(drawn.solution.stops) == set(greedy(problem))
    assert drawn.solution.bound == np.inf


def test_a_plan_begun_from_another_keeps_every_rule_and_lacks_no_more():
    """Whatever is drawn: the hours, the promises, and no more given up than was allowed."""
    asked = bound(least=3, place_ids=frozenset({5}))
    harm = random_harm(8, 1, seed=4).repeat(28, axis=1)
    problem = village(harm, teams=(team(passes_per_week=4),), fades=2.0, bindings=(asked,))
    schedule = Schedule(problem)
    best = schedule.best()
    for seed in range(6):
        drawn = schedule.near(best, give=0.02 * best.total, rng=np.random.default_rng(seed), time_limit_s=60)
        assert drawn.total >= 0.98 * best.total - 1e-9
        assert lacking(problem, drawn.stops) == 0
        assert drawn.total <= drawn.bound == best.bound
        assert len({(one.place, one.day, int(PART_OF[one.slot])) for one in drawn.stops}) == len(drawn.stops)
        for week in range(4):
            assert len({one.day for one in drawn.stops if problem.week[one.day] == week}) <= 4
        assert set(drawn.stops) != set(best.stops)


def test_drawn_plans_differ_and_none_gives_up_more_than_it_may():
    harm = random_harm(8, 1, seed=6).repeat(14, axis=1)  # days all alike, as those of a week nearly are
    problem = village(harm, teams=(team(passes_per_week=4),), fades=2.0)
    drawn = [draw(problem, seed=seed, share=0.05) for seed in range(4)]
    for one in drawn:
        assert one.solution.total >= 0.95 * one.best - 1e-9
    assert len({frozenset(one.solution.stops) for one in drawn}) > 1
    again = draw(problem, seed=2, share=0.05)
    assert again.solution.stops == drawn[2].solution.stops


def late_harm():
    """Two places across the turn of the evening, the other one nearly quiet."""
    harm = np.zeros((2, 4, 48))
    harm[0, :, 32:37], harm[1, :, 32:37] = 1.0, 0.01
    harm[0] *= np.array([1.0, 1.1, 0.9, 1.2])[:, None]
    return harm


def soonest(stops):
    """Return the fewest half hours between two visits to one place on one day."""
    apart = [
        abs(one.slot - other.slot)
        for one, other in combinations(stops, 2)
        if (one.place, one.day) == (other.place, other.day)
    ]
    return min(apart, default=48)


@pytest.mark.parametrize("crews", [1, 2])
def test_nobody_is_back_at_a_place_at_once_though_a_new_part_of_the_day_begins(crews):
    drives = team(passes_per_week=8, pass_slots=4, passes_per_day=2, at_once=crews)
    problem = village(late_harm(), teams=(drives,))
    best, drawn = solve(problem), draw(problem, seed=1)
    for stops in (best.stops, greedy(problem)):
        assert {(one.place, one.day) for one in stops} >= {(0, day) for day in range(4)}
    for stops in (best.stops, greedy(problem), drawn.solution.stops):
        assert soonest(stops) >= AGAIN_SLOTS
    assert drawn.solution.total >= (1 - SHARE) * drawn.best - 1e-9


def test_the_best_plan_with_visits_apart_is_found():
    """One place, two passes on one day: every pair of half hours that lie apart is tried."""
    harm = np.zeros((1, 1, 48))
    harm[0, 0, 30:38] = 1, 2, 3, 8, 9, 4, 5, 7
    drives = team(passes_per_week=14, pass_slots=1, passes_per_day=2)
    problem = village(harm, teams=(drives,))
    every = [Stop(0, 0, 0, slot) for slot in range(30, 38)]
    best = max(
        problem.covers(pair).sum()
        for pair in combinations(every, 2)
        if soonest(pair) >= AGAIN_SLOTS and PART_OF[pair[0].slot] != PART_OF[pair[1].slot]
    )
    found = solve(problem)
    assert found.total == pytest.approx(best) == 15.0
    assert found.bound == pytest.approx(best, abs=0.2)


def test_two_locked_visits_side_by_side_stay_and_no_third_comes_near():
    locked = (Stop(0, 0, 1, 33), Stop(0, 0, 1, 34))
    problem = village(late_harm(), teams=(team(passes_per_week=4, pass_slots=4),), standing=locked)
    for stops in (solve(problem).stops, greedy(problem)):
        assert set(locked) <= set(stops)
        assert sum((one.place, one.day) == (0, 1) for one in stops) == 2


def test_what_is_locked_stays_and_what_is_done_is_not_done_again():
    problem = village(random_harm(4, 7, seed=7), teams=(team(passes_per_week=3),), fades=3.0)
    locked, done = Stop(0, 3, 2, 31), Stop(-1, 0, 0, 5)
    found = solve(replace(problem, standing=(locked, done)))
    assert locked in found.stops
    assert all(one.team >= 0 for one in found.stops)
    assert (0, 0, 0) not in {(one.place, one.day, one.slot // 10) for one in found.stops}
    assert found.total == pytest.approx(problem.covers([*found.stops, done]).sum())
    assert found.total <= found.bound + 1e-9


def test_where_somebody_was_yesterday_comes_later():
    harm = np.zeros((2, 3, 48))
    harm[:, :, 6] = 1.0
    problem = village(harm, teams=(team(passes_per_week=1, pass_slots=1),), fades=3.0)
    lately = Visits(np.array([0]), np.array([-1]), np.array([6]))
    (stop,) = solve(replace(problem, lately=lately)).stops
    assert stop.place == 1


def test_no_place_is_visited_more_often_than_is_set():
    problem = village(random_harm(1, 7), teams=(team(passes_per_week=7, pass_slots=1),), most_per_week=2)
    assert len(solve(problem).stops) == 2


def test_every_school_is_seen_where_that_is_set():
    harm = random_harm(4, 14, seed=3)
    harm[3] /= 1000
    assert 3 not in {one.place for one in solve(village(harm)).stops}
    assert 3 in {one.place for one in solve(village(harm, least_per_school=1)).stops}


def test_places_far_apart_share_no_pass():
    harm = np.zeros((2, 1, 48))
    harm[:, 0, 4:8] = 1.0
    problem = village(harm, area=np.array([0, 1]), teams=(team(passes_per_week=1),))
    assert len({one.place for one in solve(problem).stops}) == 1


def bound(**values):
    return Binding(code="a", name="A", **values)


def kept(problem, *bindings):
    problem = replace(problem, bindings=bindings)
    return fare(problem, solve(problem).stops, alone=greedy)


def test_promises_are_met_at_the_cost_of_harm():
    harm = random_harm(4, 14, seed=3)
    harm[3] /= 1000
    problem = village(harm)
    most = kept(problem, bound(least=2, place_ids=frozenset({4})))
    weekly = kept(problem, bound(per_week=1, place_ids=frozenset({4})))
    assert [(one.wanted, one.planned, one.hindrance) for one in (*most, *weekly)] == [(2, 2, None)] * 2


@pytest.mark.parametrize(
    ("binding", "hindrance"),
    [
        (bound(least=1, place_ids=frozenset()), Hindrance.NO_PLACE),
        (bound(least=1, kinds=frozenset({ActivityKind.PREMISES_INSPECTION})), Hindrance.NO_TEAM),
        (bound(least=1, parties=BOTH), Hindrance.NO_TEAM),
        (bound(least=1, joint=True), Hindrance.NO_TEAM),
        (bound(least=1, cars=frozenset({CarType.ON_FOOT})), Hindrance.NO_TEAM),
        (bound(least=1, spans=((46, 48),)), Hindrance.NO_TIME),
        (bound(per_week=9), Hindrance.NO_HOURS),
    ],
)
def test_a_promise_that_cannot_be_met_says_why_and_spoils_nothing(binding, hindrance):
    problem = village(random_harm(3, 7), teams=(team(to_slot=40),))
    (one,) = kept(problem, binding)
    assert one.hindrance is hindrance
    assert one.lacking > 0
    assert solve(replace(problem, bindings=(binding,))).stops


def test_of_two_promises_that_take_each_others_hours_the_other_is_named():
    problem = village(random_harm(2, 7), teams=(team(passes_per_week=2, pass_slots=1),))
    both = [
        Binding(code=name, name=name, least=2, place_ids=frozenset({number}))
        for number, name in ((1, "norr"), (2, "söder"))
    ]
    told = kept(problem, *both)
    assert sum(one.lacking for one in told) == 2
    for one in told:
        if one.lacking:
            assert one.hindrance is Hindrance.CROWDED_OUT
            assert one.beside == tuple({"norr", "söder"} - {one.binding.code})


def test_a_promise_about_each_place_is_met_at_different_places():
    """One place has nearly all the harm: only there would three visits be three."""
    harm = random_harm(4, 14, seed=3)
    harm[:3] /= 1000
    each = bound(least=3, each=True, place_ids=frozenset({1, 2, 4}))
    problem = village(harm, teams=(team(passes_per_week=2),), bindings=(each,))
    for stops in (solve(problem).stops, greedy(problem)):
        assert {0, 1, 3} <= {one.place for one in stops}
    (met,) = fare(problem, solve(problem).stops, alone=greedy)
    assert (met.wanted, met.planned, met.hindrance) == (3, 3, None)
    again = [Stop(0, 3, day, 6) for day in (0, 1, 2)]
    (told,) = fare(problem, again, alone=greedy)
    assert (told.planned, told.lacking) == (1, 2)


@pytest.mark.parametrize(
    ("least", "values", "hindrance"),
    [
        (4, {"place_ids": frozenset({1, 2, 3})}, Hindrance.NO_PLACE),
        (3, {}, Hindrance.NO_TEAM),
        (2, {"first": date(2026, 11, 3), "last": date(2026, 11, 3)}, Hindrance.NO_HOURS),
    ],
)
def test_places_that_cannot_all_be_reached_are_named_with_the_reason(least, values, hindrance):
    teams = (team(passes_per_week=1, pass_slots=1),)
    problem = village(random_harm(3, 7), teams=teams, kinds=((PRESENCE, PRESENCE, None),))
    (told,) = kept(problem, bound(least=least, each=True, **values))
    assert told.hindrance is hindrance
    assert told.planned == least - told.lacking == 1


def test_half_a_week_owes_no_weekly_promise_and_what_is_done_is_taken_off():
    problem = village(random_harm(1, 10), opens=0)
    weekly = bound(per_week=2, done_on=(problem.days[1],))
    assert owed_by_week(problem, weekly) == {0: 1}
    assert owed_by_week(replace(problem, opens=2), weekly) == {0: 1}
    assert owed_by_week(replace(problem, opens=7), weekly) == {}


def test_cars_are_dealt_in_turns_one_a_pass():
    problem = village(random_harm(4, 14), teams=(team(passes_per_week=4),))
    stops = solve(problem).stops
    dealt = deal_cars(problem, stops, unmarked_share=0.5, rng=np.random.default_rng(1))
    by_day = {day: {dealt[one] for one in stops if one.day == day} for day in {one.day for one in stops}}
    assert all(len(cars) == 1 for cars in by_day.values())
    unmarked = sum(car is CarType.UNMARKED for car in dealt.values())
    assert abs(unmarked - len(stops) / 2) <= 2
    alone = deal_cars(problem, stops, unmarked_share=0.0, rng=np.random.default_rng(1))
    assert set(alone.values()) == {CarType.MARKED}


def test_a_promised_car_comes_first():
    asked = bound(least=6, cars=frozenset({CarType.UNMARKED}))
    problem = village(random_harm(4, 14), teams=(team(passes_per_week=4),), bindings=(asked,))
    stops = solve(problem).stops
    dealt = deal_cars(problem, stops, unmarked_share=0.0, rng=np.random.default_rng(1))
    assert sum(car is CarType.UNMARKED for car in dealt.values()) >= 6


def test_cars_are_dealt_so_that_two_promises_of_different_cars_hold():
    """The place of the second is driven past by half of the passes, which the first could take too."""
    any_place = bound(least=4, cars=frozenset({CarType.UNMARKED}))
    there = Binding(code="b", name="B", least=2, cars=frozenset({CarType.MARKED}), place_ids=frozenset({2}))
    problem = village(random_harm(2, 7), teams=(team(passes_per_week=6),), bindings=(any_place, there))
    stops = [Stop(0, place, day, 6) for day, place in enumerate((1, 1, 0, 0, 0, 0))]
    for seed in range(5):
        dealt = deal_cars(problem, stops, unmarked_share=0.5, rng=np.random.default_rng(seed))
        told = fare(replace(problem, dealt=dealt), stops, alone=greedy)
        assert [one.lacking for one in told] == [0, 0]


def test_a_pass_locked_in_another_car_meets_no_promise_of_a_car():
    asked = bound(least=1, cars=frozenset({CarType.UNMARKED}))
    locked = Stop(0, 0, 2, 6)
    problem = village(
        random_harm(2, 7),
        teams=(team(passes_per_week=1),),
        bindings=(asked,),
        standing=(locked,),
        dealt={locked: CarType.MARKED},
    )
    dealt = deal_cars(problem, [locked], unmarked_share=1.0, rng=np.random.default_rng(1))
    assert dealt == {locked: CarType.MARKED}
    (told,) = fare(replace(problem, dealt=dealt), [locked], alone=greedy)
    assert (told.lacking, told.hindrance) == (1, Hindrance.CROWDED_OUT)


def test_a_promise_of_a_car_is_kept_beside_a_locked_pass_in_another():
    """The fullest half hours beside the locked visit would be driven in its car: the promise goes elsewhere."""
    harm = np.zeros((3, 7, 48))
    harm[:, 2, 6:8] = 5.0
    locked = Stop(0, 0, 2, 6)
    asked = bound(least=1, cars=frozenset({CarType.UNMARKED}))
    problem = village(
        harm,
        teams=(team(passes_per_week=2),),
        bindings=(asked,),
        standing=(locked,),
        dealt={locked: CarType.MARKED},
    )
    beside = Stop(0, 1, 2, 7)
    assert not problem.fits(asked, beside)
    assert problem.fits(asked, Stop(0, 1, 2, 8))  # a pass of its own
    for stops in (solve(problem).stops, greedy(problem)):
        dealt = deal_cars(problem, stops, unmarked_share=0.0, rng=np.random.default_rng(1))
        assert dealt[locked] is CarType.MARKED
        (told,) = fare(replace(problem, dealt=dealt), stops, alone=greedy)
        assert told.lacking == 0


def test_random_plans_use_the_same_hours():
    problem = village(random_harm(4, 14), teams=(team(passes_per_week=4),))
    stops = random_plan(problem, np.random.default_rng(1))
    assert len({(one.day, one.slot // 2) for one in stops}) >= 8
    assert len(stops) == 2 * 8


def test_hours_of_different_teams_stay_apart():
    teams = (team(passes_per_week=1), team(passes_per_week=1, kinds=frozenset({CHECK}), parties=BOTH))
    kinds = ((PRESENCE, None), (None, CHECK))
    stops = solve(village(random_harm(2, 7), teams=teams, kinds=kinds)).stops
    assert {(one.team, one.place) for one in stops} == {(0, 0), (1, 1)}


@pytest.mark.parametrize("crews", [1, 2])
def test_one_crew_drives_one_pass_at_a_time(crews):
    harm = np.zeros((4, 1, 48))
    harm[:, 0, 6:8] = 1.0
    drives = team(passes_per_week=14, passes_per_day=2, at_once=crews)
    problem = village(harm, teams=(drives,))
    for stops in (solve(problem).stops, greedy(problem)):
        at = [one.slot for one in stops]
        assert max(at.count(slot) for slot in at) <= crews
        assert sum(6 <= slot < 8 for slot in at) == 2 * crews
