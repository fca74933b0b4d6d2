"""The follow-up for the safety council: each promise by tertial, its action plan, and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reports.action_lines import late_lines, line_table
from dashboard.reports.frame import foot_of
from dashboard.reports.report import Cell, Group, Points, Report, Section, Table, Words
from dashboard.views.promise import promise_view
from dashboard.views.promises import kept_sentence, rest_sentence
from geodata.analyses.promises import follow_promises
from geodata.periods import tertial_of

if TYPE_CHECKING:
    from dashboard.reports.report import Block, Commission
    from dashboard.views.promise import ActivityView
    from geodata.analyses.promises import PromiseAnswer


def tertial_report(commission: Commission) -> Report:
    """Tell of each promise how it stands, tertial by tertial."""
    texts, name = commission.texts, commission.ground.project.municipality.name
    found = follow_promises(commission.ground, commission.audience, today=commission.today)
    period = tertial_of(commission.today)
    return Report(
        title=texts("report.tertial.titled", period=period, name=name),
        sentence=kept_sentence(texts, found),
        basis=(
            *rest_sentence(texts, found),
            texts("promises.measured_on", day=commission.today),
            *((texts("report.tertial.running", last=period.last),) if commission.today < period.last else ()),
            texts("promises.counts_open"),
        ),
        sections=(
            Section(texts("report.late"), late_lines(commission, found)),
            *(_promise(commission, one) for one in found),
        ),
        foot=foot_of(commission),
    )


def _promise(commission: Commission, answer: PromiseAnswer) -> Section:
    texts = commission.texts
    view = promise_view(
        texts, commission.address, answer=answer, today=commission.today, language=commission.language
    )
    blocks: list[Block] = [
        Words(texts("report.tertial.verdict", answer=view.answer), "answer"),
        Words(" · ".join(value for _, value in view.facts[:2]), "quiet"),
    ]
    if view.text:
        blocks.append(Words(texts("report.published", text=view.text)))
    if view.no_activities:
        blocks.append(Words(view.no_activities))
    blocks += [_activity(commission, one) for one in view.activities]
    blocks += line_table(commission, view.plan)
    return Section(view.name, tuple(blocks))


def _activity(commission: Commission, view: ActivityView) -> Group:
    texts = commission.texts
    blocks: list[Words | Points | Table] = [Words(view.responsible, "quiet")]
    rows = tuple(
        (
            target,
            Cell(line.word or "–", state=line.state if line.word else ""),
            Cell(line.numbers, small=line.notes),
        )
        for target, line in view.measures
    )
    blocks.append(
        Table(
            texts("report.tertial.targets"),
            (texts("report.target"), texts("report.stands"), texts("report.so_far")),
            rows,
            widths=(36, 20, 44),
        )
    )
    blocks += [Words(one) for one in view.cannot]
    if view.checked:
        blocks.append(Words(view.checked))
    if view.tertials:
        blocks.append(
            Table(
                texts("promise.per_tertial"),
                (texts("report.tertial.period"), texts("report.counts"), texts("report.logged")),
                view.tertials,
                widths=(52, 24, 24),
            )
        )
    return Group(view.name, tuple(blocks))
