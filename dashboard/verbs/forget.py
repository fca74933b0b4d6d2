"""``problembild forget``: take a file and its rows out for good."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Language, Workspace


def forget(
    file: Annotated[str, typer.Argument(help="The file, named as the account names it.")],
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    source: Annotated[str | None, typer.Option(help="Only what this source read of it.")] = None,
    wait: Annotated[float, typer.Option(help="Seconds to wait for another import to end.", min=0)] = 0,
    language: Language = None,
) -> None:
    """Take a file and its rows out for good: out of the inbox, the store and its older snapshots."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.map.tiles import cut_tiles  # noqa: PLC0415
        from etl.pipeline import forget as forget_file  # noqa: PLC0415
        from geodata.store.snapshots import open_current  # noqa: PLC0415

        with voice.progress() as progress:
            forget_file(workspace, file, source=source, progress=progress, wait_s=wait)
            cut_tiles(open_current(workspace / "store"), progress=progress)
        voice.say("cli.forget.done", file=file)
