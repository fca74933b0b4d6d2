"""Stretches of street by their density, on streets that can be counted by hand."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geodata.hotspots.base import Events
from geodata.hotspots.network_bandwidth import SAMPLE
from geodata.hotspots.network_kde import NETWORK_KDE, NetworkKdeParameters
from tests.geodata.hotspots.plaza import EAST, NORTH, material

QUIET = NetworkKdeParameters(bandwidth_m=100)


def along(given, link, along_m):
    """Return the material with its events at these places on links; -1 is off the streets."""
    link, along_m = np.asarray(link, dtype=np.int64), np.asarray(along_m, dtype=np.float64)
    zeros = np.zeros(len(link), dtype=np.int64)
    x = np.full(len(link), EAST)
    return replace(
        given, events=Events(x, x, np.ones(len(link)), zeros, zeros, zeros, link, along_m)
    )  # fmt: skip


def streets_with(link, along_m):
    return along(material(np.zeros(400), side=20), link, along_m)


def test_the_densest_part_of_one_street_is_one_stretch_with_its_events():
    given = streets_with(
        [*np.zeros(30), *np.arange(1, 600, 20)], [*np.linspace(40, 60, 30), *np.full(30, 50)]
    )
    result = NETWORK_KDE(given, QUIET)
    first = result.findings[0]
    assert set(range(30)) <= set(first.events.tolist())
    middle = shapely.Point(EAST + 100, NORTH + 50)
    assert first.geometry.distance(middle) < 1e-6
    assert 0 < first.geometry.length <= 800
    assert first.score == pytest.approx(1000 * result.details.density.max())
    assert len(result.findings) == 1


def test_a_long_hot_street_is_cut_where_it_is_fullest():
    links = np.flatnonzero(material(np.zeros(400), side=20).network.name == "Östra 4")
    rng = np.random.default_rng(1)
    link = np.concatenate([np.repeat(links, 20), np.repeat(links[7:10], 20)])
    given = streets_with(link, rng.uniform(0, 100, len(link)))
    result = NETWORK_KDE(given, replace(QUIET, top_share=0.05, longest_m=400))
    assert len(result.findings) > 1
    assert all(one.geometry.length <= 400 + 1e-6 for one in result.findings)
    assert sum(one.count for one in result.findings) == len(
        np.unique(np.concatenate([one.events for one in result.findings]))
    )
    in_middle = shapely.LineString([(EAST + 750, NORTH + 450), (EAST + 1050, NORTH + 450)])
    assert result.findings[0].geometry.intersection(in_middle.buffer(1)).length > 200


def test_what_lies_off_the_streets_is_left_out_and_said():
    result = NETWORK_KDE(streets_with([0, 0, -1], [10, 20, np.nan]), QUIET)
    assert (result.used, result.left_out) == (2, (("off_street", 1),))
    nowhere = NETWORK_KDE(streets_with([-1], [np.nan]), QUIET)
    assert (nowhere.used, nowhere.left_out, nowhere.warnings) == (
        0,
        (("off_street", 1),),
        ("none_on_streets",),
    )


def test_the_bandwidth_is_chosen_and_said_unless_it_is_given():
    given = streets_with(np.zeros(50), np.linspace(10, 30, 50))
    assert NETWORK_KDE(given).chosen == (("bandwidth_m", "100"),)
    assert NETWORK_KDE(given).seed is None
    assert NETWORK_KDE(given, QUIET).chosen == ()
    many = streets_with(np.arange(SAMPLE + 1) % 700, np.linspace(0, 100, SAMPLE + 1))
    assert NETWORK_KDE(many, seed=5).seed == 5


def test_a_bandwidth_below_the_lixel_is_warned_of():
    given = streets_with(np.zeros(50), np.linspace(10, 30, 50))
    assert "bandwidth_below_lixel" in NETWORK_KDE(given, replace(QUIET, lixel_m=150)).warnings
    assert "bandwidth_below_lixel" not in NETWORK_KDE(given, QUIET).warnings
