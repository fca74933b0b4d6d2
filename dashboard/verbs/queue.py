"""``problembild queue``: the words for places that a person must say the place of, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import logged_in, speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.console import Voice
    from etl.pipeline import WaitingPhrase


def queue(  # noqa: PLR0913  each is an option of the command
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    answer: Annotated[
        str | None, typer.Option(help="Words to say the place of, as the list writes them.", metavar="WORDS")
    ] = None,
    candidate: Annotated[
        int | None, typer.Option(help="The candidate with this number in the list.", min=1)
    ] = None,
    lonlat: Annotated[
        tuple[float, float] | None, typer.Option(help="A point: longitude, latitude in degrees.")
    ] = None,
    nowhere: Annotated[bool, typer.Option("--nowhere", help="It can't be told where.")] = False,
    withdraw: Annotated[
        str | None, typer.Option(help="Words whose answer shall hold no longer.", metavar="WORDS")
    ] = None,
    answered: Annotated[bool, typer.Option("--answered", help="List the answers that hold.")] = False,
    by: Annotated[str, typer.Option(help="Who answers; else who is logged in.")] = "",
    json: Json = False,
    language: Language = None,
) -> None:
    """List the words for places that wait for a person, or say once where one of them is."""
    with speaking(workspace=workspace, language=language) as voice:
        from etl.pipeline import (  # noqa: PLC0415
            settled_places,
            unmatched_aliases,
            waiting_places,
            withdraw_place,
        )

        if answer is not None:
            _settle(voice, workspace, answer, candidate=candidate, lonlat=lonlat, nowhere=nowhere, by=by)
        elif withdraw is not None:
            withdraw_place(workspace, withdraw)
            voice.say("cli.queue.withdrawn", phrase=withdraw)
        elif answered:
            holding = settled_places(workspace)
            if json:
                voice.json(holding)
                return
            rows = [(one.phrase_key, one.label, one.decided_by) for one in holding]
            voice.table(_headings(voice, "words", "place", "by"), rows)
        else:
            waiting = waiting_places(workspace)
            if json:
                voice.json(waiting)
            else:
                _print(voice, waiting)
                for name in unmatched_aliases(workspace):
                    voice.note("cli.queue.unmatched", name=name)


def _settle(
    voice: Voice,
    workspace: Path,
    words: str,
    *,
    candidate: int | None,
    lonlat: tuple[float, float] | None,
    nowhere: bool,
    by: str,
) -> None:
    from etl.pipeline import settle_place, waiting_places  # noqa: PLC0415
    from geodata.errors import MissingError  # noqa: PLC0415

    choice = None
    if candidate is not None:
        asked = next((one for one in waiting_places(workspace) if one.phrase_key == words), None)
        if asked is None:
            raise MissingError("phrase_unknown", f"No record says {words}.", phrase=words)
        if candidate > len(asked.choices):
            raise MissingError("choice_unknown", f"{words} has no such candidate.", phrase=words)
        choice = asked.choices[candidate - 1].choice_id
    settle_place(workspace, words, choice=choice, lonlat=lonlat, nowhere=nowhere, by=by or logged_in())
    voice.say("cli.queue.kept", phrase=words)


def _print(voice: Voice, waiting: tuple[WaitingPhrase, ...]) -> None:
    """Print what waits, and below each its candidates by number."""
    if not waiting:
        voice.say("cli.queue.none")
        return
    texts = voice.texts
    voice.say("cli.queue.waiting", n=sum(one.records for one in waiting))
    rows = [
        (
            one.phrase_key or texts("cli.queue.wordless"),
            texts.form.number(one.records),
            texts(f"waiting.{one.reason}"),
            "; ".join(f"{number} {choice.label}" for number, choice in enumerate(one.choices, start=1)),
        )
        for one in waiting
    ]
    voice.table(_headings(voice, "words", "count", "reason", "candidates"), rows, right=(1,))
    voice.note("cli.queue.how")


def _headings(voice: Voice, *names: str) -> list[str]:
    return [voice.texts(f"cli.column.{name}") for name in names]
