"""What is said of the time before and after a measure: counts, their range, and that nothing is claimed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.outcomes import Outcome
    from geodata.evaluation.equal_windows import Comparison
    from geodata.schema import Stream


def outcome_lines(texts: Catalogue, outcome: Outcome | None) -> tuple[str, ...]:
    """Say each stream before and after; empty where nothing is built."""
    if outcome is None:
        return ()
    if not outcome.windows.comparable:
        return (texts("outcome.too_short"),)
    lines = [_stream(texts, stream, one) for stream, one in outcome.streams]
    head = texts("outcome.windows", n=outcome.windows.days, day=outcome.windows.day)
    caution = texts("outcome.caution" if outcome.windows.same_seasons else "outcome.other_seasons")
    return (head, *lines, caution)


def _stream(texts: Catalogue, stream: Stream, one: Comparison) -> str:
    here = one.here
    said = texts(
        "outcome.stream",
        stream=texts(f"stream.{stream}.verb"),
        before=here.other_count,
        after=here.count,
        reading=_reading(texts, one),
    )
    return f"{said} {texts('outcome.elsewhere', before=one.elsewhere[0], after=one.elsewhere[1])}"


def _reading(texts: Catalogue, one: Comparison) -> str:
    here = one.here
    if here.ratio is None or here.low is None or here.high is None:
        return texts("evidence.too_few")
    if math.isinf(here.high):
        return texts("outcome.at_least", low=here.low)
    return texts("outcome.times", times=here.ratio, range=texts.form.span(here.low, here.high, decimals=1))
