"""One promise: the answer first, then what is to be done and how it stands, the log, the plan, the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.components.promise_documents import documents
from dashboard.components.promise_forms import line_change, line_form, withdraw_form
from dashboard.components.promises import measure_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.action_plan import PlanRow
    from dashboard.views.frame import Way
    from dashboard.views.promise import ActivityView, PromiseView
    from dashboard.views.work_log import LogRow


def promise_page(texts: Catalogue, view: PromiseView) -> Markup:
    """Write the page."""
    return join(
        [
            tag("a", f"← {texts('promise.back')}", href=view.back, class_="back"),
            _lead(texts, view),
            tag("h2", texts("promise.activities")) if view.activities else None,
            (_activity(texts, one, number) for number, one in enumerate(view.activities))
            if view.activities
            else tag("p", view.no_activities, class_="empty"),
            _way(view.to_new, class_="button") if view.to_new is not None else None,
            _plan(texts, view),
            _text(texts, view),
            _versions(view),
        ]
    )


def log_table(texts: Catalogue, headings: Sequence[str], rows: Sequence[LogRow], *, of: str) -> Markup:
    """Write lines of the log as a table; what does not count is paler and says why.

    Parameters
    ----------
    of
        Begins the ids of its forms: one entry may stand in several tables of a page.
    """
    may_withdraw = any(row.key for row in rows)
    head = [tag("th", name, scope="col") for name in headings]
    if may_withdraw:
        head.append(tag("th", tag("span", texts("promise.log_withdraw"), class_="read-out"), scope="col"))
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", head)),
            tag(
                "tbody",
                (
                    _log_row(texts, row, headings, of=f"{of}-{at}", may_withdraw=may_withdraw)
                    for at, row in enumerate(rows)
                ),
            ),
            class_="promise-log folds",
        ),
        class_="wide-table",
        tabindex="0",
    )


def _lead(texts: Catalogue, view: PromiseView) -> Markup:
    return tag(
        "section",
        tag("h1", view.name),
        tag(
            "p",
            texts("promise.so_far"),
            " ",
            tag("strong", view.answer),
            class_=f"promise-answer {view.state}",
        ),
        tag("p", view.measured_on, class_="basis"),
        tag("p", view.made_up, class_="remark") if view.made_up else None,
        tag(
            "p",
            texts("promise.answers"),
            " ",
            [[tag("a", way.label, href=way.href), ". "] for way in view.answers],
            class_="promise-answers",
        )
        if view.answers
        else None,
        tag("a", view.to_effect.label, href=view.to_effect.href, class_="onward"),
        class_="lead",
    )


def _activity(texts: Catalogue, view: ActivityView, number: int) -> Markup:
    measures = (
        tag("li", tag("h4", rule), measure_markup(measure, notes=True)) for rule, measure in view.measures
    )
    return tag(
        "section",
        tag("h3", view.name),
        tag("p", view.text) if view.text else None,
        tag("p", view.responsible, class_="small"),
        (tag("p", one, class_="remark", role="alert") for one in view.cannot),
        tag("ul", measures, class_="promise-targets"),
        tag("p", view.elsewhere) if view.elsewhere else None,
        tag("p", view.checked) if view.checked else None,
        tag("div", _tertials(texts, view), _by_place(texts, view), class_="promise-counts"),
        tag(
            "details",
            tag("summary", texts("promise.scope")),
            tag("ul", (tag("li", one) for one in view.scope), class_="promise-scope small"),
        ),
        _log(texts, view, of=f"withdraw-{number}"),
        _way(view.to_change) if view.to_change is not None else None,
        class_="sheet promise-activity",
    )


def _tertials(texts: Catalogue, view: ActivityView) -> Markup | None:
    if not view.tertials:
        return None
    names = ("tertial", "counted", "logged")
    rows = (
        tag(
            "tr",
            tag("th", period, scope="row"),
            tag("td", counted, class_="number"),
            tag("td", logged, class_="number"),
        )
        for period, counted, logged in view.tertials
    )
    return tag(
        "table",
        tag("caption", texts("promise.per_tertial"), class_="small"),
        tag("thead", tag("tr", (tag("th", texts(f"promise.{name}"), scope="col") for name in names))),
        tag("tbody", rows),
        class_="promise-tertials",
    )


def _by_place(texts: Catalogue, view: ActivityView) -> Markup | None:
    if not view.by_place:
        return None
    rows = (
        tag("tr", tag("th", name, scope="row"), tag("td", count, class_="number"))
        for name, count in view.by_place
    )
    names = ("place", "counted")
    return tag(
        "table",
        tag("caption", texts("promise.per_place"), class_="small"),
        tag("thead", tag("tr", (tag("th", texts(f"promise.{name}"), scope="col") for name in names))),
        tag("tbody", rows),
        class_="promise-tertials",
    )


def _log(texts: Catalogue, view: ActivityView, *, of: str) -> Markup:
    if not view.log:
        return tag("p", view.log_heading, class_="small")
    return tag(
        "details",
        tag("summary", view.log_heading),
        log_table(texts, view.headings, view.log, of=of),
        tag("p", view.log_more, class_="small") if view.log_more else None,
    )


def _log_row(
    texts: Catalogue, row: LogRow, headings: Sequence[str], *, of: str, may_withdraw: bool
) -> Markup:
    cells = [tag("td", cell, data_label=heading) for heading, cell in zip(headings, row.cells, strict=True)]
    if may_withdraw:  # an empty cell where this one can't be, so that the row's rule goes on to the end
        inside = withdraw_form(texts, row.key, day=row.day, of=of) if row.key else None
        cells.append(tag("td", inside, class_=None if row.key else "wide-only"))
    note = (
        tag("tr", tag("td", row.note, colspan=str(len(headings) + 1)), class_="log-note")
        if row.note
        else None
    )
    return join([tag("tr", cells, class_=None if row.counts else "not-counted"), note])


def _plan(texts: Catalogue, view: PromiseView) -> Markup:
    names = ("what", "who", "due", "status")
    head = tag("tr", (tag("th", texts(f"promise.plan_{name}"), scope="col") for name in names))
    rows = (_plan_row(texts, row, view) for row in view.plan)
    table = tag(
        "div",
        tag("table", tag("thead", head), tag("tbody", rows), class_="promise-plan folds"),
        class_="wide-table",
        tabindex="0",
    )
    return tag(
        "section",
        tag("h2", texts("promise.plan")),
        table if view.plan else tag("p", texts("promise.plan_none"), class_="empty"),
        line_form(texts, view) if view.may_plan else None,
        tag("a", view.to_calendar.label, href=view.to_calendar.href, download=True, class_="onward")
        if view.to_calendar is not None
        else None,
        class_="sheet",
    )


def _plan_row(texts: Catalogue, row: PlanRow, view: PromiseView) -> Markup:
    said = {"what": row.what, "who": row.responsible, "due": row.due, "status": row.status}
    below_what = tag("span", row.activity, class_="small line") if row.activity else None
    cells = (
        tag(
            "td",
            tag("span", cell, below_what if name == "what" else None),
            class_="overdue" if name == "due" and row.overdue else None,
            data_label=texts(f"promise.plan_{name}"),
        )
        for name, cell in said.items()
    )
    notes = (
        tag(
            "details",
            tag("summary", row.notes_heading),
            tag("ul", (tag("li", note) for note in row.notes), class_="small"),
        )
        if row.notes
        else None
    )
    change = line_change(texts, row.item, view) if row.item is not None else None
    below = tag("tr", tag("td", change, notes, colspan="4"), class_="log-note") if change or notes else None
    return join([tag("tr", cells), below])


def _text(texts: Catalogue, view: PromiseView) -> Markup:
    facts = ((tag("dt", name), tag("dd", value)) for name, value in view.facts)
    return tag(
        "section",
        tag("h2", texts("promise.text")),
        tag("blockquote", view.text or texts("promise.no_text")),
        tag("dl", facts, class_="promise-facts"),
        documents(texts, view.documents),
        _way(view.to_change) if view.to_change is not None else None,
        class_="sheet",
    )


def _way(way: Way, *, class_: str = "onward") -> Markup:
    return tag("a", way.label, href=way.href, class_=class_)


def _versions(view: PromiseView) -> Markup | None:
    if not view.versions:
        return None
    items = (
        tag("li", tag("strong", heading), tag("ul", (tag("li", one) for one in said), class_="small"))
        for heading, said in view.versions
    )
    return tag(
        "details",
        tag("summary", view.versions_heading),
        tag("ul", items, class_="promise-versions"),
        class_="sheet",
    )
