"""Whether "fell" and "rose" are said when they should be, in studies where the truth is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import binom

from benchmarks.frame import Row
from benchmarks.studies import (
    REFERENCE,
    TREND,
    Study,
    Tally,
    displacement_found,
    log_ratio,
    made,
    with_spread,
    worst_of_town,
)
from geodata.evaluation.before_after import before_after
from geodata.evaluation.effect import BeforeAfter
from geodata.evaluation.power import ALPHA, POWER

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.evaluation.effect import Change

SEED = 1997
STUDIES, QUICK_STUDIES = 2000, 300
FEW, ENOUGH, ENOUGH_WDD, MOST = 40, 110, 150, 200
FEWEST, LARGEST_SIZE = 5, 4.0
FOUND_BAR, ABOUT, INSIDE = 0.90, (0.35, 0.55), (0.88, 0.92)
SPREAD = 0.2
"""Standard deviation of a place's own log change where places differ by more than chance."""

CLOSE = 0.05
TOLD = "told, not held to"


def rows(*, quick: bool) -> list[Row]:
    """Judge counts beside comparison places, then places that were chosen because they were bad."""
    studies = QUICK_STUDIES if quick else STUDIES
    return [*_nothing(studies), *_halving(studies), *_few(studies), *_ranges(studies),
            *_differing(studies), *_worst(studies)]  # fmt: skip


def _asked(
    studies: int,
    mean: Callable[[np.random.Generator], float],
    effect: float,
    *,
    size: Callable[[np.random.Generator], float] = lambda _: 1.0,
    trend: float = 1.0,
    spread: float = 0.0,
    answer: Callable[[Study], Change] = log_ratio,
) -> tuple[Tally, float]:
    """Return what was said in many studies, and how often the weighted displacement difference found any."""
    random, tally, displaced = np.random.default_rng(SEED), Tally(), []
    for _ in range(studies):
        large = size(random)
        study = made(random, mean(random), effect, size=large, trend=trend, spread=spread)
        tally.add(answer(study), effect)
        displaced.append(displacement_found(study, large))
    return tally, float(np.mean(displaced))


def _exactly(value: float) -> Callable[[np.random.Generator], float]:
    return lambda _: float(value)


def _any_size(random: np.random.Generator) -> float:
    return float(np.exp(random.uniform(np.log(FEWEST), np.log(MOST))))


def _unlike(random: np.random.Generator) -> float:
    return float(np.exp(random.uniform(-np.log(LARGEST_SIZE), np.log(LARGEST_SIZE))))


def _nothing(studies: int) -> list[Row]:
    found = []
    for words, answer in (("log ratio", log_ratio), ("log ratio, places' own spread measured", with_spread)):
        tally, displaced = _asked(studies, _any_size, 1.0, size=_unlike, trend=TREND, answer=answer)
        said = float(np.mean(tally.said))
        found.append(
            Row(
                task=f"{words}: {studies} studies without effect, {FEWEST} to {MOST} events before, unlike "
                'comparison: share with "fell" or "rose"',
                ours=said,
                other=displaced,
                bar=f"at most {ALPHA:g}",
                holds=said <= _allowed(studies, full=ALPHA),
                note="the other is the weighted displacement difference, scaled",
            )
        )
    return found


def _allowed(studies: int, *, full: float) -> float:
    """Return the bar; in a quick run with the luck of so few studies."""
    return full if studies >= STUDIES else float(binom.ppf(0.99, studies, full) / studies)


def _halving(studies: int) -> list[Row]:
    found = []
    for events in (ENOUGH, ENOUGH_WDD):
        tally, displaced = _asked(studies, _exactly(events), 0.5)
        share = float(np.mean(tally.fell))
        needed = FOUND_BAR if studies >= STUDIES else float(binom.ppf(0.01, studies, FOUND_BAR) / studies)
        found.append(
            Row(
                task=f"log ratio: {studies} halvings from {events} events, comparison as large: share found",
                ours=share,
                other=displaced,
                bar=f"at least {FOUND_BAR:g}",
                holds=share >= needed,
                note="the other is the weighted displacement difference",
            )
        )
    tally, displaced = _asked(studies, _exactly(ENOUGH), 0.5, answer=with_spread)
    found.append(
        Row(
            task=f"log ratio, places' own spread measured: {studies} halvings from {ENOUGH}: share found",
            ours=float(np.mean(tally.fell)),
            bar=TOLD,
            holds=True,
            note="what asking whether places differ costs where they do not",
        )
    )
    tally, displaced = _asked(studies, _exactly(ENOUGH_WDD), 0.5, size=_exactly(LARGEST_SIZE))
    random = np.random.default_rng(SEED)
    unscaled = np.mean(
        [displacement_found(made(random, ENOUGH_WDD, 0.5, size=LARGEST_SIZE), 1.0) for _ in range(studies)]
    )
    found.append(
        Row(
            task=f"log ratio: {studies} halvings from {ENOUGH_WDD}, comparison {LARGEST_SIZE:g} times that: "
            "share found",
            ours=float(np.mean(tally.fell)),
            other=displaced,
            bar=f"at least {FOUND_BAR:g}",
            holds=float(np.mean(tally.fell)) >= FOUND_BAR,
            note="the other is the weighted displacement difference, scaled; unscaled it finds "
            f"{unscaled:.2f}",
        )
    )
    return found


