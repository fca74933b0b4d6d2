import numpy as np
import pytest

from geodata.hotspots.monte_carlo import Chance, Replications, replicate


def test_the_chance_counts_what_is_as_high_and_what_was_found():
    chance = Chance(np.arange(1.0, 20.0), stopped=False, gumbel=False)
    assert chance.p(100.0) == 1 / 20
    assert chance.p(19.0) == 2 / 20
    assert chance.p(0.0) == 1.0


def test_gumbels_tail_is_that_of_the_distribution_it_is_fitted_to_beyond_the_replications():
    highest = np.random.default_rng(0).gumbel(8.0, 1.5, 999)
    chance = Chance(highest, stopped=False, gumbel=True)
    beyond = highest.max() + 3.0
    assert chance.p(beyond) == pytest.approx(-np.expm1(-np.exp(-(beyond - 8.0) / 1.5)), rel=0.3)
    assert chance.p(40.0) < 1e-7
    counted = Chance(highest, stopped=False, gumbel=False)
    for figure in np.sort(highest)[-60:]:
        assert chance.p(figure) == counted.p(figure)
    assert chance.p(highest.max() + 1e-9) <= counted.p(highest.max() + 1e-9) == 1 / 1000


def test_where_all_replications_are_the_same_gumbel_has_nothing_to_fit():
    assert Chance(np.full(19, 3.0), stopped=False, gumbel=True).p(4.0) == 1 / 20


def draw(generators):
    return np.array([one.random() for one in generators])


def test_it_stops_where_chance_is_clear_and_not_at_the_end_of_a_batch():
    whole = replicate(2.0, draw, Replications(number=99), seed=1).highest
    last = int(np.flatnonzero(whole >= 0.5)[4])
    stopped = replicate(0.5, draw, Replications(number=99, enough=5), seed=1)
    assert stopped.stopped
    np.testing.assert_array_equal(stopped.highest, whole[: last + 1])
    assert stopped.p(0.5) == 5 / (last + 1)


def test_chance_is_even_under_chance():
    p = [
        replicate(np.random.default_rng(n).random(), draw, Replications(99, gumbel=False), seed=n)
        for n in range(400)
    ]
    found = [one.p(np.random.default_rng(n).random()) for n, one in enumerate(p)]
    assert np.mean(np.array(found) <= 0.05) <= 0.08
    assert np.mean(np.array(found) <= 0.5) == pytest.approx(0.5, abs=0.08)
