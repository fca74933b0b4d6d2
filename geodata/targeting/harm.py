"""Expected harm by place, day and half hour: how much, when in the week, on which days of the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.season import MONTHS
from geodata.evidence.shrinkage import shrink
from geodata.evidence.windows import SLOTS_PER_DAY
from geodata.targeting.working_day import DAYTIME, EVENING

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geodata.targeting.working_day import DayMarks

WORTH = 20.0
"""A place's own school days, months and risk evenings count beside those of its kind as this many records
that behave like the kind; the kind's likewise beside days all alike."""

SHAPE_WORTH = 100.0
"""The week of its kind weighs as this many records in the week of a place."""

OWN_CELLS = 3360.0
"""With as many records, ten for each half hour of the week, half hours of their own weigh as much as weekdays
and times of day pooled."""

SMOOTH_WORTH = 40.0
"""With as many records times of day as they were told weigh as much as drawn out over the half hours beside:
many records show the edge of a school's morning, which smoothing would blur."""

WEIGHT_WORTH = 10.0
"""Mean severity at a place is drawn towards the mean of all as by this many records."""

ROUNDS = 3
SATURDAY = 5
SMOOTH = np.array([0.25, 0.5, 0.25])


@dataclass(frozen=True, eq=False)
class Happened:
    """Records of known time, each at one place.

    Attributes
    ----------
    place, day
        Position of the place, and of the working day among those covered; -1 for a day not known,
        shape ``(n,)``.
    week
        Which half hours of the working week they may lie in, rows adding up to one, shape ``(n, 336)``.
    weight
        By severity, shape ``(n,)``.
    """

    place: NDArray[np.int64]
    day: NDArray[np.int64]
    week: csr_array
    weight: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Harm:
    """A fitted expectation.

    Attributes
    ----------
    usual
        Weighted records a day in each half hour of each weekday, were the day of no kind that differs,
        shape ``(places, 7, 48)``.
    school, month, risk
        Factors: school-free and school days (Monday–Friday, daytime), months, ordinary and risk evenings;
        shapes ``(places, 2)``, ``(places, 12)``, ``(places, 2)``.
    shape
        Of the gamma distribution of each place's level round its mean, shape ``(places,)``.
    """

    usual: NDArray[np.float64]
    school: NDArray[np.float64]
    month: NDArray[np.float64]
    risk: NDArray[np.float64]
    shape: NDArray[np.float64]

    def on(self, days: DayMarks) -> NDArray[np.float64]:
        """Return the expected harm of some days, shape ``(places, days, 48)``."""
        expected = self.usual[:, days.weekday].copy()
        expected *= self.month[:, days.month][:, :, None]
        expected[:, :, DAYTIME] *= _of_school(self.school, days)[:, :, None]
        expected[:, :, EVENING] *= self.risk[:, days.risk.astype(np.int64)][:, :, None]
        return np.asarray(expected)


def fit_harm(
    happened: Happened, *, expected: NDArray[np.float64], kind: NDArray[np.int64], days: DayMarks
) -> Harm:
    """Fit the expected harm of every place.

    A place's level is shrunken towards what people and traffic there let one expect, its week towards that
    of its kind, and how school days, months and risk evenings differ likewise: few records move little.
    The factors are fitted one after another, each given the others, until they settle.

    Parameters
    ----------
    expected
        Records expected at each place by the same rule, shape ``(places,)``.
    kind
        Kind of each place as a number, shape ``(places,)``.
    days
        The working days that the records cover.

    Notes
    -----
    Hauer, Harwood, Council & Griffith 2002, *Transportation Research Record* 1784 (empirical Bayes);
    Deming & Stephan 1940, *Annals of Mathematical Statistics* 11 (iterative proportional fitting).
    """
    places = len(expected)
    level = shrink(np.bincount(happened.place, minlength=places).astype(np.float64), expected)
    total = level.ratio * expected * _mean_weight(happened, places)
    share = _weeks(happened, kind)
    seen = _Seen.of(happened, places, days)
    fit = Harm(
        usual=np.zeros_like(share),
        school=np.ones((places, 2)),
        month=np.ones((places, MONTHS)),
        risk=np.ones((places, 2)),
        shape=level.shape,
    )
    for _ in range(ROUNDS):
        fit = _once(fit, total[:, None, None] * share, seen, kind, days)
    return fit


@dataclass(frozen=True, eq=False)
class _Seen:
    """Records by place and day, in the daytime and in the evening, each shape ``(places, days)``."""

    daytime: NDArray[np.float64]
    evening: NDArray[np.float64]
    whole: NDArray[np.float64]

    @classmethod
    def of(cls, happened: Happened, places: int, days: DayMarks) -> _Seen:
        by_time = happened.week.toarray().reshape(-1, 7, SLOTS_PER_DAY).sum(axis=1)
        known = happened.day >= 0

        def laid(part: slice) -> NDArray[np.float64]:
            held = np.zeros((places, len(days.weekday)))
            np.add.at(held, (happened.place[known], happened.day[known]), by_time[known][:, part].sum(axis=1))
            return held

        return cls(laid(DAYTIME), laid(EVENING), laid(slice(None)))


