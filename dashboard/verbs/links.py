"""``problembild links``: records that are taken for one event, and a way to part them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.console import Voice
    from etl.pipeline import LinkView

CUT = 60
"""Characters of a text that the table shows."""


def links(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    undo: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Part two records: the one that repeats, and the one that counts."),
    ] = None,
    restore: Annotated[
        tuple[str, str] | None, typer.Option(help="Let two records that were parted be one again.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who says so; kept with the decision.")] = "",
    json: Json = False,
    language: Language = None,
) -> None:
    """List the records that are counted as one with another, the least sure first, or part two of them."""
    with speaking(workspace=workspace, language=language) as voice:
        from etl import pipeline  # noqa: PLC0415

        if undo is not None:
            pipeline.undo_link(workspace, *undo, by=by)
            voice.say("cli.links.undone", record=undo[0], linked_to=undo[1])
        elif restore is not None:
            pipeline.restore_link(workspace, *restore)
            voice.say("cli.links.restored", record=restore[0], linked_to=restore[1])
        elif json:
            voice.json(pipeline.links(workspace))
        else:
            _list(voice, pipeline.links(workspace))


def _list(voice: Voice, found: Sequence[LinkView]) -> None:
    texts = voice.texts
    voice.say("cli.links.count", n=len(found))
    if not found:
        return
    headings = [texts(f"cli.links.{name}") for name in ("record", "counts", "why", "score", "text")]
    rows = [
        (
            one.record.observation_id,
            one.linked_to.observation_id,
            texts("cli.links.parted") if one.undone else texts(f"link_reason.{one.reason}"),
            texts.form.number(one.score, decimals=2),
            one.record.text[:CUT],
        )
        for one in found
    ]
    voice.table(headings, rows, right=(3,))
