"""Did it help: each stream before and after something was done at a place, for an audience."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.effect_counts import count, records_in
from geodata.analyses.effect_judged import StreamEffect, judge
from geodata.analyses.effect_speed import speed_effect
from geodata.analyses.reached import told_until
from geodata.analyses.work_done import WorkDone, spans_of, survey_spans_of
from geodata.errors import AccessError
from geodata.evaluation.effect import EffectEstimate
from geodata.evaluation.survey_change import share, share_change
from geodata.periods import Period
from geodata.privacy import RULES, Audience
from geodata.schema import Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.analyses.work_done import Spans

SPEED = "speed"

STEPS = {"ratio": 0.05, "points": 0.01}
"""What an audience without exact counts sees of a range: its ends moved outwards to multiples of this."""


@dataclass(frozen=True, slots=True)
class EffectAnswer:
    """Whether something helped.

    Attributes
    ----------
    work, places
        What was done, and the names of the places.
    before, after
        The days that were counted; None where there is too little time on either side.
    streams
        What bears an answer: incidents, survey, speeds. Reviews are what experts find and no outcome.
    comparison
        Names of the comparison places.
    comparison_rule
        How they were chosen, a code of ``geodata.codes``.
    warnings
        Codes of ``geodata.codes``.
    """

    work: WorkDone
    places: tuple[str, ...]
    before: Period | None
    after: Period | None
    streams: tuple[StreamEffect, ...]
    comparison: tuple[str, ...]
    comparison_rule: str | None
    warnings: tuple[str, ...]


def tell_effect(
    ground: Ground,
    work: WorkDone,
    audience: Audience,
    *,
    months: int | None = None,
    others: Sequence[WorkDone] = (),
) -> EffectAnswer:
    """Tell whether something helped.

    Parameters
    ----------
    months
        At most so long a time on either side; None takes what the records allow.
    others
        Everything else that was done: its places are not compared with while it went on.

    Raises
    ------
    AccessError
        ``effect_not_listed`` when an audience without free filters asks about anything that is not in the
        register: days and places chosen freely would tell what is withheld.
    MissingError
        ``no_place``.
    """
    rule = RULES[audience]
    if not rule.free_filters and (work.source == "asked" or months is not None):
        raise AccessError(
            "effect_not_listed",
            f"The audience {audience} sees the effect of recorded measures and promises only.",
            audience=str(audience),
        )
    rows = [ground.place_position(place_id) for place_id in work.place_ids]
    streams: list[StreamEffect] = []
    known, counts = _known(ground, Stream.INCIDENT, work), None
    spans = spans_of(work, known, months=months) if known else None
    if spans is not None:
        counts = count(ground, work, spans, Stream.INCIDENT, touched=_touched(ground, work, spans, others))
        streams.append(judge(counts, rows, spans))
    survey = _survey(ground, work)
    if survey is not None:
        streams.append(survey)
    speed = speed_effect(ground, work)
    if speed is not None:
        streams.append(StreamEffect(SPEED, speed))
    if not rule.exact_counts:
        minimum = ground.project.privacy.minimum_count
        streams = [_open(one, minimum=minimum) for one in streams]
    return EffectAnswer(
        work=work,
        places=tuple(ground.places[row].name for row in rows),
        before=spans.before if spans else None,
        after=spans.after if spans else None,
        streams=tuple(streams),
        comparison=tuple(ground.places[at].name for at in counts.chosen.rows) if counts else (),
        comparison_rule=counts.chosen.rule if counts else None,
        warnings=_warnings(spans),
    )


def _known(ground: Ground, stream: Stream, work: WorkDone) -> Period | None:
    """Return the days that a stream covers, as far as every source of what the work is against reaches."""
    records = ground.records
    dated = records.of_stream(stream) & ~np.isnat(records.first_day)
    if not dated.any():
        return None
    first, last = records.first_day[dated].min().item(), records.last_day[dated].max().item()
    against = Selection(Audience.COORDINATOR, streams=frozenset({stream}), categories=work.categories)
    until = told_until(ground, last, among=records.problems(against))
    return Period(first, until) if until >= first else None


def _touched(ground: Ground, work: WorkDone, spans: Spans, others: Sequence[WorkDone]) -> NDArray[np.bool_]:
    """Say at which places something else began or went on between the first and the last day."""
    at_work = {
        place_id
        for one in others
        for place_id in one.place_ids
        if place_id not in work.place_ids
        and one.begins <= spans.after.last
        and (one.ends is None or one.ends >= spans.before.first)
        and one.done >= spans.before.first
    }
    return np.array([place.place_id in at_work for place in ground.places], dtype=bool)


def _warnings(spans: Spans | None) -> tuple[str, ...]:
    if spans is None:
        return ("effect_too_short",)
    return () if spans.same_season else ("seasons_differ",)


def _survey(ground: Ground, work: WorkDone) -> StreamEffect | None:
    """Compare the share of answers that are about the place; None without answers on both sides."""
    known = _known(ground, Stream.SURVEY, work)
    spans = survey_spans_of(work, known) if known else None
    if spans is None:
        return None
    everything = replace(work, categories=frozenset())
    place, observation = ground.place_members
    inside = np.zeros(len(ground.records.frame), dtype=bool)
    rows = [ground.place_position(place_id) for place_id in work.place_ids]
    inside[observation[np.isin(place, rows)]] = True
    hits, asked = [], []
    for period in (spans.before, spans.after):
        answers = records_in(ground, everything, period, stream=Stream.SURVEY)
        asked.append(int(answers.sum()))
        hits.append(int((records_in(ground, work, period, stream=Stream.SURVEY) & inside).sum()))
    if not all(asked):
        return None
    shares = [share(*one) for one in zip(hits, asked, strict=True)]
    change = share_change(shares[0], shares[1], hits=sum(hits))
    estimate = EffectEstimate(
        verdict=change.verdict,
        method="survey_change",
        unit="points",
        estimate=change.value,
        low=change.low,
        high=change.high,
        before=hits[0],
        after=hits[1],
        before_of=asked[0],
        after_of=asked[1],
        smallest_visible=change.smallest_visible,
        warnings=("survey_not_random",),
    )
    return StreamEffect(str(Stream.SURVEY), estimate)


def _open(effect: StreamEffect, *, minimum: int) -> StreamEffect:
    """Leave what an audience without exact counts may know: the class, and a coarse range of large counts.

    Speeds are of vehicles that nobody can be told by, and stand as they are.
    """
    one = effect.estimate
    if effect.stream == SPEED:
        return effect
    large = min(one.before or 0, one.after or 0) >= minimum
    step = STEPS[one.unit]
    visible = _outward(one.smallest_visible, floor, step) if large else None
    return StreamEffect(
        effect.stream,
        replace(
            one,
            estimate=None,
            low=_outward(one.low, floor, step) if large else None,
            high=_outward(one.high, ceil, step) if large else None,
            before=None,
            after=None,
            before_of=None,
            after_of=None,
            comparison_before=None,
            comparison_after=None,
            usual_before=None,
            expected=None,
            smallest_visible=visible or None,  # none at all would be a decrease to nothing
        ),
    )


def _outward(value: float | None, end: Callable[[float], int], step: float) -> float | None:
    if value is None or not np.isfinite(value):
        return None
    return round(step * end(round(value / step, 9)), 2)
