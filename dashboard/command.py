"""The console script: every verb of the house. What a verb needs is imported when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dashboard.console import FELL, speaking
from dashboard.options import (
    DEFAULT_WORKSPACE,
    DEMO_WORKSPACE,
    PORT,
    Categories,
    First,
    Hours,
    Json,
    Kinds,
    Language,
    Last,
    Port,
    Streams,
    Viewer,
    Weekdays,
    Workspace,
)
from dashboard.verbs.accounts import accounts
from dashboard.verbs.accuracy import accuracy
from dashboard.verbs.describe import describe
from dashboard.verbs.dialogue import dialogue
from dashboard.verbs.effect import effect
from dashboard.verbs.export_qgis import export_qgis
from dashboard.verbs.fetch import fetch
from dashboard.verbs.forget import forget
from dashboard.verbs.hotspots import hotspots
from dashboard.verbs.inbox_key import inbox_key, unlock
from dashboard.verbs.links import links
from dashboard.verbs.log import log
from dashboard.verbs.picture import picture
from dashboard.verbs.place import place
from dashboard.verbs.plan import plan
from dashboard.verbs.plan_files import export, sheet
from dashboard.verbs.practice import practice
from dashboard.verbs.promise import promise
from dashboard.verbs.queue import queue
from dashboard.verbs.rank import rank
from dashboard.verbs.rejected import rejected
from dashboard.verbs.report import report
from dashboard.verbs.review import review
from dashboard.verbs.selecting import selection_of
from dashboard.verbs.serve import serve
from dashboard.verbs.survey import survey
from dashboard.verbs.warm import warm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


EXIT_CODES = (
    "Exit codes: 0 fine; 1 a file was stopped or a check fell; 2 the command, the project file or the store"
    " won't do; 3 a fault in the program."
)

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Where people feel and are unsafe, seen from surveys, reviews and incidents.",
    epilog=EXIT_CODES,
)


@app.command(epilog=EXIT_CODES)
def init(
    *,
    name: Annotated[str, typer.Option(help="The municipality's name.")],
    code: Annotated[str, typer.Option(help="Statistics Sweden's four digits.")],
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Make a workspace: a project file to fill in, and an inbox for the municipality's own files."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.starter import make_workspace  # noqa: PLC0415

        path = make_workspace(workspace, name=name, code=code, language=voice.texts.language)
        voice.say("cli.init.done", file=path)


@app.command("import", epilog=EXIT_CODES)
def import_files(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    wait: Annotated[
        float, typer.Option(help="Seconds to wait for another import to end; else it is said.", min=0)
    ] = 0,
    json: Json = False,
    language: Language = None,
) -> None:
    """Read the inbox, account for every row, and publish what came in."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.workflow import import_and_cut  # noqa: PLC0415

        with voice.progress() as progress:
            report = import_and_cut(workspace, progress=progress, wait_s=wait)
        if json:
            voice.json(report)
        else:
            from dashboard.listings import print_report  # noqa: PLC0415

            print_report(voice, report)
        if report.stopped:
            raise typer.Exit(FELL)


@app.command(epilog=EXIT_CODES)
def check(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    json: Json = False,
    language: Language = None,
) -> None:
    """Check the project file and the mappings against their own acceptance rows; nothing is written."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.listings import print_check  # noqa: PLC0415
        from etl.pipeline import check as check_workspace  # noqa: PLC0415

        report = check_workspace(workspace)
        if json:
            voice.json(report)
        else:
            print_check(voice, report)
        if not report.ok:
            raise typer.Exit(FELL)


@app.command(epilog=EXIT_CODES)
def demo(
    *,
    workspace: Workspace = DEMO_WORKSPACE,
    size: Annotated[
        Literal["small", "town", "city", "region"], typer.Option(help="How large a municipality.")
    ] = "town",
    seed: Annotated[int, typer.Option(help="The same seed gives the same municipality.", min=0)] = 1,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Stop after the import or go on to serve.")
    ] = True,
    port: Port = PORT,
    language: Language = None,
) -> None:
    """Make the made-up municipality Exempelstad, import it and show it. A second start redoes nothing."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.demo_dialogues import plant_dialogues  # noqa: PLC0415
        from dashboard.demo_promises import plant_promises  # noqa: PLC0415
        from dashboard.workflow import prepare_demo  # noqa: PLC0415

        def make(folder: Path, progress: Callable[[str, int, int], None]) -> None:
            from etl.synthetic.sizes import Size  # noqa: PLC0415  only the first start needs the town
            from etl.synthetic.town import make_town  # noqa: PLC0415

            make_town(folder, size=Size(size), seed=seed, progress=progress)

        def write(folder: Path, schools: Sequence[str], squares: Sequence[str]) -> None:
            from etl.synthetic.promises import write_promises  # noqa: PLC0415

            write_promises(folder, schools=schools, squares=squares, seed=seed)

        def write_asked(folder: Path, schools: Sequence[str], squares: Sequence[str]) -> None:
            from etl.synthetic.dialogues import write_dialogues  # noqa: PLC0415

            write_dialogues(folder, schools=schools, squares=squares)

        with voice.progress() as progress:
            made = prepare_demo(workspace, make, progress=progress)
        plant_promises(workspace, write)
        plant_dialogues(workspace, write_asked)
        voice.note("cli.demo.made" if made else "cli.demo.stands", folder=workspace)
        if serve:
            from dashboard.serving import Reach, serve_workspace  # noqa: PLC0415

            serve_workspace(voice, workspace, port=port, reach=Reach(open=True))


