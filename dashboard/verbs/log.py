"""``problembild log``: what was done, one entry at a time or from a file."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import Annotated
from uuid import uuid4

import typer

from dashboard.console import FELL, logged_in
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Workspace
from dashboard.verbs.promise import By, opened

log = typer.Typer(
    no_args_is_help=True, help="What was done: log it, bring it from a file, list it, withdraw it."
)


@log.command()
def add(  # noqa: PLR0913  each is an option of the command
    *,
    kind: Annotated[str, typer.Option(help="trafikkontroll, närvaro, krogtillsyn …, or the code.")],
    day: Annotated[str, typer.Option(help="Local day, 2026-08-22.")],
    start: Annotated[str, typer.Option(help="Local time, 07:45.")],
    end: Annotated[str, typer.Option(help="Local time; before the start it is on the day after.")] = "",
    parties: Annotated[str, typer.Option(help="polisen, kommunen, andra; commas between.")] = "polisen",
    place: Annotated[str, typer.Option(help="The place's name.")] = "",
    car: Annotated[str, typer.Option(help="målat, civilt, till fots.")] = "",
    activity: Annotated[str, typer.Option(help="The promise's key, a slash, the activity's key.")] = "",
    with_whom: Annotated[str, typer.Option(help="Administrations or others, as names.")] = "",
    checked: Annotated[str, typer.Option(help="How many were checked.")] = "",
    reported: Annotated[str, typer.Option(help="How many of them were reported.")] = "",
    note: Annotated[str, typer.Option(help="What else is to be said; no personal data.")] = "",
    key: Annotated[str, typer.Option(help="Its own key: sent twice it is one entry.")] = "",
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Log what was done."""
    with opened(workspace, language) as (voice, project, register):
        from etl.pipeline import mask_text  # noqa: PLC0415
        from geodata.analyses.promise_files import import_log  # noqa: PLC0415

        said = {
            "day": day,
            "start": start,
            "end": end,
            "kind": kind,
            "parties": parties,
            "place": place,
            "car": car,
            "activity": activity,
            "with_whom": with_whom,
            "checked": checked,
            "reported": reported,
            "note": note,
            "key": key or str(uuid4()),
        }
        cells = ['"{}"'.format(value.replace('"', '""')) for value in said.values()]
        text = f"{';'.join(said)}\n{';'.join(cells)}"
        done = import_log(register, project, text, file="", by=by or logged_in(), mask=mask_text)
        for _, error in done.faults:
            raise error
        voice.say("cli.log.added" if done.new else "cli.log.known")


@log.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A table (CSV) with a heading.", exists=True, dir_okay=False)],
    *,
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Bring a log from a file; read again it adds nothing twice."""
    with opened(workspace, language) as (voice, project, register):
        from etl.pipeline import mask_text  # noqa: PLC0415
        from geodata.analyses.promise_files import import_log  # noqa: PLC0415

        raw = file.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
        done = import_log(register, project, text, file=file.name, by=by or logged_in(), mask=mask_text)
        voice.say("cli.log.imported", new=done.new, known=done.known, faults=len(done.faults))
        for row, error in done.faults:
            voice.say("cli.log.fault", row=str(row), problem=voice.texts.error(error))
        if done.faults:
            raise typer.Exit(FELL)


@log.command("list")
def list_entries(
    *, workspace: Workspace = DEFAULT_WORKSPACE, json: Json = False, language: Language = None
) -> None:
    """List what is logged, oldest first."""
    with opened(workspace, language) as (voice, project, register):
        entries = register.log.entries()
        if json:
            voice.json(entries)
            return
        if not entries:
            voice.say("cli.log.none")
            return
        texts, places = voice.texts, {one.place_id: one.name for one in register.places()}
        rows = [
            (
                one.entry_key,
                texts.form.day(one.started_at.astimezone(project.zone).date()),
                texts(f"activity_kind.{one.kind}"),
                places.get(one.place_id, "") if one.place_id is not None else "",
                texts.form.listing([texts(f"party.{party}") for party in sorted(one.parties)]),
            )
            for one in entries
        ]
        voice.table([texts(f"cli.log.{name}") for name in ("key", "day", "kind", "place", "who")], rows)


@log.command()
def withdraw(
    key: Annotated[str, typer.Argument(help="The entry's key in the list.")],
    *,
    why: Annotated[str, typer.Option(help="Why it is withdrawn; no personal data.")],
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Let an entry hold no longer; it is kept, and the slot that it answered is open again."""
    with opened(workspace, language) as (voice, _, register):
        from etl.pipeline import mask_text  # noqa: PLC0415

        register.log.withdraw(key, by=by or logged_in(), why=mask_text(why))
        voice.say("cli.log.withdrawn")
