from itertools import combinations

import numpy as np
import pytest

from geodata.kernels.permutations import conditional_chance, mixed

RING = 9


@pytest.fixture
def ring():
    """Return values in a ring of nine cells, each touching the next one and the one before."""
    near = np.array([[(i - 1) % RING, (i + 1) % RING] for i in range(RING)], dtype=np.int32)
    starts = np.arange(0, 2 * RING + 1, 2, dtype=np.int32)
    return np.array([4.0, 1, 0, 0, 2, 0, 7, 0.1, 3]), near.ravel(), starts


def drawn(values, indices, starts, *, seed=1, enough=10**9, most=20_000):
    p = np.empty(len(values))
    conditional_chance(values, indices, starts, seed, enough, most, 0, len(values), p)
    return p


def test_equal_to_every_way_that_neighbours_can_be_drawn(ring):
    values, indices, _ = ring
    told = []
    for cell in range(RING):
        others = [other for other in range(RING) if other != cell]
        observed = values[indices[2 * cell : 2 * cell + 2]].sum()
        sums = np.array([values[list(pair)].sum() for pair in combinations(others, 2)])
        told.append((sums >= observed - 1e-9).mean())
    spread = np.sqrt(np.multiply(told, np.subtract(1, told)) / 20_000)
    assert (np.abs(drawn(*ring) - told) <= 4 * spread + 1e-4).all()


def test_draws_end_when_enough_were_as_high(ring):
    long, short = drawn(*ring), drawn(*ring, enough=50)
    assert (np.abs(short - long) <= 4 * long / np.sqrt(50) + 1e-3).all()
    draws = 50 / short
    np.testing.assert_allclose(draws, np.round(draws), rtol=1e-12)


def test_a_cell_that_nothing_matches_gets_the_lowest_chance_that_can_be_told():
    values = np.zeros(4000)
    values[[1, 2, 3]] = 5.0
    starts = np.concatenate([[0, 3], np.full(3999, 3)]).astype(np.int32)
    p = drawn(values, np.array([1, 2, 3], dtype=np.int32), starts, most=999, enough=50)
    assert p[0] == 1 / 1000
    assert (p[1:] == 1.0).all()


def test_another_seed_draws_otherwise(ring):
    assert (drawn(*ring, seed=1, most=500) != drawn(*ring, seed=2, most=500)).any()
    np.testing.assert_array_equal(drawn(*ring, seed=1, most=500), drawn(*ring, seed=1, most=500))


def test_bits_are_mixed_as_published():
    state, told = 1234567, []
    for _ in range(3):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        told.append(int(mixed(np.uint64(state))))
    assert told == [6457827717110365317, 3203168211198807973, 9817491932198370423]
