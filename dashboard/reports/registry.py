"""Every report: what it is called in addresses and commands, who makes it, and for whom it may be made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.reports.action_plan import action_plan_report
from dashboard.reports.council import council_report
from dashboard.reports.days import since_anything, since_promises, tertials, weeks, years
from dashboard.reports.dialogue_schedule import dialogue_report
from dashboard.reports.document import report_html, report_pdf
from dashboard.reports.feedback import feedback_report, staff_feedback_report
from dashboard.reports.frame import report_of_nothing
from dashboard.reports.problem_picture import problem_picture_report
from dashboard.reports.report import Commission
from dashboard.reports.situation_picture import situation_report
from dashboard.reports.tertial import tertial_report
from dashboard.reports.weekly import weekly_report
from geodata.analyses.promises import measured_on
from geodata.errors import AccessError, MissingError, ParameterError
from geodata.privacy import RULES, Audience

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dashboard.reports.days import ReportTime
    from dashboard.reports.report import Report
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.project import Project


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report.

    Attributes
    ----------
    readers
        Whom it is written for, where it is not written for whoever asks: others get it as the first of them.
    action
        What one must be allowed to, to have it made.
    times
        The times that one can be made of, where there are several.
    since
        The first day that there is anything to tell of; it may return None.
    """

    build: Callable[[Commission], Report]
    readers: tuple[Audience, ...] = ()
    action: Action = Action.LOOK
    times: Callable[[Ground], tuple[ReportTime, ...]] | None = None
    since: Callable[[Ground], date | None] = since_anything


REPORTS: dict[str, ReportKind] = {
    # It is handed on: what staff alone may see has no place on it, whoever prints it.
    "namnd": ReportKind(council_report, readers=(Audience.COUNCIL, Audience.PUBLIC)),
    "tertial": ReportKind(tertial_report, times=tertials, since=since_promises),
    "problembild": ReportKind(problem_picture_report, times=years),
    "lagesbild": ReportKind(situation_report, times=years),
    "est": ReportKind(weekly_report, action=Action.READ_RECORDS, times=weeks),
    "atgardsplan": ReportKind(action_plan_report),
    "dialog": ReportKind(dialogue_report),
    "aterkoppling": ReportKind(feedback_report, readers=(Audience.PUBLIC,)),
    "aterkoppling-personal": ReportKind(staff_feedback_report, action=Action.READ_RECORDS),
}
"""Name in addresses and commands → the report, in the order of the page that lists them."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a report is written."""

    write: Callable[[Catalogue, Report], str | bytes]
    mimetype: str


FORMATS: dict[str, FileFormat] = {
    "pdf": FileFormat(report_pdf, "application/pdf"),
    "html": FileFormat(report_html, "text/html"),
}


def offered(audience: Audience) -> tuple[str, ...]:
    """Return the names of the reports that an audience may have made."""
    return tuple(name for name, kind in REPORTS.items() if may(audience, kind.action))


def reader_of(name: str, audience: Audience) -> Audience:
    """Return whom a report is made for when an audience asks for it.

    Raises
    ------
    MissingError
        ``no_report``.
    AccessError
        ``not_for_audience``.
    """
    if name not in REPORTS:
        known = ", ".join(REPORTS)
        raise MissingError(
            "no_report", f"There is no report {name[:40]}; use {known}.", name=name[:40], known=known
        )
    kind = REPORTS[name]
    if not may(audience, kind.action):
        raise AccessError(
            "not_for_audience",
            f"This is not for the audience {audience}: {kind.action}.",
            audience=str(audience),
            permission=str(kind.action),
        )
    return audience if audience in (kind.readers or (audience,)) else kind.readers[0]


def require_day(name: str, audience: Audience, day: date | None, *, ground: Ground) -> None:
    """Refuse a day that an audience may not choose: one that the report does not offer to it.

    What the reports of two days beside each other differ by is what was said or done on one of them.

    Raises
    ------
    ParameterError
        ``report_day_fixed``; and as `reader_of`.
    """
    reader_of(name, audience)  # who may not have it at all is told that first
    if day is None or RULES[audience].free_filters:
        return
    times = REPORTS[name].times
    fixed = {one.day for one in times(ground)} if times is not None else set()
    # A day to come is refused where the report is made, with the newest day that there is.
    if day < measured_on(ground) and day not in fixed:
        raise ParameterError("report_day_fixed", f"The report is not made of {day} for {audience}.", day=day)


def make_report(
    name: str,
    audience: Audience,
    texts: Catalogue,
    *,
    ground: Ground | None,
    project: Project,
    today: date | None = None,
) -> Report:
    """Make a report.

    Parameters
    ----------
    name
        One of ``REPORTS``.
    ground
        None before the first import: the report then says that there is nothing.
    today
        Local day that promises are measured on; None as in `measured_on`.

    Raises
    ------
    MissingError
        ``no_report``.
    AccessError
        ``not_for_audience``.
    ParameterError
        ``report_day_future`` for a day that has not come, ``report_day_before`` for one before there was
        anything to tell.
    """
    reader = reader_of(name, audience)
    if ground is None:
        day = today or datetime.now(UTC).astimezone(project.zone).date()
        return report_of_nothing(texts, project, name, day)
    newest = measured_on(ground)
    if today is not None and today > newest:
        raise ParameterError(
            "report_day_future",
            f"{today} has not come; the newest day is {newest}.",
            day=today,
            newest=newest,
        )
    first = REPORTS[name].since(ground)
    if today is not None and first is not None and today < first:
        raise ParameterError(
            "report_day_before", f"There is nothing from before {first}.", day=today, first=first
        )
    return REPORTS[name].build(Commission(ground, reader, texts, today or newest, asked=today))


def report_file(form: str, texts: Catalogue, report: Report) -> bytes:
    """Write a report.

    Raises
    ------
    MissingError
        ``no_report_format``.
    """
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise MissingError(
            "no_report_format",
            f"A report is not written as {form[:20]}; use {known}.",
            form=form[:20],
            known=known,
        )
    written = FORMATS[form].write(texts, report)
    return written.encode() if isinstance(written, str) else written
