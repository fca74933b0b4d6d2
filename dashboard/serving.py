"""Serving a workspace through waitress: open on this machine alone, or with sign-in and TLS beyond it."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING

import waitress

from dashboard import answers
from dashboard.access.certificate import Certificate, own_certificate, read_certificate
from dashboard.access.roles import ON_THIS_MACHINE
from dashboard.access.tls_front import LOOPBACK, MOST, TlsFront
from dashboard.app import create_app
from dashboard.map.tiles import cut_tiles
from dashboard.settings import LOOPBACK_NAMES, Settings
from geodata.analyses.ground import open_ground
from geodata.errors import ParameterError, ProblembildError
from geodata.kernels.warming import warm
from geodata.project import read_project
from geodata.selection import Selection
from geodata.store.legible import REGISTER_FILE
from geodata.store.register import Register
from geodata.store.snapshots import current_id, open_current

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.console import Voice
    from geodata.project import Project
    from geodata.store.accounts import Account

THREADS = 8


@dataclass(frozen=True, slots=True)
class Reach:
    """From where a server is reached.

    Attributes
    ----------
    host
        The name or address to listen at.
    names
        Names that browsers reach it by, beside those of the certificate.
    certificate, key
        The municipality's own, as PEM; None for one made here where one is needed.
    open
        Whether nobody signs in even where there are accounts: the demo.
    """

    host: str = LOOPBACK
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    open: bool = False

    @property
    def is_beyond(self) -> bool:
        """Whether other machines can reach it."""
        try:
            return not ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"


def serve_workspace(voice: Voice, workspace: Path, *, port: int, reach: Reach) -> None:
    """Serve a workspace until it is stopped; its tiles are cut first where they are missing.

    Raises
    ------
    ParameterError
        ``port_taken``, ``host_unknown``, ``no_accounts``, ``certificate_alone``, or what is wrong with the
        certificate.
    """
    project = read_project(workspace)
    settings, certificate = settle(workspace, project, reach)
    listener = _listen(reach.host, port)
    if current_id(workspace / "store") is not None:
        with voice.progress() as progress:
            cut_tiles(open_current(workspace / "store"), progress=progress)
    app = create_app(settings)
    name = _shown_name(reach, certificate)
    scheme = "https" if certificate else "http"
    voice.note("cli.serving", name=project.municipality.name, address=f"{scheme}://{name}:{port}")
    voice.note("cli.sign_in" if settings.sign_in else "cli.loopback")
    if certificate is not None:
        voice.note(
            "cli.certificate", names=", ".join(sorted(certificate.names)), last=certificate.until.date()
        )
        if certificate.made_here:
            voice.note("cli.certificate_made", fingerprint=certificate.fingerprint)
    voice.note("cli.stop")
    Thread(target=_warm, args=(workspace,), daemon=True).start()
    if certificate is None:
        waitress.create_server(app.server, sockets=[listener], threads=THREADS, ident=None).run()
        return
    behind = _listen(LOOPBACK, 0)
    front = TlsFront(listener, certificate.context, behind=behind.getsockname()[1])
    server = waitress.create_server(
        front.before(app.server),
        sockets=[behind],
        threads=THREADS,
        ident=None,
        url_scheme="https",
        connection_limit=2 * MOST,
    )
    front.start()
    try:
        server.run()
    finally:
        front.stop()


def settle(workspace: Path, project: Project, reach: Reach) -> tuple[Settings, Certificate | None]:
    """Say how a workspace is served: open, or with sign-in, or with sign-in and TLS.

    Raises
    ------
    ParameterError
        ``no_accounts`` when other machines would reach a workspace that nobody can sign in to,
        ``certificate_alone``, or what is wrong with the certificate.
    """
    if (reach.certificate is None) != (reach.key is None):
        raise ParameterError("certificate_alone", "--certificate and --key are given together.")
    tls = reach.is_beyond or reach.certificate is not None
    accounts = () if reach.open else _accounts(workspace, project)
    if tls and all(account.locked for account in accounts):
        raise ParameterError(
            "no_accounts", "Other machines are let in only where people sign in; add an account first."
        )
    if not tls:
        return Settings(workspace=workspace, sign_in=bool(accounts)), None
    if reach.certificate is not None and reach.key is not None:
        certificate = read_certificate(reach.certificate, reach.key)
    else:
        certificate = own_certificate(workspace, names=_own_names(reach))
    names = frozenset({*LOOPBACK_NAMES, *certificate.names, *(name.lower() for name in reach.names)})
    return Settings(workspace=workspace, sign_in=True, tls=True, names=names), certificate


def _accounts(workspace: Path, project: Project) -> tuple[Account, ...]:
    store = workspace / "store"
    if not (store / REGISTER_FILE).exists():
        return ()
    register = Register(
        store, municipality_code=project.municipality.code, working_crs=project.geography.working_crs
    )
    found = register.accounts.all()
    register.close()
    return found


def _own_names(reach: Reach) -> set[str]:
    """Return what a certificate made here speaks for."""
    names = {*LOOPBACK_NAMES, *reach.names, socket.gethostname()}
    try:
        address = ip_address(reach.host)
        if not address.is_unspecified:
            names.add(f"[{address}]" if address.version == 6 else str(address))
    except ValueError:
        names.add(reach.host)
    return {name.lower() for name in names}


def _shown_name(reach: Reach, certificate: Certificate | None) -> str:
    """Return the name that a person is most likely to reach the server by."""
    known = sorted((certificate.names if certificate else frozenset()) - LOOPBACK_NAMES)
    told = [name for name in (*reach.names, *known) if "*" not in name]
    return told[0] if told else LOOPBACK


def _warm(workspace: Path) -> None:
    """Ask what the first visitor will ask, so that nobody waits for what is worked out once."""
    with suppress(ProblembildError):  # the page itself says what is wrong
        ground = open_ground(workspace)
        audience = ON_THIS_MACHINE.looks_as[0]
        everything = Selection(audience=audience)
        answers.coverage(ground, audience)
        answers.hotspots(ground, everything)
        answers.ranking(ground, everything)
    warm()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise _no_host(host) from error
    listener = socket.socket(family, kind)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise _no_host(host) from error
        if error.errno != errno.EADDRINUSE:
            raise
        raise ParameterError(
            "port_taken", f"Port {port} is used by another program; choose another with --port.", port=port
        ) from error
    return listener


def _no_host(host: str) -> ParameterError:
    return ParameterError("host_unknown", f"This machine is not reached at {host}.", host=host)
