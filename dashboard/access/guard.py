"""The one guard: whom the server answers, and what each may do there."""

from __future__ import annotations

import logging
import re
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, abort, redirect, request
from flask_login import current_user

from dashboard.access.audiences import AUDIENCE_WORDS
from dashboard.access.doorkeeper import FORM_COOKIE, Doorkeeper
from dashboard.access.headers import headers
from dashboard.access.onward import sign_in_address
from dashboard.access.roles import ON_THIS_MACHINE, Actor
from dashboard.access.rules import CALLBACK_ROUTE, CALLBACKS, ROUTES, Door
from geodata.errors import AccessError, SignInError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from dashboard.access.rules import Rule
    from dashboard.settings import Settings

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
DOCUMENTS = frozenset({"/", "/<path:path>", "own_account", "sign_out", "pass_page", "report_as_file"})
"""Entries that a person opens; the others are fetched by a page."""
_FIRST_OUTPUT = re.compile(
    r'(?:\.\.)?(?:\{"into":"(?P<into>[^"]+)","type":"fragment"\}|(?P<id>[^.{]+))\.(?P<of>[A-Za-z_-]+)'
)
_LOG = logging.getLogger(__name__)


def guard(
    server: Flask, *, settings: Settings, door: Doorkeeper | None, script_hashes: Sequence[str]
) -> None:
    """Stand before every entry of a server.

    Parameters
    ----------
    door
        Who people are; None where the server is open to this machine.
    script_hashes
        Of the scripts that Dash writes into the page.
    """
    stood = Guard(settings, door)
    server.before_request(stood.answer_to_our_names_alone)
    server.before_request(stood.take_from_our_own_pages_alone)
    server.before_request(stood.let_in)
    server.after_request(stood.let_nothing_stay)
    server.after_request(headers(script_hashes, tls=settings.tls))


class Guard:
    """What is asked before a request is answered, in this order."""

    def __init__(self, settings: Settings, door: Doorkeeper | None) -> None:
        self._settings = settings
        self._door = door

    def answer_to_our_names_alone(self) -> None:
        """Refuse other names: a page on another site can point one of its own at this machine."""
        name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
        if not _is_named(name.lower(), self._settings.names):
            abort(403)
        if self._door is None and not _is_here(request.remote_addr):
            abort(403)

    def take_from_our_own_pages_alone(self) -> None:
        """Refuse other origins: a page on another site can send a form here without asking."""
        origin = request.headers.get("Origin")
        if request.method in WRITES and origin is not None and urlsplit(origin).netloc != request.host:
            abort(403)

    def let_in(self) -> AnyResponse | None:
        """Ask who it is and whether they may; a person who has not signed in is led to where one does.

        Raises
        ------
        AccessError
            ``not_our_form``, ``no_rule``, ``not_for_account``, ``not_looks_as``; ``not_signed_in``.
        """
        if request.endpoint is None:
            return None  # no such entry: the server says so itself
        known = ROUTES.get(request.endpoint)
        if known is Door.OPEN:
            return None
        actor = ON_THIS_MACHINE if self._door is None else self._door.actor()
        if actor is None or (known is Door.SIGNED_IN and not actor.name):
            return _to_sign_in()
        if self._door is not None and actor.name and request.method in WRITES and not self._door.is_ours():
            raise AccessError("not_our_form", "This was not sent from a page of ours; load the page again.")
        check(actor, asked_for(request.endpoint))
        return None

    def let_nothing_stay(self, response: Response) -> Response:
        """Keep what is shown to one who signed in out of the browser's cache, and give its page its token."""
        endpoint = request.endpoint or ""
        if self._door is None or ROUTES.get(endpoint) is Door.OPEN:
            return response
        response.headers.setdefault("Cache-Control", "no-store")
        if endpoint in DOCUMENTS and current_user.is_authenticated:
            token = self._door.form_token()
            response.set_cookie(FORM_COOKIE, token, secure=self._settings.tls, samesite="Strict")
        return response


def asked_for(endpoint: str) -> Rule:
    """Return what the request's entry asks for; of a callback, what its own line says.

    Raises
    ------
    AccessError
        ``no_rule`` where there is no line: what nobody thought of is shut.
    """
    rule = ROUTES.get(endpoint)
    if rule is not None and endpoint == CALLBACK_ROUTE:
        sent = request.get_json(silent=True)
        output = sent.get("output") if isinstance(sent, dict) else None
        endpoint = callback_name(str(output or ""))
        rule = CALLBACKS.get(endpoint)
    if rule is None:
        _LOG.error("%r has no line in dashboard/access/rules.py", endpoint[:200])
        raise AccessError("no_rule", f"Nobody may use {endpoint[:80]}: it has no rule.", entry=endpoint[:80])
    return rule


def check(actor: Actor, rule: Rule) -> None:
    """Refuse what somebody may not do, or ask for, as any of those they may look as.

    Raises
    ------
    AccessError
        ``not_for_account``; ``not_looks_as`` where the path itself names an audience.
    """
    if not isinstance(rule, Door) and not actor.may(rule):
        raise AccessError("not_for_account", f"This account may not {rule}.", action=str(rule))
    word = (request.view_args or {}).get("word")
    if word in AUDIENCE_WORDS and AUDIENCE_WORDS[word] not in actor.looks_as:
        audience = str(AUDIENCE_WORDS[word])
        raise AccessError("not_looks_as", f"This account may not look as {audience}.", audience=audience)


def callback_name(output: str) -> str:
    """Return how a callback is called in the rules: its first output, a fragment by where it goes."""
    first = _FIRST_OUTPUT.match(output)
    return f"{first['into'] or first['id']}.{first['of']}" if first else output


def _to_sign_in() -> AnyResponse:
    """Lead a person to the sign-in page, and tell a program that it has to sign in.

    Raises
    ------
    SignInError
        ``not_signed_in``.
    """
    if request.endpoint not in DOCUMENTS:
        raise SignInError("not_signed_in", "Sign in first.")
    return redirect(sign_in_address(request.full_path.rstrip("?")), 303)


def _is_named(name: str, names: frozenset[str]) -> bool:
    """Say whether a name is among those of the server; ``*`` in a certificate stands for the first part."""
    return name in names or ("." in name and f"*.{name.split('.', 1)[1]}" in names)


def _is_here(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
