"""What every hotspot method keeps to, whatever the town's size; a new method is tested by its line in METHODS."""

from dataclasses import FrozenInstanceError, fields, replace
from functools import cache

import numpy as np
import pytest
import shapely

from geodata import codes
from geodata.evidence.baseline import fit
from geodata.grid import GRIDS
from geodata.hotspots.areas import LARGEST_M2, areas
from geodata.hotspots.base import Material, Need
from geodata.hotspots.methods import METHODS
from geodata.hotspots.scan_parameters import ScanParameters
from tests.geodata.hotspots.plaza import DAYS, cells_of, material


def noise(cells=900, mean=3.0, seed=0):
    return np.random.default_rng(seed).poisson(mean, cells).astype(float)


CASES = {
    "no cells": material([]),
    "one cell": material([4]),
    "no events": material(np.zeros(400)),
    "one event": material([*np.zeros(399), 1]),
    "a dozen events": material(np.isin(np.arange(400), np.arange(0, 400, 36)).astype(float)),
    "all in one cell": material([*np.zeros(399), 1000]),
    "the same everywhere": material(np.full(400, 7.0)),
    "noise": material(noise()),
    "little expected": material(noise(900, 0.02), np.full(900, 0.02)),
    "all on one day": material(noise(400, 1.0), day=np.zeros(int(noise(400, 1.0).sum()))),
    "no streets": material(noise(400, 1.0), network=False),
}
NOTHING = ["no cells", "no events", "one event", "a dozen events"]


@cache
def answered(name, case):
    """What a method says of a case; both are frozen, and several tests ask the same."""
    return METHODS[name](CASES[case])


def places(given, result):
    """Return the events at each place that a result points at, the hottest first."""
    if result.cells is None:
        return [one.events for one in result.findings]
    return [np.flatnonzero(np.isin(given.events.cell, one.cells)) for one in areas(given.cells, result.cells)]


def assert_same(first, second):
    assert (first.used, first.left_out, first.chosen, first.seed, first.warnings) == (
        second.used, second.left_out, second.chosen, second.seed, second.warnings
    )  # fmt: skip
    if first.cells is not None:
        np.testing.assert_array_equal(first.cells.score, second.cells.score)
        np.testing.assert_array_equal(first.cells.p_adjusted, second.cells.p_adjusted)
    assert len(first.findings) == len(second.findings)
    for one, other in zip(first.findings, second.findings, strict=True):
        np.testing.assert_array_equal(one.events, other.events)
        np.testing.assert_array_equal([one.score, one.p], [other.score, other.p])
        assert shapely.equals_exact(one.geometry, other.geometry)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("case", CASES)
def test_every_material_gets_an_answer(name, case):
    given = CASES[case]
    result = answered(name, case)
    assert METHODS[name].counting_rule in codes.COUNTING_RULES
    assert result.used + sum(number for _, number in result.left_out) == (
        0 if result.warnings == ("stretches_need_streets",) else given.events.number
    )
    assert {code for code, _ in result.left_out} <= set(codes.LEFT_OUT)
    assert set(result.warnings) <= set(codes.WARNINGS)
    if result.cells is not None:
        assert not result.findings
        for values in (result.cells.score, result.cells.p_adjusted, result.cells.hot):
            assert values.shape == (given.cells.cells,)
        assert np.isfinite(result.cells.score).all()
        assert result.cells.hot.dtype == bool
        known = result.cells.p_adjusted[~np.isnan(result.cells.p_adjusted)]
        assert ((known >= 0) & (known <= 1)).all()
        for found in areas(given.cells, result.cells):
            assert result.cells.hot[found.cells].all()
            assert found.count == given.cells.count[found.cells].sum()
            assert len(found.cells) * given.cells.cell_area_m2 <= LARGEST_M2
    for one in result.findings:
        assert one.count == len(np.unique(one.events))
        assert np.isfinite(one.score)
        assert METHODS[name].chance == bool(np.isfinite(one.p))
        assert not np.isfinite(one.p) or 0 <= one.p <= 1
        assert not shapely.is_empty(one.geometry)
        assert shapely.is_valid(one.geometry)
        assert one.class_code is None or one.class_code in codes.CLASSES
        assert (one.first_day is None) == (one.last_day is None)
        assert one.first_day is None or given.first_day <= one.first_day <= one.last_day <= given.last_day


