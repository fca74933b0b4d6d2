"""What a report rests on: the sources with their days, and what is in no order of places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import answers
from dashboard.reports.report import Table
from geodata.periods import year
from geodata.privacy import RULES

if TYPE_CHECKING:
    from dashboard.reports.report import Commission
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ranking import PlaceRanking
    from geodata.periods import Period
    from geodata.project import Project
    from geodata.selection import Selection


def sources_table(commission: Commission) -> Table:
    """List the sources, how many records each has, and from when to when."""
    texts, form = commission.texts, commission.texts.form
    coverage = answers.coverage(commission.ground, commission.audience)
    rows = tuple(
        (
            source_name(texts, commission.ground.project, one.source),
            texts("evidence.withheld_short") if one.count is None else form.number(one.count),
            form.day(one.first) if one.first else "–",
            form.day(one.last) if one.last else "–",
        )
        for one in coverage.sources
    )
    headings = tuple(texts(f"sources.column.{name}") for name in ("source", "count", "first", "last"))
    return Table(texts("report.problembild.sources"), headings, rows)


def picture_selection(commission: Commission, period: Period) -> Selection:
    """Select what a picture of `period` is of, so that what stands beside it is of the same days.

    Onlookers may ask about whole years alone: theirs ends with what is known, as the picture does.
    """
    free = RULES[commission.audience].free_filters
    return replace(commission.address.selection, period=period if free else year(period.first.year))


def source_name(texts: Catalogue, project: Project, name: str) -> str:
    """Name a source in words where its kind has some and no other source is of that kind."""
    kinds = {one.name: one.mapping for one in project.sources}
    kind = kinds.get(name, name)
    alone = sum(one == kind for one in kinds.values()) <= 1
    key = f"source.{kind}" if alone else f"source.{name}"
    return texts(key) if key in texts else name


def left_out(texts: Catalogue, ranking: PlaceRanking) -> tuple[str, ...]:
    """Say how many records are in no order of places, by how well their place is known."""
    return tuple(
        texts("report.problembild.left_out", n=count, why=texts(f"precision.{name}"))
        for name, count in ranking.left_out.items()
        if f"precision.{name}" in texts
    )
