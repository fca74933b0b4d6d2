"""The trend of one place as a small drawn image: a line with its range as a band."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from dashboard.map.palette import palette

if TYPE_CHECKING:
    from dashboard.views.place import TrendView

WIDTH, HEIGHT = 360, 132
LEFT, RIGHT, TOP, BOTTOM = 30, 6, 10, 22
_FONT = "font-family='Noto Sans, system-ui, sans-serif' font-size='11'"


def trend_image(view: TrendView, *, dark: bool) -> str:
    """Draw a trend.

    Returns
    -------
    str
        A ``data:`` address of an SVG image, `WIDTH` by `HEIGHT`.
    """
    colours = palette(dark=dark)
    ink, line, band = colours.ground.label, colours.place, colours.agreement["neither"].colour
    top = max((high or 0 for _, _, high, _ in view.points), default=0) or 1
    step = _nice(top)
    top = step * -(-top // step)

    def x(number: int) -> float:
        span = max(len(view.points) - 1, 1)
        return LEFT + number * (WIDTH - LEFT - RIGHT) / span

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)

    parts = [
        f"<line x1='{LEFT}' x2='{WIDTH - RIGHT}' y1='{y(value):.1f}' y2='{y(value):.1f}' "
        f"stroke='{band}' stroke-opacity='.35'/>"
        f"<text x='{LEFT - 5}' y='{y(value) + 4:.1f}' text-anchor='end' fill='{ink}' "
        f"{_FONT}>{value:g}</text>"
        for value in (0, top / 2, top)
    ]
    for run in _runs(view):
        upper = [f"{x(at):.1f},{y(view.points[at][2] or 0):.1f}" for at in run]
        lower = [f"{x(at):.1f},{y(view.points[at][1] or 0):.1f}" for at in reversed(run)]
        middle = [f"{x(at):.1f},{y(view.points[at][0] or 0):.1f}" for at in run]
        parts.append(f"<polygon points='{' '.join(upper + lower)}' fill='{band}' fill-opacity='.28'/>")
        parts.append(f"<polyline points='{' '.join(middle)}' fill='none' stroke='{line}' stroke-width='2'/>")
        for at in run:
            fill = line if view.points[at][3] else colours.ground.land
            parts.append(
                f"<circle cx='{x(at):.1f}' cy='{y(view.points[at][0] or 0):.1f}' r='3' fill='{fill}' "
                f"stroke='{line}' stroke-width='1.5'/>"
            )
    for at, label in _years(view):
        parts.append(f"<text x='{x(at):.1f}' y='{HEIGHT - 6}' fill='{ink}' {_FONT}>{label}</text>")
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'>{''.join(parts)}</svg>"
    return f"data:image/svg+xml,{quote(svg)}"


def _runs(view: TrendView) -> list[list[int]]:
    """Return the stretches of tertials whose figures may be shown."""
    runs: list[list[int]] = [[]]
    for at, (total, low, high, _) in enumerate(view.points):
        if total is None or low is None or high is None:
            runs.append([])
        else:
            runs[-1].append(at)
    return [run for run in runs if run]


def _years(view: TrendView) -> list[tuple[int, str]]:
    """Return where each year begins, and its number."""
    years = [label[-4:] for label in view.labels]
    return [(at, year) for at, year in enumerate(years) if at == 0 or years[at - 1] != year]


def _nice(top: float) -> float:
    """Return the smallest of 2, 4, 20, 40, 200 … of which the axis needs at most five."""
    steps = (first * 10.0**power for power in range(12) for first in (2, 4))
    return next(step for step in steps if top <= 5 * step)
