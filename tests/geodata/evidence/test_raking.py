import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.evidence.raking import merged, rake

TABLE = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]], dtype=float)
ROWS, COLUMNS = np.array([150.0, 300, 400, 150]), np.array([200.0, 300, 400, 100])


def test_a_known_table():
    """The example by which the fit is commonly taught; it is printed as rounded on the way."""
    found = rake(TABLE * 1000 / TABLE.sum(), [ROWS, COLUMNS])
    assert found.converged
    printed = [
        [64.61, 46.28, 35.42, 3.83],
        [49.95, 68.15, 156.49, 25.37],
        [56.70, 144.40, 145.06, 53.76],
        [28.74, 41.18, 63.03, 17.03],
    ]
    assert found.cells == pytest.approx(np.array(printed), abs=0.06)


def test_margins_are_met_and_what_the_axes_have_to_do_with_each_other_stays():
    found = rake(TABLE, [ROWS, COLUMNS])
    assert found.cells.sum(axis=1) == pytest.approx(ROWS * TABLE.sum() / 1000)
    assert found.cells.sum(axis=0) == pytest.approx(COLUMNS * TABLE.sum() / 1000)
    odds = TABLE[0, 0] * TABLE[1, 1] / TABLE[0, 1] / TABLE[1, 0]
    assert found.cells[0, 0] * found.cells[1, 1] / found.cells[0, 1] / found.cells[1, 0] == pytest.approx(
        odds
    )
    assert found.answers < TABLE.sum()


def test_one_margin_is_post_stratification():
    found = rake(np.array([20.0, 100.0]), [np.array([5000.0, 5000.0])])
    assert found.cells == pytest.approx([60, 60])
    assert found.answers == pytest.approx(1 / (0.25 / 20 + 0.25 / 100))


def test_answers_like_the_population_are_left_as_they_are():
    found = rake(np.array([30.0, 70.0]), [np.array([300.0, 700.0])])
    assert found.cells == pytest.approx([30, 70])
    assert found.answers == pytest.approx(100)


def test_nobody_speaks_for_a_group_without_answers():
    with pytest.raises(ValueError, match="no answers"):
        rake(np.array([0.0, 70.0]), [np.array([300.0, 700.0])])
    with pytest.raises(ValueError, match="do not match"):
        rake(np.array([1.0, 70.0]), [np.array([300.0])])


def test_margins_that_can_not_be_met_together_say_so():
    diagonal = np.array([[10.0, 0.0], [0.0, 10.0]])
    assert not rake(diagonal, [np.array([3.0, 1.0]), np.array([1.0, 3.0])]).converged


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_no_group_that_is_shown_is_small_and_none_is_lost(counts):
    values = np.array(counts, dtype=float)
    groups = merged(values, minimum=10)
    assert sorted(at for group in groups for at in group) == list(range(len(counts)))
    if len(groups) > 1:
        assert min(values[group].sum() for group in groups) >= 10
    if len(counts) > 1 and (values < 10).any():
        assert len(groups[-1]) >= 2
