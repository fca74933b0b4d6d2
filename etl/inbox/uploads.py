"""The inbox as a folder that a page shows and fills: which source reads each file, and files sent to it."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from etl.inbox.locked import LOCKED
from etl.inbox.record import read_record
from etl.inbox.unread import OURS, unread_files
from etl.sources import INBOX, NOT_FOR_US, find_files
from geodata.errors import ParameterError
from geodata.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

    from etl.sources import SourceFile

MOST_BYTES = 1_000_000_000
"""An upload that is larger is put into the folder by hand."""

LONGEST_NAME = 120
STORE = "store"
_CHUNK = 1 << 20
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


class Bytes(Protocol):
    """Something that bytes are read from, piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file in the inbox.

    Attributes
    ----------
    name
        Its path below ``inbox/``.
    size
        Bytes.
    sources
        Names of the sources that read it.
    """

    name: str
    size: int
    sources: tuple[str, ...]


def inbox_files(workspace: Path) -> tuple[InboxFile, ...]:
    """List every file in the inbox by name, with the sources that read it.

    Raises
    ------
    ProjectError
        When the project file can't be used.
    """
    read: dict[str, SourceFile] = {}
    readers: dict[str, list[str]] = {}
    for source in read_project(workspace).sources:
        for file in find_files(workspace, source):
            read[file.name] = file
            readers.setdefault(file.name, []).append(source.name)
    paths = {name: file.path for name, file in read.items()}
    paths |= {name: workspace / INBOX / name for name in unread_files(workspace, read.values())}
    return tuple(
        InboxFile(name, path.stat().st_size, tuple(readers.get(name, ())))
        for name, path in sorted(paths.items())
    )


def receive_file(workspace: Path, name: str, content: Bytes, *, replace: bool = False) -> str:
    """Put a file into the inbox: written beside, synced, and only then given its name.

    Parameters
    ----------
    replace
        Whether it may take the place of a file with the same name.

    Returns
    -------
    str
        The name it has got.

    Raises
    ------
    ParameterError
        ``upload_name`` for a name that no file can have, ``upload_taken`` when there is such a file,
        ``upload_name_used`` when the house has locked or removed one, ``upload_too_large``,
        ``upload_empty``. The inbox is as it was.
    StoreError
        ``inbox_record_unreadable``.
    """
    safe = safe_name(name)
    path = workspace / INBOX / safe
    if _is_kept(workspace, path):
        raise ParameterError(
            "upload_name_used", f"{safe} was imported before and its rows are kept.", file=safe
        )
    if path.exists() and not replace:
        raise _taken(safe)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{os.getpid()}-{os.urandom(6).hex()}.part")
    try:
        _copy(content, beside, name=safe)
        if replace:
            beside.replace(path)
        else:
            _give_name(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return safe


def _is_kept(workspace: Path, path: Path) -> bool:
    """Tell whether the house locked or took away a file of this name: another would not be read."""
    removed = {held.file for held in read_record(workspace / STORE).values() if held.removed}
    return path.name in removed or path.with_name(path.name + LOCKED).exists()


def safe_name(name: str) -> str:
    """Return a file name without folders and without what other systems can't read.

    Raises
    ------
    ParameterError
        ``upload_name``.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    safe = " ".join(_NOT_IN_NAMES.sub("", last).split()).rstrip(". ")
    # What ends as the house's own files do would be passed over by the import, or take a locked file's place.
    unfit = safe.startswith(NOT_FOR_US) or safe.casefold().endswith((LOCKED, *OURS))
    if not safe or unfit or len(safe) > LONGEST_NAME or _DEVICE.fullmatch(safe):
        raise ParameterError(
            "upload_name", f"{name[:80]!r} can't be the name of a file.", file=name[:80], most=LONGEST_NAME
        )
    return safe


def _copy(content: Bytes, beside: Path, *, name: str) -> None:
    size = 0
    with beside.open("xb") as file:
        while piece := content.read(_CHUNK):
            size += len(piece)
            if size > MOST_BYTES:
                raise ParameterError(
                    "upload_too_large",
                    f"{name} is larger than {MOST_BYTES} bytes.",
                    file=name,
                    megabytes=MOST_BYTES // 1_000_000,
                )
            file.write(piece)
        if size == 0:
            raise ParameterError("upload_empty", f"{name} is empty.", file=name)
        file.flush()
        os.fsync(file.fileno())


def _give_name(beside: Path, path: Path) -> None:
    """Name the file, unless another has got the name meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError as error:
        raise _taken(path.name) from error
    except OSError:  # a file system without links: the gap between looking and renaming is what it can do
        if path.exists():
            raise _taken(path.name) from None
        beside.rename(path)


def _taken(name: str) -> ParameterError:
    return ParameterError("upload_taken", f"There is a file {name} in the inbox already.", file=name)
