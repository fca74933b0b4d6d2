"""The spatial scans beside their definition, and beside the published sudden infant deaths of North Carolina."""

import geopandas as gpd
import libpysal
import numpy as np
import pytest

from geodata.hotspots.monte_carlo import Replications
from geodata.hotspots.spatial_scan import bernoulli_scan, poisson_scan
from geodata.hotspots.zones import ZoneLimits

LIMITS = ZoneLimits(nearest_places=8, radius_m=500.0, largest_share=0.5)
DRAWN = Replications(number=19, enough=99, gumbel=False)


def town(seed, places=25):
    rng = np.random.default_rng(seed)
    size = rng.integers(0, 30, places)
    return rng.binomial(size, 0.2), size, *rng.uniform(0, 1000, (2, places))


def term(count, expected):
    return count * np.log(count / expected) if count else 0.0


def every_zone(size, x, y):
    for centre in range(len(x)):
        far = np.hypot(x - x[centre], y - y[centre])
        order = np.argsort(far, kind="stable")[: LIMITS.nearest_places]
        for k in range(1, len(order) + 1):
            zone = order[:k]
            if far[zone].max() > LIMITS.radius_m or size[zone].sum() > LIMITS.largest_share * size.sum():
                break
            yield zone


def best_of(cases, size, x, y, *, bernoulli):
    found = []
    all_cases, total = cases.sum(), size.sum()
    for zone in every_zone(size, x, y):
        count, held = cases[zone].sum(), size[zone].sum()
        expected = held * all_cases / total
        if count < 2 or count <= expected:
            continue
        value = term(count, expected) + term(all_cases - count, all_cases - expected)
        if bernoulli:
            value += term(held - count, held - expected)
            value += term(total - held - all_cases + count, total - held - all_cases + expected)
        found.append((value, set(zone.tolist())))
    return max(found, key=lambda one: one[0])


@pytest.mark.parametrize("seed", range(4))
def test_the_poisson_scan_is_its_definition(seed):
    cases, size, x, y = town(seed)
    expected = size + 0.5
    found = poisson_scan(cases, expected, x, y, limits=LIMITS, replications=DRAWN, seed=3, alpha=1.0)
    value, zone = best_of(cases, expected, x, y, bernoulli=False)
    assert found.clusters[0].likelihood_ratio == pytest.approx(value, rel=1e-12)
    assert set(found.clusters[0].places) == zone
    upto = expected.cumsum()
    for number, child in enumerate(np.random.SeedSequence(3).spawn(3)):
        at = np.searchsorted(upto, np.random.default_rng(child).random(cases.sum()) * upto[-1], side="right")
        drawn = np.bincount(at, minlength=len(x))
        assert found.chance.highest[number] == pytest.approx(
            best_of(drawn, expected, x, y, bernoulli=False)[0], rel=1e-12
        )


@pytest.mark.parametrize("seed", range(4))
def test_the_bernoulli_scan_is_its_definition(seed):
    cases, size, x, y = town(seed)
    found = bernoulli_scan(cases, size - cases, x, y, limits=LIMITS, replications=DRAWN, seed=3, alpha=1.0)
    value, zone = best_of(cases, size, x, y, bernoulli=True)
    assert found.clusters[0].likelihood_ratio == pytest.approx(value, rel=1e-9)
    assert set(found.clusters[0].places) == zone
    taken = np.concatenate([one.places for one in found.clusters])
    assert len(taken) == len(set(taken.tolist()))


def test_one_thread_or_two_give_the_same_answer():
    cases, size, x, y = town(9)
    given = {"limits": LIMITS, "replications": DRAWN, "seed": 3, "alpha": 1.0}
    one, two = (poisson_scan(cases, size + 0.5, x, y, threads=threads, **given) for threads in (1, 2))
    np.testing.assert_array_equal(one.chance.highest, two.chance.highest)


def test_sudden_infant_deaths_as_published():
    """Sudden infant deaths of 1974–78 in North Carolina, by Kulldorff's spatial scan.

    Table 1 in "Spatially varying effects of measured confounding variables on disease risk",
    *International Journal of Health Geographics* 20 (2021): the most likely cluster of high rates is four
    counties in the north-east with 5.12 deaths in 1,000 births, the second six in the south with 3.76.
    """
    counties = gpd.read_file(libpysal.examples.get_path("sids2.shp")).set_crs(4267, allow_override=True)
    middle = counties.to_crs(32119).geometry.centroid
    births = counties["BIR74"].to_numpy()
    found = poisson_scan(
        counties["SID74"].to_numpy().astype(np.int64),
        births,
        middle.x.to_numpy(),
        middle.y.to_numpy(),
        limits=ZoneLimits(nearest_places=100, radius_m=1e6, largest_share=0.15),
        replications=Replications(number=999, gumbel=False),
        seed=1,
        alpha=0.05,
    )
    first, second = found.clusters
    assert sorted(counties["NAME"].iloc[first.places]) == ["Bertie", "Halifax", "Hertford", "Northampton"]
    assert 1000 * first.count / births[first.places].sum() == pytest.approx(5.12, abs=0.005)
    assert len(second.places) == 6
    assert 1000 * second.count / births[second.places].sum() == pytest.approx(3.76, abs=0.005)
    assert max(first.p, second.p) <= 0.002


def test_a_column_that_may_not_be_written_to_is_taken():
    cases, size, x, y = town(2)
    expected = size + 0.5
    expected.flags.writeable = False
    assert poisson_scan(cases, expected, x, y, limits=LIMITS, replications=DRAWN, seed=1, alpha=1.0)