def _few(studies: int) -> list[Row]:
    tally, displaced = _asked(studies, _exactly(FEW), 0.5)
    share, told = float(np.mean(tally.fell)), float(np.mean(tally.told_how_much))
    change = log_ratio(Study(BeforeAfter(FEW, FEW), (BeforeAfter(FEW, FEW),), ()))
    smallest = change.smallest_decrease or 0.0
    seen, _ = _asked(studies, _exactly(FEW), smallest)
    kept = float(np.mean(seen.fell))
    return [
        Row(
            task=f"log ratio: {studies} halvings from {FEW} events, comparison as large: share found",
            ours=share,
            other=displaced,
            bar=f"about 0.4: {ABOUT[0]:g} to {ABOUT[1]:g}",
            holds=ABOUT[0] <= share <= ABOUT[1],
            note="the other is the weighted displacement difference",
        ),
        Row(
            task="the same: share of answers that say how much could have been seen, or found it",
            ours=told,
            bar="1",
            holds=told == 1,
        ),
        Row(
            task=f"from {FEW} events the screen says {1 - smallest:.0%} fewer could be seen: share found",
            ours=kept,
            bar=f"about {POWER:g}",
            holds=abs(kept - POWER) <= CLOSE + 0.03 * (studies < STUDIES),
        ),
    ]


def _ranges(studies: int) -> list[Row]:
    found = []
    for effect in (0.5, 1.0, 1.5):
        tally, _ = _asked(
            studies, lambda random: float(random.uniform(20, MOST)), effect, size=_unlike, trend=TREND
        )
        held = float(np.mean(tally.held))
        room = 0.0 if studies >= STUDIES else 0.03
        found.append(
            Row(
                task=f"log ratio: {studies} studies with ratio {effect:g}: share of 90 % ranges that hold it",
                ours=held,
                bar=f"{INSIDE[0]:g} to {INSIDE[1]:g}",
                holds=INSIDE[0] - room <= held <= INSIDE[1] + room,
            )
        )
    return found


def _differing(studies: int) -> list[Row]:
    """Tell what happens where places change of themselves."""
    found = []
    for words, answer in (("log ratio", log_ratio), ("log ratio, places' own spread measured", with_spread)):
        tally, displaced = _asked(
            studies, _exactly(60), 1.0, size=_exactly(3), trend=TREND, spread=SPREAD, answer=answer
        )
        found += [
            Row(
                task=f"{words}: no effect, but places' own changes differ by {SPREAD:g}: share that says so",
                ours=float(np.mean(tally.said)),
                other=displaced,
                bar=TOLD,
                holds=True,
                note=f"its 90 % ranges hold the truth in {np.mean(tally.held):.3f}",
            )
        ]
    return found


def _worst(studies: int) -> list[Row]:
    """Judge by empirical Bayes where the worst of many places was chosen, and tell what the others say."""
    found = []
    lucky = float(binom.ppf(0.95, studies, ALPHA) / studies)
    for effect in (1.0, 0.5):
        naive, plain, bayes = Tally(), Tally(), Tally()
        random = np.random.default_rng(SEED)
        for _ in range(studies):
            town = worst_of_town(random, effect)
            naive.add(before_after(town.treated, ()), effect)
            plain.add(before_after(town.treated, town.others), effect)
            bayes.add(town.judged(), effect)
        held = float(np.mean(bayes.held))
        said = float(np.mean(bayes.said if effect == 1 else bayes.fell))
        middle = float(np.mean(bayes.ratios))
        beside = f"by log ratio {np.mean(plain.said if effect == 1 else plain.fell):.3f}, by plain counts "
        beside += f"{np.mean(naive.said if effect == 1 else naive.fell):.3f}"
        found += [
            Row(
                task=f"empirical Bayes: worst of {REFERENCE} places treated, ratio {effect:g}: "
                + ('share with "fell" or "rose"' if effect == 1 else "share found"),
                ours=said,
                bar=f"at most {ALPHA:g}, with the luck of {studies} studies {lucky:.3f}"
                if effect == 1
                else TOLD,
                holds=effect != 1 or said <= lucky,
                note=beside,
            ),
            Row(
                task=f"empirical Bayes: the same, mean of the estimates over {effect:g}",
                ours=middle / effect,
                other=float(np.mean(plain.ratios)) / effect,
                bar=f"within {CLOSE:g} of 1",
                holds=abs(middle / effect - 1) <= CLOSE,
                note="the other is the log ratio: it takes the turn of luck for an effect",
            ),
            Row(
                task="empirical Bayes: the same, share of 90 % ranges that hold the truth",
                ours=held,
                other=float(np.mean(plain.held)),
                bar=f"{INSIDE[0]:g} to {INSIDE[1]:g}",
                holds=INSIDE[0] - 0.03 * (studies < STUDIES)
                <= held
                <= INSIDE[1] + 0.03 * (studies < STUDIES),
                note="the other is the log ratio",
            ),
        ]
    return found
