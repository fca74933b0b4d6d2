"""What a visit meets, what lasts of it, and that nothing is counted twice."""

import numpy as np
import pytest

from geodata.targeting.again import AGAIN_SLOTS
from geodata.targeting.effect import LASTS_DAYS, Effect, Visits, best_of, covered


def flat(places=1, days=14, *, at=6):
    """One record a day in one half hour of the morning."""
    harm = np.zeros((places, days, 48))
    harm[:, :, at] = 1.0
    return harm


def visits(*stops):
    return Visits(*np.array(stops, dtype=np.int64).reshape(-1, 3).T)


def test_a_visit_meets_its_half_hour_and_a_part_of_the_next():
    effect = Effect(0.5, np.array([0.0]))
    met = effect.met(flat())
    assert met[0, 0, 6] == 1.0
    assert met[0, 0, 5] == 0.5
    assert met[0, 0, 7] == 0.0


def test_what_lasts_fades_by_a_factor_e_in_so_many_days():
    effect = Effect(0.0, np.array([3.0]))
    once = covered(effect, effect.met(flat()), visits((0, 0, 6)))
    days = np.arange(LASTS_DAYS)
    assert once[0] == pytest.approx(np.exp(-days / 3).sum())
    # Hauer, Ahlin & Bowser 1982: three days after one day of enforcement something is left, a third here.
    assert effect.fade(np.array([3]))[0, 0] == pytest.approx(0.368, abs=0.001)


def test_a_second_visit_soon_after_adds_less_than_a_later_one():
    effect = Effect(0.0, np.array([3.0]))
    met = effect.met(flat(days=21))
    first = covered(effect, met, visits((0, 0, 6)))[0]
    soon = covered(effect, met, visits((0, 0, 6), (0, 1, 6)))[0]
    late = covered(effect, met, visits((0, 0, 6), (0, 10, 6)))[0]
    assert first < soon < late == pytest.approx(2 * first)


def test_two_visits_in_one_part_of_a_day_count_once():
    effect = Effect(0.0, np.array([0.0]))
    met = effect.met(flat())
    assert covered(effect, met, visits((0, 3, 6), (0, 3, 6)))[0] == 1.0


def test_an_immediate_second_visit_is_one_longer_stand():
    """21.30 and 22.00 lie in two parts of the day, where the harm goes on: 21.30 and 23.30 are two visits."""
    harm = np.zeros((1, 7, 48))
    harm[:, :, 33:40] = 1.0
    effect = Effect(0.0, np.array([2.0]))
    met = effect.met(harm)
    first = covered(effect, met, visits((0, 0, 33)))[0]
    soon = covered(effect, met, visits((0, 0, 33), (0, 0, 34)))[0]
    later = covered(effect, met, visits((0, 0, 33), (0, 0, 33 + AGAIN_SLOTS)))[0]
    assert soon == first
    assert later > 1.9 * first


def test_of_a_longer_stand_the_half_hour_that_meets_the_most_counts():
    harm = np.zeros((1, 1, 48))
    harm[0, 0, 33:35] = 1.0, 3.0
    effect = Effect(0.0, np.array([0.0]))
    assert covered(effect, effect.met(harm), visits((0, 0, 33), (0, 0, 34)))[0] == 3.0


def test_the_morning_is_not_kept_quiet_by_the_evening():
    effect = Effect(0.0, np.array([5.0]))
    met = effect.met(flat())
    assert covered(effect, met, visits((0, 0, 30)))[0] == 0.0


def test_a_visit_before_the_first_day_counts_with_what_lasts():
    effect = Effect(0.0, np.array([3.0]))
    late = covered(effect, effect.met(flat()), visits((0, -2, 6)))
    assert late[0] == pytest.approx(np.exp(-np.arange(2, LASTS_DAYS) / 3).sum())


def test_arcs_hold_what_lasts_between_two_visits():
    effect = Effect(0.0, np.array([2.0]))
    lasts = effect.lasting(best_of(effect.met(flat(days=5))))
    assert lasts[0, 0, 0, 1] == 0.0
    assert lasts[0, 0, 0, 3] == pytest.approx(np.exp(-0.5) + np.exp(-1.0))
    assert lasts[0, 0, 4, LASTS_DAYS] == 0.0  # beyond the plan nothing is counted
