"""``problembild accuracy``: would the map have caught what came next, beside the plain count."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import speaking
from dashboard.options import (
    DEFAULT_WORKSPACE,
    Categories,
    First,
    Json,
    Language,
    Last,
    Streams,
    Viewer,
    Workspace,
)
from dashboard.verbs.selecting import selection_of

if TYPE_CHECKING:
    from dashboard.console import Voice
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.accuracy import AccuracyAnswer, MethodAccuracy


class Unit(StrEnum):
    """What ground is cut into."""

    CELLS = "cells"
    STREETS = "streets"


class Step(StrEnum):
    """How long a period is."""

    TERTIAL = "tertial"
    YEAR = "year"


def accuracy(  # noqa: PLR0913  each is an option of the command
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    viewer: Viewer = "police",
    first: First = "",
    last: Last = "",
    stream: Streams = None,
    category: Categories = None,
    unit: Annotated[Unit, typer.Option(help="Cells, by area, or streets, by length.")] = Unit.CELLS,
    step: Annotated[Step, typer.Option(help="Length of the periods that are told.")] = Step.TERTIAL,
    method: Annotated[
        list[str] | None, typer.Option("--method", help="May stand several times; the count is always there.")
    ] = None,
    json: Json = False,
    language: Language = None,
) -> None:
    """Say whether each method would have caught what came in the next period, and whether the count would."""
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.analyses.accuracy import tell_accuracy  # noqa: PLC0415
        from geodata.analyses.ground import open_ground  # noqa: PLC0415

        selection = selection_of(viewer, first=first, last=last, streams=stream, categories=category)
        answer = tell_accuracy(
            open_ground(workspace), selection, unit=unit.value, step=step.value, methods=method
        )
        if json:
            voice.json(answer)
        else:
            _print(voice, answer)


def _print(voice: Voice, answer: AccuracyAnswer) -> None:
    texts = voice.texts
    if answer.rows:
        voice.say(
            f"cli.accuracy.basis_{answer.unit}", n=answer.used, periods=len(answer.periods),
            first=answer.periods[0].first.isoformat(), last=answer.periods[-1].last.isoformat(),
        )  # fmt: skip
        names = ("method", "stream", "share", "events", "capture", "pai", "pei", "ndcg", "recapture", "above")
        headings = [texts(f"cli.accuracy.{name}") for name in names]
        voice.table(headings, [_cells(texts, row) for row in answer.rows], right=tuple(range(2, 9)))
        voice.say("cli.accuracy.explained")
        if answer.left_out:
            voice.say("cli.accuracy.left_out", n=answer.left_out)
    for code in answer.warnings:
        voice.say(f"warning.{code}")


def _cells(texts: Catalogue, row: MethodAccuracy) -> tuple[str, ...]:
    return (
        texts(f"cli.accuracy.name.{row.method}"),
        texts(f"stream.{row.stream}.source"),
        texts.form.number(100 * row.share) + " %",
        texts.form.number(row.events),
        texts.form.number(100 * row.capture) + " %",
        *(
            texts.form.number(value, decimals=2) if value == value else "–"  # noqa: PLR0124  NaN is not itself
            for value in (row.pai, row.pei, row.ndcg, row.recapture)
        ),
        _above(texts, row),
    )


def _above(texts: Catalogue, row: MethodAccuracy) -> str:
    """Say how many more of a hundred records than the count a method caught, with the range."""
    if row.method == "count":
        return ""
    if row.above_count is None:
        return texts("evidence.too_few")
    found = row.above_count
    key = "more" if found.low > 0 else "fewer" if found.high < 0 else "alike"
    ends = [texts.form.number(100 * end, decimals=1) for end in (found.low, found.high)]
    return texts(
        f"cli.accuracy.{key}",
        value=texts.form.number(100 * found.value, decimals=1),
        low=ends[0],
        high=ends[1],
    )
