"""``problembild survey``: the survey to print, as one file."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Language, Workspace


def survey(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    out: Annotated[
        Path | None, typer.Option(help="Where to write the page; else out/ of the workspace.")
    ] = None,
    batch: Annotated[str, typer.Option(help="Code of the round, printed on the survey.")] = "",
    language: Language = None,
) -> None:
    """Write the survey that is laid out on paper: one sheet of A4, with a map to mark a place on."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.print.survey import survey_page  # noqa: PLC0415
        from geodata.analyses.ground import open_ground  # noqa: PLC0415
        from geodata.errors import MissingError  # noqa: PLC0415
        from geodata.project import read_project  # noqa: PLC0415

        project = read_project(workspace)
        try:
            ground = open_ground(workspace)
        except MissingError:  # nothing imported yet: a survey without a map
            ground = None
        page = survey_page(project, ground, language=voice.texts.language, batch=batch)
        path = out or workspace / "out" / f"{voice.texts('survey.file_name')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
        voice.say("cli.survey.done", file=path)
