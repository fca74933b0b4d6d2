"""Files that only their owner may read: the key that signs, and the key of a certificate made here."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from geodata.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "access"
"""The folder of a workspace that holds them."""

KEY_FILE = "session.key"
KEY_BYTES = 32
_OTHERS = 0o077


def access_folder(workspace: Path) -> Path:
    """Return the folder, made when it is missing, for its owner alone."""
    folder = workspace / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Write a file that nobody else may read at any moment, whole or not at all."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_private(path: Path) -> bytes:
    """Read such a file.

    Raises
    ------
    FileNotFoundError
        When it is missing.
    StoreError
        ``private_file_open`` when others may read it: what they know is a secret no longer.
    """
    content = path.read_bytes()
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise StoreError(
            "private_file_open",
            f"{FOLDER}/{path.name} can be read by others. Remove it, so that a new one is made, and keep the "
            "folder to its owner.",
            file=f"{FOLDER}/{path.name}",
        )
    return content


def session_key(workspace: Path) -> bytes:
    """Return the key that signs what browsers hold; made once. With another one, everybody is signed out.

    Raises
    ------
    StoreError
        ``private_file_open``, or ``private_file_damaged`` when it is not whole.
    """
    path = access_folder(workspace) / KEY_FILE
    if not path.exists():
        write_private(path, secrets.token_bytes(KEY_BYTES))
    key = read_private(path)
    if len(key) != KEY_BYTES:
        raise StoreError(
            "private_file_damaged",
            f"{FOLDER}/{KEY_FILE} is damaged. Remove it, so that a new one is made; everybody signs in anew.",
            file=f"{FOLDER}/{KEY_FILE}",
        )
    return key
