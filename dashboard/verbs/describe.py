"""``problembild describe``: an unknown file looked at, and a mapping proposed for it."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Workspace

if TYPE_CHECKING:
    from dashboard.console import Voice
    from etl.pipeline import Description

SHOWN_REJECTIONS = 10
DateOrder = Literal["dmy", "mdy", "ymd"]


def describe(
    file: Annotated[Path, typer.Argument(help="The file to look at.", exists=True, dir_okay=False)],
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    name: Annotated[
        str | None, typer.Option(help="What the mapping is to be called; else by the file.", metavar="NAME")
    ] = None,
    date_order: Annotated[
        DateOrder | None,
        typer.Option(help="Order of day and month, where every date can be read both ways."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Save the mapping in the workspace's mappings folder.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Write over a mapping of that name.")] = False,
    json: Json = False,
    language: Language = None,
) -> None:
    """Look at an unknown file: propose a mapping, say why, and show the first rows as they would come out."""
    from geodata.project import PROJECT_FILE  # noqa: PLC0415

    here = workspace if write or (workspace / PROJECT_FILE).exists() else None
    with speaking(workspace=here, language=language) as voice:
        from etl.pipeline import describe as look_at  # noqa: PLC0415
        from etl.pipeline import save_mapping  # noqa: PLC0415

        def say(code: str, values: dict[str, str]) -> str:
            return voice.texts(f"reasons.{code}", **values)

        found = look_at(file, here, name=name, order=date_order, say=say)
        path = save_mapping(found, workspace, again=again) if write else None
        if json:
            voice.json(found)
            return
        _print(voice, found, whole=path is None)
        if path is None:
            voice.note("cli.describe.write")
        else:
            voice.say("cli.describe.saved", file=path)


def _print(voice: Voice, found: Description, *, whole: bool) -> None:
    texts, trial = voice.texts, found.trial
    voice.say("cli.describe.summary", file=found.file, rows=trial.rows, format=found.reader)
    voice.say("cli.describe.table", table=" / ".join(filter(None, (found.table, found.stream))))
    voice.table(
        [texts(f"cli.describe.{name}") for name in ("column", "becomes", "sure", "why")],
        [
            (
                column.heading,
                column.becomes,
                f"{100 * column.score:.0f} %" if column.score else "–",
                "; ".join(texts(f"reasons.{why.code}", **why.values) for why in column.reasons),
            )
            for column in found.columns
        ],
        right=(2,),
    )
    if found.doubts:
        voice.say("cli.describe.doubts")
        for doubt in found.doubts:
            typer.echo(f"  {texts(f'reasons.{doubt.code}', **doubt.values)}")
    if trial.stopped is not None:
        typer.echo(texts(f"errors.{trial.stopped}", **trial.stopped_values), err=True)
    _print_trial(voice, found)
    if whole:
        voice.say("cli.describe.mapping")
        typer.echo(found.mapping)
    voice.say("cli.describe.source")
    typer.echo(found.source)


def _print_trial(voice: Voice, found: Description) -> None:
    from dashboard.views.sources import rejection_message  # noqa: PLC0415

    trial = found.trial
    voice.say(
        "cli.describe.fates",
        rows=trial.rows,
        accepted=trial.accepted,
        waiting=trial.waiting,
        aside=trial.set_aside,
        rejected=len(trial.rejections),
    )
    for rejection in trial.rejections[:SHOWN_REJECTIONS]:
        typer.echo(f"  {rejection_message(voice.texts, rejection)}", err=True)
    if trial.first:
        voice.say("cli.describe.first")
        for row in trial.first:
            cells = zip(trial.headings, row, strict=True)
            typer.echo("  " + "; ".join(f"{heading} {cell}" for heading, cell in cells if cell))
