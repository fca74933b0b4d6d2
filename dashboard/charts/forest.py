"""The ranking as a forest chart: one line a place, from the best to the worst rank it may have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dashboard.charts.theme import base_layout
from dashboard.map.palette import palette

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ranking import PlaceRanking

ROW_HEIGHT = 30
LINE_HEIGHT = 17
FOOT = 60
LINE_LENGTH = 26
"""Letters in a line of a name: a phone has room for no more beside the ranks."""

TICKS = 5
"""About how many ranks have their number on the axis; a phone has room for no more."""


def forest(texts: Catalogue, ranking: PlaceRanking, *, dark: bool) -> dict[str, Any] | None:
    """Draw the ranks with their 90 % ranges.

    Returns
    -------
    dict or None
        A plotly figure; None when no place has a rank.
    """
    ranked = [place for place in ranking.places if place.rank is not None]
    if not ranked:
        return None
    colours = palette(dark=dark)
    names = [_lines(place.name) for place in ranked]
    rows = list(range(len(ranked)))
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": [place.rank for place in ranked],
        "y": rows,
        "marker": {"size": 9, "color": colours.place, "symbol": "circle"},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [place.rank_high - (place.rank or 0) for place in ranked],
            "arrayminus": [(place.rank or 0) - place.rank_low for place in ranked],
            "color": colours.place,
            "thickness": 2,
            "width": 4,
        },
        "text": [
            texts(
                "places.forest_hover",
                name=place.name,
                rank=place.rank,
                range=texts.form.span(place.rank_low, place.rank_high),
            )
            for place in ranked
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }
    layout = base_layout(dark=dark)
    tallest = LINE_HEIGHT * max(len(lines) for lines in names)
    layout["height"] = max(ROW_HEIGHT, tallest) * len(ranked) + FOOT
    layout["xaxis"] |= {
        "range": [0.5, len(ranked) + 0.5],
        "dtick": max(1, len(ranked) // TICKS),
        "title": {"text": texts("places.forest_axis")},
        "tick0": 1,
    }
    layout["yaxis"] |= {
        "tickvals": rows,
        "ticktext": ["<br>".join(lines) for lines in names],
        "range": [len(ranked) - 0.5, -0.5],
        "automargin": True,
        "showgrid": False,
    }
    return {"data": [marks], "layout": layout}


def _lines(name: str) -> list[str]:
    """Break a name between words, and after the dash between two streets, so that no letter is cut off."""
    lines = [""]
    for part in re.findall(r"[^ –]*[ –]?", name):
        if lines[-1] and len(lines[-1]) + len(part.rstrip()) > LINE_LENGTH:
            lines.append("")
        lines[-1] += part
    return [line.rstrip() for line in lines]
