"""``problembild picture``: the picture of a period, saved as it stood, and what was chosen from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dashboard.console import logged_in, speaking
from dashboard.options import DEFAULT_WORKSPACE, First, Json, Language, Last, Viewer, Workspace
from dashboard.verbs.promise import By, opened

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from dashboard.console import Voice
    from geodata.picture.decision import Choices
    from geodata.picture.picture import Picture
    from geodata.privacy import Audience
    from geodata.store.picture_rows import KeptPicture
    from geodata.store.register import Register

DAYS = ["%Y-%m-%d"]

Key = Annotated[str, typer.Argument(help="The picture's key, bild-2026.")]
File = Annotated[Path, typer.Argument(help="The decisions as TOML.", exists=True, dir_okay=False)]
Problems = Annotated[Literal["category", "group"], typer.Option("--problems", help="What a problem is.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace what was decided before of the same problems.")
]

picture = typer.Typer(
    no_args_is_help=True,
    help="The picture: what residents say, what was recorded and found, what changed; and what was chosen.",
)


@picture.command()
def show(
    key: Annotated[str, typer.Argument(help="A saved picture's key; none for the picture now.")] = "",
    *,
    first: First = "",
    last: Last = "",
    problems: Problems = "category",
    viewer: Viewer = "police",
    workspace: Workspace = DEFAULT_WORKSPACE,
    json: Json = False,
    language: Language = None,
) -> None:
    """Show the picture now, or a saved one as it stood, with what was decided of it."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.verbs.selecting import selection_of  # noqa: PLC0415
        from geodata.analyses.ground import open_ground, open_register  # noqa: PLC0415
        from geodata.analyses.picture import picture as make_picture  # noqa: PLC0415
        from geodata.analyses.picture import saved_picture  # noqa: PLC0415
        from geodata.privacy import Audience  # noqa: PLC0415

        audience, ground = Audience(viewer), open_ground(workspace)
        period = selection_of(viewer, first=first, last=last, streams=None).period
        kept = open_register(workspace).pictures.find(key) if key else None
        shown = (
            make_picture(ground, audience, period=period, by=problems)
            if kept is None
            else saved_picture(kept, audience)
        )
        if json:
            voice.json(shown if kept is None else replace(kept, picture=shown))
            return
        _print(voice, shown, audience)
        if kept is not None:
            _print_decisions(voice, open_register(workspace), kept)


