"""Keeping accounts: what may be called an account, who must be first, and who may not be the last to go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.access.doorkeeper import account_name
from dashboard.access.passwords import check_password
from dashboard.access.roles import Role
from geodata.errors import MissingError, ParameterError
from geodata.store.accounts import LONGEST_NAME

if TYPE_CHECKING:
    from dashboard.access.passwords import Passwords
    from geodata.store.accounts import Accounts

_NAME = re.compile(rf"[\w.@+-]{{1,{LONGEST_NAME}}}")


class AccountKeeper:
    """Adds and changes the accounts of one municipality.

    Parameters
    ----------
    municipality
        Its name, which no password may live on.
    """

    def __init__(self, accounts: Accounts, passwords: Passwords, *, municipality: str) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._municipality = municipality

    def expect_new(self, name: str, role: Role) -> str:
        """Say how a new account will be called, before its password is asked for.

        Raises
        ------
        ParameterError
            ``account_name``; ``account_taken``; ``first_administrator`` when there is none yet and the role
            is another.
        """
        name = account_name(name)
        if not _NAME.fullmatch(name):
            raise ParameterError("account_name", f"{name[:40]} won't do as a name.", name=name[:40])
        if self._accounts.find(name) is not None:
            raise ParameterError("account_taken", f"There is an account {name} already.", name=name)
        if role is not Role.ADMINISTRATOR and not self._accounts.all():
            raise ParameterError("first_administrator", "The first account is an administrator's.")
        return name

    def add(self, name: str, role: Role, password: str) -> None:
        """Add an account.

        Raises
        ------
        ParameterError
            As `expect_new`, or as `check_password`.
        """
        name = self.expect_new(name, role)
        check_password(password, known=(name, self._municipality))
        self._accounts.add(name, role=str(role), password_hash=self._passwords.hash(password))

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password, and sign it out everywhere.

        Raises
        ------
        MissingError
            ``account_unknown``, as the others.
        ParameterError
            As `check_password`.
        """
        name = account_name(name)
        check_password(password, known=(name, self._municipality))
        self._accounts.set_password(name, self._passwords.hash(password))

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role.

        Raises
        ------
        ParameterError
            ``last_administrator``.
        """
        name = account_name(name)
        if role is not Role.ADMINISTRATOR:
            self._keep_an_administrator(name)
        self._accounts.set_role(name, str(role))

    def lock(self, name: str) -> None:
        """Let nobody sign in to an account, and sign it out everywhere.

        Raises
        ------
        ParameterError
            ``last_administrator``.
        """
        name = account_name(name)
        self._keep_an_administrator(name)
        self._accounts.set_locked(name, locked=True)

    def unlock(self, name: str) -> None:
        """Open a locked account."""
        self._accounts.set_locked(account_name(name), locked=False)

    def require(self, name: str) -> str:
        """Return how an account is called.

        Raises
        ------
        MissingError
            ``account_unknown``.
        """
        name = account_name(name)
        if self._accounts.find(name) is None:
            raise MissingError("account_unknown", f"There is no account {name}.", name=name)
        return name

    def _keep_an_administrator(self, name: str) -> None:
        left = {one.name for one in self._accounts.all() if one.role == Role.ADMINISTRATOR and not one.locked}
        if left == {name}:
            raise ParameterError(
                "last_administrator", f"{name} is the only administrator; make another first.", name=name
            )
