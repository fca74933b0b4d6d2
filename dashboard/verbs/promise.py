"""``problembild promise``: promises from files, what they say, and how they stand."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime  # noqa: TC003  typer reads it
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, overload

import typer

from dashboard.console import logged_in, speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Viewer, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.console import Voice
    from geodata.analyses.ground import Ground
    from geodata.analyses.promises import PromiseAnswer
    from geodata.project import Project
    from geodata.store.register import Register

By = Annotated[str, typer.Option(help="Who does it; else who is logged in.")]
File = Annotated[Path, typer.Argument(help="The promise as TOML.", exists=True, dir_okay=False)]
Key = Annotated[str, typer.Argument(help="The promise's key.")]

promise = typer.Typer(
    no_args_is_help=True, help="What was promised: add and change promises, and tell how they stand."
)


@promise.command()
def add(
    file: File, *, by: By = "", workspace: Workspace = DEFAULT_WORKSPACE, language: Language = None
) -> None:
    """Add a promise, with its activities and action plan."""
    _keep(workspace, language, file, by=by, why=None)


@promise.command()
def change(
    file: File,
    *,
    why: Annotated[str, typer.Option(help="Why it is changed.")],
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Keep a new version of a promise; the versions before stay."""
    _keep(workspace, language, file, by=by, why=why)


@promise.command("list")
def list_promises(
    *, workspace: Workspace = DEFAULT_WORKSPACE, json: Json = False, language: Language = None
) -> None:
    """List the promises."""
    with opened(workspace, language) as (voice, _, register):
        found = register.promises.all()
        if json:
            voice.json([one.promise for one in found])
        elif not found:
            voice.say("cli.promise.none")
        else:
            headings = [voice.texts(f"cli.promise.{name}") for name in ("key", "name")]
            voice.table(headings, [(one.promise.key, one.promise.name) for one in found])


@promise.command()
def show(
    key: Key, *, workspace: Workspace = DEFAULT_WORKSPACE, json: Json = False, language: Language = None
) -> None:
    """Show a promise as it now stands: its text, rules and responsible."""
    with opened(workspace, language) as (voice, _, register):
        from dashboard.views.promise_rule import (  # noqa: PLC0415
            responsible_words,
            rule_words,
            scope_words,
        )

        kept = register.promises.find(key)
        if json:
            voice.json(kept)
            return
        texts, places = voice.texts, {one.place_id: one.name for one in register.places()}
        typer.echo(f"{kept.promise.name}\n{kept.promise.text}")
        for one in kept.promise.activities:
            names = responsible_words(texts, one.responsible)
            said = [
                rule_words(texts, one),
                texts("promise.responsible", names=names),
                *scope_words(texts, one.scope, places=places),
            ]
            typer.echo(f"\n{one.key}: {one.name}\n  " + "\n  ".join(said))


@promise.command()
def progress(
    *,
    viewer: Viewer = "police",
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Measured on this day; else today.")
    ] = None,
    workspace: Workspace = DEFAULT_WORKSPACE,
    json: Json = False,
    language: Language = None,
) -> None:
    """Tell how every promise stands: done of target, on course or behind."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.views.promise_measure import measure_words  # noqa: PLC0415
        from geodata.analyses.ground import open_ground  # noqa: PLC0415
        from geodata.analyses.promises import follow_promises, measured_on  # noqa: PLC0415
        from geodata.iso_time import require_plausible  # noqa: PLC0415
        from geodata.privacy import Audience  # noqa: PLC0415

        ground = open_ground(workspace)
        on = day.date() if day is not None else measured_on(ground)
        require_plausible("day", on)
        answers = follow_promises(ground, Audience(viewer), today=on)
        if json:
            voice.json([_plain(answer) for answer in answers])
            return
        if not answers:
            voice.say("cli.promise.none")
            return
        texts = voice.texts
        rows = [
            (
                answer.kept.promise.key,
                one.activity.name,
                "; ".join(measure_words(texts, measure) for measure in one.measures),
                texts(f"promise_state.{one.state}"),
            )
            for answer in answers
            for one in answer.progress.activities
        ]
        voice.table([texts(f"cli.promise.{name}") for name in ("key", "activity", "measure", "state")], rows)
        voice.note("cli.promise.day", day=on)


@promise.command()
def attach(
    key: Key,
    file: Annotated[Path, typer.Argument(help="PDF, JPEG, PNG or WebP.", exists=True, dir_okay=False)],
    *,
    title: Annotated[str, typer.Option(help="What it is, in a few words.")] = "",
    public: Annotated[bool, typer.Option(help="It is confirmed that everybody may see it.")] = False,
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Attach a signed document to a promise."""
    with opened(workspace, language) as (voice, _, register):
        from geodata.store.documents import keep_document  # noqa: PLC0415

        kept = register.promises.find(key)
        with file.open("rb") as sent:
            document = keep_document(workspace / "store", sent)
        register.promise_documents.add(
            kept.promise_id, document, title=title, public=public, by=by or logged_in()
        )
        voice.say("cli.promise.attached" if public else "cli.promise.attached_staff", file=file.name)


