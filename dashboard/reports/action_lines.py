"""The action plan's lines as reports show them: what is late, and each plan as a table with its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reports.report import Cell, Table, Words
from dashboard.views.action_plan import activity_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.report import Commission
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.action_plan import PlanRow
    from geodata.analyses.promises import PromiseAnswer
    from geodata.promises.action_plan import ActionLine

OVERDUE = "overdue"


def late_lines(commission: Commission, found: Sequence[PromiseAnswer]) -> tuple[Table | Words, ...]:
    """List the lines whose due day is past, the oldest first; say so where there are none."""
    texts = commission.texts
    late = sorted(
        (
            (item.line.due_on, _belongs_to(texts, answer, item.line), item.line)
            for answer in found
            for item in answer.plan
            if item.line.due_on is not None and item.is_overdue(commission.today)
        ),
        key=lambda one: one[0],
    )
    if not late:
        any_line = any(answer.plan for answer in found)
        return (Words(texts("report.late_none" if any_line else "report.no_lines")),)
    rows = tuple(
        (
            Cell(line.what, small=(name,)),
            line.responsible or texts("promise.no_place"),
            Cell(texts.form.day(due), state=OVERDUE),
            texts(f"action_status.{line.status}"),
        )
        for due, name, line in late
    )
    return (Table(texts("report.late_caption", n=len(rows)), _headings(commission), rows, _WIDTHS),)


def line_table(commission: Commission, plan: Sequence[PlanRow]) -> tuple[Table | Words, ...]:
    """Write one promise's lines with their dated notes; say so where there are none."""
    texts = commission.texts
    if not plan:
        return (Words(texts("promise.plan_none"), "quiet"),)
    rows = tuple(
        (
            Cell(row.what, small=tuple(filter(None, (row.activity, *row.notes)))),
            row.responsible or texts("promise.no_place"),
            Cell(row.due, state=OVERDUE if row.overdue else ""),
            row.status,
        )
        for row in plan
    )
    return (Table(texts("promise.plan"), _headings(commission), rows, _WIDTHS),)


def _belongs_to(texts: Catalogue, answer: PromiseAnswer, line: ActionLine) -> str:
    """Name a line's promise, and its activity where it has one."""
    name = answer.kept.promise.name
    activity = activity_names(answer).get(line.activity_id or 0)
    return texts("report.named", name=name, words=activity) if activity else name


_WIDTHS = (44, 22, 21, 13)


def _headings(commission: Commission) -> tuple[str, ...]:
    return tuple(commission.texts(f"promise.plan_{name}") for name in ("what", "who", "due", "status"))
