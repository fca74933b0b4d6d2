"""QGIS's style language (QML), the little of it that the layers need: symbols, categories and labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.components.markup import tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

VERSION = "3.28.0"
"""The oldest QGIS that the styles are written for."""

PIXELS_MM = 0.26
"""A pixel of the screen's map in millimetres, which QGIS measures symbols in."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of one or several layers drawn on each other.

    Attributes
    ----------
    kind
        ``fill``, ``line`` or ``marker``.
    layers
        Class of each symbol layer (``SimpleFill``, ``SimpleLine``, ``SimpleMarker``) and its properties.
    """

    kind: str
    layers: tuple[tuple[str, Mapping[str, str]], ...]


def colour(css: str, opacity: float = 1.0) -> str:
    """Write ``#rrggbb`` as QGIS does: red, green, blue and opacity, 0–255."""
    red, green, blue = (int(css[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def fill(
    inside: str, *, opacity: float, edge: str, width: float, pattern: str = "solid", dash: str = "solid"
) -> Symbol:
    """Draw an area: even colour, perhaps a pattern in the edge's colour, and an outline in pixels."""
    layers: list[tuple[str, Mapping[str, str]]] = [
        (
            "SimpleFill",
            {
                "color": colour(inside, opacity),
                "style": "solid",
                "outline_color": colour(edge),
                "outline_style": dash,
                "outline_width": f"{width * PIXELS_MM:.2f}",
                "outline_width_unit": "MM",
                "joinstyle": "round",
            },
        )
    ]
    if pattern != "solid":
        layers.append(
            ("SimpleFill", {"color": colour(inside, 0.55), "style": pattern, "outline_style": "no"})
        )
    return Symbol("fill", tuple(layers))


def line(stroke: str, *, width: float, dash: str = "solid", halo: str | None = None) -> Symbol:
    """Draw a line, its width in pixels, on a wider one of another colour where there is a `halo`."""

    def drawn(one: str, pixels: float, style: str) -> tuple[str, Mapping[str, str]]:
        return (
            "SimpleLine",
            {
                "line_color": colour(one),
                "line_style": style,
                "line_width": f"{pixels * PIXELS_MM:.2f}",
                "line_width_unit": "MM",
                "capstyle": "round",
                "joinstyle": "round",
            },
        )

    below = () if halo is None else (drawn(halo, width + 3, "solid"),)
    return Symbol("line", (*below, drawn(stroke, width, dash)))


def marker(shape: str, inside: str, *, edge: str, size: float, width: float = 1.5) -> Symbol:
    """Draw a point: shape as QGIS names it, size and edge in pixels."""
    return Symbol(
        "marker",
        (
            (
                "SimpleMarker",
                {
                    "name": shape,
                    "color": colour(inside),
                    "outline_color": colour(edge),
                    "outline_width": f"{width * PIXELS_MM:.2f}",
                    "outline_width_unit": "MM",
                    "size": f"{size * PIXELS_MM:.2f}",
                    "size_unit": "MM",
                },
            ),
        ),
    )


def categorized(
    attribute: str,
    categories: Sequence[tuple[str, str, Symbol]],
    *,
    label: str | None = None,
    label_colour: str = "#27364a",
) -> str:
    """Write a style that tells categories apart.

    Parameters
    ----------
    attribute
        The column that decides.
    categories
        Its value, words for the legend, and the symbol.
    label
        The column that stands beside each feature; None labels nothing.
    """
    rows = [
        tag("category", type="string", render="true", symbol=str(number), value=value, label=words)
        for number, (value, words, _) in enumerate(categories)
    ]
    symbols = [_symbol(str(number), symbol) for number, (_, _, symbol) in enumerate(categories)]
    renderer = tag(
        "renderer-v2",
        tag("categories", rows),
        tag("symbols", symbols),
        type="categorizedSymbol",
        attr=attribute,
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
    )
    return _style(renderer, label, label_colour)


def single(symbol: Symbol, *, label: str | None = None, label_colour: str = "#27364a") -> str:
    """Write a style with one symbol; `label` as in `categorized`."""
    renderer = tag(
        "renderer-v2",
        tag("symbols", _symbol("0", symbol)),
        type="singleSymbol",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
    )
    return _style(renderer, label, label_colour)


def _style(renderer: Markup, label: str | None, label_colour: str) -> str:
    labels = _labels(label, label_colour) if label else None
    root = tag(
        "qgis",
        renderer,
        labels,
        version=VERSION,
        styleCategories="Symbology|Labeling" if label else "Symbology",
        labelsEnabled="1" if label else "0",
    )
    return f"<!DOCTYPE qgis>\n{root}"


def _symbol(name: str, symbol: Symbol) -> Markup:
    layers = [
        tag(
            "layer",
            tag(
                "Option",
                [tag("Option", type="QString", name=key, value=value) for key, value in properties.items()],
                type="Map",
            ),
            enabled="1",
            locked="0",
            **{"class_": kind, "pass": "0"},
        )
        for kind, properties in symbol.layers
    ]
    return tag("symbol", layers, type=symbol.kind, name=name, alpha="1")


def _labels(column: str, label_colour: str) -> Markup:
    buffer = tag(
        "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor="255,255,255,255"
    )
    text = tag(
        "text-style",
        buffer,
        fieldName=column,
        isExpression="0",
        fontSize="9",
        fontSizeUnit="Point",
        textColor=colour(label_colour),
        textOpacity="1",
    )
    return tag("labeling", tag("settings", text), type="simple")
