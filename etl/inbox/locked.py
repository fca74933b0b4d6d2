"""Files of the inbox, encrypted: ``name.csv.locked``, in pieces, so that a large file needs little memory.

AES-256-GCM as in the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): every piece of 1 MiB
has a nonce of a random prefix, its number and whether it is the last, so pieces can't be left out, put in
another order or cut off without notice. The head (magic, id of the key, the SHA-256 that accounts know the
file by, prefix) is authenticated with each.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from geodata.errors import FileFaultError
from geodata.store.whole import STRAY, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCKED = ".locked"
MAGIC = b"PROBLEMBILD LOCKED 1\n"
PIECE = 1 << 20
TAG = 16
_ID, _DIGEST, _PREFIX = 8, 32, 7
_HEAD = len(MAGIC) + _ID + _DIGEST + _PREFIX

IN_MEMORY = Path("/dev/shm")  # noqa: S108  a file system in memory, where only we may read what we put
_OPENED = "problembild-inbox-"


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a locked file."""

    key_id: bytes
    digest: bytes
    prefix: bytes

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return MAGIC + self.key_id + self.digest + self.prefix


def lock_file(path: Path, *, key: bytes, sha256: str, known_as: str | None = None) -> Path | None:
    """Write a file encrypted beside itself; the plain one stays.

    Parameters
    ----------
    path
        The plain file.
    sha256
        The digest that it must have.
    known_as
        The digest that accounts know it by, where that is another (a Shape is digested with its companions).

    Returns
    -------
    Path or None
        The locked file, whole and synced; None when the file is another by now.

    Raises
    ------
    OSError
    """
    locked = path.with_name(path.name + LOCKED)
    beside = locked.with_name(f"{locked.name}.{os.getpid()}{STRAY}")
    head = Head(_id(key), bytes.fromhex(known_as or sha256), secrets.token_bytes(_PREFIX))
    digest = hashlib.sha256()
    try:
        with path.open("rb") as plain, beside.open("xb") as sealed:
            beside.chmod(path.stat().st_mode & 0o777)
            sealed.write(head.content)
            piece, number = plain.read(PIECE), 0
            while True:
                following = plain.read(PIECE)
                digest.update(piece)
                nonce = _nonce(head, number, last=not following)
                sealed.write(AESGCM(key).encrypt(nonce, piece, head.content))
                if not following:
                    break
                piece, number = following, number + 1
            sealed.flush()
            os.fsync(sealed.fileno())
        if digest.hexdigest() != sha256:
            return None
        beside.replace(locked)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return locked


def unlock_into(locked: Path, target: BinaryIO, *, key: bytes, file: str) -> None:
    """Write the plain content of a locked file.

    Raises
    ------
    FileFaultError
        ``locked_other_key``, ``locked_damaged``.
    """
    with locked.open("rb") as sealed:
        head = _read_head(sealed, file=file)
        if head.key_id != _id(key):
            raise FileFaultError("locked_other_key", f"{file} was locked with another key.", file=file)
        piece, number = sealed.read(PIECE + TAG), 0
        while True:
            following = sealed.read(PIECE + TAG)
            try:
                nonce = _nonce(head, number, last=not following)
                target.write(AESGCM(key).decrypt(nonce, piece, head.content))
            except InvalidTag as error:
                raise _damaged(file) from error
            if not following:
                return
            piece, number = following, number + 1


def locked_digest(locked: Path, *, file: str) -> str:
    """Return the SHA-256 that accounts know a locked file by, as its head says.

    Raises
    ------
    FileFaultError
        ``locked_damaged``.
    OSError
    """
    with locked.open("rb") as sealed:
        return _read_head(sealed, file=file).digest.hex()


@contextmanager
def unlocked(locked: Path, *, key: bytes, file: str, companions: tuple[Path, ...] = ()) -> Iterator[Path]:
    """Give the plain file, in memory, for as long as it is read; its companions lie beside it.

    Raises
    ------
    FileFaultError
        As `unlock_into`.
    """
    _clear_up_after_others()
    room = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix=f"{_OPENED}{os.getpid()}-", dir=room))
    try:
        for one in (locked, *companions):
            target = folder / one.name.removesuffix(LOCKED)
            if one.name.endswith(LOCKED):
                with target.open("wb") as plain:
                    unlock_into(one, plain, key=key, file=file)
            elif not one.with_name(one.name + LOCKED).exists():
                shutil.copyfile(one, target)
        yield folder / locked.name.removesuffix(LOCKED)
    finally:
        shutil.rmtree(folder)


def _clear_up_after_others() -> None:
    """Remove what a killed process left open."""
    for folder in IN_MEMORY.glob(f"{_OPENED}*"):
        process = folder.name.removeprefix(_OPENED).split("-")[0]
        if not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _read_head(sealed: BinaryIO, *, file: str) -> Head:
    content = sealed.read(_HEAD)
    if len(content) != _HEAD or not content.startswith(MAGIC):
        raise _damaged(file)
    at = len(MAGIC)
    return Head(content[at : at + _ID], content[at + _ID : at + _ID + _DIGEST], content[-_PREFIX:])


def _nonce(head: Head, number: int, *, last: bool) -> bytes:
    return head.prefix + number.to_bytes(4, "big") + bytes([last])


def _id(key: bytes) -> bytes:
    """Tell one key from another without giving it away."""
    return hashlib.sha256(b"problembild inbox key" + key).digest()[:_ID]


def _damaged(file: str) -> FileFaultError:
    return FileFaultError("locked_damaged", f"{file} is locked and damaged.", file=file)