@pytest.mark.parametrize("name", METHODS)
def test_parameters_are_frozen_and_have_defaults(name):
    parameters = METHODS[name].parameters()
    with pytest.raises(FrozenInstanceError):
        setattr(parameters, next(one.name for one in fields(parameters)), None)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_along_streets_says_that_it_needs_them(name):
    result = answered(name, "no streets")
    assert (result.warnings == ("stretches_need_streets",)) == (Need.STREETS in METHODS[name].needs)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("case", NOTHING)
def test_where_there_is_nothing_to_say_nothing_is_called_hot(name, case):
    result = answered(name, case)
    assert not places(CASES[case], result)
    assert result.warnings


@pytest.mark.parametrize("name", METHODS)
def test_the_same_material_gives_the_same_answer_and_is_not_changed(name):
    given = material(noise(seed=3))
    arrays = [given.cells.count, given.events.x, given.events.cell, given.events.first_day, given.events.link]
    before = [array.copy() for array in arrays]
    assert_same(METHODS[name](given, seed=7), METHODS[name](given, seed=7))
    for array, kept in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, kept)


@pytest.mark.parametrize("name", METHODS)
def test_one_thread_or_two_give_the_same_answer(name, monkeypatch):
    """Scans divide their replications among threads, so that a small town will do; others its cells."""
    small = isinstance(METHODS[name].parameters(), ScanParameters)
    given, found = material(noise(144 if small else 900), side=12 if small else 30), []
    for threads in (1, 2):
        for room in ("geodata.kernels.threads", "geodata.hotspots.monte_carlo"):
            monkeypatch.setattr(f"{room}.available", lambda threads=threads: threads)
        found.append(METHODS[name](given, seed=7))
    assert_same(*found)


def shuffled(given: Material, order) -> Material:
    """Return the same material with its events in another order."""
    moved = {one.name: getattr(given.events, one.name)[order] for one in fields(given.events)}
    return replace(given, events=replace(given.events, **moved))


@pytest.mark.parametrize("name", METHODS)
def test_the_order_of_events_does_not_matter(name):
    given, _, result = planted_and_found(name, "square")
    order = np.random.default_rng(1).permutation(given.events.number)
    other = shuffled(given, order)
    found, again = places(given, result), places(other, METHODS[name](other))
    assert [sorted(one) for one in found] == [sorted(order[one]) for one in again]


def planted(grid):
    """Return noise with forty more events in a few cells of the last four months, and those cells."""
    ids, _, _, joined = cells_of(grid, 30)
    count = noise(len(ids))
    middle = len(ids) // 2
    more = sorted({middle, *joined[[middle]].nonzero()[1][:3].tolist()})
    old = np.random.default_rng(2).integers(0, DAYS, int(count.sum()))
    cell = np.concatenate([np.repeat(np.arange(len(ids)), count.astype(int)), np.repeat(more, 25)])
    day = np.concatenate([old, DAYS - 1 - np.random.default_rng(4).integers(0, 120, 25 * len(more))])
    count[more] += 25
    order = np.argsort(cell, kind="stable")
    return material(count, grid=grid, day=day[order]), set(more)


@cache
def planted_and_found(name, grid):
    given, where = planted(grid)
    return given, where, METHODS[name](given)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("grid", GRIDS)
def test_a_planted_cluster_is_found(name, grid):
    given, where, result = planted_and_found(name, grid)
    hottest = places(given, result)[0]
    assert where & set(given.events.cell[hottest].tolist())


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.chance])
@pytest.mark.parametrize("mean", [0.02, 0.2, 3.0])
def test_noise_alone_rarely_makes_a_place(name, mean):
    """Ten towns only show that the level is no wild one; ``benchmarks calibration`` measures it."""
    found = 0
    for seed in range(10):
        count = noise(400, mean=mean, seed=seed)
        given = material(count, fit(count, np.empty((len(count), 0))).expected, side=20, seed=seed)
        found += bool(places(given, METHODS[name](given)))
    assert found <= 2
