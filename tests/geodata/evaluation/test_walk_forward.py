import numpy as np
import pytest

from geodata.evaluation.walk_forward import plain_count, walk_forward


def test_a_method_sees_only_what_came_before():
    counts = np.arange(24, dtype=float).reshape(4, 2, 3)
    seen = []

    def spy(history, outcome):
        seen.append((history.copy(), outcome.copy()))
        history[:] = -1
        outcome[:] = -1
        return np.zeros((2, 3))

    walk_forward(counts, counts, {"spy": spy, "count": plain_count}, first=2)
    assert [len(history) for history, _ in seen] == [2, 3]
    for history, outcome in seen:
        np.testing.assert_array_equal(history, counts[: len(history)])
        np.testing.assert_array_equal(outcome, counts[: len(history)])


def test_a_steady_town_is_told_by_the_count_and_a_moving_one_is_not():
    steady = np.tile(np.array([9.0, 1, 0, 0]), (3, 1, 1))
    (step,) = walk_forward(steady, steady, {"count": plain_count}, first=2, shares=(0.25,))
    assert step.accuracy.capture == 0.9
    moving = np.array([[[9.0, 0, 0, 1]], [[9, 0, 0, 1]], [[0, 9, 0, 1]]])
    (step,) = walk_forward(moving, moving, {"count": plain_count}, first=2, shares=(0.25,))
    assert step.accuracy.capture == 0
    assert (step.period, step.stream, step.events) == (2, 0, 10)


def test_a_period_without_events_is_no_step_and_nothing_before_is_refused():
    counts = np.array([[[1.0, 0]], [[0, 0]], [[1, 1]]])
    assert {step.period for step in walk_forward(counts, counts, {"count": plain_count}, first=1)} == {2}
    with pytest.raises(ValueError, match="from position 0"):
        walk_forward(counts, counts, {"count": plain_count}, first=0)
