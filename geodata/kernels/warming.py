"""The kernels compiled before anybody waits for one."""

from __future__ import annotations

import importlib
import time

KERNELS = (
    "discoveries",
    "equal_split",
    "filtering",
    "finite_density",
    "heap",
    "left_out",
    "link_events",
    "nearest_segment",
    "neighbourhoods",
    "permutations",
    "shortest_ways",
    "sorting",
    "space_time_scan",
    "spatial_scan",
    "spreading",
)
"""The files of this room that hold kernels, all of which are compiled when the house is built."""


def warm() -> dict[str, float]:
    """Compile every kernel, or read it from the cache; return the seconds that each file took."""
    took = {}
    for name in KERNELS:
        started = time.perf_counter()
        importlib.import_module(f"geodata.kernels.{name}")
        took[name] = time.perf_counter() - started
    return took
