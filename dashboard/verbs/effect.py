"""``problembild effect``: did it help, for any place and day, or for all that the register knows of."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Viewer, Workspace

if TYPE_CHECKING:
    from datetime import date

    from dashboard.console import Voice
    from geodata.analyses.effect import EffectAnswer


def effect(  # noqa: PLR0913  each is an option of the command
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    viewer: Viewer = "police",
    place: Annotated[
        list[int] | None, typer.Option(help="The place's number; several were treated alike.")
    ] = None,
    began: Annotated[
        datetime | None,
        typer.Option("--from", help="First day of the work, 2025-03-01.", formats=["%Y-%m-%d"]),
    ] = None,
    done: Annotated[
        datetime | None,
        typer.Option("--done", help="Day it was ready; else the first.", formats=["%Y-%m-%d"]),
    ] = None,
    ends: Annotated[
        datetime | None, typer.Option("--to", help="Last day that it should help.", formats=["%Y-%m-%d"])
    ] = None,
    category: Annotated[list[str] | None, typer.Option(help="What it is against.")] = None,
    months: Annotated[
        int | None, typer.Option(help="At most so long a time on either side.", min=1, max=36)
    ] = None,
    json: Json = False,
    language: Language = None,
) -> None:
    """Say whether something helped, with its range, or what could have been seen.

    Without a place and a day it tells of every promise that the register knows of.
    """
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.analyses.effect import tell_effect  # noqa: PLC0415
        from geodata.analyses.ground import open_ground  # noqa: PLC0415
        from geodata.analyses.work_done import WorkDone  # noqa: PLC0415
        from geodata.analyses.works import recorded_works  # noqa: PLC0415
        from geodata.errors import ParameterError  # noqa: PLC0415
        from geodata.privacy import Audience  # noqa: PLC0415

        if bool(place) != bool(began):
            raise ParameterError("effect_half_asked", "Give both --place and --from, or neither.")
        ground = open_ground(workspace)
        works = recorded_works(ground)
        asked = works
        if place and began:
            first = began.date()
            asked = (
                WorkDone(
                    tuple(place),
                    first,
                    _day(done) or first,
                    ends=_day(ends),
                    categories=frozenset(category or ()),
                ),
            )
        found = [tell_effect(ground, work, Audience(viewer), months=months, others=works) for work in asked]
        if json:
            voice.json(found)
        else:
            _print(voice, found)


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


def _print(voice: Voice, found: list[EffectAnswer]) -> None:
    from dashboard.views.effect import effect_view  # noqa: PLC0415

    if not found:
        voice.say("effect.list_empty")
    for answer in found:
        view = effect_view(voice.texts, answer)
        voice.say("cli.effect.work", title=view.title, when=view.when)
        if view.empty:
            voice.say("cli.effect.line", label="–", sentence=view.empty)
        for item in view.items:
            voice.say("cli.effect.line", label=item.label, sentence=" ".join((item.sentence, *item.basis)))
            for caution in item.cautions:
                voice.say("cli.effect.line", label="!", sentence=caution)
        for line in view.method:
            voice.say("cli.effect.line", label=" ", sentence=line)
