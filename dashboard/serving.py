"""Serving on this machine alone, through waitress."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

import waitress

from dashboard import answers
from dashboard.access.audiences import LOOPBACK_AUDIENCE
from dashboard.app import create_app
from dashboard.map.tiles import cut_tiles
from dashboard.settings import Settings
from geodata.analyses.ground import open_ground
from geodata.errors import ParameterError, ProblembildError
from geodata.project import read_project
from geodata.selection import Selection
from geodata.store.snapshots import current_id, open_current

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.console import Voice

LOOPBACK = "127.0.0.1"
"""Nobody signs in yet, so nobody but this machine is answered."""

THREADS = 8


def serve_workspace(voice: Voice, workspace: Path, *, port: int) -> None:
    """Serve a workspace until it is stopped; its tiles are cut first where they are missing.

    Raises
    ------
    ParameterError
        ``port_taken``.
    """
    project = read_project(workspace)
    if current_id(workspace / "store") is not None:
        with voice.progress() as progress:
            cut_tiles(open_current(workspace / "store"), progress=progress)
    listener = _listen(port)
    app = create_app(Settings(workspace=workspace))
    server = waitress.create_server(app.server, sockets=[listener], threads=THREADS, ident=None)
    voice.note("cli.serving", name=project.municipality.name, address=f"http://{LOOPBACK}:{port}")
    voice.note("cli.loopback")
    voice.note("cli.stop")
    Thread(target=_warm, args=(workspace,), daemon=True).start()
    server.run()


def _warm(workspace: Path) -> None:
    """Ask what the first visitor will ask, so that nobody waits for what is worked out once."""
    with suppress(ProblembildError):  # the page itself says what is wrong
        ground = open_ground(workspace)
        everything = Selection(audience=LOOPBACK_AUDIENCE)
        answers.coverage(ground, LOOPBACK_AUDIENCE)
        answers.hotspots(ground, everything)
        answers.ranking(ground, everything)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        if error.errno != errno.EADDRINUSE:
            raise
        raise ParameterError(
            "port_taken", f"Port {port} is used by another program; choose another with --port.", port=port
        ) from error
    return listener
