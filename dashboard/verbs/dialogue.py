"""``problembild dialogue``: dialogues from files, their steps, what they gave and what they still owe."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  typer reads it
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import logged_in
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Viewer, Workspace
from dashboard.verbs.promise import By, masked, opened

if TYPE_CHECKING:
    from dashboard.console import Voice
    from geodata.analyses.ground import Ground
    from geodata.store.dialogues import KeptDialogue

DAYS = ["%Y-%m-%d"]

File = Annotated[Path, typer.Argument(help="The dialogue as TOML.", exists=True, dir_okay=False)]
Key = Annotated[str, typer.Argument(help="The dialogue's key.")]
Why = Annotated[str, typer.Option(help="Why; kept in its history.")]
To = Annotated[str, typer.Option(help="residents or staff.")]

dialogue = typer.Typer(
    no_args_is_help=True,
    help="Where and when people are asked: plan it, say what it gave, and give the result back.",
)


@dialogue.command()
def add(
    file: File, *, by: By = "", workspace: Workspace = DEFAULT_WORKSPACE, language: Language = None
) -> None:
    """Add a dialogue with its occasions; it is planned."""
    _keep(workspace, language, file, by=by, why=None)


@dialogue.command()
def change(
    file: File,
    *,
    why: Annotated[str, typer.Option(help="Why it is changed.")],
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Keep another plan for a dialogue; what it gave and how far it has come stays."""
    _keep(workspace, language, file, by=by, why=why)


@dialogue.command("list")
def list_dialogues(
    *,
    day: Annotated[
        datetime | None, typer.Option(help="What they owe on this local day; else today.", formats=DAYS)
    ] = None,
    workspace: Workspace = DEFAULT_WORKSPACE,
    json: Json = False,
    language: Language = None,
) -> None:
    """List the dialogues with their states, and what each still owes."""
    with opened(workspace, language) as (voice, project, register):
        from dashboard.views.dialogue_words import lapse_words, state_words  # noqa: PLC0415
        from geodata.analyses.dialogues import looked_at_on  # noqa: PLC0415
        from geodata.dialogues.lapse import lapse_of  # noqa: PLC0415
        from geodata.periods import Period  # noqa: PLC0415

        ground = _ground(workspace) if day is None and project.municipality.made_up else None
        today = looked_at_on(ground, project) if day is None else day.date()
        found = register.dialogues.all()
        lapses = [lapse_of(one.dialogue, one.course, today=today) for one in found]
        if json:
            voice.json([{"kept": one, "lapse": lapse} for one, lapse in zip(found, lapses, strict=True)])
            return
        if not found:
            voice.say("cli.dialogue.none")
            return
        texts = voice.texts
        rows = [
            (
                one.dialogue.key,
                one.dialogue.name,
                texts.form.period(Period(one.dialogue.first, one.dialogue.last)),
                state_words(texts, one.course),
                lapse_words(texts, lapse),
            )
            for one, lapse in zip(found, lapses, strict=True)
        ]
        voice.table(
            [texts(f"cli.dialogue.{name}") for name in ("key", "name", "days", "state", "owes")], rows
        )


@dialogue.command()
def show(
    key: Key, *, workspace: Workspace = DEFAULT_WORKSPACE, json: Json = False, language: Language = None
) -> None:
    """Show a dialogue: its occasions with what they gave, its state, and its history."""
    with opened(workspace, language) as (voice, project, register):
        from dashboard.views.dialogue_words import (  # noqa: PLC0415
            occasion_words,
            outcome_words,
            state_words,
            step_words,
        )

        kept, versions = register.dialogues.find(key), register.dialogues.versions(key)
        if json:
            voice.json({"kept": kept, "versions": versions})
            return
        texts, names = voice.texts, {one.place_id: one.name for one in register.places()}
        typer.echo(f"{kept.dialogue.name}\n{state_words(texts, kept.course)}\n")
        for one in kept.dialogue.occasions:
            place = names.get(one.place, "") if one.place is not None else ""
            outcome = kept.course.outcome(one.key)
            typer.echo(f"{one.key}: {occasion_words(texts, one, place=place)}")
            typer.echo(f"  {outcome_words(texts, outcome)}")
        typer.echo("")
        for version in versions:
            on = version.changed_at.astimezone(project.zone).date()
            said = step_words(texts, version, on=on, places=names, with_name=True)
            typer.echo(f"{version.version}. {said}")


def _plain_step(name: str, step: str, said: str) -> None:
    """Make a verb of a step that asks for nothing more."""

    def take(
        key: Key,
        *,
        why: Why = "",
        by: By = "",
        workspace: Workspace = DEFAULT_WORKSPACE,
        language: Language = None,
    ) -> None:
        with opened(workspace, language) as (voice, _, register):
            from geodata.analyses.dialogue_steps import take_step  # noqa: PLC0415
            from geodata.dialogues.course import Step  # noqa: PLC0415

            _say(voice, take_step(register, key, Step(step), by=by or logged_in(), why=masked(why)))

    dialogue.command(name, help=said)(take)


_plain_step("open", "open", "Begin to ask.")
_plain_step("close", "close", "Stop asking.")
_plain_step("reopen", "reopen", "Go on asking, while nobody has been given the result.")
_plain_step("cancel", "cancel", "Say that a planned dialogue will not be held.")


