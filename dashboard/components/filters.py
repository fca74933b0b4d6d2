"""The filter line and the controls it unfolds to; what is chosen goes to the address, in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.components.marks import aria, data

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.filters import Control, FiltersView

COLUMN = {"fran,till": 0, "strom": 0, "vad": 1, "dagar": 2, "tid": 2}
"""Which questions stand together: when and whose, what, at what hours."""

DAY_PATTERN = r"\d{4}-\d{2}-\d{2}"


def filter_line(texts: Catalogue, view: FiltersView, *, summary: str) -> Component:
    """Build the line that says what is chosen, folded round its controls.

    Parameters
    ----------
    summary
        Id of the line, for the page's callback to fill in.
    """
    return html.Div(
        className="filter-row",
        children=[
            html.Details(
                className="filters",
                children=[
                    html.Summary(
                        [
                            html.Span(view.summary, id=summary, className="filter-summary"),
                            html.Span(texts("filters.change"), className="filter-change"),
                        ]
                    ),
                    html.Div(_controls(texts, view), className="filter-sheet"),
                ],
            ),
            html.Button(
                texts("filters.copy"),
                id="copy-link",
                className="tool",
                type="button",
                **data(copied=texts("filters.copied")),
                **aria(live="polite"),
            ),
        ],
    )


def _controls(texts: Catalogue, view: FiltersView) -> list[Component]:
    columns: list[list[Component]] = [[], [], []]
    for control in view.controls:
        columns[COLUMN[control.key]].append(_control(control))
        if control.key == "fran,till" and view.dates is not None:
            columns[COLUMN[control.key]].append(_dates(texts, view.dates))
    reset = html.Button(
        texts("filters.clear"), id={"type": "clear", "part": "filters"}, className="tool", type="button"
    )
    foot = [html.P(view.note, className="small")] if view.note else [reset]
    return [
        *(html.Div(column, className="filter-group") for column in columns if column),
        html.Div(foot, className="filter-foot"),
    ]


def _control(control: Control) -> Component:
    name = {"type": "filter", "key": control.key, "part": control.part}
    options = [{"value": option.value, "label": option.label} for option in control.options]
    field: Component
    if control.form == "menu":
        field = dcc.Dropdown(
            id=name,
            options=options,
            value=control.value[0],
            clearable=False,
            searchable=False,
            className="menu-field",
        )
    elif control.form == "one":
        field = dcc.RadioItems(id=name, options=options, value=control.value[0], className="pills")
    else:
        field = dcc.Checklist(id=name, options=options, value=list(control.value), className="pills")
    if control.part == "single":
        return html.Details([html.Summary(control.label), html.Fieldset(field)], className="more")
    return html.Fieldset([html.Legend(control.label), field])


def _dates(texts: Catalogue, dates: tuple[str, str]) -> Component:
    inside = html.Div(
        className="dates",
        children=[
            html.Label(
                [
                    texts(f"filters.{end}"),
                    dcc.Input(
                        id={"type": "day", "end": end},
                        value=value,
                        type="text",
                        inputMode="numeric",
                        pattern=DAY_PATTERN,
                        debounce=True,
                        autoComplete="off",
                    ),
                ]
            )
            for end, value in zip(("from", "to"), dates, strict=True)
        ],
    )
    return html.Details([html.Summary(texts("filters.own_days")), inside], className="more", open=any(dates))
