"""Network density against the definition, one event and one walk at a time."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.errors import ParameterError
from geodata.hotspots import equal_split as module
from geodata.hotspots.equal_split import equal_split, lixels
from geodata.hotspots.network_bandwidth import choose_bandwidth, left_out_density
from geodata.streets.network import build


def net(*lines):
    return build(
        gpd.GeoDataFrame(
            {
                "street_id": np.arange(len(lines)),
                "name": "",
                "road_class": "residential",
                "speed_limit_kmh": np.nan,
            },
            geometry=[shapely.LineString(line) for line in lines],
            crs=3006,
        )
    )


NETS = {
    "one street with two dead ends": net([(0, 0), (70, 0)]),
    "a crossing": net([(0, 0), (200, 0)], [(200, 0), (330, 0)], [(200, 0), (200, 90)], [(200, 0), (180, -400)]),
    "a ring with a tail": net([(0, 0), (0, 60), (60, 60), (60, 0), (0, 0)], [(0, 0), (-100, 0)]),
    "two ways between the same crossings": net(
        [(0, 0), (80, 0)], [(0, 0), (40, 30), (80, 0)], [(80, 0), (150, 0)], [(0, 0), (-45, 5)]
    ),
    "a short piece between two crossings": net(
        [(0, 0), (100, 0)], [(100, 0), (118, 0)], [(118, 0), (240, 0)], [(100, 0), (100, 130)], [(118, 0), (118, -75)]
    ),
    "squares": net(
        *(((x, y), (x + 90, y)) for x in (0, 90) for y in (0, 70, 140)),
        *(((x, y), (x, y + 70)) for x in (0, 90, 180) for y in (0, 70)),
    ),
    "two towns apart": net([(0, 0), (100, 0)], [(5000, 0), (5000, 160)], [(5000, 160), (5090, 160)]),
}  # fmt: skip


def kernel(distance, h):
    """Return the quartic kernel on a line."""
    return np.where(np.abs(distance) < h, 15 / (16 * h) * (1 - (distance / h) ** 2) ** 2, 0.0)


def kernel_before(distance, h):
    """Return its integral from −h to a distance."""
    d = np.clip(distance / h, -1, 1)
    return 0.5 + 15 / 16 * (d - 2 / 3 * d**3 + d**5 / 5)


def ends_at(network):
    """Return the ends (link, side) at each node."""
    at = {}
    for link in range(network.links):
        at.setdefault(network.start[link], []).append((link, 0))
        at.setdefault(network.end[link], []).append((link, 1))
    return at


def passed_on(degree, same, continuous):
    if continuous:
        return 2 / degree - same
    if degree == 1:
        return 1.0
    return 0.0 if same else 1 / (degree - 1)


def walks(network, link, along, h, continuous):
    """Yield every walk from a place: the link it enters, by which end, after how many metres, with what share."""
    at = ends_at(network)
    waiting = [((link, 0), along, 1.0), ((link, 1), network.length_m[link] - along, 1.0)]
    while waiting:
        end, metres, share = waiting.pop()
        if metres >= h:
            continue
        node = network.end[end[0]] if end[1] else network.start[end[0]]
        for other in at[node]:
            borne = share * passed_on(len(at[node]), other == end, continuous)
            if borne:
                yield other, metres, borne
                waiting.append(((other[0], 1 - other[1]), metres + network.length_m[other[0]], borne))


def slow_masses(network, link, along, cut, h, continuous):
    """Return what falls on each lixel, each event and walk by itself."""
    mass = np.zeros(cut.number)
    bounds = [
        np.linspace(0, network.length_m[one], cut.starts[one + 1] - cut.starts[one] + 1)
        for one in range(network.links)
    ]
    for one, s in zip(link, along, strict=True):
        mass[cut.starts[one] : cut.starts[one + 1]] += np.diff(kernel_before(bounds[one] - s, h))
        for (other, side), metres, share in walks(network, one, s, h, continuous):
            from_end = bounds[other] if side == 0 else network.length_m[other] - bounds[other]
            mass[cut.starts[other] : cut.starts[other + 1]] += share * np.abs(
                np.diff(kernel_before(metres + from_end, h))
            )
    return mass


def events(network, number, seed=3):
    """Return events all over, some of them on a vertex and some in one place."""
    rng = np.random.default_rng(seed)
    link = rng.integers(0, network.links, number)
    along = rng.random(number) * network.length_m[link]
    along[:3], along[3:6] = 0.0, network.length_m[link[3:6]]
    link[6:9], along[6:9] = link[9], along[9]
    return link, along


@pytest.mark.parametrize("continuous", [False, True])
@pytest.mark.parametrize("bandwidth_m", [25.0, 150.0])
@pytest.mark.parametrize("name", NETS)
def test_equals_the_definition_and_preserves_mass(name, bandwidth_m, continuous):
    network = NETS[name]
    link, along = events(network, 40)
    cut = lixels(network, longest_m=7)
    mass = equal_split(network, link, along, cut, bandwidth_m=bandwidth_m, continuous=continuous)
    told = slow_masses(network, link, along, cut, bandwidth_m, continuous)
    density, other = mass / cut.metres, told / cut.metres
    assert np.abs(density - other).max() <= 1e-9 * other.max()
    assert mass.sum() == pytest.approx(40, abs=1e-9)


def test_past_a_crossing_of_four_each_other_street_gets_a_third():
    """Okabe, Satoh & Sugihara 2009: no ring, so the walk is the shortest way."""
    network = NETS["a crossing"]
    cut = lixels(network, longest_m=0.5)
    link, along = np.array([0]), np.array([150.0])
    split = equal_split(network, link, along, cut, bandwidth_m=100) / cut.metres
    joined = equal_split(network, link, along, cut, bandwidth_m=100, continuous=True) / cut.metres
    middle = cut.at(np.array([1, 2, 0]), np.array([20.1, 20.1, 180.1]))
    far = np.array([70.25, 70.25, 30.25])
    np.testing.assert_allclose(split[middle], kernel(far, 100) * [1 / 3, 1 / 3, 1], rtol=1e-3)
    back = kernel(np.array(30.25), 100) - 1 / 2 * kernel(np.array(69.75), 100)
    np.testing.assert_allclose(joined[middle], [*(kernel(far[:2], 100) / 2), back], rtol=1e-3)


def test_the_continuous_density_is_the_same_on_all_sides_of_a_crossing():
    network = NETS["a crossing"]
    cut = lixels(network, longest_m=0.01)
    mass = equal_split(
        network, np.array([0, 3]), np.array([160.0, 30.0]), cut, bandwidth_m=100, continuous=True
    )
    beside = cut.at(np.array([0, 1, 2, 3]), np.array([200.0, 0.0, 0.0, 0.0]))
    density = (mass / cut.metres)[beside]
    np.testing.assert_allclose(density, density[0], rtol=1e-3)


def test_short_links_where_walks_are_millions_cost_no_more_than_their_lengths():
    rungs = [[(5 * k, y), (5 * k + 5, y)] for k in range(12) for y in (0, 5)]
    network = net(*rungs, *([(5 * k, 0), (5 * k, 5)] for k in range(13)))
    cut = lixels(network, longest_m=2)
    mass = equal_split(network, np.array([3]), np.array([2.0]), cut, bandwidth_m=150, continuous=True)
    assert mass.sum() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("continuous", [False, True])
def test_weights_count_as_so_many_events(continuous):
    network = NETS["squares"]
    link, along = events(network, 12)
    weight = np.arange(12.0)
    cut = lixels(network)
    repeated = np.repeat(np.arange(12), np.arange(12))
    weighed = equal_split(network, link, along, cut, bandwidth_m=120, weight=weight, continuous=continuous)
    each = equal_split(network, link[repeated], along[repeated], cut, bandwidth_m=120, continuous=continuous)
    np.testing.assert_allclose(weighed, each, rtol=0, atol=1e-12)


def test_one_thread_and_two_give_the_same(monkeypatch):
    monkeypatch.setattr(module, "LINKS_A_CHUNK", 3)
    network = NETS["squares"]
    link, along = events(network, 200)
    one, two = (
        equal_split(network, link, along, lixels(network), bandwidth_m=150, threads=threads)
        for threads in (1, 2)
    )
    np.testing.assert_array_equal(one, two)


def test_a_bandwidth_and_a_lixel_have_a_length():
    network = NETS["squares"]
    none = np.empty(0, dtype=np.int64), np.empty(0)
    for wrong in (0, -1, np.nan, np.inf):
        with pytest.raises(ParameterError, match="bandwidth"):
            equal_split(network, *none, lixels(network), bandwidth_m=wrong)
    for wrong in (0, -1, np.nan):
        with pytest.raises(ParameterError, match="lixel"):
            lixels(network, longest_m=wrong)


@pytest.mark.parametrize("continuous", [False, True])
@pytest.mark.parametrize("name", NETS)
def test_the_density_of_all_others_equals_the_definition(name, continuous):
    network = NETS[name]
    link, along = events(network, 25)
    bandwidths = (30.0, 80.0, 150.0)
    density = left_out_density(
        network, link, along, np.arange(25), bandwidths_m=bandwidths, continuous=continuous
    )
    for at, h in enumerate(bandwidths):
        told = np.zeros((25, 25))
        for j in range(25):
            same = link == link[j]
            told[same, j] += kernel(along[same] - along[j], h)
            for (other, side), metres, share in walks(network, link[j], along[j], h, continuous):
                there = link == other
                from_end = along[there] if side == 0 else network.length_m[other] - along[there]
                told[there, j] += share * kernel(metres + from_end, h)
        np.fill_diagonal(told, 0)
        other = told.sum(axis=1)
        assert np.abs(density[:, at] - other).max() <= 1e-9 * np.abs(other).max()


def test_heaps_ask_for_a_narrow_bandwidth_and_an_even_spread_for_a_wide_one():
    network = net(*([(200 * k, 0), (200 * k + 200, 0)] for k in range(40)))
    rng = np.random.default_rng(6)
    even = rng.uniform(0, 8000, 300)
    heaps = np.clip(rng.uniform(100, 7900, 6)[rng.integers(0, 6, 300)] + rng.normal(0, 20, 300), 0, 7999)
    chosen = [
        choose_bandwidth(
            network, (at // 200).astype(np.int64), at % 200, bandwidths_m=(50.0, 100.0, 200.0, 400.0), seed=1
        )
        for at in (heaps, even)
    ]
    assert chosen == [50.0, 400.0]
