"""``problembild inbox-key`` and ``unlock``: the key that locks published files, and what it opens."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Language, Workspace

VARIABLE = "PROBLEMBILD_INBOX_KEY_FILE"


def inbox_key(
    file: Annotated[Path, typer.Argument(help="Where to write the key: outside the workspace.")],
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Make the key that published files in the inbox are locked with."""
    with speaking(workspace=workspace, language=language) as voice:
        from etl.pipeline import make_key  # noqa: PLC0415

        make_key(file, workspace=workspace)
        voice.say("cli.inbox_key.done", file=file, variable=VARIABLE)


def unlock(
    file: Annotated[Path, typer.Argument(help="A file, name.csv.locked.", dir_okay=False, exists=True)],
    *,
    out: Annotated[Path, typer.Option(help="Where to write what it holds.", dir_okay=False)],
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Write what a locked file of the inbox holds, to look at it."""
    with speaking(workspace=workspace, language=language) as voice:
        from etl.pipeline import unlock_file  # noqa: PLC0415

        unlock_file(file, out)
        voice.say("cli.unlock.done", file=out)
