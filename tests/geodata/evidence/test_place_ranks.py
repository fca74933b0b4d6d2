import numpy as np
import pytest

from geodata.evidence.agreement import Agreement, agreement, sureness
from geodata.evidence.ranking import FIRST, rank
from geodata.evidence.shrinkage import shrink

NOTHING = shrink(np.zeros(4), np.zeros(4))


def test_the_highest_ratio_is_first_and_sure_of_it():
    found = rank([shrink(np.array([10.0, 300, 100, 90]), np.full(4, 100.0))], [1.0])
    assert found.rank.tolist() == [4, 1, 2, 3]
    assert (found.low[1], found.high[1]) == (1, 1)
    assert found.low[2] <= 2
    assert found.high[2] >= 3


def test_what_can_not_be_told_has_no_rank():
    found = rank([shrink(np.array([40.0, 1, 20, 0]), np.array([10.0, 1, 20, 0]))], [1.0])
    assert found.rank.tolist() == [1, 0, 2, 0]
    assert found.low.tolist() == [1, 0, 2, 0]
    assert found.high.tolist() == [1, 0, 2, 0]


def test_places_alike_may_stand_in_any_order():
    found = rank([shrink(np.full(20, 10.0), np.full(20, 10.0))], [1.0])
    assert found.rank.tolist() == list(range(1, 21))
    assert (found.high - found.low >= 15).all()


def test_weights_choose_between_streams():
    felt = shrink(np.array([90.0, 10, 10, 10]), np.full(4, 30.0))
    recorded = shrink(np.array([10.0, 90, 10, 10]), np.full(4, 30.0))
    assert rank([felt, NOTHING, recorded], [1, 1, 0]).rank[0] == 1
    assert rank([felt, NOTHING, recorded], [0, 1, 1]).rank[1] == 1
    even = rank([felt, NOTHING, recorded], [1, 1, 1])
    assert even.score[0] == pytest.approx(even.score[1])


def test_without_weight_nothing_is_ranked():
    known = shrink(np.full(4, 50.0), np.full(4, 10.0))
    assert rank([known, known, known], [0, 0, 0]).rank.tolist() == [0, 0, 0, 0]
    assert rank([NOTHING, NOTHING, known], [1, 1, 0]).rank.tolist() == [0, 0, 0, 0]


def test_no_places():
    assert rank([shrink(np.zeros(0), np.zeros(0))], [1.0]).rank.tolist() == []


def test_the_same_data_gives_the_same_ranks():
    streams = [shrink(np.array([12.0, 11, 10, 9]), np.full(4, 10.0))]
    first, second = rank(streams, [1.0]), rank(streams, [1.0])
    assert first.low.tolist() == second.low.tolist()
    assert first.high.tolist() == second.high.tolist()


def test_the_range_holds_the_true_rank_nine_times_in_ten():
    random = np.random.default_rng(3)
    held = []
    for _ in range(60):
        truth = random.gamma(3, 1 / 3, 12)
        expected = np.full(12, 25.0)
        found = rank([shrink(random.poisson(expected * truth).astype(float), expected)], [1.0])
        true_rank = 1 + np.argsort(np.argsort(-truth))
        held.append((found.low <= true_rank) & (true_rank <= found.high))
    assert np.mean(held) >= 0.87


def test_the_chance_to_be_among_the_first_adds_up_to_their_number():
    random = np.random.default_rng(5)
    expected = random.uniform(5, 50, 40)
    found = rank(
        [shrink(random.poisson(expected * random.gamma(3, 1 / 3, 40)).astype(float), expected)], [1.0]
    )
    assert found.among_first.sum() == pytest.approx(FIRST)
    assert found.among_first[found.rank == 1] > 0.95
    assert rank([NOTHING], [1.0]).among_first.tolist() == [0, 0, 0, 0]


def test_two_events_where_hardly_any_are_expected_are_not_number_one():
    random = np.random.default_rng(9)
    for _ in range(200):
        expected = np.concatenate([[0.05, 0.1, 0.2], random.uniform(6, 60, 20)])
        counts = random.poisson(expected * random.gamma(3, 1 / 3, 23)).astype(float)
        counts[:3] = 2
        known = shrink(np.full(23, 8.0), np.full(23, 8.0))
        for streams in ([shrink(counts, expected)], [shrink(counts, expected), known]):
            found = rank(streams, [1.0] * len(streams))
            assert (found.rank[:3] != 1).all()
            assert (found.score[:3] <= found.score[found.rank == 1]).all()


def test_how_sure_a_class_is():
    felt = shrink(np.array([60.0, 60, 20, 2]), np.array([20.0, 20, 20, 2]))
    recorded = shrink(np.array([90.0, 30, 30, 30]), np.full(4, 30.0))
    both = sureness(Agreement.FELT_AND_RECORDED, felt=felt, recorded=recorded, row=0)
    only = sureness(Agreement.FELT_ONLY, felt=felt, recorded=recorded, row=1)
    assert 0.95 < only < 1
    assert 0.99 < both < 1
    assert both == pytest.approx(felt.above(1.0)[0] * recorded.above(1.0)[0])
    assert only == pytest.approx(felt.above(1.0)[1] * (1 - recorded.above(2.0)[1]))
    assert sureness(Agreement.TOO_FEW, felt=felt, recorded=recorded, row=3) is None


@pytest.mark.parametrize(
    ("felt", "recorded", "expected"),
    [
        (True, True, Agreement.FELT_AND_RECORDED),
        (True, False, Agreement.FELT_ONLY),
        (False, True, Agreement.RECORDED_ONLY),
        (False, False, Agreement.NEITHER),
        (True, None, Agreement.TOO_FEW),
        (None, False, Agreement.TOO_FEW),
        (None, None, Agreement.TOO_FEW),
    ],
)
def test_agreement(felt, recorded, expected):
    assert agreement(felt=felt, recorded=recorded) is expected
