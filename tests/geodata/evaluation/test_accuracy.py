import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.evaluation.accuracy import accuracy


def obvious(scores: np.ndarray, came: np.ndarray, share: float) -> tuple[float, float]:
    """Capture and NDCG averaged over every order that the scores allow."""
    first = int(share * len(scores))
    ideal = sum(gain / np.log2(at + 2) for at, gain in enumerate(sorted(came, reverse=True)[:first]))
    found = [
        (
            came[list(order)[:first]].sum() / came.sum(),
            sum(came[one] / np.log2(at + 2) for at, one in enumerate(order[:first])) / ideal,
        )
        for order in itertools.permutations(range(len(scores)))
        if all(scores[one] >= scores[other] for one, other in itertools.pairwise(order))
    ]
    return tuple(np.mean(found, axis=0))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), min_size=4, max_size=6), st.floats(0.3, 1.0))
def test_ties_are_taken_by_their_expectation(rows, share):
    scores, came = np.array(rows, dtype=float).T
    if not came.any():
        return
    found = accuracy(scores, came, share=share)
    capture, ndcg = obvious(scores, came, share)
    assert found.capture == pytest.approx(capture)
    assert found.ndcg == pytest.approx(ndcg)


def test_the_best_order_is_one_and_places_without_difference_are_chance():
    came = np.array([5.0, 0, 3, 0, 1, 0, 0, 0, 0, 1])
    best = accuracy(came, came, share=0.2)
    assert (best.ndcg, best.pei) == (1.0, 1.0)
    assert best.capture == 0.8
    assert best.pai == pytest.approx(4)
    blind = accuracy(np.zeros(10), came, share=0.2)
    assert (blind.capture, blind.pai) == (pytest.approx(0.2), pytest.approx(1))
    assert blind.pei == pytest.approx(0.25)


def test_sums_in_another_order_are_still_ties():
    came = np.array([1.0, 0, 0, 0])
    assert accuracy([0.1 + 0.2, 0.3, 0.3, 0.3], came, share=0.25).capture == pytest.approx(0.25)


def test_by_length_the_share_is_of_metres_and_the_last_is_taken_in_part():
    found = accuracy([3.0, 2, 1], [6.0, 4, 0], share=0.5, sizes=[100.0, 200, 300])
    assert found.capture == pytest.approx(1.0)
    half = accuracy([3.0, 2, 1], [6.0, 4, 0], share=1 / 3, sizes=[100.0, 200, 300])
    assert half.capture == pytest.approx(0.8)
    assert half.pai == pytest.approx(0.8 * 3)


def test_recapture_is_the_share_kept():
    found = accuracy([2.0, 1, 0, 0], [5.0, 5, 5, 5], share=0.25, before=[10.0, 10, 0, 0])
    assert found.recapture == pytest.approx(0.5)
    assert np.isnan(accuracy([2.0, 1], [1.0, 1], share=0.5).recapture)


def test_nothing_came():
    found = accuracy([1.0, 2.0], [0.0, 0.0], share=0.5)
    assert np.isnan([found.capture, found.ndcg, found.pai]).all()


def test_places_without_a_score_are_refused():
    with pytest.raises(ValueError, match="must be finite"):
        accuracy([1.0, np.nan], [1.0, 1.0], share=0.5)
    with pytest.raises(ValueError, match="as many as"):
        accuracy([1.0], [1.0, 1.0], share=0.5)
