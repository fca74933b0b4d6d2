"""The accounts of a workspace and the browsers that are signed in to them.

A role is kept as a word, a password as what the screens' floor made of it: the store judges neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from geodata.errors import MissingError, ParameterError
from geodata.store.access_tables import ACCOUNT, SIGNED_IN
from geodata.store.legible import legible

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Engine

LONGEST_NAME = 80
"""Characters of an account's name, as the column holds them."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may sign in.

    Attributes
    ----------
    name
        What is typed to sign in; unique in the workspace.
    role
        A word of the roles.
    password_hash
        What the password was made to, with its salt and its cost.
    locked
        Whether nobody may sign in to it for now.
    created_at, password_set_at
        When (UTC).
    """

    account_id: int
    name: str
    role: str
    password_hash: str
    locked: bool
    created_at: datetime
    password_set_at: datetime


class Accounts:
    """A municipality's accounts in its register.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code

    def all(self) -> tuple[Account, ...]:
        """Return every account, by name."""
        return tuple(_account(row) for row in self._rows(self._query().order_by(ACCOUNT.c.name)))

    def find(self, name: str) -> Account | None:
        """Return the account of that name, if there is one."""
        return self._one(self._query().where(ACCOUNT.c.name == name))

    def add(self, name: str, *, role: str, password_hash: str) -> None:
        """Add an account.

        Raises
        ------
        ParameterError
            ``account_taken`` when there is one of that name, locked ones too.
        """
        now = _now()
        row = {"municipality_code": self._code, "name": name, "role": role, "password_hash": password_hash}
        with legible():
            try:
                with self._engine.execution_options(writes=True).begin() as connection:
                    connection.execute(
                        insert(ACCOUNT).values(**row, locked=False, created_at=now, password_set_at=now)
                    )
            except IntegrityError as error:
                raise ParameterError(
                    "account_taken", f"There is an account {name} already.", name=name
                ) from error

    def set_role(self, name: str, role: str) -> None:
        """Give an account another role; it holds from the next request on.

        Raises
        ------
        MissingError
            ``account_unknown``, as do `set_password` and `set_locked`.
        """
        self._change(name, {"role": role}, ends=False)

    def set_password(self, name: str, password_hash: str) -> None:
        """Give an account another password, and sign it out everywhere."""
        self._change(name, {"password_hash": password_hash, "password_set_at": _now()}, ends=True)

    def rehash(self, name: str, password_hash: str) -> None:
        """Keep the same password at another cost; nobody is signed out."""
        self._change(name, {"password_hash": password_hash}, ends=False)

    def set_locked(self, name: str, *, locked: bool) -> None:
        """Lock an account, which signs it out everywhere, or open it again."""
        self._change(name, {"locked": locked}, ends=locked)

    def sign_in(self, account_id: int, token_digest: str, *, forget_before: datetime) -> None:
        """Keep that a browser is signed in.

        Parameters
        ----------
        token_digest
            Digest of what the browser holds; the token itself is kept nowhere.
        forget_before
            Older ones have run out and are removed (UTC).
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(delete(SIGNED_IN).where(SIGNED_IN.c.started_at < _naive(forget_before)))
            connection.execute(
                insert(SIGNED_IN).values(token_digest=token_digest, account_id=account_id, started_at=_now())
            )

    def signed_in(self, token_digest: str, *, since: datetime) -> Account | None:
        """Return whose browser this is; None where it was signed out, has run out or the account is locked.

        Parameters
        ----------
        since
            One that began before this has run out (UTC).
        """
        query = self._query().join(SIGNED_IN, SIGNED_IN.c.account_id == ACCOUNT.c.account_id)
        return self._one(
            query.where(
                SIGNED_IN.c.token_digest == token_digest,
                SIGNED_IN.c.started_at >= _naive(since),
                ACCOUNT.c.locked.is_(False),
            )
        )

    def sign_out(self, token_digest: str) -> None:
        """Let one browser be signed in no longer."""
        self._end(SIGNED_IN.c.token_digest == token_digest)

    def sign_out_everywhere(self, account_id: int) -> None:
        """Let every browser of an account be signed in no longer."""
        self._end(SIGNED_IN.c.account_id == account_id)

    def _end(self, which: ColumnElement[bool]) -> None:
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(delete(SIGNED_IN).where(which))

    def _change(self, name: str, values: dict[str, Any], *, ends: bool) -> None:
        mine = (ACCOUNT.c.municipality_code == self._code) & (ACCOUNT.c.name == name)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            account_id = connection.scalar(
                update(ACCOUNT).where(mine).values(**values).returning(ACCOUNT.c.account_id)
            )
            if account_id is None:
                raise MissingError("account_unknown", f"There is no account {name}.", name=name)
            if ends:
                connection.execute(delete(SIGNED_IN).where(SIGNED_IN.c.account_id == account_id))

    def _query(self) -> Select[Any]:
        return select(ACCOUNT).where(ACCOUNT.c.municipality_code == self._code)

    def _one(self, query: Select[Any]) -> Account | None:
        rows = self._rows(query)
        return _account(rows[0]) if rows else None

    def _rows(self, query: Select[Any]) -> list[Row[Any]]:
        with legible(), self._engine.connect() as connection:
            return list(connection.execute(query).all())


def _account(row: Row[Any]) -> Account:
    return Account(
        account_id=row.account_id,
        name=row.name,
        role=row.role,
        password_hash=row.password_hash,
        locked=row.locked,
        created_at=row.created_at.replace(tzinfo=UTC),
        password_set_at=row.password_set_at.replace(tzinfo=UTC),
    )


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _now() -> datetime:
    return _naive(datetime.now(UTC))
