"""The space-time permutation scan, retrospective, on a made-up town without clusters."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.frame import Row
from geodata.hotspots.monte_carlo import Replications
from geodata.hotspots.permutation_scan import SpaceTimeScan, permutation_scan
from geodata.hotspots.zones import ZoneLimits
from geodata.kernels.threads import available

PLACES, WEEKS, CASES, NEAREST, LONGEST = 2_000, 104, 20_000, 50, 26
QUICK_PLACES, QUICK_CASES = 300, 3_000
PLAIN_S = 1.0
"""CPU seconds of one replication in a plain compiled version, as the task states it."""

THREADS = 2
WHOLE_S, GUMBEL_S = 360.0, 45.0


def space_time_scan_rows(*, quick: bool) -> list[Row]:
    """Time 999 replications, and 99 with Gumbel's tail; one replication beside a plain version's."""
    places, cases = (QUICK_PLACES, QUICK_CASES) if quick else (PLACES, CASES)
    wall, _, gumbel = _scan(places, cases, Replications(number=99, enough=99))
    many = 99 if quick else 999
    took, cpu, whole = _scan(places, cases, Replications(number=many, enough=many, gumbel=False))
    same = bool((gumbel.chance.highest == whole.chance.highest[:99]).all())
    task = f"space-time permutation scan, {places:,} places × {WEEKS} weeks, {cases:,} cases"
    note = f"one run, {THREADS} threads on {available()} processors; kernels compiled before"
    return [
        Row(
            task=f"{task}: {many} replications, s on the clock",
            ours=took,
            bar=f"at most {WHOLE_S:g}, and the same figures as in 99",
            holds=took <= WHOLE_S and same,
            note=f"{note}; {cpu:.4g} CPU-s",
        ),
        Row(
            task=f"{task}: 99 replications with Gumbel, s on the clock",
            ours=wall,
            bar=f"at most {GUMBEL_S:g}",
            holds=wall <= GUMBEL_S,
            note=note,
        ),
        Row(
            task=f"{task}: one replication, CPU-s",
            ours=cpu / many,
            other=None if quick else PLAIN_S,
            bar="less than the plain version's, which is stated and not run",
            holds=cpu / many < PLAIN_S,
        ),
    ]


def _scan(places: int, cases: int, replications: Replications) -> tuple[float, float, SpaceTimeScan]:
    """Return seconds on the clock and of the processors, and the scan."""
    random = np.random.default_rng(1)
    x, y = random.uniform(0, 10_000, (2, places))
    place = random.choice(places, cases, p=random.dirichlet(np.ones(places)))
    season = 1 + 0.3 * np.sin(np.arange(WEEKS) / 52 * 2 * np.pi)
    week = random.choice(WEEKS, cases, p=season / season.sum())
    clock, cpu = time.perf_counter(), time.process_time()
    scan = permutation_scan(
        place, week, x, y,
        periods=WEEKS, longest=LONGEST, limits=ZoneLimits(NEAREST, 1e9, 0.5),
        replications=replications, seed=1, alpha=0.05, threads=THREADS,
    )  # fmt: skip
    took = time.perf_counter() - clock, time.process_time() - cpu
    if scan is None:
        raise RuntimeError("the made-up town has no case above its expectation")
    return *took, scan
