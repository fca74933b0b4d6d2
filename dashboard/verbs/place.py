"""``problembild place``: name, draw, split, join or retire a place; what people did stays in its history."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import logged_in, speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Workspace

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import shapely

    from dashboard.console import Voice
    from geodata.places.place import Place
    from geodata.project import Project
    from geodata.store.register import Register


def place(  # noqa: PLR0913  each is an option of the command
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    place_id: Annotated[int | None, typer.Argument(help="The place's number in the list.")] = None,
    rename: Annotated[str | None, typer.Option(help="Its name from now on.", metavar="NAME")] = None,
    draw: Annotated[Path | None, typer.Option(help="GeoJSON with its ground, longitude latitude.")] = None,
    split: Annotated[
        tuple[Path, str] | None,
        typer.Option(help="GeoJSON with the part to take out, and the name of the new place."),
    ] = None,
    join: Annotated[int | None, typer.Option(help="The place that becomes part of it.")] = None,
    retire: Annotated[bool, typer.Option("--retire", help="Take it out of use.")] = False,
    restore: Annotated[bool, typer.Option("--restore", help="Take it into use again.")] = False,
    revision: Annotated[
        int | None, typer.Option(help="The revision that you saw; refused when there is a newer one.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who decides; else who is logged in.")] = "",
    json: Json = False,
    language: Language = None,
) -> None:
    """List the places and their revisions, tell the history of one, or change it."""
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.project import read_project  # noqa: PLC0415
        from geodata.store.place_edits import PlaceSeen  # noqa: PLC0415
        from geodata.store.register import Register  # noqa: PLC0415

        project = read_project(workspace)
        register = Register(
            workspace / "store",
            municipality_code=project.municipality.code,
            working_crs=project.geography.working_crs,
        )
        if place_id is None:
            _list(voice, register, json=json)
            return
        known = _known(register, place_id, join)
        who = by or logged_in()
        seen = PlaceSeen(place_id, known[place_id].revision if revision is None else revision)
        edits = register.edits
        changed = True
        if rename is not None:
            edits.rename(seen, rename, by=who)
        elif draw is not None:
            edits.draw(seen, _ground(project, draw), by=who)
        elif split is not None:
            edits.split(seen, _ground(project, split[0]), split[1], by=who)
        elif join is not None:
            edits.join(seen, PlaceSeen(join, known[join].revision), by=who)
        elif retire:
            edits.retire(seen, by=who)
        elif restore:
            edits.restore(seen, by=who)
        else:
            changed = False
        if changed:
            voice.say("cli.place.done", place=known[place_id].name)
        else:
            _history(voice, register, place_id, project.zone, json=json)


def _known(register: Register, *asked: int | None) -> dict[int, Place]:
    from geodata.errors import MissingError  # noqa: PLC0415

    known = {one.place_id: one for one in register.places()}
    for place_id in asked:
        if place_id is not None and place_id not in known:
            raise MissingError("no_place", f"There is no place {place_id}.", place_id=place_id)
    return known


def _list(voice: Voice, register: Register, *, json: bool) -> None:
    places = register.places()
    if json:
        voice.json(
            [
                {"place_id": one.place_id, "kind": str(one.kind), "name": one.name, "revision": one.revision}
                | {"retired": one.retired}
                for one in places
            ]
        )
        return
    texts = voice.texts
    headings = [texts(f"cli.place.{name}") for name in ("number", "kind", "name", "revision", "state")]
    rows = [
        (
            str(one.place_id),
            texts(f"kind.{one.kind}"),
            one.name,
            str(one.revision),
            texts("cli.place.retired") if one.retired else "",
        )
        for one in places
    ]
    voice.table(headings, rows, right=(0, 3))


def _history(voice: Voice, register: Register, place_id: int, zone: ZoneInfo, *, json: bool) -> None:
    events = register.edits.history(place_id)
    if json:
        voice.json(events)
        return
    if not events:
        voice.say("cli.place.no_history")
        return
    texts = voice.texts
    headings = [texts(f"cli.place.{name}") for name in ("when", "what", "detail", "who")]
    voice.table(
        headings,
        [
            (
                texts.form.day(one.decided_at.astimezone(zone).date()),
                texts(f"place_event.{one.what}"),
                one.detail,
                one.decided_by,
            )
            for one in events
        ],
    )


def _ground(project: Project, file: Path) -> shapely.Geometry:
    """Read a ground from GeoJSON, a geometry or features, in the working CRS."""
    import geopandas as gpd  # noqa: PLC0415

    from geodata.errors import ParameterError  # noqa: PLC0415

    try:
        shapes = gpd.read_file(file)
    except Exception as error:
        raise ParameterError(
            "place_file", f"{file} can't be read as GeoJSON: {error}.", file=file.name
        ) from error
    return shapes.to_crs(project.geography.working_crs).union_all()