@app.command(epilog=EXIT_CODES)
def stretches(  # noqa: PLR0913  each is an option of the command
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    viewer: Viewer = "police",
    first: First = "",
    last: Last = "",
    stream: Streams = None,
    category: Categories = None,
    weekdays: Weekdays = "",
    hours: Hours = "",
    length: Annotated[float, typer.Option(help="Length of a stretch, metres.")] = 400.0,
    limit: Annotated[int, typer.Option(help="How many to list.", min=1)] = 25,
    json: Json = False,
    language: Language = None,
) -> None:
    """List the stretches of street with more events than expected."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.listings import print_stretches  # noqa: PLC0415
        from geodata.analyses.ground import open_ground  # noqa: PLC0415
        from geodata.analyses.stretches import find_stretches  # noqa: PLC0415

        selection = selection_of(
            viewer,
            first=first,
            last=last,
            streams=stream,
            categories=category,
            weekdays=weekdays,
            hours=hours,
        )
        answer = find_stretches(open_ground(workspace), selection, length_m=length, limit=limit)
        if json:
            voice.json(answer)
        else:
            print_stretches(voice, answer)


@app.command(epilog=EXIT_CODES)
def places(  # noqa: PLR0913  each is an option of the command
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    viewer: Viewer = "police",
    first: First = "",
    last: Last = "",
    stream: Streams = None,
    category: Categories = None,
    weekdays: Weekdays = "",
    hours: Hours = "",
    kind: Kinds = None,
    json: Json = False,
    language: Language = None,
) -> None:
    """Rank the places over the three streams, and say how sure the ranking is."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.listings import print_places  # noqa: PLC0415
        from geodata.analyses.ground import open_ground  # noqa: PLC0415
        from geodata.analyses.ranking import rank_places  # noqa: PLC0415
        from geodata.schema import PlaceKind  # noqa: PLC0415

        selection = selection_of(
            viewer,
            first=first,
            last=last,
            streams=stream,
            categories=category,
            weekdays=weekdays,
            hours=hours,
        )
        answer = rank_places(
            open_ground(workspace), selection, kinds=[PlaceKind(one) for one in kind] if kind else None
        )
        if json:
            voice.json(answer)
        else:
            print_places(voice, answer, selection)


app.add_typer(accounts, name="accounts", epilog=EXIT_CODES)
app.add_typer(picture, name="picture", epilog=EXIT_CODES)
app.add_typer(promise, name="promise", epilog=EXIT_CODES)
app.add_typer(log, name="log", epilog=EXIT_CODES)
app.add_typer(dialogue, name="dialogue", epilog=EXIT_CODES)
app.command(epilog=EXIT_CODES)(serve)
app.command(epilog=EXIT_CODES)(hotspots)
app.command(epilog=EXIT_CODES)(forget)
app.command("inbox-key", epilog=EXIT_CODES)(inbox_key)
app.command(epilog=EXIT_CODES)(rejected)
app.command(epilog=EXIT_CODES)(report)
app.command(epilog=EXIT_CODES)(review)
app.command(epilog=EXIT_CODES)(unlock)
app.command(epilog=EXIT_CODES)(describe)
app.command(epilog=EXIT_CODES)(links)
app.command(epilog=EXIT_CODES)(survey)
app.command(epilog=EXIT_CODES)(sheet)
export.command("qgis", epilog=EXIT_CODES)(export_qgis)
app.add_typer(export, name="export", epilog=EXIT_CODES)
app.command(epilog=EXIT_CODES)(fetch)
app.command(epilog=EXIT_CODES)(place)
app.command(epilog=EXIT_CODES)(practice)
app.add_typer(plan, name="plan", epilog=EXIT_CODES)
app.command(epilog=EXIT_CODES)(queue)
app.command(epilog=EXIT_CODES)(rank)
app.command(epilog=EXIT_CODES)(accuracy)
app.command(epilog=EXIT_CODES)(effect)
app.command(epilog=EXIT_CODES)(warm)


def main() -> None:
    """Run the command."""
    app()