@promise.command()
def due(
    *,
    within: Annotated[int, typer.Option(min=0, max=3660, help="Days ahead.")] = 14,
    out: Annotated[Path | None, typer.Option(help="Write every dated line as a calendar file.")] = None,
    workspace: Workspace = DEFAULT_WORKSPACE,
    json: Json = False,
    language: Language = None,
) -> None:
    """List what of the action plans is overdue, due soon or reminded of."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.views.due_actions import due_view  # noqa: PLC0415
        from geodata.analyses.action_due import due_actions  # noqa: PLC0415
        from geodata.analyses.ground import open_ground  # noqa: PLC0415

        ground = open_ground(workspace)
        if out is not None:
            _write_calendar(voice, ground, out)
        found = due_actions(ground, within=within)
        if json:
            voice.json(found)
            return
        view = due_view(voice.texts, found, search="", within=within)
        typer.echo(view.sentence)
        names = ("what", "when", "who", "promise")
        if view.lines:
            voice.table(
                [voice.texts(f"cli.promise.due_{name}") for name in names],
                [tuple(str(getattr(line, name)) for name in names) for line in view.lines],
            )


def _plain(answer: PromiseAnswer) -> dict[str, Any]:
    """Return how a promise stands as the audience sees it; what it was judged by holds all of the log."""
    return {
        "promise": answer.kept.promise,
        "state": answer.progress.state,
        "activities": [
            {
                "key": one.progress.activity.key,
                "state": one.progress.state,
                "measures": one.progress.measures,
                "tertials": one.progress.tertials,
                "years": one.progress.years,
                "lines": one.lines,
                "by_place": one.by_place,
                "checked": one.checked,
                "reported": one.reported,
            }
            for one in answer.activities
        ],
        "plan": answer.plan,
        "due": answer.due,
    }


def _write_calendar(voice: Voice, ground: Ground, out: Path) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from dashboard.print.action_calendar import action_calendar  # noqa: PLC0415
    from geodata.analyses.ground import open_register  # noqa: PLC0415
    from geodata.store.whole import write_whole  # noqa: PLC0415

    register = open_register(ground.workspace)
    items = [
        (kept.promise.name, item)
        for kept in register.promises.all()
        for item in register.action_plans.items(kept.promise_id)
    ]
    write_whole(out, action_calendar(voice.texts, ground.project, items, now=datetime.now(UTC)))
    voice.note("cli.promise.calendar", file=out.name)


@contextmanager
def opened(workspace: Path, language: str | None) -> Iterator[tuple[Voice, Project, Register]]:
    """Open a workspace's register, imported or not, and let go of it."""
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.project import read_project  # noqa: PLC0415
        from geodata.store.register import Register  # noqa: PLC0415

        project = read_project(workspace)
        register = Register(
            workspace / "store",
            municipality_code=project.municipality.code,
            working_crs=project.geography.working_crs,
        )
        try:
            yield voice, project, register
        finally:
            register.close()


def _keep(workspace: Path, language: str | None, file: Path, *, by: str, why: str | None) -> None:
    with opened(workspace, language) as (voice, project, register):
        from geodata.analyses.promise_files import keep_promise  # noqa: PLC0415

        text = file.read_text(encoding="utf-8", errors="replace")
        why = masked(why)
        kept = keep_promise(register, project, text, file=file.name, by=by or logged_in(), why=why)
        said = "cli.promise.added" if why is None else "cli.promise.changed"
        voice.say(said, promise=kept.promise.key, version=kept.version)


@overload
def masked(why: str) -> str: ...
@overload
def masked(why: None) -> None: ...
@overload
def masked(why: str | None) -> str | None: ...
def masked(why: str | None) -> str | None:
    """Return what somebody gives as a reason, without what points a person out: everybody may read it."""
    from etl.pipeline import mask_text  # noqa: PLC0415  slow to import

    return None if why is None else mask_text(why)
