import pytest

from geodata.evaluation.effect import Verdict
from geodata.evaluation.survey_change import post_stratified, share, share_change


def test_newcombe_s_own_example():
    """Newcombe 1998, table II, a: 56/70 against 48/80, method 10: 0.0524 to 0.3339 at 95 %."""
    from geodata.evaluation.survey_change import _range

    low, high = _range(share(48, 80), share(56, 70), 0.95)
    assert (low, high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_wilson_stays_within_none_and_all():
    low, high = share(0, 40).interval()
    assert low == 0
    assert 0 < high < 0.1


def test_a_clear_fall_and_too_few():
    fell = share_change(share(60, 400), share(20, 400), hits=80)
    assert fell.verdict is Verdict.FELL
    assert fell.low < fell.value < fell.high < 0
    few = share_change(share(3, 400), share(1, 400), hits=4)
    assert few.verdict is Verdict.TOO_FEW
    assert few.smallest_visible is None
    assert share_change(share(9, 20), share(2, 20), hits=11).verdict is Verdict.TOO_FEW
    alike = share_change(share(200, 400), share(196, 400), hits=396)
    assert alike.verdict is Verdict.NO_CLEAR_CHANGE
    assert -0.12 < alike.smallest_visible < -0.08


def test_groups_are_weighted_to_the_residents():
    found = post_stratified([10, 30], [20, 100], [5000, 5000])
    assert found.weighted
    assert found.value == pytest.approx(0.5 * 0.5 + 0.5 * 0.3)
    assert found.answers == pytest.approx(1 / (0.25 / 20 + 0.25 / 100))


def test_a_group_too_small_to_stand_for_all_is_not_weighted():
    found = post_stratified([3, 30], [6, 100], [5000, 5000])
    assert not found.weighted
    assert found.value == pytest.approx(33 / 106)
    assert not post_stratified([1], [2], [0]).weighted
