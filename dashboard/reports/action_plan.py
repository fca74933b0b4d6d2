"""The action plan as one table a promise: who does what by when, how it stands, and what was noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reports.action_lines import late_lines, line_table
from dashboard.reports.frame import foot_of, title_of
from dashboard.reports.report import Report, Section, Words
from dashboard.views.promise import promise_view
from geodata.analyses.promises import follow_promises
from geodata.promises.action_plan import CLOSED

if TYPE_CHECKING:
    from dashboard.reports.report import Commission
    from geodata.analyses.promises import PromiseAnswer


def action_plan_report(commission: Commission) -> Report:
    """List the lines of every promise's action plan, those that are late first."""
    texts, today = commission.texts, commission.today
    found = follow_promises(commission.ground, commission.audience, today=today)
    items = [item for answer in found for item in answer.plan]
    late = sum(item.is_overdue(today) for item in items)
    still = sum(item.line.status not in CLOSED for item in items)
    return Report(
        title=title_of(texts, "atgardsplan", commission.ground.project.municipality.name),
        sentence=texts(
            "report.atgardsplan.sentence",
            n=len(items),
            still=texts("report.atgardsplan.still", n=still),
            late=texts("report.atgardsplan.late", n=late),
        )
        if items
        else texts("report.no_lines"),
        basis=(texts("report.as_of", day=today),),
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
    facts = Words(texts("report.facts", facts=" · ".join(value for _, value in view.facts[:2])), "quiet")
    return Section(view.name, (facts, *line_table(commission, view.plan)))
