"""A log brought from a file: the field that takes it, and the account of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from geodata.promises.log_file import COLUMNS, NEEDED

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.log_import import LogImportView


def log_file_field(texts: Catalogue, *, megabytes: int) -> Markup:
    """Write the field; ``assets/problembild_log_file.js`` sends what is chosen, to be looked at first."""
    columns = (
        tag("li", tag("strong", texts(f"log_import.column.{name}")), " – ", texts(f"log_import.hint.{name}"))
        for name in COLUMNS
    )
    needed = texts.form.listing([texts(f"log_import.column.{name}").lower() for name in NEEDED])
    return join(
        [
            tag("h2", texts("log_import.title")),
            tag("p", texts("log_import.lead", needed=needed)),
            tag(
                "details",
                tag("summary", texts("log_import.columns")),
                tag("ul", columns, class_="lines-of"),
            ),
            tag(
                "div",
                tag("label", texts("log_import.file"), for_="log-file-input"),
                tag("input", type="file", id="log-file-input", accept=".csv,.tsv,.txt,text/csv"),
                tag("p", "", class_="said", id="log-file-said", role="status"),
                class_="asked log-file-asked",
                data_reading=texts("log_import.reading"),
                data_large=texts("log_import.large", megabytes=megabytes),
                data_failed=texts("promise_form.failed"),
                data_most=str(megabytes * 1_000_000),
            ),
        ]
    )


def log_file_account(texts: Catalogue, view: LogImportView) -> Markup:
    """Write what became of the rows, or would, with the button that keeps them."""
    counts = [join([tag("dt", name), tag("dd", count)]) for name, count in view.counts]
    return join(
        [
            tag("p", tag("strong", view.sentence), role="status"),
            tag("dl", counts, class_="pairs-of"),
            tag("p", view.doubles, class_="remark") if view.doubles else None,
            _stopped(texts, view) if view.stopped else None,
            tag("button", view.confirm, type="button", class_="button primary", data_log_keep="1")
            if view.confirm
            else None,
        ]
    )


def _stopped(texts: Catalogue, view: LogImportView) -> Markup:
    rows = (
        tag(
            "tr",
            (
                tag("td", cell, data_label=heading)
                for heading, cell in zip(
                    view.headings, (one.row, one.column, one.value, one.fault), strict=True
                )
            ),
        )
        for one in view.stopped
    )
    return join(
        [
            tag("h3", texts("log_import.stopped_heading")),
            tag("p", texts("log_import.stopped_note"), class_="small"),
            tag(
                "table",
                tag("thead", tag("tr", (tag("th", heading, scope="col") for heading in view.headings))),
                tag("tbody", rows),
                class_="figures folds",
            ),
            tag("p", view.more, class_="small") if view.more else None,
        ]
    )
