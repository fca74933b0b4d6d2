"""Sliding windows against every window counted by itself."""

import geopandas as gpd
import numpy as np
import shapely

from geodata.streets.corridors import join
from geodata.streets.network import build
from geodata.streets.windows import Windows, heaviest, slide


def corridors(*lengths):
    """Return streets of these lengths, each of its own name."""
    return join(
        build(
            gpd.GeoDataFrame(
                {"street_id": range(len(lengths)), "name": [f"Gata {n}" for n in range(len(lengths))], "road_class": "", "speed_limit_kmh": float("nan")},
                geometry=[shapely.LineString([(0, 50 * n), (length, 50 * n)]) for n, length in enumerate(lengths)],
                crs=3006,
            )
        )
    )  # fmt: skip


def test_every_window_holds_what_lies_between_its_ends():
    streets = corridors(1000, 90, 400, 455.5)
    rng = np.random.default_rng(2)
    metre = np.sort(np.append(rng.uniform(0, streets.length_m - 1e-6, 200), [0.0, 999.9995]))
    weight = rng.integers(0, 4, len(metre)).astype(float)
    windows = slide(streets, metre, weight, length_m=400, step_m=100)
    told = []
    for begin, end in zip(streets.bounds[:-1], streets.bounds[1:], strict=True):
        first = begin
        while first + 400 < end:
            told.append((first, first + 400))
            first += 100
        told.append((max(begin, end - 400), end))
    np.testing.assert_allclose(np.column_stack([windows.first, windows.last]), told)
    for at, (first, last) in enumerate(zip(windows.first, windows.last, strict=True)):
        inside = (metre >= first) & (metre < last)
        assert windows.count[at] == inside.sum()
        assert np.isclose(windows.weight[at], weight[inside].sum())


def test_of_windows_that_overlap_the_heaviest_is_chosen_then_what_is_left():
    first = np.array([0.0, 100, 200, 300, 400, 500])
    windows = Windows(first, first + 200, np.array([9, 9, 9, 9, 2, 9]), np.array([3.0, 7, 5, 4, 9, 4]))
    assert heaviest(windows, fewest=3, most=9).tolist() == [1, 3, 5]
    assert heaviest(windows, fewest=3, most=1).tolist() == [1]
    assert heaviest(windows, fewest=1, most=9).tolist() == [4, 1]


def test_windows_that_weigh_nothing_are_not_chosen():
    one = np.ones(1)
    assert not len(heaviest(Windows(0 * one, one, np.array([9]), 0 * one), fewest=1, most=5))
