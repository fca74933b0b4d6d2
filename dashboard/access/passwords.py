"""Passwords: which will do, what they are kept as, and whether one fits.

Rules after NIST SP 800-63B, revision 4: length decides, what everybody tries is refused, nothing is demanded
of signs or capital letters, and nobody has to change one that has not leaked.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Collection

SHORTEST = 15
LONGEST = 256
LEAST_OWN = 8
"""Characters that must be left when what everybody tries is taken out."""

AT_ONCE = 2
"""Passwords hashed at the same time: each takes the hash's memory."""

REFUSED = (
    "password|passord|lösenord|losenord|problembild|kommunen|kommun|polisen|polis|samordnare|administrator"
    "|admin|welcome|välkommen|valkommen|qwerty|qwertyuiop|qwertyuiopå|asdfghjkl|asdfgh|zxcvbnm|zxcvbn|abcdefgh"
    "|abcdef|abc|letmein|iloveyou|jagälskardig|hemligt|hemlig|secret|sverige|sweden|sommar|vinter|höst|vår"
    "|summer|winter|autumn|spring|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober"
    "|november|december|måndag|fredag|dragon|monkey|football|fotboll|master|login|inloggning"
)
_SAME_AGAIN = re.compile(r"(.+?)\1+")
_RUN = re.compile(r"[\d\W_]+")


class Passwords:
    """Argon2id at a cost.

    Parameters
    ----------
    memory_kib, passes
        What a hash costs; tests take little.
    """

    def __init__(self, *, memory_kib: int, passes: int) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib, time_cost=passes, parallelism=4)
        self._nobodys = self._hasher.hash(secrets.token_hex())
        self._few = BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """Return what a password is kept as, salted."""
        with self._few:
            return self._hasher.hash(_same(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Say whether a password is the one; without anything to compare with it takes as long to say no."""
        with self._few:
            try:
                self._hasher.verify(kept or self._nobodys, _same(password[:LONGEST]))
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Say whether what is kept was made at another cost than now."""
        return self._hasher.check_needs_rehash(kept)


def check_password(password: str, *, known: Collection[str] = ()) -> None:
    """Refuse a password that is guessed soon.

    Parameters
    ----------
    known
        What anybody would try for this person: the account's name, the municipality's.

    Raises
    ------
    ParameterError
        ``password_short``, ``password_long`` or ``password_guessed``.
    """
    length = len(_same(password))
    if length < SHORTEST:
        raise ParameterError(
            "password_short", f"The password has {length} characters, of at least {SHORTEST}.", least=SHORTEST
        )
    if length > LONGEST:
        raise ParameterError(
            "password_long", f"The password has more than {LONGEST} characters.", most=LONGEST
        )
    if len(_own_part(password, known)) < LEAST_OWN:
        raise ParameterError("password_guessed", "The password is one that others would guess.")


def _own_part(password: str, known: Collection[str]) -> str:
    """Take out the words that everybody tries, digits and signs, and what only stands there again."""
    words = sorted({*REFUSED.split("|"), *map(_plain, known)} - {""}, key=len, reverse=True)
    left = _plain(password)
    for word in words:
        left = left.replace(word, " ")
    return _SAME_AGAIN.sub(r"\1", _RUN.sub("", left))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _same(password: str) -> str:
    """Let the same keys give the same password on every machine."""
    return unicodedata.normalize("NFKC", password)
