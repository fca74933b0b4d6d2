"""``problembild fetch``: ask the services of the sources, and save what is new in the inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import FELL, speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Workspace

if TYPE_CHECKING:
    from dashboard.console import Voice
    from etl.pipeline import Fetched


def fetch(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    source: Annotated[
        str | None, typer.Option(help="Only this source; every one that has a service otherwise.")
    ] = None,
    json: Json = False,
    language: Language = None,
) -> None:
    """Fetch what the police and the school register say, and save it in the inbox; import reads it."""
    with speaking(workspace=workspace, language=language) as voice:
        from etl.pipeline import fetch as fetch_sources  # noqa: PLC0415

        with voice.progress() as progress:
            report = fetch_sources(workspace, source=source, progress=progress)
        if json:
            voice.json(report)
        else:
            for one in report.sources:
                _say(voice, one)
            if any(one.outcome == "saved" for one in report.sources):
                voice.note("cli.fetch.next")
        if report.failed:
            raise typer.Exit(FELL)


def _say(voice: Voice, one: Fetched) -> None:
    if one.outcome == "saved":
        voice.say("cli.fetch.saved", n=one.records, source=one.source, file=one.file)
    elif one.outcome == "unchanged":
        voice.say("cli.fetch.unchanged", source=one.source)
    elif one.wanted:
        voice.say("cli.fetch.waiting", source=one.source, done=one.records, wanted=one.wanted)
    if one.dropped:
        voice.note("cli.fetch.dropped", n=one.dropped, source=one.source)
    if one.left_out:
        voice.note("cli.fetch.left_out", n=one.left_out, source=one.source)
    if one.code:
        voice.note(f"errors.{one.code}", **one.values)
