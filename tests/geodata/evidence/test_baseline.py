import numpy as np
import pytest
from scipy.optimize import minimize

from geodata.evidence.baseline import FLOOR_SHARE, fit


def town(cells=4000, seed=0):
    random = np.random.default_rng(seed)
    design = np.column_stack(
        [
            random.gamma(0.5, 20, cells) * (random.random(cells) < 0.6),  # people
            random.gamma(1.0, 0.5, cells) * (random.random(cells) < 0.2),  # traffic
            random.uniform(0, 300, cells),  # street metres
        ]
    )
    return design, design @ [0.06, 1.5, 0.004]


def test_finds_what_shaped_the_counts():
    design, truth = town()
    counts = np.random.default_rng(1).poisson(truth).astype(float)
    found = fit(counts, design)
    np.testing.assert_allclose(found.coefficients, [0.06, 1.5, 0.004], rtol=0.12)
    assert found.expected.sum() == pytest.approx(counts.sum(), rel=0.03)


def test_is_the_maximum_of_the_poisson_likelihood():
    design, truth = town(600)
    counts = np.random.default_rng(2).poisson(truth + 1).astype(float)
    design = np.column_stack([design, np.ones(600)])
    found = fit(counts, design)

    def loss(log_coefficients):
        mean = design @ np.exp(log_coefficients)
        return (mean - counts * np.log(mean)).sum()

    best = minimize(
        loss,
        np.log([0.05, 1.0, 0.01, 1.0]),
        method="Nelder-Mead",
        options={"maxiter": 8000, "maxfev": 8000, "xatol": 1e-8, "fatol": 1e-10},
    )
    np.testing.assert_allclose(found.coefficients, np.exp(best.x), rtol=0.03)


def test_hotspots_do_not_raise_what_is_expected_elsewhere():
    design, truth = town()
    counts = np.random.default_rng(1).poisson(truth).astype(float)
    calm = fit(counts, design).expected
    counts[np.argsort(-design[:, 2])[:60]] += 80  # on the cells with most street
    np.testing.assert_allclose(fit(counts, design).expected.sum(), calm.sum(), rtol=0.06)


def test_no_coefficient_is_negative_and_nothing_is_expected_to_be_impossible():
    design, _ = town(500)
    counts = np.zeros(500)
    counts[design[:, 0] == 0] = 2.0  # events only where nobody lives
    found = fit(counts, design)
    assert (found.coefficients >= 0).all()
    assert (found.expected >= FLOOR_SHARE * counts.mean() * 0.999).all()


@pytest.mark.parametrize("columns", [0, 3])
def test_without_any_exposure_every_cell_is_expected_to_have_the_mean(columns):
    found = fit(np.array([0.0, 3.0, 6.0]), np.zeros((3, columns)))
    assert found.expected.tolist() == [3, 3, 3]
    assert found.of(np.zeros((1, columns)), cells=np.array([2.5])).tolist() == [7.5]


def test_no_events_and_no_cells_expect_nothing():
    assert fit(np.zeros(3), np.ones((3, 2))).expected.tolist() == [0, 0, 0]
    assert fit(np.zeros(0), np.ones((0, 2))).expected.tolist() == []


def test_expectations_add_up_over_ground():
    design, truth = town(300)
    found = fit(np.random.default_rng(3).poisson(truth).astype(float), design)
    halves = found.of(np.array([design[:150].sum(axis=0), design[150:].sum(axis=0)]), cells=np.zeros(2))
    assert halves.sum() == pytest.approx(float(design.sum(axis=0) @ found.coefficients))


def test_covariates_that_say_the_same_twice_do_no_harm():
    design, truth = town(500)
    counts = np.random.default_rng(4).poisson(truth).astype(float)
    twice = fit(counts, np.column_stack([design, design[:, :1] * 3]))
    np.testing.assert_allclose(twice.expected, fit(counts, design).expected, rtol=1e-3)
