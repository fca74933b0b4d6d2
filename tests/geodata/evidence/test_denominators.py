import numpy as np
import pytest

from geodata.evidence.denominators import DENOMINATORS, own_baseline
from geodata.schema import PlaceKind

AMOUNTS = {
    "pupils": np.array([100.0, 400, 100]),
    "population": np.array([900.0, 0, 100]),
    "flow": np.array([10.0, 10, np.nan]),
    "street": np.array([1000.0, 1000, 2000]),
}
ALL = np.ones(3, dtype=bool)


def test_every_kind_has_one():
    assert set(DENOMINATORS) == set(PlaceKind)
    assert all(names[-1] == "street" for names in DENOMINATORS.values())


def test_a_large_school_may_have_more():
    found = own_baseline(PlaceKind.SCHOOL_ZONE, np.array([10.0, 40, 40]), AMOUNTS, known=ALL)
    assert found.denominator == "pupils"
    assert found.rate == pytest.approx(90 / 600)
    assert found.shrunken.ratio[1] < 1 < found.shrunken.ratio[2]
    assert found.shrunken.low[2] > 1


@pytest.mark.parametrize("kind", [PlaceKind.SQUARE, PlaceKind.JOYRIDING])
def test_one_that_is_not_known_at_all_of_them_is_passed_over(kind):
    assert own_baseline(kind, np.array([10.0, 40, 40]), AMOUNTS, known=ALL).denominator == "street"


def test_a_withheld_count_shapes_no_rate_and_without_any_there_is_none():
    found = own_baseline(
        PlaceKind.PARK, np.array([10.0, 0, 40]), AMOUNTS, known=np.array([True, False, True])
    )
    assert found.rate == pytest.approx(50 / 3000)
    assert own_baseline(PlaceKind.PARK, np.zeros(3), AMOUNTS, known=~ALL) is None
    nothing = {name: np.full(3, np.nan) for name in AMOUNTS}
    assert own_baseline(PlaceKind.PARK, np.ones(3), nothing, known=ALL) is None
