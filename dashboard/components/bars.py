"""Säger, Ser, Händer: three bars on one scale, each against what is expected, with its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.marks import aria
from dashboard.views.evidence import EXPECTED_AT

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.evidence import StreamBar


def stream_bars(texts: Catalogue, bars: tuple[StreamBar, ...]) -> Component:
    """Build the three bars with their words."""
    return html.Div(
        className="bars",
        children=[
            *(_row(bar) for bar in bars),
            html.P(
                [html.Span("", className="tick-key", **aria(hidden="true")), texts("method.scale")],
                className="small",
            ),
        ],
    )


def small_bars(bars: tuple[StreamBar, ...]) -> Component:
    """Build the three bars without words, for a list; what they show is read out as one line."""
    words = ". ".join(f"{bar.label}: {bar.reading}" for bar in bars)
    return html.Div(
        [html.Div(_track(bar), className=f"small-bar {bar.stream}") for bar in bars],
        className="small-bars",
        role="img",
        **aria(label=words),
        title=words,
    )


def _row(bar: StreamBar) -> Component:
    return html.Div(
        className=f"bar-row {bar.stream}",
        children=[
            html.Div(
                [html.Span("", className="mark", **aria(hidden="true")), bar.label], className="bar-label"
            ),
            html.Div(_track(bar), className="bar-track", **aria(hidden="true")),
            html.Div([html.Strong(bar.reading), html.Span(bar.count)], className="bar-words"),
        ],
    )


def _track(bar: StreamBar) -> list[Component]:
    parts: list[Component] = [html.Span("", className="expected", style={"left": _percent(EXPECTED_AT)})]
    if bar.ratio is not None:
        start, end = sorted((EXPECTED_AT, bar.ratio))
        parts.append(
            html.Span("", className="filled", style={"left": _percent(start), "width": _percent(end - start)})
        )
    if bar.low is not None and bar.high is not None:
        style = {"left": _percent(bar.low), "width": _percent(bar.high - bar.low)}
        parts.append(html.Span("", className="range", style=style))
    return parts


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
