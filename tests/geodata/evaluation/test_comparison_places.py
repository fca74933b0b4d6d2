import numpy as np
import pytest

from geodata.evaluation.comparison_places import SPILL_M, choose

KINDS = np.array(["school", "school", "school", "school", "square", "square"])
EXPECTED = np.array([10.0, 12.0, 30.0, 200.0, 9.0, 11.0])
FAR = np.array([0.0, 900.0, 900.0, 900.0, 900.0, 900.0])
NONE = np.zeros(6, dtype=bool)


def chosen(**other):
    given = {"kinds": KINDS, "expected": EXPECTED, "distance_m": FAR, "touched": NONE} | other
    touched = given.pop("touched")
    return choose([0], given["kinds"], given["expected"], given["distance_m"], touched=touched)


def test_the_same_kind_and_a_like_size_first():
    assert chosen() == type(chosen())((1, 2), "same_kind")


def test_nothing_within_reach_of_spill_over_and_nothing_treated():
    near = FAR.copy()
    near[1] = SPILL_M - 1
    assert chosen(distance_m=near).rows == (2, 3)
    assert chosen(distance_m=near).rule == "same_kind_any_size"
    touched = NONE.copy()
    touched[[2, 3]] = True
    found = chosen(distance_m=near, touched=touched)
    assert (found.rows, found.rule) == ((4, 5), "any_kind")


@pytest.mark.parametrize("near", [np.zeros(6), np.where(np.arange(6) < 5, 0.0, 900.0)])
def test_too_few_anywhere_leave_the_rest_of_the_municipality(near):
    assert chosen(distance_m=near).rows == ()
    assert chosen(distance_m=near).rule == "rest_of_municipality"


def test_without_any_expectation_kind_alone_decides():
    assert chosen(expected=np.zeros(6)).rule == "same_kind_any_size"
