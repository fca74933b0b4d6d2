import numpy as np
import pytest

from geodata.hotspots.count import COUNT, highest
from tests.geodata.hotspots.plaza import material


@pytest.mark.parametrize(
    ("share", "hot"),
    [(0.5, [4, 5, 6, 7]), (0.25, [6, 7]), (0.02, [7]), (0.0, [7]), (1.0, [0, 1, 2, 3, 4, 5, 6, 7])],
)
def test_the_highest_are_a_share_of_the_cells_and_one_at_least(share, hot):
    assert np.flatnonzero(highest(np.arange(8.0), share=share)).tolist() == hot


def test_ties_at_the_limit_are_left_out_together():
    assert not highest(np.full(100, 3.0), share=0.02).any()
    assert np.flatnonzero(highest(np.array([9.0, 5, 5, 1]), share=0.5)).tolist() == [0]


def test_a_village_of_a_few_cells_has_its_fullest():
    """Two per cent of sixteen cells are none."""
    result = COUNT(material([1.0] * 10 + [25] + [1] * 5, side=4))
    assert np.flatnonzero(result.cells.hot).tolist() == [10]
