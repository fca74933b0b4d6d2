"""``problembild export qgis``: places, stretches, reviews and hotspots as a GeoPackage with its styles."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Categories, First, Language, Last, Streams, Viewer, Workspace


def export_qgis(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    out: Annotated[
        Path | None, typer.Option(help="The file to write; else one in out/ of the workspace.")
    ] = None,
    first: First = "",
    last: Last = "",
    stream: Streams = None,
    category: Categories = None,
    viewer: Viewer = "planner",
    language: Language = None,
) -> None:
    """Write the layers for QGIS: a GeoPackage that opens with the colours of the map."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.gis.geopackage import geopackage, write_geopackage  # noqa: PLC0415  slow to import
        from dashboard.verbs.selecting import selection_of  # noqa: PLC0415
        from geodata.analyses.ground import open_ground, open_register  # noqa: PLC0415

        selection = selection_of(viewer, first=first, last=last, streams=stream, categories=category)
        ground = open_ground(workspace)
        reviews = open_register(workspace).reviews.all()
        path = out or workspace / "out" / f"{voice.texts('gis.file_name')}.gpkg"
        write_geopackage(path, geopackage(voice.texts, ground, reviews, selection))
        voice.say("cli.export_qgis.done", file=path)
