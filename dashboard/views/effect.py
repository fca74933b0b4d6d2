"""Whether something helped, in sentences: what fell or rose, or how much could have been seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.effect_range import DrawnRange, drawn, either_way, one_way, visible
from dashboard.views.filters import category_word
from geodata.analyses.effect import SPEED
from geodata.evaluation.effect import Verdict
from geodata.schema import Stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.effect import EffectAnswer
    from geodata.analyses.effect_judged import StreamEffect
    from geodata.evaluation.effect import EffectEstimate

FEW_NAMES = 3
"""More places than this are counted and not named."""


@dataclass(frozen=True, slots=True)
class EffectItem:
    """What one stream says, in words.

    Attributes
    ----------
    code, verdict
        For the looks: the stream, and what may be said.
    sentence
        With its range; never a bare arrow.
    basis
        What was counted.
    cautions
        What must stand beside.
    drawn
        None where there is no range to draw.
    method
        How it was judged, and what the other methods say.
    """

    code: str
    label: str
    verdict: str
    verdict_word: str
    sentence: str
    basis: tuple[str, ...]
    cautions: tuple[str, ...]
    drawn: DrawnRange | None
    method: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EffectView:
    """Whether one thing helped, in words."""

    title: str
    when: str
    headline: str
    items: tuple[EffectItem, ...]
    empty: str
    method: tuple[str, ...]


def effect_view(texts: Catalogue, answer: EffectAnswer) -> EffectView:
    """Say an answer."""
    where = _where(texts, answer)
    items = tuple(_item(texts, answer, one, where) for one in answer.streams)
    work = answer.work
    began = work.begins != work.done
    key = "promise" if work.source == "promise" else "from_to" if began else "on"
    if work.source == "promise" and work.ends is None:
        key = "promise_open"
    when = texts(f"effect.when.{key}", first=work.begins, last=work.ends or work.done, where=where)
    return EffectView(
        title=work.title or texts("effect.title_at", where=where),
        when=f"{when} {_counted(texts, answer)}".strip(),
        headline=_headline(items) or texts("effect.nothing"),
        items=items,
        empty=" ".join(texts(f"warning.{code}") for code in answer.warnings)
        if not any(one.stream == str(Stream.INCIDENT) for one in answer.streams)
        else "",
        method=_compared(texts, answer),
    )


def leading(answer: EffectAnswer) -> Verdict | None:
    """Return what the first stream says that says anything: too few events can stand beside a measured speed.

    None where no stream was judged.
    """
    verdicts = [one.estimate.verdict for one in answer.streams]
    told = [one for one in verdicts if one is not Verdict.TOO_FEW]
    return next(iter([*told, *verdicts]), None)


def _headline(items: Sequence[EffectItem]) -> str:
    """Say the first stream, and where it has too few to tell also the first that tells something."""
    told = [one for one in items if one.verdict != str(Verdict.TOO_FEW)]
    return " ".join(dict.fromkeys(one.sentence for one in (*items[:1], *told[:1])))


def _where(texts: Catalogue, answer: EffectAnswer) -> str:
    if len(answer.places) > FEW_NAMES:
        return texts("effect.many_places", count=len(answer.places))
    return texts.form.listing(answer.places)


def _counted(texts: Catalogue, answer: EffectAnswer) -> str:
    """Say what alone is counted; nothing where everything is."""
    if not answer.work.categories:
        return ""
    named = [category_word(texts, code).lower() for code in sorted(answer.work.categories)]
    return texts("effect.only", what=texts.form.listing(named))


def _item(texts: Catalogue, answer: EffectAnswer, one: StreamEffect, where: str) -> EffectItem:
    estimate = one.estimate
    verdict = str(estimate.verdict)
    return EffectItem(
        code=one.stream,
        label=texts(f"effect.label.{one.stream}"),
        verdict=verdict,
        verdict_word=texts(f"effect.verdict.{verdict}"),
        sentence=" ".join((_sentence(texts, answer, one, where), *_rounded(texts, one))),
        basis=_basis(texts, answer, one),
        cautions=_cautions(texts, answer, one),
        drawn=drawn(texts, estimate),
        method=_method(texts, one),
    )


def _sentence(texts: Catalogue, answer: EffectAnswer, one: StreamEffect, where: str) -> str:
    estimate, stream = one.estimate, one.stream
    against = answer.comparison_rule if stream == str(Stream.INCIDENT) else None
    beside = texts(f"effect.beside.{_beside(estimate, against)}")
    if estimate.verdict is Verdict.TOO_FEW:
        return _too_few(texts, one, where)
    if estimate.low is None or estimate.high is None:
        return texts(f"effect.{stream}.{estimate.verdict}.open", where=where, beside=beside)
    if estimate.verdict is Verdict.NO_CLEAR_CHANGE:
        unclear = texts(
            f"effect.{stream}.no_clear_change.range", where=where, range=either_way(texts, estimate)
        )
        return f"{unclear} {visible(texts, estimate)}".strip()
    said = one_way(texts, estimate)
    return texts(f"effect.{stream}.{estimate.verdict}.{said[0]}", where=where, beside=beside, range=said[1])


def _rounded(texts: Catalogue, one: StreamEffect) -> tuple[str, ...]:
    """Say that the numbers are rounded where they are, so that two readers do not see two results."""
    estimate = one.estimate
    told = estimate.low is not None or estimate.smallest_visible is not None
    return (texts("effect.rounded"),) if told and one.stream != SPEED and estimate.before is None else ()


def _beside(estimate: EffectEstimate, rule: str | None) -> str:
    if estimate.method == "no_comparison" or rule is None:
        return "alone"
    words = "rest" if rule == "rest_of_municipality" else "places"
    return f"{words}_{estimate.verdict}" if estimate.verdict in {Verdict.FELL, Verdict.ROSE} else "alone"


def _too_few(texts: Catalogue, one: StreamEffect, where: str) -> str:
    estimate = one.estimate
    if one.stream == SPEED and estimate.before_of and estimate.after_of:
        return texts(
            "effect.speed.too_few",
            where=where,
            before=(estimate.before or 0) / estimate.before_of,
            after=(estimate.after or 0) / estimate.after_of,
        )
    if estimate.before is None or estimate.after is None:
        said = texts("effect.too_few_open", where=where)
    else:
        said = texts(
            f"effect.{one.stream}.too_few", where=where, before=estimate.before, after=estimate.after
        )
    return f"{said} {visible(texts, estimate)}".strip()


def _basis(texts: Catalogue, answer: EffectAnswer, one: StreamEffect) -> tuple[str, ...]:
    """Say what was counted, to those who see counts."""
    estimate = one.estimate
    if estimate.before is None or estimate.after is None:
        return ()
    if estimate.before_of is not None and estimate.after_of is not None:
        return (
            texts(
                f"effect.basis.{one.stream}",
                before=estimate.before,
                before_of=estimate.before_of,
                after=estimate.after,
                after_of=estimate.after_of,
            ),
        )
    said = [texts("effect.basis.counts", before=estimate.before, after=estimate.after)]
    if estimate.comparison_before is not None:
        rest = answer.comparison_rule == "rest_of_municipality"
        said.append(
            texts(
                "effect.basis.rest" if rest else "effect.basis.comparison",
                before=estimate.comparison_before,
                after=estimate.comparison_after,
            )
        )
    if estimate.expected is not None:
        said.append(texts("effect.basis.expected", n=round(estimate.expected)))
    return tuple(said)


def _cautions(texts: Catalogue, answer: EffectAnswer, one: StreamEffect) -> tuple[str, ...]:
    estimate = one.estimate
    said = []
    for code in estimate.warnings:
        if code == "regression_to_mean" and estimate.before is not None and estimate.usual_before is not None:
            said.append(
                texts("effect.regression", counted=estimate.before, usual=round(estimate.usual_before))
            )
        else:
            said.append(texts(f"warning.{code}"))
    if one.stream == str(Stream.INCIDENT):
        said += [texts(f"warning.{code}") for code in answer.warnings]
    return tuple(said)


def _method(texts: Catalogue, one: StreamEffect) -> tuple[str, ...]:
    said = [texts(f"effect_method.{one.estimate.method}")]
    beside = one.beside
    if beside is not None and beside.low is not None and beside.high is not None:
        said.append(
            texts(
                "effect.also.ratio",
                method=texts(f"effect_method_name.{beside.method}"),
                range=either_way(texts, beside),
            )
        )
    if one.displaced is not None:
        said.append(
            texts(
                "effect.also.displaced",
                local=one.displaced.local,
                around=one.displaced.around,
                total=one.displaced.total,
                low=one.displaced.low,
                high=one.displaced.high,
            )
        )
    return tuple(said)


def _compared(texts: Catalogue, answer: EffectAnswer) -> tuple[str, ...]:
    said = []
    if answer.before is not None and answer.after is not None:
        said.append(texts("effect.periods", before=answer.before, after=answer.after))
    if answer.comparison_rule is not None:
        said.append(texts(f"comparison.{answer.comparison_rule}"))
    if answer.comparison:
        said.append(texts("effect.compared_with", names=texts.form.listing(answer.comparison)))
    return (*said, texts("effect.levels"))
