"""``problembild report``: a report as PDF or HTML, for an audience."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  typer reads it
from pathlib import Path  # noqa: TC003  typer reads it
from typing import Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Language, Viewer, Workspace


def report(
    name: Annotated[
        str,
        typer.Argument(
            help="namnd, tertial, problembild, lagesbild, est, atgardsplan, dialog, aterkoppling or "
            "aterkoppling-personal."
        ),
    ],
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    viewer: Viewer = "council",
    out: Annotated[
        Path | None, typer.Option(help="File to write, .pdf or .html; else one in out/ of the workspace.")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(
            help="Of the year, tertial or week of this day, 2026-08-31; else newest.", formats=["%Y-%m-%d"]
        ),
    ] = None,
    language: Language = None,
) -> None:
    """Write a report, as tagged PDF or as one HTML file that opens from disk."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.reports.registry import make_report, report_file  # noqa: PLC0415
        from geodata.analyses.ground import open_ground  # noqa: PLC0415
        from geodata.errors import MissingError  # noqa: PLC0415
        from geodata.privacy import Audience  # noqa: PLC0415
        from geodata.project import read_project  # noqa: PLC0415

        try:
            ground = open_ground(workspace)
            project = ground.project
        except MissingError:
            ground, project = None, read_project(workspace)
        path = out or workspace / "out" / f"{name}.pdf"
        made = make_report(
            name,
            Audience(viewer),
            voice.texts,
            ground=ground,
            project=project,
            today=None if day is None else day.date(),
        )
        content = report_file(path.suffix.lstrip(".").lower(), voice.texts, made)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        voice.say("cli.report.done", file=path)
