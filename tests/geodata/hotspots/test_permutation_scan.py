"""The space-time permutation scan beside its definition, written out."""

import numpy as np
import pytest

from geodata.hotspots import permutation_scan as module
from geodata.hotspots.monte_carlo import Replications
from geodata.hotspots.permutation_scan import permutation_scan
from geodata.hotspots.zones import ZoneLimits

PERIODS, LONGEST, FEWEST = 17, 6, 2
LIMITS = ZoneLimits(nearest_places=6, radius_m=450.0, largest_share=0.4)


def town(seed=0, places=18, cases=160):
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0, 1000, (2, places))
    place = rng.choice(places, cases, p=rng.dirichlet(np.ones(places)))
    period = rng.choice(PERIODS, cases, p=rng.dirichlet(np.full(PERIODS, 3.0)))
    return place, period, x, y


def ratio(count, expected, cases):
    if count <= expected:
        return 0.0
    rest = (cases - count) * np.log((cases - count) / (cases - expected)) if count < cases else 0.0
    return count * np.log(count / expected) + rest


def every_window(place, period, x, y, *, alive=False):
    """Yield every circle and span that may be a cluster, with its ratio, as the paper defines them."""
    cases = len(place)
    for centre in range(len(x)):
        far = np.hypot(x - x[centre], y - y[centre])
        order = np.argsort(far, kind="stable")[: LIMITS.nearest_places]
        for k in range(1, len(order) + 1):
            zone = order[:k]
            inside = np.isin(place, zone)
            if far[zone].max() > LIMITS.radius_m or inside.sum() > LIMITS.largest_share * cases:
                break
            for start in range(PERIODS):
                for stop in range(start, min(start + LONGEST, PERIODS)):
                    during = (period >= start) & (period <= stop)
                    count = int((inside & during).sum())
                    if count >= FEWEST and (not alive or stop == PERIODS - 1):
                        expected = inside.sum() * during.sum() / cases
                        yield ratio(count, expected, cases), zone, start, stop, count, expected


def scan(place, period, x, y, **more):
    given = {"replications": Replications(number=19, gumbel=False), "seed": 5, "alpha": 1.0} | more
    return permutation_scan(
        place, period, x, y, periods=PERIODS, longest=LONGEST, limits=LIMITS, fewest=FEWEST, **given
    )


@pytest.mark.parametrize("alive", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_the_most_likely_cluster_is_that_of_the_definition(seed, alive):
    data = town(seed)
    best = max(every_window(*data, alive=alive), key=lambda one: one[0])
    first = scan(*data, alive=alive).clusters[0]
    assert first.likelihood_ratio == pytest.approx(best[0], rel=1e-12)
    assert (set(first.places), first.first_period, first.last_period) == (set(best[1]), best[2], best[3])
    assert (first.count, first.expected) == (best[4], pytest.approx(best[5]))


def test_replications_are_the_definition_on_shuffled_periods():
    place, period, x, y = town(4)
    chance = scan(place, period, x, y, replications=Replications(number=5, enough=99)).chance
    for number, child in enumerate(np.random.SeedSequence(5).spawn(5)):
        shuffled = np.random.default_rng(child).permutation(period.astype(np.int32))
        best = max(one[0] for one in every_window(place, shuffled, x, y))
        assert chance.highest[number] == pytest.approx(best, rel=1e-12)


@pytest.mark.parametrize("levels", [1, 3, 256])
@pytest.mark.parametrize("bar", [0.01, 200.0])
def test_neither_the_bar_nor_the_classes_of_zones_change_the_answer(monkeypatch, levels, bar):
    data = town(1)
    whole = scan(*data)
    monkeypatch.setattr(module, "MOST_LEVELS", levels)
    monkeypatch.setattr(module, "HIGH_BAR", bar)
    monkeypatch.setattr(module, "UNDER", 3.0)
    other = scan(*data)
    np.testing.assert_array_equal(whole.chance.highest, other.chance.highest)
    assert [one.likelihood_ratio for one in whole.clusters] == [
        one.likelihood_ratio for one in other.clusters
    ]


def test_one_thread_or_two_give_the_same_answer():
    data = town(2)
    one, two = scan(*data, threads=1), scan(*data, threads=2)
    np.testing.assert_array_equal(one.chance.highest, two.chance.highest)
    assert [cluster.p for cluster in one.clusters] == [cluster.p for cluster in two.clusters]


def test_clusters_share_no_place_and_the_best_comes_first():
    place, period, x, y = town(3)
    more = np.repeat([0, 9], 12)
    place, period = np.concatenate([place, more]), np.concatenate([period, np.repeat([3, 12], 12)])
    clusters = scan(place, period, x, y).clusters
    assert len(clusters) > 1
    assert len(np.concatenate([one.places for one in clusters])) == len(
        set(np.concatenate([one.places for one in clusters]).tolist())
    )
    ratios = [one.likelihood_ratio for one in clusters]
    assert ratios == sorted(ratios, reverse=True)


def test_a_place_that_is_always_busy_and_a_season_are_no_cluster():
    rng = np.random.default_rng(0)
    x, y = rng.uniform(0, 1000, (2, 10))
    place = np.repeat(np.arange(10), [400, *np.full(9, 40)])
    period = np.tile(np.repeat(np.arange(8), [1, 1, 1, 1, 4, 4, 4, 4]), 38)
    scanned = permutation_scan(
        place, period, x, y, periods=8, longest=4, limits=LIMITS, fewest=4,
        replications=Replications(), seed=1, alpha=0.05,
    )  # fmt: skip
    assert scanned is None or scanned.clusters[0].p > 0.2


def test_nothing_above_its_expectation_is_no_scan():
    x = y = np.zeros(1)
    assert scan(np.zeros(9, dtype=int), np.arange(9), x, y) is None
