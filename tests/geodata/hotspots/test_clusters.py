import numpy as np
import pytest
import shapely
from sklearn.cluster import DBSCAN

from geodata.hotspots.areas import LARGEST_M2
from geodata.hotspots.clusters import CLUSTERS, ClusterParameters, choose_reach, density_clusters
from tests.geodata.hotspots.plaza import material


def points(seed=0):
    rng = np.random.default_rng(seed)
    thick = [rng.normal(centre, 30, (size, 2)) for centre, size in (((300, 300), 60), ((800, 200), 40))]
    return np.concatenate([*thick, rng.uniform(0, 1000, (150, 2))])


def test_the_thick_of_a_cluster_is_scikit_learns():
    given = points()
    ours = density_clusters(*given.T, reach_m=40.0, fewest=12)
    theirs = DBSCAN(eps=40.0, min_samples=12).fit(given)
    np.testing.assert_array_equal(ours >= 0, theirs.labels_ >= 0)
    core = theirs.core_sample_indices_
    pairs = set(zip(ours[core].tolist(), theirs.labels_[core].tolist(), strict=True))
    assert len(pairs) == len(set(ours[core].tolist())) == len(set(theirs.labels_[core].tolist()))


def test_the_largest_comes_first_and_order_does_not_matter():
    given = points()
    label = density_clusters(*given.T, reach_m=40.0, fewest=12)
    size = np.bincount(label[label >= 0])
    assert len(size) >= 2
    assert size.tolist() == sorted(size.tolist(), reverse=True)
    order = np.random.default_rng(1).permutation(len(given))
    np.testing.assert_array_equal(density_clusters(*given[order].T, reach_m=40.0, fewest=12), label[order])


def test_the_reach_asks_for_three_times_the_mean_density_and_is_said():
    reach = choose_reach(3000, 9e6, ClusterParameters())
    assert 12 / (np.pi * reach**2) == pytest.approx(3 * 3000 / 9e6)
    given = material(np.random.default_rng(0).poisson(3.0, 900).astype(float))
    assert CLUSTERS(given).chosen == (
        ("reach_m", f"{choose_reach(given.events.number, 9e6, ClusterParameters()):.0f}"),
    )


def test_an_outline_holds_its_events():
    count = np.random.default_rng(0).poisson(1.0, 900).astype(float)
    count[450] += 60
    given = material(count)
    first = CLUSTERS(given).findings[0]
    assert shapely.contains_xy(
        first.geometry, given.events.x[first.events], given.events.y[first.events]
    ).all()
    assert first.count >= 50


def test_a_cluster_that_nobody_can_stand_in_becomes_the_tight_ones_in_it():
    """A centre a kilometre wide, five times as dense as the whole, with two cells that are thick."""
    count = np.full((30, 30), 1.0)
    count[10:20, 10:20] = 12.0
    count[12, 12] = count[17, 18] = 150.0
    given = material(count.ravel())
    wide = CLUSTERS(given, ClusterParameters(largest_area_m2=1e9))
    assert shapely.area(wide.findings[0].geometry) > 3 * LARGEST_M2
    found = CLUSTERS(given).findings
    assert all(shapely.area(one.geometry) <= LARGEST_M2 for one in found)
    thick = {np.bincount(given.events.cell[one.events]).argmax() for one in found[:2]}
    assert thick == {12 * 30 + 12, 17 * 30 + 18}
    assert min(one.count for one in found) >= 12
    assert [one.count for one in found] == sorted((one.count for one in found), reverse=True)
    together = np.concatenate([one.events for one in found])
    assert len(np.unique(together)) == len(together)
    reach = dict(CLUSTERS(given).chosen)
    assert float(reach["reach_least_m"]) < float(reach["reach_m"])
    assert "reach_least_m" not in dict(wide.chosen)
