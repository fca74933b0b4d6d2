"""Would the map have caught what came next? Each method against the plain count, period after period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geodata.analyses.cautions import cautions
from geodata.analyses.past import UNITS, Past, periods_of
from geodata.errors import ParameterError
from geodata.evaluation.comparison import Estimate, difference
from geodata.evaluation.walk_forward import plain_count, walk_forward
from geodata.privacy import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.analyses.ground import Ground
    from geodata.evaluation.walk_forward import Predictor, Step
    from geodata.periods import Period
    from geodata.schema import Stream
    from geodata.selection import Selection

PLAIN = "count"
"""What every method is held against."""

FIRST_TOLD = 2
"""Periods that go before the first that is told: a forecast learns from one how it tells another."""

MOST_TOLD = 6
"""Periods that are told at most, the newest."""


@dataclass(frozen=True, slots=True)
class MethodAccuracy:
    """How well one method told one stream, over all periods that were told.

    Attributes
    ----------
    share
        Share of the ground that was chosen.
    events
        Records that came in those periods.
    capture, pai, pei, ndcg, recapture
        Means over the periods, each by its records; NaN where nothing can be told.
    above_count
        How much more of the records it caught than the plain count, with its 90 % range; None for the
        count itself and where there are too few to tell.
    """

    method: str
    stream: Stream
    share: float
    events: int
    capture: float
    pai: float
    pei: float
    ndcg: float
    recapture: float
    above_count: Estimate | None


@dataclass(frozen=True, slots=True)
class AccuracyAnswer:
    """Every method beside the plain count.

    Attributes
    ----------
    unit
        What was chosen: cells, by area, or streets, by length.
    periods
        Those that were told, oldest first; empty where there are too few.
    used, left_out
        Records that were counted, in told periods and before; and those selected that were not: without a
        place or a period known so well, or of a period that is not over. None where nothing is told.
    rows
        By stream, share and method.
    counting_rule, warnings
        Codes of ``geodata.codes``.
    """

    unit: str
    periods: tuple[Period, ...]
    used: int | None
    rows: tuple[MethodAccuracy, ...]
    counting_rule: str
    warnings: tuple[str, ...]
    left_out: int | None = None


def tell_accuracy(
    ground: Ground,
    selection: Selection,
    *,
    unit: Literal["cells", "streets"] = "cells",
    step: Literal["tertial", "year"] = "tertial",
    methods: Sequence[str] | None = None,
) -> AccuracyAnswer:
    """Walk forward through the selection's periods and hold each method against what came.

    A method is given only the records of earlier periods. Streams are told apart.

    Parameters
    ----------
    unit
        Cells, chosen by area, or pieces of street, chosen by length.
    step
        Length of a period.
    methods
        Names that the unit knows; None takes its usual ones. The plain count is always there.

    Returns
    -------
    AccuracyAnswer
        Without rows, and with a warning, for an audience without cells and where there are fewer than
        three periods.

    Raises
    ------
    ParameterError
        ``method_unknown``.
    """
    made = UNITS[unit]
    wanted = tuple(methods) if methods else made.usual
    unknown = next((name for name in wanted if name != PLAIN and name not in made.methods), None)
    if unknown is not None:
        known = " or ".join((PLAIN, *made.methods))
        raise ParameterError(
            "method_unknown",
            f"There is no method {unknown}; use {known}.",
            method=unknown,
            methods=", ".join((PLAIN, *made.methods)),
        )
    if not RULES[selection.audience].cells:
        return AccuracyAnswer(unit, (), None, (), made.counting_rule, ("cells_withheld",))
    periods, period_of = periods_of(ground, selection, step=step)
    if len(periods) <= FIRST_TOLD:
        return AccuracyAnswer(unit, (), None, (), made.counting_rule, ("few_periods",))
    past = made.past(ground, selection, period_of, periods)
    first = max(FIRST_TOLD, len(periods) - MOST_TOLD)
    said = {
        "stretches_need_streets": unit == "streets" and not ground.network.links,
        "no_events": not len(past.rows),
    }
    told = not any(said.values())
    predictors = {
        name: made.methods[name](ground, selection, past) for name in wanted if told and name != PLAIN
    }
    return AccuracyAnswer(
        unit=unit,
        periods=tuple(periods[first:]),
        used=len(past.rows),
        rows=_walked(past, predictors, first=first) if told else (),
        counting_rule=made.counting_rule,
        warnings=(*(code for code, holds in said.items() if holds), *cautions(ground, selection)),
        left_out=int(ground.records.problems(selection).sum()) - len(past.rows),
    )


def _walked(past: Past, predictors: Mapping[str, Predictor], *, first: int) -> tuple[MethodAccuracy, ...]:
    """Hold the plain count and the others against each period from `first` on."""
    steps = walk_forward(
        past.counts,
        past.counts,
        {PLAIN: past.per_size(plain_count), **predictors},
        first=first,
        sizes=past.sizes,
    )
    return _rows(steps, past, (PLAIN, *predictors))


def _rows(steps: Sequence[Step], past: Past, methods: Sequence[str]) -> tuple[MethodAccuracy, ...]:
    """Bring the steps of each stream, share and method together."""
    found = []
    for at, stream in enumerate(past.streams):
        for share in sorted({one.accuracy.share for one in steps}):
            of = {
                name: [
                    one for one in steps if (one.method, one.stream, one.accuracy.share) == (name, at, share)
                ]
                for name in methods
            }
            if of[PLAIN]:
                found += [_row(name, stream, of[name], of[PLAIN], past) for name in methods]
    return tuple(found)


def _row(
    name: str, stream: Stream, ours: Sequence[Step], plain: Sequence[Step], past: Past
) -> MethodAccuracy:
    events = np.array([one.events for one in ours])

    def mean(measure: str) -> float:
        values = np.array([getattr(one.accuracy, measure) for one in ours])
        known = np.isfinite(values)
        return float(np.average(values[known], weights=events[known])) if known.any() else float("nan")

    above = None
    if name != PLAIN:
        above = difference(
            [past.counts[one.period, one.stream] for one in ours],
            [one.chosen for one in ours],
            [one.chosen for one in plain],
        )
    return MethodAccuracy(
        method=name,
        stream=stream,
        share=ours[0].accuracy.share,
        events=round(float(events.sum())),
        capture=mean("capture"),
        pai=mean("pai"),
        pei=mean("pei"),
        ndcg=mean("ndcg"),
        recapture=mean("recapture"),
        above_count=above,
    )
