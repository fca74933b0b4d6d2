"""Walks from many places, against scipy's shortest paths."""

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from geodata.streets.network import build
from geodata.streets.reach import reach


def town(rng, nodes=80, links=160):
    """Return a network with parallel links, loops, dead ends, and a motorway that nobody walks."""
    ends = np.round(rng.uniform(0, 1000, (nodes, 2)))
    pairs = ends[rng.integers(0, nodes, (links, 2))]
    middles = pairs.mean(axis=1) + rng.normal(0, 40, (links, 2))
    return build(
        gpd.GeoDataFrame(
            {"street_id": np.arange(links), "name": "", "speed_limit_kmh": np.nan, "road_class": ["motorway"] * 5 + ["residential"] * (links - 5)},
            geometry=[shapely.LineString([a, m, b]) for (a, b), m in zip(pairs, middles, strict=True)],
            crs=3006,
        )
    )  # fmt: skip


def test_reaches_what_dijkstra_reaches_and_no_farther():
    rng = np.random.default_rng(4)
    network = town(rng)
    link = rng.integers(0, network.links, 60)
    along = rng.random(60) * network.length_m[link]
    found = reach(network, link, along, distance_m=600, threads=2)
    graph = network.adjacency(network.road_class != "motorway")
    for place in range(60):
        ends = [network.start[link[place]], network.end[link[place]]]
        to_end = dijkstra(graph, directed=False, indices=ends)
        away = np.minimum(to_end[0] + along[place], to_end[1] + network.length_m[link[place]] - along[place])
        mine = slice(found.begins[place], found.begins[place + 1])
        assert sorted(found.nodes[mine]) == np.flatnonzero(away <= 600).tolist()
        np.testing.assert_allclose(found.metres[mine], away[found.nodes[mine]], rtol=0, atol=1e-9)
        assert (np.diff(found.metres[mine]) >= 0).all()


def test_no_place_reaches_nothing():
    found = reach(town(np.random.default_rng(1)), [], [], distance_m=300)
    assert (found.begins.tolist(), len(found.nodes)) == ([0], 0)
