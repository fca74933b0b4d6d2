"""``problembild serve``: the workspace in a browser, on this machine or, with sign-in and TLS, beyond it."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads it
from typing import Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, PORT, Language, Port, Workspace


def serve(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    port: Port = PORT,
    host: Annotated[
        str, typer.Option(help="Where to listen: 0.0.0.0 for every address; then people sign in, over TLS.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(help="A name that browsers reach it by; may stand several times.", metavar="NAME"),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            help="The municipality's certificate with its chain, PEM; else one is made.", dir_okay=False
        ),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="The certificate's key, PEM without a password.", dir_okay=False)
    ] = None,
    language: Language = None,
) -> None:
    """Show the workspace in a browser: on this machine, or beyond it with accounts and TLS."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.serving import Reach, serve_workspace  # noqa: PLC0415

        reach = Reach(host=host, names=tuple(name or ()), certificate=certificate, key=key)
        serve_workspace(voice, workspace, port=port, reach=reach)