@picture.command()
def save(
    key: Key,
    *,
    first: First,
    last: Last,
    name: Annotated[str, typer.Option(help="What people call it; else its key.")] = "",
    problems: Problems = "category",
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Save the picture of a period as it stands now; it is never changed afterwards."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.verbs.selecting import selection_of  # noqa: PLC0415
        from geodata.analyses.ground import open_ground, open_register  # noqa: PLC0415
        from geodata.analyses.saved_pictures import save_picture  # noqa: PLC0415
        from geodata.errors import ParameterError  # noqa: PLC0415

        period = selection_of("coordinator", first=first, last=last, streams=None).period
        if period is None:
            raise ParameterError("period_half", "Give both --from and --to, or neither.")
        kept = save_picture(
            open_ground(workspace),
            open_register(workspace),
            key=key,
            name=name or key,
            period=period,
            by=problems,
            made_by=by or logged_in(),
        )
        voice.say("cli.picture.saved", picture=kept.key, n=len(kept.picture.problems))


@picture.command("list")
def list_pictures(
    *, workspace: Workspace = DEFAULT_WORKSPACE, json: Json = False, language: Language = None
) -> None:
    """List the saved pictures."""
    with opened(workspace, language) as (voice, _, register):
        kept = register.pictures.all()
        if json:
            voice.json(
                [
                    {
                        "key": one.key,
                        "name": one.name,
                        "period": one.picture.period,
                        "made_at": one.made_at,
                        "chosen": [each.problem for each in one.chosen],
                        "not_chosen": [each.problem for each in one.not_chosen],
                    }
                    for one in kept
                ]
            )
        elif not kept:
            voice.say("cli.picture.none")
        else:
            headings = [voice.texts(f"cli.picture.{name}") for name in ("key", "name", "period", "chosen")]
            rows = [
                (one.key, one.name, voice.texts.form.period(one.picture.period), str(len(one.chosen)))
                for one in kept
            ]
            voice.table(headings, rows, right=(3,))


@picture.command()
def choose(
    file: File,
    *,
    replacing: Replace = False,
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Keep what a meeting decided of a picture, from a file: all of it or nothing."""
    with opened(workspace, language) as (voice, project, register):
        from geodata.picture.decision import read_choices  # noqa: PLC0415

        text = file.read_text(encoding="utf-8", errors="replace")
        choices = read_choices(text, file=file.name)
        _keep(voice, register, choices, today=_today(project.zone), replacing=replacing, by=by)


@picture.command()
def decide(  # noqa: PLR0913  each is an option of the command
    key: Key,
    problem: Annotated[str, typer.Argument(help="The problem, traffic_speed.")],
    *,
    chosen: Annotated[bool, typer.Option("--chosen/--not-chosen", help="Whether it was chosen.")],
    meeting: Annotated[str, typer.Option(help="Which meeting: Trygghetsrådet.")],
    on: Annotated[datetime, typer.Option(help="The meeting's local day.", formats=DAYS)],
    why: Annotated[str, typer.Option(help="Why; needed for what was not chosen.")] = "",
    decided_by: Annotated[str, typer.Option(help="Who decided; else the meeting.")] = "",
    replacing: Replace = False,
    by: By = "",
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Keep what a meeting decided of one problem."""
    with opened(workspace, language) as (voice, project, register):
        from geodata.picture.decision import made_choices  # noqa: PLC0415

        choices = made_choices(
            {
                "picture": key,
                "meeting": meeting,
                "meeting_on": on.date(),
                "decided_by": decided_by,
                "decision": [{"problem": problem, "chosen": chosen, "why": why}],
            },
            file="picture decide",
        )
        _keep(voice, register, choices, today=_today(project.zone), replacing=replacing, by=by)


@picture.command()
def decisions(
    key: Key, *, workspace: Workspace = DEFAULT_WORKSPACE, json: Json = False, language: Language = None
) -> None:
    """List every decision of a picture, those that were replaced too, and the promises that answer them."""
    with opened(workspace, language) as (voice, _, register):
        kept = register.pictures.find(key)
        if json:
            voice.json(register.pictures.history(key))
            return
        _print_decisions(voice, register, kept)


def _keep(
    voice: Voice, register: Register, choices: Choices, *, today: date, replacing: bool, by: str
) -> None:
    from etl.pipeline import mask_text  # noqa: PLC0415
    from geodata.picture.decision import masked  # noqa: PLC0415

    seen = {}
    if replacing:
        seen = {one.problem: one.decision_id for one in register.pictures.find(choices.picture).decisions}
    kept = register.pictures.choose(masked(choices, mask_text), by=by or logged_in(), today=today, seen=seen)
    voice.say("cli.picture.kept", picture=kept.key, n=len(choices.decision))


def _today(zone: ZoneInfo) -> date:
    return datetime.now(zone).date()


def _print(voice: Voice, shown: Picture, audience: Audience) -> None:
    from dashboard.views.picture import picture_view  # noqa: PLC0415

    view = picture_view(voice.texts, shown, audience)
    typer.echo("\n".join((view.sentence, *view.basis)))
    names = ("order", "problem", "says", "found", "recorded", "changed", "sure")
    rows = [
        (
            one.order,
            one.name,
            "; ".join(one.says),
            "; ".join(one.found),
            "; ".join(one.recorded),
            "; ".join(change.words for change in one.changes),
            one.sure,
        )
        for one in view.problems
    ]
    if rows:
        voice.table([voice.texts(f"picture.column.{name}") for name in names], rows)
    typer.echo("\n".join((view.empty, *view.notices)).strip())


def _print_decisions(voice: Voice, register: Register, kept: KeptPicture) -> None:
    from dashboard.views.picture import problem_name  # noqa: PLC0415
    from geodata.analyses.saved_pictures import answered  # noqa: PLC0415

    texts = voice.texts
    found = answered(register, kept)
    if not found:
        voice.say("picture.undecided")
        return
    names = ("problem", "decision", "why", "meeting", "promises")
    rows = [
        (
            problem_name(texts, one.decision.problem),
            texts("picture.chosen" if one.decision.chosen else "picture.not_chosen"),
            one.decision.why,
            texts("picture.meeting", meeting=one.decision.meeting, on=one.decision.meeting_on),
            ", ".join(name for _, name in one.promises)
            or (texts("picture.no_promise") if one.decision.chosen else "–"),
        )
        for one in found
    ]
    voice.table([texts(f"picture.column.{name}") for name in names], rows)
