"""What goes back to residents and to staff: you said, we chose or did not, we promised, did, it led to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reports.action_lines import late_lines, line_table
from dashboard.reports.council import measured
from dashboard.reports.four_answers import four_answers
from dashboard.reports.frame import foot_of, title_of
from dashboard.reports.picture_lines import chosen_and_not, decided, problem_name
from dashboard.reports.report import Points, Report, Section, Words
from dashboard.views.effect import effect_view
from dashboard.views.promise import promise_view
from dashboard.views.promise_rule import responsible_words
from dashboard.views.promises import answer_words, period_words
from geodata.analyses.picture import picture
from geodata.analyses.works import not_compared
from geodata.errors import MissingError
from geodata.picture.voices import Who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.four_answers import FourAnswers
    from dashboard.reports.report import Block, Commission
    from geodata.analyses.effect import EffectAnswer
    from geodata.analyses.promises import PromiseAnswer
    from geodata.promises.promise import Promise

STAFF_NAMED = 8
"""How many problems that staff speak of are named."""


def feedback_report(commission: Commission) -> Report:
    """Give back to residents what became of what they said, without points and small counts of it."""
    texts = commission.texts
    found = four_answers(commission)
    return _sheet(
        commission,
        found,
        name="aterkoppling",
        said=(Section(texts("report.aterkoppling.said"), _residents(found)),),
        promises=tuple(_promise(commission, one, found.effects) for one in found.overview.promises),
    )


def staff_feedback_report(commission: Commission) -> Report:
    """Give back to those who work in the municipality and the police what became of what they said."""
    texts = commission.texts
    found = four_answers(commission)
    promises = tuple(_promise(commission, one, found.effects, plan=True) for one in found.overview.promises)
    return _sheet(
        commission,
        found,
        name="aterkoppling-personal",
        said=(
            Section(texts("report.aterkoppling.staff_said"), _staff(commission)),
            Section(texts("report.aterkoppling.residents_said"), _residents(found)),
        ),
        promises=(
            *promises,
            Section(texts("report.late"), late_lines(commission, found.overview.promises)),
        ),
    )


def _sheet(
    commission: Commission,
    found: FourAnswers,
    *,
    name: str,
    said: tuple[Section, ...],
    promises: tuple[Section, ...],
) -> Report:
    texts = commission.texts
    return Report(
        title=title_of(texts, name, commission.ground.project.municipality.name),
        sentence=found.view.answers[0].answer,
        basis=found.view.basis,
        sections=(*said, *_chosen(commission, found.overview.promises), *promises),
        foot=foot_of(commission),
    )


def _residents(found: FourAnswers) -> tuple[Block, ...]:
    said = found.view.answers[1]
    return (Words(said.answer, "answer"), Words(" ".join(said.notes), "quiet"))


def _staff(commission: Commission) -> tuple[Block, ...]:
    """Say what staff speak of, in their own order; that it is not known by itself where it is not."""
    texts = commission.texts
    try:
        known = picture(commission.ground, commission.audience, today=commission.today)
    except MissingError:
        return (Words(texts("report.aterkoppling.staff_none")),)
    told = [(one.voice(Who.STAFF), one.problem) for one in known.problems if one.voice(Who.STAFF).rank]
    told.sort(key=lambda one: (one[0].rank or 0, one[1]))
    if not told:
        return (Words(texts("report.aterkoppling.staff_none")),)
    names = tuple(
        texts("report.aterkoppling.staff_line", name=problem_name(texts, code), n=voice.answers or 0)
        for voice, code in told[:STAFF_NAMED]
    )
    total = told[0][0].of or 0
    return (
        Points(names),
        Words(texts("report.aterkoppling.staff_of", n=total, period=known.period), "quiet"),
    )


def _chosen(commission: Commission, promises: Sequence[PromiseAnswer]) -> tuple[Section, ...]:
    """Say what was chosen and what was not, as the safety council decided; else what promises are about."""
    texts = commission.texts
    found = decided(commission)
    focus = Points(
        tuple(dict.fromkeys(one.kept.promise.focus_area for one in promises)),
        texts("report.aterkoppling.focus"),
    )
    if not found:
        nothing = Words(texts("report.aterkoppling.not_chosen"), "quiet")
        blocks: tuple[Block, ...] = (focus, nothing) if promises else (Words(texts("report.no_promises")),)
        return (Section(texts("report.aterkoppling.chose"), blocks),)
    chosen, aside = chosen_and_not(texts, found)
    return (
        Section(texts("report.aterkoppling.chose"), (*chosen, *((focus,) if promises else ()))),
        Section(texts("report.aterkoppling.chose_not"), aside),
    )


def _promise(
    commission: Commission, answer: PromiseAnswer, effects: Sequence[EffectAnswer], *, plan: bool = False
) -> Section:
    texts, promise = commission.texts, answer.kept.promise
    promised = tuple(
        texts(
            "report.named_who",
            name=one.progress.activity.name,
            who=responsible_words(texts, one.progress.activity.responsible),
        )
        for one in answer.activities
    )
    did = measured(texts, answer) or (texts("promises.no_measure"),)
    blocks: list[Block] = [Words(answer_words(texts, answer), "answer")]
    if promise.problem:
        blocks.append(Words(texts("report.aterkoppling.answers", problem=promise.problem)))
    if promise.text:
        blocks.append(Words(texts("report.published", text=promise.text)))
    promised = promised or (texts("promises.no_activities"),)
    blocks.append(Points(promised, texts("report.aterkoppling.promised")))
    blocks.append(Points(did, texts("report.aterkoppling.did")))
    blocks.append(Points(_led_to(commission, promise, effects), texts("report.aterkoppling.led_to")))
    if plan:
        view = promise_view(
            texts, commission.address, answer=answer, today=commission.today, language=commission.language
        )
        blocks += line_table(commission, view.plan)
    period = period_words(texts, promise)
    period = f"{period[:1].lower()}{period[1:]}"
    return Section(texts("report.named_period", name=promise.name, period=period), tuple(blocks))


def _led_to(commission: Commission, promise: Promise, effects: Sequence[EffectAnswer]) -> tuple[str, ...]:
    found = []
    for one in effects:
        if one.work.source == "promise" and one.work.key == promise.key:
            view = effect_view(commission.texts, one)
            found += [item.sentence for item in view.items] or [view.empty or view.headline]
    if found:
        return tuple(found)
    return (commission.texts(f"report.aterkoppling.{not_compared(promise, commission.ground)}"),)