def _once(
    fit: Harm, total: NDArray[np.float64], seen: _Seen, kind: NDArray[np.int64], days: DayMarks
) -> Harm:
    """Fit the usual week given the factors, then each factor given the rest."""
    usual = np.zeros_like(total)
    school, risk = _of_school(fit.school, days), fit.risk[:, days.risk.astype(np.int64)]
    month = fit.month[:, days.month]
    for weekday in range(7):
        on = days.weekday == weekday
        between = slice(DAYTIME.stop, EVENING.start)
        for part, factor in (
            (DAYTIME, month * school),
            (between, month),
            (EVENING, month * risk),
        ):
            amount = factor[:, on].sum(axis=1)
            usual[:, weekday, part] = total[:, weekday, part] / np.maximum(amount, 1e-9)[:, None]
    by_day = usual[:, days.weekday]
    daytime, evening = by_day[:, :, DAYTIME].sum(axis=2), by_day[:, :, EVENING].sum(axis=2)
    between_sum = by_day.sum(axis=2) - daytime - evening
    # Expectations are weighted by severity, counts are not: only their ratio matters here.
    scale = _scale(seen.whole, (daytime * school + between_sum + evening * risk) * month)
    working = days.weekday < SATURDAY
    school_levels = [(working & (days.school == bool(level))) for level in (0, 1)]
    new_school = _factor(seen.daytime, scale * daytime * month, school_levels, kind)
    school = _of_school(new_school, days)
    month_levels = [days.month == number for number in range(MONTHS)]
    new_month = _factor(
        seen.whole, scale * (daytime * school + between_sum + evening * risk), month_levels, kind
    )
    month = new_month[:, days.month]
    risk_levels = [days.risk == bool(level) for level in (0, 1)]
    new_risk = _factor(seen.evening, scale * evening * month, risk_levels, kind)
    return Harm(usual, new_school, new_month, new_risk, fit.shape)


def _factor(
    counts: NDArray[np.float64],
    expected: NDArray[np.float64],
    levels: list[NDArray[np.bool_]],
    kind: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return how many times more some days hold than expected, by place, drawn towards the kind's."""
    held = np.column_stack([counts[:, on].sum(axis=1) for on in levels])
    given = np.column_stack([expected[:, on].sum(axis=1) for on in levels])
    found = np.empty_like(held)
    for one in np.unique(kind):
        mine = kind == one
        of_kind = (held[mine].sum(axis=0) + WORTH) / (given[mine].sum(axis=0) + WORTH)
        found[mine] = (held[mine] + WORTH * of_kind) / (given[mine] + WORTH)
    return found


def _of_school(school: NDArray[np.float64], days: DayMarks) -> NDArray[np.float64]:
    """Return the factor of each day; a Saturday or Sunday has none, shape ``(places, days)``."""
    factor = school[:, days.school.astype(np.int64)]
    return np.where(days.weekday < SATURDAY, factor, 1.0)


def _scale(counts: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((counts.sum(axis=1) + 1e-9) / np.maximum(expected.sum(axis=1), 1e-9))[:, None]


def _mean_weight(happened: Happened, places: int) -> NDArray[np.float64]:
    count = np.bincount(happened.place, minlength=places)
    weight = np.bincount(happened.place, weights=happened.weight, minlength=places)
    usual = float(happened.weight.mean()) if len(happened.weight) else 1.0
    return np.asarray((weight + WEIGHT_WORTH * usual) / (count + WEIGHT_WORTH))


def _weeks(happened: Happened, kind: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of each half hour of the working week at each place, shape ``(places, 7, 48)``."""
    counts = np.zeros((len(kind), 7 * SLOTS_PER_DAY))
    np.add.at(counts, happened.place, happened.week.toarray())
    every = _pooled(counts.sum(axis=0) + 1.0)
    shares = np.empty((len(kind), 7, SLOTS_PER_DAY))
    for one in np.unique(kind):
        mine = np.flatnonzero(kind == one)
        of_kind = _drawn(counts[mine].sum(axis=0), every)
        for place in mine:
            shares[place] = _drawn(counts[place], of_kind)
    return shares


def _drawn(counts: NDArray[np.float64], towards: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the week of some records, its half hours pooled and drawn towards another's."""
    known = float(counts.sum())
    own = known / (known + SHAPE_WORTH)
    return own * _pooled(counts + 1e-3) + (1 - own) * towards


def _pooled(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shares: half hours of their own, as far as they are many, and weekdays × times of day."""
    total = float(counts.sum())
    week = counts.reshape(7, SLOTS_PER_DAY)
    pooled = np.zeros_like(week)
    for days in (slice(0, SATURDAY), slice(SATURDAY, 7)):
        group = week[days]
        pooled[days] = np.outer(_alike(group.sum(axis=1)), group.sum(axis=0))
    own = total / (total + OWN_CELLS)
    mixed = (own * week + (1 - own) * pooled).ravel()
    smooth = np.convolve(np.concatenate([mixed[-1:], mixed, mixed[:1]]), SMOOTH, mode="valid")
    clear = total / (total + SMOOTH_WORTH)
    found = clear * mixed + (1 - clear) * smooth
    return np.asarray((found / found.sum()).reshape(7, SLOTS_PER_DAY))


def _alike(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each of some days, drawn together as far as chance alone would set them apart.

    Notes
    -----
    Fienberg & Holland 1973, *Journal of the American Statistical Association* 68, with the positive part of
    James & Stein 1961: of days that differ no more than Poisson counts do nothing is left but their mean.
    """
    mean = max(float(counts.mean()), 1e-9)
    differ = float(((counts - mean) ** 2).sum()) / mean
    own = max(0.0, 1 - (len(counts) - 1) / differ) if differ > 0 else 0.0
    return own * counts / (mean * len(counts)) + (1 - own) / len(counts)
