"""The map of a report: the municipality's own layers, with numbered places on them.

Places differ by their number, by the shape and fill of their sign and by the pattern of their ground, never
by hue alone, so that the map holds in grey print and for eyes that do not tell colours apart.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from dashboard.map.palette import LIGHT
from dashboard.reports.map_names import Room, write_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from dashboard.reports.marked_place import Look, MarkedPlace
    from geodata.analyses.ground import Ground

INK = "#1c2530"
MM_PER_INCH = 25.4
DPI = 220
LEAST_M = 900.0
"""A map is never drawn nearer than this across."""

ROOM = 0.12
"""So much of its width is left round the outermost places."""

APART_MM = 5.6
"""Discs nearer than this to each other are moved apart."""

SIGNS: dict[Look, tuple[str, str, str]] = {
    "full": ("circle,pad=0.28", INK, "#ffffff"),
    "hatched": ("circle,pad=0.28", "#ffffff", INK),
    "dotted": ("square,pad=0.28", "#ffffff", INK),
    "plain": ("circle,pad=0.28", "#c9ced4", INK),
}
"""Shape of a place's sign, its fill, and the colour of its number and edge."""

HATCHES: dict[Look, str] = {"full": "", "hatched": "/////", "dotted": "....", "plain": ""}
GREYS: dict[Look, str] = {"full": "#27364a", "hatched": "#4d4d4d", "dotted": "#4d4d4d", "plain": "#6b6b6b"}

_FILLS = ("wood", "residential", "park", "water")
_WIDTHS = {"path": 0.0, "service": 0.3, "residential": 0.8, "tertiary": 1.2, "secondary": 1.6, "primary": 2.0}
_SCALES = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
_LETTERS_PT = 7.5
SCALE_BOX = (0.0, 0.0, 46.0, 9.0)
"""Where the scale stands, millimetres from the lower left corner: no name lies under it."""


def place_map(
    opened: Ground,
    places: Sequence[MarkedPlace],
    *,
    width_mm: float,
    height_mm: float,
    metres: str,
    north: str,
) -> bytes:
    """Draw places on the ground they lie on.

    Parameters
    ----------
    places
        At least one.
    metres, north
        The unit of the scale, and the letter of the north arrow.

    Returns
    -------
    bytes
        PNG.
    """
    figure = Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), dpi=DPI)
    FigureCanvasAgg(figure)  # without it savefig would choose a canvas by the environment
    axes = figure.add_axes((0, 0, 1, 1))
    west, south, east, north_edge = _box(places, width_mm / height_mm)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north_edge)
    axes.set_axis_off()
    figure.set_facecolor(LIGHT.ground.land)
    view = shapely.box(west, south, east, north_edge)
    _ground(axes, opened, view)
    metre_mm = width_mm / (east - west)
    for one in places:
        _outline(axes, one)
    room = Room(width_mm, height_mm, [SCALE_BOX, (0.9 * width_mm, 0.85 * height_mm, width_mm, height_mm)])
    _discs(axes, places, metre_mm, room, (west, south))
    write_names(axes, opened, view, metre_mm, room)
    _scale(axes, (west, south), metre_mm, metres)
    axes.annotate(
        north,
        xy=(0.97, 0.97),
        xytext=(0.97, 0.90),
        xycoords="axes fraction",
        ha="center",
        va="center",
        fontsize=_LETTERS_PT,
        color=INK,
        arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1},
    )
    held = BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def _box(places: Sequence[MarkedPlace], shape: float) -> tuple[float, float, float, float]:
    """Lay the places in the middle of a paper of a shape, width over height."""
    west, south, east, north = shapely.total_bounds(np.array([one.ground for one in places], dtype=object))
    across = max((east - west) * (1 + 2 * ROOM), (north - south) * (1 + 2 * ROOM) * shape, LEAST_M)
    x, y = (west + east) / 2, (south + north) / 2
    return x - across / 2, y - across / shape / 2, x + across / 2, y + across / shape / 2


def _ground(axes: Axes, opened: Ground, view: shapely.Geometry) -> None:
    areas, streets = opened.snapshot.table("areas"), opened.snapshot.table("streets")
    for kind in _FILLS:
        _fill(axes, _seen(areas[areas["kind"] == kind], view), getattr(LIGHT.ground, kind))
    classes = streets["road_class"].replace({"motorway": "primary"}).to_numpy()
    for edge in (True, False):
        for name, width in _WIDTHS.items():
            lines = _seen(streets[classes == name], view) if width else np.array([], dtype=object)
            parts = [
                shapely.get_coordinates(one) for one in shapely.get_parts(np.asarray(lines, dtype=object))
            ]
            colour = "#8a8f94" if edge else "#ffffff"
            drawn = width + 0.5 if edge else width
            axes.add_collection(
                LineCollection(parts, colors=colour, linewidths=drawn, capstyle="round"), autolim=False
            )


