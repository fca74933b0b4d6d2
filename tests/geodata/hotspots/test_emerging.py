from dataclasses import fields, replace

import numpy as np
import pytest
from scipy.stats import kendalltau, norm

from geodata.hotspots.emerging import EMERGING, EmergingParameters, classify
from geodata.hotspots.getis_ord import gi_star
from geodata.hotspots.mann_kendall import mann_kendall
from geodata.hotspots.spans import cut
from tests.geodata.hotspots.plaza import DAYS, material

STORIES = {
    "new": "0000000001",
    "consecutive": "0000000111",
    "intensifying": "1111111111+",
    "persistent": "1111111111",
    "diminishing": "1111111111-",
    "sporadic": "0101000001",
    "oscillating": "01c1000001",
    "historical": "1111111110",
    "": "0111110000",
}


@pytest.mark.parametrize("code", STORIES)
def test_a_story_has_its_name(code):
    told = STORIES[code]
    periods = told.rstrip("+-")
    hot, cold = (np.array([[one == sign for one in periods]]) for sign in "1c")
    assert classify(hot, cold, np.array([told.count("+") - told.count("-")])).tolist() == [code]


def test_every_story_of_twelve_periods_has_at_most_one_name_and_a_hot_last_period_always_one():
    hot = (np.arange(4096)[:, None] >> np.arange(12)) % 2 == 1
    named = classify(hot, np.zeros_like(hot), np.zeros(4096, dtype=np.int64))
    assert (named[hot[:, -1]] != "").all()
    assert set(named[~hot[:, -1]]) == {"", "historical"}


def test_mann_kendall_is_written_out_and_turns_with_the_series():
    rng = np.random.default_rng(0)
    series = rng.integers(0, 5, (40, 13)).astype(float)
    z = mann_kendall(series)
    for row, found in zip(series, z, strict=True):
        rises = sum(np.sign(row[j] - row[i]) for j in range(13) for i in range(j))
        ties = sum(t * (t - 1) * (2 * t + 5) for t in np.unique(row, return_counts=True)[1])
        variance = (13 * 12 * 31 - ties) / 18
        assert found == pytest.approx((rises - np.sign(rises)) / np.sqrt(variance))
    np.testing.assert_allclose(mann_kendall(series[:, ::-1]), -z)
    assert mann_kendall(np.full((1, 12), 3.0)).tolist() == [0.0]


def test_mann_kendall_agrees_with_kendalls_tau_against_time():
    series = np.random.default_rng(1).normal(size=(20, 40)) + np.linspace(0, 1, 40)
    for row, z in zip(series, mann_kendall(series), strict=True):
        assert 2 * norm.sf(abs(z)) == pytest.approx(
            kendalltau(np.arange(40), row, method="asymptotic").pvalue, abs=0.01
        )


def test_a_period_is_gi_star_of_that_period():
    given = material(np.random.default_rng(0).poisson(6.0, 400).astype(float), side=20)
    found = EMERGING(given).details
    spans = cut(given, 28)
    count = np.bincount(given.events.cell[spans.span == 7], minlength=400)
    expected = given.cells.expected * (spans.span == 7).mean()
    excess = (count - expected) / np.sqrt(expected)
    z = gi_star(excess, given.cells.neighbours, ordinary=np.clip(excess, -5, 5))
    np.testing.assert_allclose(found.z[:, 7], z, atol=1e-9)


def test_events_of_unknown_day_are_left_out_of_what_is_expected_too():
    """Half of the days not known: a period holds half, and half is expected; nothing turns cold by it."""
    given = material(np.random.default_rng(0).poisson(8.0, 400).astype(float), side=20)
    given.events.last_day[::2] += 40
    result, told = EMERGING(given), EMERGING(half(given))
    assert result.used < 0.6 * given.events.number
    np.testing.assert_allclose(result.details.p_adjusted, told.details.p_adjusted)
    np.testing.assert_allclose(result.details.z, told.details.z, atol=1e-9)


def half(given):
    """Return the events whose day is known alone, with as much less expected."""
    known = np.flatnonzero(cut(given, 28).known)
    events = replace(
        given.events, **{one.name: getattr(given.events, one.name)[known] for one in fields(given.events)}
    )
    count = np.bincount(events.cell, minlength=400).astype(float)
    cells = replace(
        given.cells, count=count, expected=given.cells.expected * len(known) / given.events.number
    )
    return replace(given, events=events, cells=cells)


def test_spans_are_counted_from_the_last_day_and_cover_the_period():
    given = material(np.ones(9), side=3, day=[0, 1, 2, 6, 7, DAYS - 8, DAYS - 7, DAYS - 1, DAYS - 1])
    spans = cut(given, 7)
    assert spans.span.tolist() == [0, 0, 0, 0, 1, 102, 103, 103, 103]
    assert spans.between(103, 103) == (DAYS - 7, DAYS - 1)
    assert cut(given, 10).between(0, 0) == (0, 7)


@pytest.mark.parametrize(
    ("days", "code"), [((700, 728), "new"), ((588, 728), "consecutive"), ((0, 728), "persistent")]
)
def test_planted_stories_are_told(days, code):
    rng = np.random.default_rng(3)
    count = rng.poisson(3.0, 400).astype(float)
    day = [rng.integers(0, DAYS, int(count.sum()))]
    extra = 12 * (days[1] - days[0]) // 28
    cell = np.concatenate([np.repeat(np.arange(400), count.astype(int)), np.full(extra, 210)])
    when = np.concatenate([*day, np.linspace(days[0], days[1] - 1, extra).astype(int)])
    base = np.full(400, count.mean())
    count[210] += extra
    order = np.argsort(cell, kind="stable")
    given = material(count, base * count.sum() / base.sum(), side=20, day=when[order])
    found = [one for one in EMERGING(given).findings if 210 in given.events.cell[one.events]]
    assert found[0].class_code == code


def test_too_few_periods_are_said():
    given = material(np.full(100, 5.0), side=10)
    assert EMERGING(given, EmergingParameters(span_days=100)).warnings == ("few_periods",)
