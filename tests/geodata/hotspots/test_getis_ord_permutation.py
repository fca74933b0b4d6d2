import numpy as np
import pytest
from esda.getisord import G_Local
from libpysal.weights import WSP

from geodata.hotspots.getis_ord_permutation import GETIS_ORD_PERMUTATION, chance_by_permutation
from tests.geodata.hotspots.plaza import cells_of, material


@pytest.mark.filterwarnings("ignore: There are")
@pytest.mark.filterwarnings("ignore:The alternative hypothesis")
def test_within_chance_of_esda():
    joined = cells_of("square", 12)[3]
    values = np.random.default_rng(3).negative_binomial(0.5, 0.2, joined.shape[0]).astype(float)
    ours = chance_by_permutation(values, joined, seed=1, most=2000, enough=10**9)
    theirs = G_Local(
        values,
        WSP(joined).to_W(silence_warnings=True),
        transform="B",
        star=True,
        permutations=2000,
        seed=1,
        keep_simulations=False,
    )
    high = ours < 0.4  # esda gives the smaller of the two tails
    spread = np.sqrt(ours * (1 - ours) * 2 / 2000)
    assert high.sum() > 40
    assert (np.abs(ours - theirs.p_sim)[high] <= 4 * spread[high] + 2e-3).all()


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
