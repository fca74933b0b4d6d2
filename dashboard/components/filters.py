"""The filter line and the form it unfolds to: native controls, read by ``assets/problembild.js``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.marks import aria, data
from dashboard.components.markup import fragment, join, tag

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.filters import Control, FiltersView

COLUMN = {"period": 0, "strom": 0, "vad": 1, "dagar": 2, "tid": 2, "metod": 2, "lager": 2}
"""Which questions stand together: when and whose, what, at what hours and how it is shown."""


def filter_line(texts: Catalogue, view: FiltersView, *, summary: str) -> Component:
    """Build the line that says what is chosen, folded round its form.

    Parameters
    ----------
    summary
        Id of the line, for the page's callback to fill in.
    """
    line = html.Summary(
        [
            html.Span(view.summary, id=summary, className="filter-summary"),
            html.Span(
                texts("filters.change_period" if view.note else "filters.change"), className="filter-change"
            ),
        ]
    )
    copy = html.Button(
        texts("filters.copy"),
        id="copy-link",
        className="tool",
        type="button",
        **data(copied=texts("filters.copied")),
        **aria(live="polite"),
    )
    return html.Div(
        [html.Details([line, *fragment("filter-form", filter_form(texts, view))], className="filters"), copy],
        className="filter-row",
    )


def filter_form(texts: Catalogue, view: FiltersView) -> Markup:
    """Write the form; the names of its fields are the keys of the address."""
    columns: list[list[Markup]] = [[], [], []]
    for control in view.controls:
        columns[COLUMN[control.key]].append(_control(control))
        if control.key == "period" and view.dates is not None:
            columns[COLUMN[control.key]].append(_dates(texts, view.dates))
    foot = (
        tag("p", view.note, class_="small")
        if view.note
        else tag("button", texts("filters.clear"), type="button", class_="tool", data_clear=True)
    )
    groups = (tag("div", column, class_="filter-group") for column in columns if column)
    return tag("form", groups, tag("div", foot, class_="filter-foot"), class_="filter-sheet")


def _control(control: Control) -> Markup:
    if control.form == "menu":
        options = (
            tag("option", option.label, value=option.value, selected=option.value in control.value)
            for option in control.options
        )
        return tag(
            "label", tag("span", control.label), tag("select", options, name=control.key), class_="field"
        )
    kind = "radio" if control.form == "one" else "checkbox"
    pills = (
        tag(
            "label",
            tag(
                "input",
                type=kind,
                name=control.key,
                value=option.value,
                checked=option.value in control.value,
            ),
            option.label,
        )
        for option in control.options
    )
    inside = tag("div", pills, class_="pills")
    if control.part == "single":
        legend = tag("legend", control.label, class_="read-out")
        return tag("details", tag("summary", control.label), tag("fieldset", legend, inside), class_="more")
    return tag("fieldset", tag("legend", control.label), inside)


def _dates(texts: Catalogue, dates: tuple[str, str]) -> Markup:
    fields = (
        tag(
            "label",
            tag("span", texts(f"filters.{key}")),
            tag("input", type="date", name=key, value=value),
            class_="field",
        )
        for key, value in zip(("fran", "till"), dates, strict=True)
    )
    return tag(
        "details",
        tag("summary", texts("filters.own_days")),
        join(tag("div", fields, class_="dates")),
        class_="more",
        open=any(dates),
    )
