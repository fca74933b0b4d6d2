"""The sheet that goes back to residents: you said, we chose, we promised, we did, it led to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reports.council import measured
from dashboard.reports.four_answers import four_answers
from dashboard.reports.frame import foot_of, title_of
from dashboard.reports.report import Points, Report, Section, Words
from dashboard.views.effect import effect_view
from dashboard.views.promise_measure import so_far
from dashboard.views.promise_rule import responsible_words
from dashboard.views.promises import period_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.report import Block, Commission
    from geodata.analyses.effect import EffectAnswer
    from geodata.analyses.promises import PromiseAnswer


def feedback_report(commission: Commission) -> Report:
    """Give back to residents what became of what they said, without points and small counts of it."""
    texts, name = commission.texts, commission.ground.project.municipality.name
    overview, effects, view = four_answers(commission)
    kept, said, *_ = view.answers
    focus = [one.kept.promise.focus_area for one in overview.promises]
    chosen: tuple[Block, ...] = (
        (
            Points(tuple(dict.fromkeys(focus)), texts("report.aterkoppling.focus")),
            # The register keeps what was promised, and not yet what was left aside.
            Words(texts("report.aterkoppling.not_chosen"), "quiet"),
        )
        if focus
        else (Words(texts("report.no_promises")),)
    )
    return Report(
        title=title_of(texts, "aterkoppling", name),
        sentence=kept.answer,
        basis=view.basis,
        sections=(
            Section(
                texts("report.aterkoppling.said"),
                (Words(said.answer, "answer"), Words(" ".join(said.notes), "quiet")),
            ),
            Section(texts("report.aterkoppling.chose"), chosen),
            *(_promise(commission, one, effects) for one in overview.promises),
        ),
        foot=foot_of(commission),
    )


def _promise(commission: Commission, answer: PromiseAnswer, effects: Sequence[EffectAnswer]) -> Section:
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
    blocks: list[Block] = [Words(so_far(texts, answer.progress.state), "answer")]
    if promise.problem:
        blocks.append(Words(texts("report.aterkoppling.answers", problem=promise.problem)))
    if promise.text:
        blocks.append(Words(texts("report.published", text=promise.text)))
    promised = promised or (texts("promises.no_activities"),)
    blocks.append(Points(promised, texts("report.aterkoppling.promised")))
    blocks.append(Points(did, texts("report.aterkoppling.did")))
    blocks.append(Points(_led_to(commission, promise.key, effects), texts("report.aterkoppling.led_to")))
    period = period_words(texts, promise)
    period = f"{period[:1].lower()}{period[1:]}"
    return Section(texts("report.named_period", name=promise.name, period=period), tuple(blocks))


def _led_to(commission: Commission, key: str, effects: Sequence[EffectAnswer]) -> tuple[str, ...]:
    found = []
    for one in effects:
        if one.work.source == "promise" and one.work.key == key:
            view = effect_view(commission.texts, one)
            found += [item.sentence for item in view.items] or [view.empty or view.headline]
    return tuple(found) or (commission.texts("report.aterkoppling.no_place"),)
