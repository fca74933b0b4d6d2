"""The key that locks files of the inbox: 32 bytes, kept outside the workspace and never in a message."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

from geodata.errors import ProjectError

KEY = "PROBLEMBILD_INBOX_KEY"
"""Environment variable that holds the key itself."""

KEY_FILE = "PROBLEMBILD_INBOX_KEY_FILE"
"""Environment variable that names the file that holds it."""

LENGTH = 32


def find_key() -> bytes | None:
    """Return the key that the environment names; None where it names none.

    Raises
    ------
    ProjectError
        ``inbox_key_unusable`` for one that can't be read or has another length.
    """
    stated = os.environ.get(KEY)
    if stated:
        return _key(stated, KEY)
    named = os.environ.get(KEY_FILE)
    if not named:
        return None
    try:
        return _key(Path(named).read_text(encoding="ascii"), named)
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else None
        raise _unusable(named, problem or "it is not ASCII text") from error


def check_key(workspace: Path) -> bytes | None:
    """Return the key, once it is sure that it does not lie in what it locks.

    Raises
    ------
    ProjectError
        ``inbox_key_unusable``, ``inbox_key_inside``.
    """
    named = os.environ.get(KEY_FILE)
    if named and not os.environ.get(KEY):
        _check_outside(Path(named), workspace)
    return find_key()


def make_key(path: Path, *, workspace: Path) -> None:
    """Make a key and write it to a new file that only its owner may read.

    Raises
    ------
    ProjectError
        ``inbox_key_inside``; ``inbox_key_unusable`` when the file stands there already or can't be written:
        a key that is overwritten locks its files up for ever.
    """
    _check_outside(path, workspace)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as opened:
            opened.write(base64.urlsafe_b64encode(secrets.token_bytes(LENGTH)) + b"\n")
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise _unusable(str(path), error.strerror or str(error)) from error


def _key(text: str, where: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text.strip())
    except (binascii.Error, ValueError) as error:
        raise _unusable(where, "it is not base64") from error
    if len(key) != LENGTH:
        raise _unusable(where, f"it holds {len(key)} bytes and not {LENGTH}")
    return key


def _check_outside(path: Path, workspace: Path) -> None:
    if path.resolve().is_relative_to(workspace.resolve()):
        raise ProjectError(
            "inbox_key_inside",
            f"{path} lies in the workspace that it is to lock; keep the key elsewhere.",
            file=str(path),
        )


def _unusable(where: str, problem: str) -> ProjectError:
    return ProjectError(
        "inbox_key_unusable", f"The key in {where} can't be used: {problem}.", file=where, problem=problem
    )
