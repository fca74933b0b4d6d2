"""What stands in every report alike: for whom it was made, when, from what, and what is said of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reports.report import Picture, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.reports.marked_place import MarkedPlace
    from dashboard.reports.report import Commission
    from dashboard.texts.catalogue import Catalogue
    from geodata.project import Project

WIDTH_MM = 176.0
"""What a page of A4 has between its margins."""


def foot_of(commission: Commission) -> str:
    """Say whose report it is, when it was made, whom it is for, and where the map is from."""
    texts, project = commission.texts, commission.ground.project
    said = [
        texts("report.foot", name=project.municipality.name, day=commission.today),
        texts("report.made_for", audience=texts(f"audience.{commission.audience}").lower()),
        texts("report.made_up") if project.municipality.made_up else "",
        texts("report.map_from", sources=", ".join(project.attribution)) if project.attribution else "",
    ]
    return " · ".join(filter(None, said))


def title_of(texts: Catalogue, name: str, municipality: str) -> str:
    """Name a report."""
    return texts("report.title_of", what=texts(f"report.{name}.title"), name=municipality)


def report_of_nothing(texts: Catalogue, project: Project, name: str, today: date) -> Report:
    """Say that there is nothing to report before the first import."""
    return Report(
        title=title_of(texts, name, project.municipality.name),
        sentence=texts("report.nothing"),
        basis=(texts("report.nothing_next"),),
        sections=(),
        foot=texts("report.foot", name=project.municipality.name, day=today),
    )


def map_of(
    commission: Commission,
    places: Sequence[MarkedPlace],
    *,
    alt: str,
    caption: str,
    width_mm: float = WIDTH_MM,
    height_mm: float,
) -> tuple[Picture, ...]:
    """Draw places on a map; nothing where there are none."""
    from dashboard.reports.place_map import place_map  # noqa: PLC0415  matplotlib is slow to import

    if not places:
        return ()
    drawn = place_map(
        commission.ground,
        places,
        width_mm=width_mm,
        height_mm=height_mm,
        metres=commission.texts("report.metres"),
        north=commission.texts("sheet.north"),
    )
    return (Picture(drawn, alt, caption, width_mm),)
