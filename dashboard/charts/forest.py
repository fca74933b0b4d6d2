"""The ranking as a forest chart: one line a place, from the best to the worst rank it may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.theme import base_layout
from dashboard.map.palette import palette

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ranking import PlaceRanking

ROW_HEIGHT = 30
FOOT = 60
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
    names = [place.name for place in ranked]
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
    layout["height"] = ROW_HEIGHT * len(ranked) + FOOT
    layout["xaxis"] |= {
        "range": [0.5, len(ranked) + 0.5],
        "dtick": max(1, len(ranked) // TICKS),
        "title": {"text": texts("places.forest_axis")},
        "tick0": 1,
    }
    layout["yaxis"] |= {
        "tickvals": rows,
        "ticktext": names,
        "range": [len(ranked) - 0.5, -0.5],
        "automargin": True,
        "showgrid": False,
    }
    return {"data": [marks], "layout": layout}
