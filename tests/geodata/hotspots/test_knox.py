"""The Knox test beside pointpats, and beside every pair looked at."""

import geopandas as gpd
import numpy as np
import pytest
from libpysal import examples
from pointpats import Knox

from geodata.hotspots.knox import knox


def burkitt():
    cases = gpd.read_file(examples.get_path("burkitt.shp"))
    return cases.geometry.x.to_numpy(), cases.geometry.y.to_numpy(), cases["T"].to_numpy().astype(np.int64)


def test_burkitts_lymphoma_in_uganda_as_published():
    """13 pairs within 20 km and 5 days, not surely more than chance: pointpats' own example."""
    x, y, day = burkitt()
    table = knox(x, y, day, distances_m=(20.0,), days=(5,), permutations=999, seed=1)
    assert table.pairs.tolist() == [[13]]
    assert 0.1 < table.p[0, 0] < 0.3


def test_pairs_and_expectation_are_those_of_pointpats():
    x, y, day = burkitt()
    theirs = Knox(np.column_stack([x, y]), day[:, None], delta=20, tau=5, permutations=99)
    table = knox(x, y, day, distances_m=(20.0,), days=(5,), permutations=1999, seed=2)
    assert table.pairs[0, 0] == theirs.statistic_
    near_space, near_time = (
        (
            np.abs(np.subtract.outer(one, one))
            if other is None
            else np.hypot(np.subtract.outer(one, one), np.subtract.outer(other, other))
        )
        <= most
        for one, other, most in ((x, y, 20), (day, None, 5))
    )
    pairs = len(x) * (len(x) - 1) / 2
    exact = (np.triu(near_space, 1).sum()) * (np.triu(near_time, 1).sum()) / pairs
    assert table.expected[0, 0] == pytest.approx(exact, rel=0.02)


def test_bands_are_upper_ends_inside_and_every_pair_is_in_one():
    rng = np.random.default_rng(0)
    x, y = rng.uniform(0, 300, (2, 60)).round()
    x[:10] = x[10:20]
    y[:10] = y[10:20]
    day = rng.integers(0, 40, 60)
    distances, days = (0.5, 50.0, 120.0), (0, 7, 14)
    table = knox(x, y, day, distances_m=distances, days=days, permutations=9, seed=1)
    expected = np.zeros((3, 3), dtype=int)
    for i in range(60):
        for j in range(i):
            far, gap = np.hypot(x[i] - x[j], y[i] - y[j]), abs(day[i] - day[j])
            if far <= 120 and gap <= 14:
                expected[
                    next(n for n, d in enumerate(distances) if far <= d),
                    next(n for n, d in enumerate(days) if gap <= d),
                ] += 1
    np.testing.assert_array_equal(table.pairs, expected)


def test_a_pair_that_rounding_puts_on_either_side_of_the_last_distance_is_in_it():
    x, y = np.array([0.0, 69.77405700072711]), np.array([0.0, 71.63505405637163])
    assert np.hypot(x[1], y[1]) > 100.0 >= np.sqrt(x[1] ** 2 + y[1] ** 2)
    table = knox(x, y, np.array([0, 3]), distances_m=(10.0, 100.0), days=(7,), permutations=1, seed=1)
    assert table.pairs.tolist() == [[0], [1]]


def test_exact_repeats_and_near_ones_are_told_apart():
    rng = np.random.default_rng(2)
    x, y = rng.uniform(0, 5000, (2, 150))
    day = rng.integers(0, 365, 150)
    again = slice(0, 40)
    x, y = np.concatenate([x, x[again]]), np.concatenate([y, y[again]])
    day = np.concatenate([day, day[again] + 3])
    table = knox(x, y, day, distances_m=(1.0, 100.0), days=(7,), permutations=99, seed=1)
    assert table.p_adjusted[0, 0] <= 0.05
    assert table.p_adjusted[1, 0] > 0.05


def test_one_thread_or_two_give_the_same_answer():
    x, y, day = burkitt()
    given = {"distances_m": (5.0, 20.0), "days": (5, 30), "permutations": 99, "seed": 3}
    one, two = (knox(x, y, day, threads=threads, **given) for threads in (1, 2))
    np.testing.assert_array_equal(one.p, two.p)
    np.testing.assert_array_equal(one.expected, two.expected)


def test_without_permutations_pairs_are_counted_and_chance_says_nothing():
    x, y, day = burkitt()
    table = knox(x, y, day, distances_m=(10.0, 20.0), days=(5,), permutations=0, seed=1)
    assert table.pairs.sum() == 13
    assert table.expected.shape == table.p.shape == table.p_adjusted.shape == (2, 1)
    assert np.isnan(table.expected).all()
    assert table.p.tolist() == [[1.0], [1.0]]