@dialogue.command()
def due(
    key: Key,
    day: Annotated[datetime, typer.Argument(help="Local day, 2026-06-01.", formats=DAYS)],
    *,
    why: Why = "",
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Say by which day the result is to be given back."""
    with opened(workspace, language) as (voice, _, register):
        from geodata.analyses.dialogue_steps import set_due  # noqa: PLC0415

        _say(voice, set_due(register, key, day.date(), by=by or logged_in(), why=masked(why)))


@dialogue.command()
def record(  # noqa: PLR0913  each is an option of the command
    key: Key,
    occasion: Annotated[str, typer.Argument(help="The occasion's key.")],
    *,
    talks: Annotated[int | None, typer.Option(help="How many people one talked with.", min=0)] = None,
    answers: Annotated[int | None, typer.Option(help="How many answers were given.", min=0)] = None,
    note: Annotated[str, typer.Option(help="What else is to be said; no personal data.")] = "",
    source: Annotated[
        list[str] | None,
        typer.Option(help="Source of the project that the answers came in by; may stand several times."),
    ] = None,
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Write down what an occasion gave; what was written before is replaced."""
    with opened(workspace, language) as (voice, project, register):
        from etl.pipeline import mask_text  # noqa: PLC0415
        from geodata.analyses.dialogue_steps import record_outcome  # noqa: PLC0415
        from geodata.dialogues.reading import made_outcome  # noqa: PLC0415

        outcome = made_outcome(
            {
                "occasion": occasion,
                "talks": talks,
                "answers": answers,
                "note": note.strip(),
                "sources": source or [],
            }
        )
        kept = record_outcome(register, project, key, outcome, by=by or logged_in(), mask=mask_text)
        _say(voice, kept)


@dialogue.command()
def publish(
    key: Key,
    *,
    to: To,
    day: Annotated[datetime, typer.Option(help="The local day it was given back.", formats=DAYS)],
    where: Annotated[str, typer.Option(help="Where: a meeting, a page, a paper.")],
    link: Annotated[str, typer.Option(help="Its address, https://…")] = "",
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Write down that the result was given back; with residents and staff both told it is published."""
    with opened(workspace, language) as (voice, project, register):
        from geodata.analyses.dialogue_steps import publish_result  # noqa: PLC0415
        from geodata.dialogues.reading import made_publication  # noqa: PLC0415

        made = made_publication({"to": to, "day": day.date(), "where": where, "link": link})
        _say(voice, publish_result(register, project, key, made, by=by or logged_in()))


@dialogue.command()
def unpublish(
    key: Key,
    *,
    to: To,
    why: Why = "",
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Take back that the result was given to residents, or to staff."""
    with opened(workspace, language) as (voice, _, register):
        from geodata.analyses.dialogue_steps import withdraw_publication  # noqa: PLC0415
        from geodata.dialogues.reading import made_reader  # noqa: PLC0415

        reader = made_reader(to)
        _say(voice, withdraw_publication(register, key, reader, by=by or logged_in(), why=masked(why)))


def _keep(workspace: Path, language: str | None, file: Path, *, by: str, why: str | None) -> None:
    with opened(workspace, language) as (voice, _, register):
        from geodata.analyses.dialogue_files import keep_dialogue  # noqa: PLC0415

        text = file.read_text(encoding="utf-8", errors="replace")
        _say(voice, keep_dialogue(register, text, file=file.name, by=by or logged_in(), why=masked(why)))


def _ground(workspace: Path) -> Ground | None:
    """Open what is imported; None before the first import."""
    from geodata.analyses.ground import open_ground  # noqa: PLC0415
    from geodata.errors import MissingError  # noqa: PLC0415

    try:
        return open_ground(workspace)
    except MissingError:
        return None


def _say(voice: Voice, kept: KeptDialogue) -> None:
    from dashboard.views.dialogue_words import state_words  # noqa: PLC0415

    voice.say(
        "cli.dialogue.kept",
        dialogue=kept.dialogue.name,
        version=kept.version,
        state=state_words(voice.texts, kept.course),
    )


@dialogue.command()
def schedule(
    key: Key,
    *,
    viewer: Viewer = "public",
    out: Annotated[
        Path | None, typer.Option(help="File: .pdf, .html or .ics; else one in out/ of the workspace.")
    ] = None,
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Write the schedule: to print, or for a calendar. For staff a tally sheet comes with it."""
    with opened(workspace, language) as (voice, project, register):
        from dashboard.dialogue_files import schedule_file  # noqa: PLC0415
        from geodata.analyses.dialogues import follow_dialogue  # noqa: PLC0415
        from geodata.privacy import Audience  # noqa: PLC0415

        ground, seen_as = _ground(workspace), Audience(viewer)
        answer = follow_dialogue(register, project, key, seen_as, ground=ground)
        path = out or workspace / "out" / f"dialog-{key}.pdf"
        form = path.suffix.lstrip(".").lower()
        content = schedule_file(form, voice.texts, project, answer, seen_as, ground=ground)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        voice.say("cli.report.done", file=path)
