"""Signing in and out, and who it is that sends a request."""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from flask import g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from dashboard.access.passwords import Passwords, check_password
from dashboard.access.private import session_key
from dashboard.access.roles import LOOKS_AS, THE_PUBLIC, Actor, Role
from geodata.errors import ParameterError, SignInError
from geodata.project import read_project
from geodata.store.register import Register
from geodata.store.throttle import Patience

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.settings import Settings
    from geodata.store.accounts import Account

PATIENCE = {
    "account": Patience(free=5, first_s=10.0, longest_s=900.0),
    # A town hall goes out through one address.
    "address": Patience(free=20, first_s=10.0, longest_s=900.0),
}
"""How waiting grows after tries that failed, for an account's name and for an address."""

SEEN_EVERY_S = 60
"""How exactly it is kept when a browser was last seen."""

FORM_COOKIE = "_csrf_token"
FORM_HEADER = "X-CSRFToken"
FORM_FIELD = "csrf_token"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account, and what its browser holds; the rest is what Flask-Login asks of a visitor."""

    account: Account
    token: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the signed cookie."""
        return self.token


class Doorkeeper:
    """Who may come in to one workspace.

    The browser holds a random token in a signed cookie, with when it was last seen; the register holds the
    token's digest and when it began. So both ends run out, and either can be ended by itself.

    Raises
    ------
    ProblembildError
        When the project file, the register or the key can't be used.
    """

    def __init__(self, settings: Settings) -> None:
        project = read_project(settings.workspace)
        self.municipality = project.municipality
        self.rules = project.access
        self.key = session_key(settings.workspace)
        self.passwords = Passwords(memory_kib=settings.password_memory_kib, passes=settings.password_passes)
        register = Register(
            settings.workspace / "store",
            municipality_code=project.municipality.code,
            working_crs=project.geography.working_crs,
        )
        self.accounts = register.accounts
        self._throttle = register.throttle(PATIENCE)
        self._tls = settings.tls

    def watch(self, server: Flask) -> None:
        """Let a server know its visitors by a signed cookie."""
        server.secret_key = self.key
        server.config.update(
            # With this prefix a browser takes it from this very host alone, and over TLS alone.
            SESSION_COOKIE_NAME="__Host-problembild" if self._tls else "problembild",
            SESSION_COOKIE_SECURE=self._tls,
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
        )
        manager = LoginManager(server)
        # A telephone changes its address on the way; idle and longest time limit a cookie that was taken.
        manager.session_protection = None
        manager.user_loader(self._known)

    def actor(self) -> Actor | None:
        """Say who sends the request, None where nobody has signed in and the public is not let in."""
        if "actor" not in g:
            g.actor = self._actor()
        found: Actor | None = g.actor
        return found

    def require_actor(self) -> Actor:
        """Say who sends the request.

        Raises
        ------
        SignInError
            ``not_signed_in``.
        """
        actor = self.actor()
        if actor is None:
            raise SignInError("not_signed_in", "Sign in first.")
        return actor

    def sign_in(self, name: str, password: str) -> None:
        """Let somebody in, in a session that begins now.

        Raises
        ------
        ParameterError
            ``sign_in_wait`` with how many seconds, ``sign_in_wrong`` whatever is wrong.
        """
        name = account_name(name)
        who = self._try(name)
        account = self.accounts.find(name)
        fits = self.passwords.fits(password, account.password_hash if account else None)
        if account is None or not fits or account.locked:
            raise ParameterError("sign_in_wrong", "The name or the password is wrong.")
        self._forgive(who)
        if self.passwords.is_outdated(account.password_hash):
            self.accounts.rehash(account.name, self.passwords.hash(password))
        self._begin(account)

    def change_password(self, old: str, new: str) -> None:
        """Give the account that is signed in another password; every other browser is signed out.

        Raises
        ------
        ParameterError
            ``sign_in_wait``, ``password_wrong``, or what `check_password` raises.
        """
        account: Account = current_user.account
        who = self._try(account.name)
        if not self.passwords.fits(old, account.password_hash):
            raise ParameterError("password_wrong", "The password you have now is another.")
        self._forgive(who)
        check_password(new, known=(account.name, self.municipality.name))
        self.accounts.set_password(account.name, self.passwords.hash(new))
        self._begin(account)

    def sign_out(self, *, everywhere: bool) -> None:
        """End this browser's session, or all of the account's."""
        if everywhere:
            self.accounts.sign_out_everywhere(current_user.account.account_id)
        else:
            self.accounts.sign_out(_digest(current_user.token))
        logout_user()
        session.clear()
        g.pop("actor", None)

    def form_token(self) -> str:
        """Return what a form carries to show that it is ours: bound to the session, else to this browser."""
        if current_user.is_authenticated:
            held = str(current_user.token)
        else:
            held = session.setdefault("form", secrets.token_urlsafe())
        return hmac.new(self.key, b"form " + held.encode(), "sha256").hexdigest()

    def is_ours(self) -> bool:
        """Say whether what is sent comes from a page of ours, by its header or its form."""
        sent = request.headers.get(FORM_HEADER) or request.form.get(FORM_FIELD, "")
        return hmac.compare_digest(sent.encode(), self.form_token().encode())

    def _actor(self) -> Actor | None:
        if not current_user.is_authenticated:
            return THE_PUBLIC if self.rules.public else None
        if time.time() - session["seen"] > SEEN_EVERY_S:
            session["seen"] = int(time.time())
        account: Account = current_user.account
        role = Role(account.role)
        return Actor(LOOKS_AS[role], account.name, role, self.form_token())

    def _known(self, token: str) -> SignedIn | None:
        """Say whose token it is, unless it has run out."""
        idle = time.time() - session.get("seen", 0)
        if idle > self.rules.idle_minutes * 60:
            return None
        account = self.accounts.signed_in(_digest(token), since=self._longest_ago())
        return None if account is None else SignedIn(account, token)

    def _begin(self, account: Account) -> None:
        """Begin a session that holds nothing of what the browser brought."""
        session.clear()
        token = secrets.token_urlsafe(32)
        self.accounts.sign_in(account.account_id, _digest(token), forget_before=self._longest_ago())
        login_user(SignedIn(account, token))
        session["seen"] = int(time.time())
        g.pop("actor", None)

    def _try(self, name: str) -> dict[str, str]:
        """Count a try for a name and an address; return whom it counts for."""
        who = self._counted(name)
        wait = self._throttle.attempt(who, now=datetime.now(UTC))
        if wait > 0:
            seconds = int(wait) + 1
            raise ParameterError("sign_in_wait", f"Too many tries; wait {seconds} seconds.", seconds=seconds)
        return who

    def _forgive(self, who: dict[str, str]) -> None:
        self._throttle.forgive("account", who["account"], whole=True)
        self._throttle.forgive("address", who["address"], whole=False)

    def _longest_ago(self) -> datetime:
        return datetime.now(UTC) - timedelta(hours=self.rules.longest_hours)

    def _counted(self, name: str) -> dict[str, str]:
        """Say whom a try counts for; digests, since a password is sometimes typed where the name goes."""
        who = {"account": name, "address": _network(request.remote_addr or "")}
        return {
            kind: blake2b(f"{kind} {of}".encode(), key=self.key, digest_size=32).hexdigest()
            for kind, of in who.items()
        }


def account_name(typed: str) -> str:
    """Return a name as it is kept: capital letters and space round it are no difference."""
    return typed.strip().casefold()


def _digest(token: str) -> str:
    return blake2b(token.encode(), digest_size=32).hexdigest()


def _network(address: str) -> str:
    """Return the address, of version 6 the network that one customer has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Address(int(parsed) >> 64 << 64))
    return address
