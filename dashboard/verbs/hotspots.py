"""``problembild hotspots``: where there is more than elsewhere, by any method, as a list or as a file."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import Annotated, Literal

import typer

from dashboard.console import speaking
from dashboard.options import (
    DEFAULT_WORKSPACE,
    Categories,
    First,
    Hours,
    Json,
    Language,
    Last,
    Streams,
    Viewer,
    Weekdays,
    Workspace,
)
from dashboard.verbs.selecting import selection_of


def hotspots(  # noqa: PLR0913  each is an option of the command
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    viewer: Viewer = "police",
    first: First = "",
    last: Last = "",
    stream: Streams = None,
    category: Categories = None,
    weekdays: Weekdays = "",
    hours: Hours = "",
    method: Annotated[
        str, typer.Option(help="getis_ord (more than chance), count, …; a wrong one lists all.")
    ] = "getis_ord",
    grid: Annotated[Literal["square", "hexagon"], typer.Option(help="Shape of the cells.")] = "square",
    out: Annotated[
        Path | None, typer.Option(help="Write areas and stretches to this file as GeoJSON, WGS 84.")
    ] = None,
    json: Json = False,
    language: Language = None,
) -> None:
    """List the areas and stretches that a method points at, or write them as GeoJSON."""
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.analyses.ground import open_ground  # noqa: PLC0415
        from geodata.analyses.hotspots import find_hotspots  # noqa: PLC0415
        from geodata.privacy import require  # noqa: PLC0415

        selection = selection_of(
            viewer,
            first=first,
            last=last,
            streams=stream,
            categories=category,
            weekdays=weekdays,
            hours=hours,
        )
        if out is not None:  # a file with nothing in it would say that there is nothing
            require(selection.audience, "cells")
        answer = find_hotspots(open_ground(workspace), selection, method=method, grid=grid)
        if out is not None:
            from dashboard.hotspot_file import hotspot_file  # noqa: PLC0415
            from geodata.store.whole import write_whole  # noqa: PLC0415

            write_whole(out, hotspot_file(voice.texts, answer, selection))
            voice.note("cli.hotspots.written", n=len(answer.areas), file=out)
        if json:
            voice.json(answer)
        elif out is None:
            from dashboard.listings import print_areas  # noqa: PLC0415

            print_areas(voice, answer)
