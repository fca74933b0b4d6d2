"""One look for every plotly figure, light and dark, without anything that leaves the machine."""

from __future__ import annotations

from typing import Any

from dashboard.map.palette import palette

FONT = "Noto Sans, system-ui, sans-serif"
SIZE = 14

GRAPH_CONFIG: Any = {  # Dash's own type lacks keys that plotly 7 knows
    "displayModeBar": False,
    # plotly 7 offers to send a chart to a cloud service, and draws most markers from one
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "topojsonURL": "",
    "scrollZoom": False,
    "doubleClick": False,
}


def base_layout(*, dark: bool) -> dict[str, Any]:
    """Return the layout that every figure starts from."""
    colours = palette(dark=dark)
    line = {"gridcolor": colours.ground.road_edge, "zeroline": False, "fixedrange": True}
    return {
        "font": {"family": FONT, "size": SIZE, "color": colours.ground.label},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 16, "t": 8, "b": 44},
        "xaxis": dict(line),
        "yaxis": dict(line),
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT, "size": SIZE}},
        "dragmode": False,
    }
