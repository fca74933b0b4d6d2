import pytest

from geodata.evaluation.displacement import weighted_displacement_difference
from geodata.evaluation.effect import BeforeAfter

PAPER = (BeforeAfter(207, 110), BeforeAfter(308, 318), BeforeAfter(178, 157), BeforeAfter(150, 140))
"""Wheeler & Ratcliffe 2018, *Crime Science* 7:11, and the weighted forms of its first author's blog of 2021."""


def test_the_paper_s_example():
    found = weighted_displacement_difference(*PAPER, interval=0.95)
    assert found.total == -118
    assert found.deviation**2 == pytest.approx(1568)
    assert found.total / found.deviation == pytest.approx(-2.98, abs=0.005)
    assert (round(found.low), round(found.high)) == (-196, -40)
    assert found.p < 0.01


def test_unlike_sizes_as_their_author_weighs_them():
    found = weighted_displacement_difference(*PAPER, sizes=(1.2, 0.9, 1.5, 1.6), interval=0.95)
    assert found.total == pytest.approx(-99.69444444)
    assert found.deviation == pytest.approx(35.4280755)
    assert (found.low, found.high) == (
        pytest.approx(-169.1321965, abs=1e-4),
        pytest.approx(-30.25669241, abs=1e-4),
    )


def test_unlike_periods_as_their_author_weighs_them():
    found = weighted_displacement_difference(BeforeAfter(80, 20), BeforeAfter(100, 50), days=(2.0, 1.0))
    assert found.total == -20
    assert found.deviation**2 == pytest.approx(115)


def test_the_surroundings_are_told_apart():
    found = weighted_displacement_difference(
        BeforeAfter(20, 20), BeforeAfter(20, 20), BeforeAfter(20, 10), BeforeAfter(20, 20)
    )
    assert (found.local, found.around, found.total) == (0, -10, -10)


def test_nothing_is_no_difference():
    nothing = BeforeAfter(0, 0)
    assert weighted_displacement_difference(nothing, nothing).p == 1
