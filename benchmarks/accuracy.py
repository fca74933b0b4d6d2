"""Would the ranking have caught what came? Albany fitted on 2014–2018, two more real towns walked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks import walks
from benchmarks.albany import FILE, FIT, MODES, TEST, Albany, read
from benchmarks.frame import Row
from geodata.evaluation.comparison import DRAWS, compare
from geodata.evidence.forecast import forecast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.evaluation.comparison import Comparison

NAMES = {"ped": "pedestrian", "bike": "bicycle", "veh": "motor vehicle"}

BARS = {
    "ped": (0.60, 0.69, 0.74, 0.90),
    "bike": (0.56, 0.69, 0.63, 0.86),
    "veh": (0.950, 0.952, 0.720, 0.912),
}
"""NDCG at 10 and 25 %, capture at 10 and 25 %."""

COUNT_ALONE = {
    "ped": (0.609, 0.694, 0.715, 0.896),
    "bike": (0.541, 0.639, 0.627, 0.825),
    "veh": (0.951, 0.949, 0.716, 0.905),
}
"""Known of the motor-vehicle count alone: that it comes out shows that the data is read alike."""

OURS, HISTORY, COUNT, SSPF = "forecast", "crash history", "motor-vehicle count", "SSPF's update"
OTHERS = (HISTORY, COUNT, SSPF)

ALPHA, BETA = 0.5, 3.0
"""Of SSPF's update."""

QUICK_DRAWS = 100


def rows(*, quick: bool) -> list[Row]:
    """Reproduce what is known, then hold the forecast against its bars and the others."""
    if not FILE.is_file():
        raise FileNotFoundError(f"This needs Albany's streets and crashes: {FILE} is not here.")
    albany = read()
    scores = scored(albany)
    found = []
    for mode, name in enumerate(MODES):
        came = albany.events(mode, TEST)
        held = compare(
            {method: one[mode] for method, one in scores.items()}, came, draws=QUICK_DRAWS if quick else DRAWS
        )
        found += [*_reproduced(name, held), *_against_bars(name, held), *_against_others(name, held)]
    # New Orleans takes most of a minute.
    return found if quick else [*found, *walks.rows()]


def scored(albany: Albany) -> dict[str, NDArray[np.float64]]:
    """Score the windows by each method from 2014–2018 alone, shape ``(modes, windows)``."""
    history, outcome = albany.counts(FIT, injury=False), albany.counts(FIT, injury=True)
    counted = history[:, MODES.index("veh")].sum(axis=0)
    had = outcome.sum(axis=0)
    ground = albany.ground()
    return {
        OURS: forecast(history, outcome, ground).expected,
        HISTORY: had,
        COUNT: np.tile(counted, (len(MODES), 1)),
        SSPF: np.array([sspf(one, ground.length_m, ground.of_class) for one in had]),
    }


def sspf(
    had: NDArray[np.float64], length_m: NDArray[np.float64], of_class: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Score by the Safer Streets Priority Finder's update of a prior by what was seen.

    ``w · N_est + (1 − w) · N_obs`` with ``w = α / (1 + CV · N_est)^β``. Its nationwide prior is not in the
    data: here it is the class's mean a metre, and CV the coefficient of variation in the class.
    """
    expected, variation = np.zeros(len(had)), np.zeros(len(had))
    for members in of_class.T.astype(bool):
        if members.any() and had[members].any():
            expected[members] = length_m[members] * had[members].sum() / length_m[members].sum()
            variation[members] = had[members].std() / had[members].mean()
    weight = ALPHA / (1 + variation * expected) ** BETA
    return np.asarray(weight * expected + (1 - weight) * had)


def _reproduced(name: str, held: Comparison) -> list[Row]:
    off = float(np.abs(held.value[COUNT] - np.array(COUNT_ALONE[name])).max())
    return [
        Row(
            task=f"Albany, {NAMES[name]}: largest difference from the known four figures of the count alone",
            ours=off,
            bar="at most 0.0006",
            holds=off <= 0.0006,
        )
    ]


def _against_bars(name: str, held: Comparison) -> list[Row]:
    found = []
    for column, (measure, share) in enumerate(held.columns):
        ours, bar = held.of(OURS, column), BARS[name][column]
        found.append(
            Row(
                task=f"Albany, {NAMES[name]}: {_measure(measure, share)}, 90 % range"
                f" {ours.low:.3f}–{ours.high:.3f}; {COUNT} beside",
                ours=ours.value,
                other=held.of(COUNT, column).value,
                bar=f"at least {bar:g}",
                holds=ours.value >= bar,
            )
        )
    return found


def _against_others(name: str, held: Comparison) -> list[Row]:
    """One row a comparator: the figure in which ours stands worst, and whether it is surely behind."""
    found = []
    for other in OTHERS:
        between = [held.between(OURS, other, column) for column in range(len(held.columns))]
        worst = int(np.argmin([one.high for one in between]))
        said = "; ".join(
            f"{_measure(*held.columns[column])} {one.value:+.3f} ({one.low:+.3f} to {one.high:+.3f})"
            for column, one in enumerate(between)
        )
        found.append(
            Row(
                task=f"Albany, {NAMES[name]}: forecast less {other}, paired: {said}",
                ours=held.of(OURS, worst).value,
                other=held.of(other, worst).value,
                bar="in no figure is all of the 90 % range below 0",
                holds=between[worst].high >= 0,
            )
        )
    return found


def _measure(measure: str, share: float) -> str:
    return f"{'NDCG' if measure == 'ndcg' else 'Cap'}@{share * 100:g}"
