"""``problembild sheet`` and ``problembild export plan``: the plan as files for the car, calendar and map."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Language, Viewer, Workspace
from geodata.iso_time import iso_day

if TYPE_CHECKING:
    from dashboard.console import Voice

export = typer.Typer(no_args_is_help=True, help="Write parts of the workspace as files.")

FormatName = Literal["pdf", "html", "ics", "gpx", "geojson"]
Day = Annotated[str, typer.Option(help="Working day, 2026-12-01; else today.", metavar="DAY")]
SlotId = Annotated[int | None, typer.Option("--slot", help="One slot alone.", min=1)]
Out = Annotated[Path | None, typer.Option(help="The file to write; else one in out/ of the workspace.")]
WEEKS = timedelta(days=27)
"""A calendar or a map holds four weeks from today, where no day is asked for."""


def sheet(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    day: Day = "",
    slot: SlotId = None,
    viewer: Viewer = "police",
    form: Annotated[Literal["pdf", "html"], typer.Option("--format", help="For paper or telephone.")] = "pdf",
    out: Out = None,
    language: Language = None,
) -> None:
    """Write the patrol sheet of a day: one page of A4, or one file for a telephone."""
    with speaking(workspace=workspace, language=language) as voice:
        _write(voice, workspace, form, viewer=viewer, first=day, last=day, slot=slot, out=out)


@export.command("plan")
def export_plan(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    form: Annotated[FormatName, typer.Option("--format", help="What the file is for.")] = "ics",
    day: Day = "",
    to: Annotated[str, typer.Option(help="Last working day; else the same day.", metavar="DAY")] = "",
    slot: SlotId = None,
    viewer: Viewer = "police",
    out: Out = None,
    language: Language = None,
) -> None:
    """Write the plan's slots: a sheet (pdf, html), a calendar (ics), or points (gpx, geojson)."""
    with speaking(workspace=workspace, language=language) as voice:
        _write(voice, workspace, form, viewer=viewer, first=day, last=to or day, slot=slot, out=out)


def _write(
    voice: Voice,
    workspace: Path,
    form: str,
    *,
    viewer: str,
    first: str,
    last: str,
    slot: int | None,
    out: Path | None,
) -> None:
    from dashboard.field.day import working_day_of  # noqa: PLC0415
    from dashboard.field.files import FORMATS, Asked, file_name, pass_file  # noqa: PLC0415
    from geodata.analyses.ground import open_ground  # noqa: PLC0415
    from geodata.privacy import Audience  # noqa: PLC0415

    ground = open_ground(workspace)
    today = working_day_of(datetime.now(ground.project.zone))
    begins = _day(first) or today
    ends = _day(last) or (begins if FORMATS[form].one_day or first else begins + WEEKS)
    asked = Asked(ground, voice.texts, Audience(viewer), begins, ends, slot)
    content = pass_file(form, asked)
    path = out or workspace / "out" / file_name(form, asked)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    voice.say("cli.plan_file.done", file=path)


def _day(text: str) -> date | None:
    """Read a day.

    Raises
    ------
    ParameterError
        ``day_unreadable``.
    """
    from geodata.errors import ParameterError  # noqa: PLC0415

    if not text:
        return None
    try:
        return iso_day(text)
    except ValueError as error:
        raise ParameterError(
            "day_unreadable", f"{text[:20]} is no day; write 2026-12-01.", value=text[:20]
        ) from error
