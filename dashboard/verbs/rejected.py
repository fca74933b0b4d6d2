"""``problembild rejected``: the rows that did not come in, as tables to mend and put back in the inbox."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Language, Workspace


def rejected(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    file: Annotated[
        str | None, typer.Option(help="Only the rows of one file, named as the account names it.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Only the rows of one source.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write: a CSV for one file, else a zip; else out/ of the workspace."),
    ] = None,
    language: Language = None,
) -> None:
    """Write the rejected rows, as they stand in the inbox, with why: mend them and put them in the inbox."""
    with speaking(workspace=workspace, language=language) as voice:
        from etl.pipeline import rejected_csv, rejected_rows, rejected_zip  # noqa: PLC0415

        found = rejected_rows(workspace, source=source, file=file)
        for one in found.files:
            if one.missing is not None:
                voice.note(f"said.{one.missing}", value=one.missing_value)
        if not found.count:
            voice.say("cli.rejected.none")
            return
        whole = [one for one in found.files if one.missing is None]
        if file is None or len(whole) != 1:
            path = out or workspace / "out" / "rejected.zip"
            content = rejected_zip(workspace, source=source, file=file, words=voice.texts)
        else:
            path = out or workspace / "out" / whole[0].mend_as
            content = rejected_csv(whole[0], words=voice.texts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        voice.say("cli.rejected.done", n=found.count, file=path)