def _seen(frame: Any, view: shapely.Geometry) -> NDArray[np.object_]:
    shapes = np.asarray(frame.geometry.to_numpy(), dtype=object)
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    return np.asarray(shapes[shapely.intersects(shapes, view)], dtype=object)


def _fill(axes: Axes, shapes: NDArray[np.object_], colour: str) -> None:
    surfaces = shapely.get_parts(shapes)
    surfaces = surfaces[shapely.get_dimensions(surfaces) == 2]
    paths = [_path(one) for one in surfaces]
    axes.add_collection(PathCollection(paths, facecolors=colour, edgecolors="none"), autolim=False)


def _path(surface: shapely.Geometry) -> Path:
    """Return a polygon with its holes; they stay open, for rings run the other way inside."""
    rings = [shapely.get_coordinates(one) for one in shapely.get_rings(shapely.normalize(surface))]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _outline(axes: Axes, place: MarkedPlace) -> None:
    surfaces = shapely.get_parts(np.array([place.ground], dtype=object))
    paths = [_path(one) for one in surfaces if one.geom_type == "Polygon"]
    full = place.look == "full"
    axes.add_collection(
        PathCollection(
            paths,
            facecolors="#27364a" if full else "none",
            alpha=0.22 if full else None,
            edgecolors="none" if full else GREYS[place.look],
            hatch=HATCHES[place.look] or None,
            linewidths=0,
        ),
        autolim=False,
    )
    axes.add_collection(
        PathCollection(paths, facecolors="none", edgecolors=GREYS[place.look], linewidths=0.9), autolim=False
    )


def _discs(
    axes: Axes, places: Sequence[MarkedPlace], metre_mm: float, room: Room, corner: tuple[float, float]
) -> None:
    """Set each place's number in its sign at the place, moved apart where they would meet; take its room."""
    middles = [shapely.point_on_surface(one.ground) for one in places]
    homes = np.array([(one.x, one.y) for one in middles]) * metre_mm
    set_out = _apart(homes)
    for x, y in set_out - np.array(corner) * metre_mm:
        room.taken.append((x - APART_MM / 2, y - APART_MM / 2, x + APART_MM / 2, y + APART_MM / 2))
    for place, home, at in zip(places, homes / metre_mm, set_out / metre_mm, strict=True):
        if np.hypot(*(home - at)) * metre_mm > APART_MM / 2:
            axes.plot([home[0], at[0]], [home[1], at[1]], color=INK, linewidth=0.7, zorder=4)
        shape, fill, letters = SIGNS[place.look]
        axes.text(
            at[0],
            at[1],
            place.sign,
            fontsize=_LETTERS_PT,
            fontweight="bold",
            color=letters,
            ha="center",
            va="center",
            zorder=5,
            bbox={"boxstyle": shape, "facecolor": fill, "edgecolor": letters, "linewidth": 0.9},
        )


def _apart(homes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push discs from each other until none meets another, millimetres."""
    at = homes.copy()
    for _ in range(60):
        moved = False
        for one in range(len(at)):
            for other in range(one):
                away = at[one] - at[other]
                distance = float(np.hypot(*away))
                if distance < APART_MM:
                    # Two on one spot have no direction of their own; they part upwards and downwards.
                    unit = away / distance if distance > 0.1 else np.array([0.0, 1.0])
                    push = unit * (APART_MM - distance) / 2
                    at[one] += push
                    at[other] -= push
                    moved = True
        if not moved:
            break
    return at


def _scale(axes: Axes, corner: tuple[float, float], metre_mm: float, unit: str) -> None:
    length = max((one for one in _SCALES if one * metre_mm <= 40), default=_SCALES[0])
    x, y = corner[0] + 3 / metre_mm, corner[1] + 3 / metre_mm
    tick = 1.2 / metre_mm
    axes.plot([x, x, x + length, x + length], [y + tick, y, y, y + tick], color=INK, linewidth=1, zorder=6)
    axes.text(
        x + 1 / metre_mm,
        y + 0.8 / metre_mm,
        f"{length} {unit}",
        fontsize=_LETTERS_PT - 1,
        color=INK,
        va="bottom",
        zorder=6,
        path_effects=[withStroke(linewidth=2, foreground="#ffffff")],
    )
