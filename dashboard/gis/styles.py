"""How each layer looks in QGIS: the palette of the map on screen, light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.gis.qml import categorized, fill, line, marker, single
from dashboard.map.detail import WIDTHS
from dashboard.map.palette import LIGHT
from geodata.analyses.place_lines import PUPILS
from geodata.codes import CHANCES
from geodata.evidence.agreement import Agreement
from geodata.reviews.review import MeasureStatus, ReviewResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.gis.qml import Symbol
    from dashboard.texts.catalogue import Catalogue

BRUSHES = {"crosshatch": "diagonal_x", "hatch": "f_diagonal", "dots": "dense7", "none": "solid"}
"""Pattern of the palette → brush of QGIS."""

DASHES = {"solid": "solid", "dashed": "dash", "dotted": "dot"}
REVIEW = LIGHT.streams["review"].colour

EVIDENCE = {"above": ("#7a1f5c", 5.0), "as_expected": ("#5b6673", 2.5), "too_few": ("#b4bbc2", 1.5)}
"""Stretch against what is expected → colour and pixels."""

RESULTS = {"measures": REVIEW, "open": "#e2bfa6", "nothing_called_for": "#ffffff", "": "#d8dcdf"}
STATUSES = {
    "proposed": "#ffffff",
    "decided": "#e2bfa6",
    "funded": "#c98d62",
    "built": REVIEW,
    "rejected": "#8a949d",
}


def places(texts: Catalogue) -> str:
    """Fill by how answers and incidents go together, names beside."""

    def look(code: str) -> Symbol:
        inside = LIGHT.agreement[code]
        pattern = BRUSHES[inside.pattern]
        return fill(inside.colour, opacity=inside.opacity, edge=LIGHT.place, width=2.2, pattern=pattern)

    rows = [(str(code), texts(f"agreement.{code}"), look(str(code))) for code in Agreement]
    return categorized("agreement", rows, label="name", label_colour=LIGHT.place)


def school_zones(_texts: Catalogue) -> str:
    """Outline dashed, as on the map."""
    return single(
        fill(LIGHT.place, opacity=0.04, edge=LIGHT.place, width=1.8, dash="dash"),
        label="name",
        label_colour=LIGHT.place,
    )


def school_ways(texts: Catalogue) -> str:
    """Draw thicker where more pupils go."""
    rows = []
    for level, width in enumerate(WIDTHS):
        low = PUPILS[level]
        words = (
            texts("detail.way_from", low=low)
            if level + 1 == len(PUPILS)
            else texts("detail.way", range=texts.form.span(low, PUPILS[level + 1] - 1))
        )
        rows.append((str(level + 1), words, line(LIGHT.way, width=width, halo="#ffffff")))
    return categorized("level", rows)


def stretches(texts: Catalogue) -> str:
    """Draw thicker where there is clearly more than expected."""
    rows = [
        (code, texts(f"gis.evidence.{code}"), line(stroke, width=width, halo="#ffffff"))
        for code, (stroke, width) in EVIDENCE.items()
    ]
    return categorized("evidence", rows)


def hotspots(texts: Catalogue) -> str:
    """Outline by how sure it is that an area is more than chance."""
    rows = [
        (
            code,
            texts(f"chance.{code}"),
            fill(edge.colour, opacity=edge.fill, edge=edge.colour, width=edge.width, dash=DASHES[edge.css]),
        )
        for code, edge in ((code, LIGHT.chance[code]) for code in CHANCES)
    ]
    return categorized("chance", rows)


def reviews(texts: Catalogue) -> str:
    """Mark by what a review came to, in the colour and shape of its stream."""
    said = {str(code): texts(f"review.result.{code}") for code in ReviewResult}
    said[""] = texts("gis.result_unknown")
    rows = [
        (code, said[code], marker("square", inside, edge=REVIEW, size=11)) for code, inside in RESULTS.items()
    ]
    return categorized("result", rows)


def measures(texts: Catalogue) -> str:
    """Mark by how far a measure has come: the fuller, the further."""
    rows = [
        (
            str(code),
            texts(f"status.{code}"),
            marker("diamond", STATUSES[str(code)], edge=REVIEW, size=14),
        )
        for code in MeasureStatus
    ]
    return categorized("status", rows)


STYLES: dict[str, Callable[[Catalogue], str]] = {
    "places": places,
    "school_zones": school_zones,
    "school_ways": school_ways,
    "stretches": stretches,
    "hotspots": hotspots,
    "reviews": reviews,
    "measures": measures,
}
"""Layer → what writes its style."""
