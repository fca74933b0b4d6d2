import numpy as np
from scipy.sparse import csr_array

from geodata.evaluation.comparison import compare, difference


def one_each(places, n):
    return csr_array((np.ones(len(places)), (np.arange(len(places)), places)), shape=(len(places), n))


def test_a_better_method_is_surely_better_and_equal_ones_are_not():
    random = np.random.default_rng(5)
    rate = random.gamma(0.3, 1, 200)
    events = one_each(random.choice(200, 400, p=rate / rate.sum()), 200)
    scores = {"knows": rate, "twice": 2 * rate, "guesses": random.random(200)}
    held = compare(scores, events, draws=200)
    capture = held.columns.index(("capture", 0.10))
    assert held.between("knows", "guesses", capture).low > 0
    same = held.between("knows", "twice", capture)
    assert (same.value, same.low, same.high) == (0, 0, 0)
    one = held.of("knows", capture)
    assert one.low < one.value < one.high


def test_the_range_holds_what_another_year_gives():
    random = np.random.default_rng(6)
    rate = random.gamma(0.3, 1, 300)
    rate /= rate.sum()
    truth = np.mean(
        [
            compare({"a": rate}, one_each(random.choice(300, 300, p=rate), 300), draws=0).value["a"]
            for _ in range(60)
        ],
        axis=0,
    )
    inside = []
    for _ in range(40):
        held = compare({"a": rate}, one_each(random.choice(300, 300, p=rate), 300), draws=100)
        inside += [held.of("a", 2).low <= truth[2] <= held.of("a", 2).high]
    assert np.mean(inside) > 0.75


def test_an_event_on_two_streets_is_drawn_whole():
    events = csr_array(np.array([[1.0, 1.0, 0.0]]))
    held = compare({"a": [1.0, 1.0, 0.0]}, events, shares=(0.34,), draws=20)
    assert set(held.drawn["a"][:, held.columns.index(("capture", 0.34))]) == {0.5}


def test_without_events_nothing_is_told():
    held = compare({"a": [1.0, 2.0]}, csr_array((0, 2)), draws=10)
    assert np.isnan(held.of("a", 0).value)
    assert np.isnan(held.of("a", 0).low)


def test_the_difference_over_periods_is_of_events_caught():
    came = [np.array([30.0, 10, 0]), np.array([20.0, 0, 40])]
    ours, other = (
        [np.array([1.0, 0, 0]), np.array([0.5, 0, 1])],
        [np.array([0.0, 1, 0]), np.array([1.0, 0, 0])],
    )
    found = difference(came, ours, other)
    assert found.value == (30 - 10 + 10 - 20 + 40) / 100
    assert found.low < found.value < found.high
    assert difference([np.array([29.0])], [np.array([1.0])], [np.array([0.0])]) is None
    assert difference([], [], []) is None


def test_records_that_repeat_at_a_place_are_one_draw():
    random = np.random.default_rng(3)
    ours, other = random.integers(0, 2, (2, 40)).astype(float)
    once = np.ones(40)
    alone = difference([once], [ours], [other])
    repeated = difference([10 * once], [ours], [other])
    assert repeated.value == alone.value
    # Ten records at each place tell no more of other places than one does.
    assert np.isclose(repeated.high - repeated.low, alone.high - alone.low)
    drawn = [
        ((n * (ours - other)).sum()) / n.sum()
        for n in (random.multinomial(40, np.full(40, 1 / 40)) for _ in range(4000))
    ]
    assert np.isclose(repeated.high - repeated.low, np.subtract(*np.quantile(drawn, [0.95, 0.05])), rtol=0.1)
    assert difference([np.array([90.0, 0])], [np.array([1.0, 0])], [np.array([0.0, 1])]) is None
