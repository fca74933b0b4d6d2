"""What is said when there is nothing to show, or something went wrong: what, what is safe, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from markupsafe import Markup


def notice(heading: str, *sentences: str, way: tuple[str, str] | None = None) -> Component:
    """Build a notice.

    Parameters
    ----------
    way
        Label and address of the next step.
    """
    return html.Section(
        className="notice",
        role="status",
        children=[
            html.H1(heading),
            *(html.P(sentence) for sentence in sentences),
            *([dcc.Link(way[0], href=way[1], className="button")] if way else []),
        ],
    )


def basis(sentences: tuple[str, ...], cautions: tuple[str, ...] = ()) -> Markup:
    """Write what an answer rests on, and what it can't lean on."""
    return join(
        [
            tag("p", " ".join(sentences), class_="basis"),
            (tag("p", caution, class_="remark") for caution in cautions),
        ]
    )
