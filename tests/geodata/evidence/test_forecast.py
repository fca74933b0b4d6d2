import numpy as np
import pytest

from geodata.evaluation.accuracy import accuracy
from geodata.evidence import hierarchical_poisson
from geodata.evidence.forecast import StreetGround, forecast
from geodata.evidence.neighbourhood import smoothed
from geodata.evidence.stacking import mixture

WEST, SOUTH = 400_000.0, 6_500_000.0


def town(seed: int, n: int = 900, periods: int = 5) -> tuple[np.ndarray, StreetGround, np.ndarray]:
    """Simulate a town whose traffic makes many records of one stream and few of two others."""
    random = np.random.default_rng(seed)
    side = int(np.sqrt(n))
    x, y = (one.ravel() * 100.0 for one in np.meshgrid(np.arange(side), np.arange(side)))
    road_class = (random.random(side * side) < 0.15).astype(np.int64)
    length = random.uniform(40, 160, side * side)
    centre = np.exp(-((x - x.mean()) ** 2 + (y - y.mean()) ** 2) / (2 * 600**2))
    traffic = length / 100 * np.where(road_class == 1, 3.0, 0.15) * random.gamma(1.5, 1 / 1.5, side * side)
    rate = np.stack(
        [0.02 * np.sqrt(traffic) * (0.1 + 5 * centre), 0.02 * traffic * (0.1 + 3 * centre), traffic]
    )
    ground = StreetGround(WEST + x, SOUTH + y, length, road_class, np.zeros((side * side, 0)))
    return random.poisson(rate, (periods, *rate.shape)).astype(float), ground, rate


def test_rare_streams_are_told_better_than_by_any_count():
    better = []
    for seed in range(4):
        counts, ground, rate = town(seed)
        found = forecast(counts, counts, ground)
        for stream in (0, 1):
            ours = accuracy(found.expected[stream], rate[stream], share=0.1).capture
            own = accuracy(counts[:, stream].sum(axis=0), rate[stream], share=0.1).capture
            traffic = accuracy(counts[:, 2].sum(axis=0), rate[stream], share=0.1).capture
            better.append(ours - max(own, traffic))
    assert np.mean(better) > 0.03
    assert min(better) > -0.03


def test_as_many_are_expected_as_there_were():
    counts, ground, _ = town(7)
    found = forecast(counts, counts, ground)
    np.testing.assert_allclose(found.expected.sum(axis=1), counts.sum(axis=(0, 2)) / len(counts), rtol=0.25)
    assert (found.expected > 0).all()
    assert set(found.chosen) <= {"regression", "sum"}


def test_the_same_data_give_the_same_answer_wherever_the_town_lies():
    counts, ground, _ = town(3, n=400)
    moved = StreetGround(
        ground.x + 5e5, ground.y - 3e5, ground.length_m, ground.road_class, ground.surroundings
    )
    one, other = forecast(counts, counts, ground), forecast(counts, counts, moved)
    np.testing.assert_allclose(one.expected, other.expected, rtol=1e-6)
    np.testing.assert_array_equal(one.expected, forecast(counts, counts, ground).expected)


def test_a_stream_without_records_and_an_empty_history_are_told_as_nothing():
    counts, ground, _ = town(1, n=100)
    counts[:, 0] = 0
    found = forecast(counts, counts, ground)
    assert np.isfinite(found.expected).all()
    assert found.expected[0].sum() < 1e-6
    assert np.isfinite(forecast(0 * counts, 0 * counts, ground).expected).all()


def test_one_period_is_not_enough():
    counts, ground, _ = town(1, n=100, periods=1)
    with pytest.raises(ValueError, match="two periods"):
        forecast(counts, counts, ground)


def test_smoothing_is_gaussian_and_keeps_mass():
    random = np.random.default_rng(2)
    x, y = WEST + random.uniform(0, 3000, 60), SOUTH + random.uniform(0, 2000, 60)
    values = random.gamma(1, 1, 60)
    apart = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    slow = (np.exp(-apart / (2 * 300**2)) @ values) / (2 * np.pi * 300**2)
    fast = smoothed(x, y, values, bandwidth_m=300)
    # Sharing a point by the corners of cells a sixth as wide broadens the kernel by a little.
    np.testing.assert_allclose(fast, slow, rtol=0.03, atol=0.02 * slow.max())
    elsewhere = smoothed(x, y, values, bandwidth_m=300, at=(x[:5] + 10_000, y[:5]))
    assert (elsewhere == 0).all()
    assert smoothed(x[:0], y[:0], values[:0], bandwidth_m=300).shape == (0,)


def test_the_mixture_finds_its_weights_and_leaves_out_what_is_nothing():
    random = np.random.default_rng(4)
    surfaces = np.column_stack([random.gamma(1, 1, (4000, 2)), np.zeros(4000)])
    counts = random.poisson(surfaces @ [0.5, 2.0, 9.0]).astype(float)
    np.testing.assert_allclose(mixture(surfaces, counts), [0.5, 2.0, 0.0], atol=0.15)
    assert mixture(surfaces, 0 * counts).tolist() == [0, 0, 0]


def test_streams_share_slopes_and_may_depart():
    random = np.random.default_rng(8)
    designs = random.normal(size=(3000, 2))
    slopes = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, -1.0]])
    counts = np.stack(
        [
            random.poisson(np.exp(level + designs @ one))
            for level, one in zip([-4.5, -1, 0], slopes, strict=True)
        ]
    )
    found = hierarchical_poisson.fit(designs, counts.astype(float), shared_precision=1, own_precision=1)
    np.testing.assert_allclose(found[1:, 1:], slopes[1:], atol=0.2)
    # With strong departures' precision, the rare one is told by the two others.
    tied = hierarchical_poisson.fit(designs, counts.astype(float), shared_precision=1, own_precision=1e6)
    np.testing.assert_allclose(tied[0, 1:], tied[2, 1:], atol=0.01)
    assert hierarchical_poisson.rates(found, designs).shape == (3, 3000)
