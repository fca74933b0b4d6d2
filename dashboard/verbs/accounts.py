"""``problembild accounts``: who may sign in, as what, and who may no longer."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from getpass import getpass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.access.account_keeping import AccountKeeper
    from dashboard.console import Voice
    from geodata.store.accounts import Accounts

RoleName = Literal["public", "council", "planner", "police", "coordinator", "administrator"]
Name = Annotated[str, typer.Argument(help="The account's name: what is typed to sign in.")]
Role = Annotated[RoleName, typer.Option(help="What the person is: decides what is seen and done.")]

accounts = typer.Typer(
    no_args_is_help=True,
    help="Who may sign in: add and list accounts, change password and role, lock and unlock.",
)


@accounts.command()
def add(
    name: Name, *, role: Role, workspace: Workspace = DEFAULT_WORKSPACE, language: Language = None
) -> None:
    """Add an account, first an administrator's; the password is asked for, or read from standard input."""
    with _keeping(workspace, language) as (voice, keeper, _):
        from dashboard.access.roles import Role as Roles  # noqa: PLC0415

        known = keeper.expect_new(name, Roles(role))
        keeper.add(known, Roles(role), _ask_password(voice))
        voice.say("cli.accounts.added", name=known, role=voice.texts(f"role.{role}"))


@accounts.command("list")
def list_accounts(
    *, workspace: Workspace = DEFAULT_WORKSPACE, json: Json = False, language: Language = None
) -> None:
    """List the accounts."""
    with _keeping(workspace, language) as (voice, _, kept):
        from geodata.project import read_project  # noqa: PLC0415

        texts, found = voice.texts, kept.all()
        if json:
            names = ("name", "role", "locked", "created_at", "password_set_at")
            voice.json([{name: getattr(one, name) for name in names} for one in found])
            return
        if not found:
            voice.say("cli.accounts.none")
            return
        zone = read_project(workspace).zone
        headings = [texts(f"cli.column.{name}") for name in ("account", "role", "state", "password_set")]
        rows = [
            (
                one.name,
                texts(f"role.{one.role}"),
                texts("cli.accounts.locked" if one.locked else "cli.accounts.open"),
                texts.form.day(one.password_set_at.astimezone(zone).date()),
            )
            for one in found
        ]
        voice.table(headings, rows)


@accounts.command()
def password(name: Name, *, workspace: Workspace = DEFAULT_WORKSPACE, language: Language = None) -> None:
    """Give an account another password; it is signed out everywhere."""
    with _keeping(workspace, language) as (voice, keeper, _):
        known = keeper.require(name)
        keeper.set_password(known, _ask_password(voice))
        voice.say("cli.accounts.password_set", name=known)


@accounts.command()
def role(
    name: Name,
    role: Annotated[RoleName, typer.Argument(help="What the person is from now on.")],
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Give an account another role; it holds at once."""
    with _keeping(workspace, language) as (voice, keeper, _):
        from dashboard.access.roles import Role as Roles  # noqa: PLC0415

        keeper.set_role(name, Roles(role))
        voice.say("cli.accounts.role_set", name=keeper.require(name), role=voice.texts(f"role.{role}"))


@accounts.command()
def lock(name: Name, *, workspace: Workspace = DEFAULT_WORKSPACE, language: Language = None) -> None:
    """Let nobody sign in to an account; it is signed out everywhere. Accounts are never removed."""
    with _keeping(workspace, language) as (voice, keeper, _):
        keeper.lock(name)
        voice.say("cli.accounts.locked_now", name=keeper.require(name))


@accounts.command()
def unlock(name: Name, *, workspace: Workspace = DEFAULT_WORKSPACE, language: Language = None) -> None:
    """Open a locked account."""
    with _keeping(workspace, language) as (voice, keeper, _):
        keeper.unlock(name)
        voice.say("cli.accounts.unlocked", name=keeper.require(name))


@contextmanager
def _keeping(workspace: Path, language: str | None) -> Iterator[tuple[Voice, AccountKeeper, Accounts]]:
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.access.account_keeping import AccountKeeper  # noqa: PLC0415
        from dashboard.access.passwords import Passwords  # noqa: PLC0415
        from dashboard.settings import Settings  # noqa: PLC0415
        from geodata.project import read_project  # noqa: PLC0415
        from geodata.store.register import Register  # noqa: PLC0415

        project, settings = read_project(workspace), Settings(workspace=workspace)
        register = Register(
            workspace / "store",
            municipality_code=project.municipality.code,
            working_crs=project.geography.working_crs,
        )
        passwords = Passwords(memory_kib=settings.password_memory_kib, passes=settings.password_passes)
        try:
            keeper = AccountKeeper(register.accounts, passwords, municipality=project.municipality.name)
            yield voice, keeper, register.accounts
        finally:
            register.close()


def _ask_password(voice: Voice) -> str:
    """Ask twice without showing it; what another program sends is read once.

    Raises
    ------
    ParameterError
        ``passwords_differ``.
    """
    from geodata.errors import ParameterError  # noqa: PLC0415

    if not stands_before():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass(voice.texts("cli.accounts.ask"))
    if getpass(voice.texts("cli.accounts.ask_again")) != typed:
        raise ParameterError("passwords_differ", "The new password was typed in two ways.")
    return typed


def stands_before() -> bool:
    """Say whether a person stands before the terminal."""
    return sys.stdin.isatty()
