import numpy as np

from geodata.hotspots.getis_ord_permutation import GETIS_ORD_PERMUTATION, chance_by_permutation
from tests.geodata.hotspots.plaza import cells_of, material


def test_one_thread_and_two_give_the_same():
    joined = cells_of("hexagon", 40)[3]
    values = np.random.default_rng(3).poisson(1.0, joined.shape[0]).astype(float)
    one, two = (
        chance_by_permutation(values, joined, seed=5, most=999, enough=20, threads=threads)
        for threads in (1, 2)
    )
    np.testing.assert_array_equal(one, two)


def test_few_permutations_for_many_cells_are_said():
    given = material(np.ones(900))
    few = GETIS_ORD_PERMUTATION.parameters(most_permutations=99)
    assert "few_permutations" in GETIS_ORD_PERMUTATION(given, few).warnings
    assert "few_permutations" not in GETIS_ORD_PERMUTATION(given).warnings


def test_what_it_drew_from_is_said():
    assert GETIS_ORD_PERMUTATION(material(np.ones(100)), seed=11).seed == 11
