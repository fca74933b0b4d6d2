"""How a file of the inbox is opened: by its mapping's reader or as mended rows; in memory if it is locked."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from etl.inbox.key import find_key
from etl.inbox.locked import unlocked
from etl.inbox.mending import READS_MENDED
from etl.inbox.unread import companions
from etl.readers import read_file
from etl.readers.raw_table import ReaderOptions
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from pathlib import Path

    from etl.readers.raw_table import RawTable
    from etl.sources import SourceFile, SourceFiles


def read_source_file(source: SourceFiles, file: SourceFile) -> RawTable:
    """Read one file of a source.

    Raises
    ------
    FileFaultError
        What `read_file` raises.
    """
    if not file.is_locked:
        return _read(source, file, file.path)
    try:
        with unlocked(
            file.path, key=_key(file.name), file=file.name, companions=companions(file.path)
        ) as plain:
            return _read(source, file, plain)
    except OSError as error:
        raise FileFaultError(
            "file_not_allowed",
            f"{file.name} can't be opened: {error.strerror}.",
            file=file.name,
            problem=str(error.strerror or error),
        ) from error


def _read(source: SourceFiles, file: SourceFile, path: Path) -> RawTable:
    if file.is_mended:
        options = ReaderOptions(format=READS_MENDED[path.suffix.lower()])
        return read_file(path, options, file=file.name)
    encoding = source.source.encoding
    return read_file(path, source.mapping.reader, file=file.name, encoding=encoding)


def unlock_file(locked: Path, out: Path) -> None:
    """Write what a locked file holds to a new file, for a person to look at.

    Raises
    ------
    FileFaultError
        ``locked_no_key``, ``locked_other_key``, ``locked_damaged``; nothing is written then.
    ProjectError
        ``inbox_key_unusable``.
    OSError
        When `out` stands there already, or can't be written.
    """
    key = _key(locked.name)
    with (
        unlocked(locked, key=key, file=locked.name) as path,
        out.open("xb") as target,
        path.open("rb") as plain,
    ):
        shutil.copyfileobj(plain, target)


def _key(file: str) -> bytes:
    key = find_key()
    if key is None:
        raise FileFaultError("locked_no_key", f"{file} is locked, and there is no key.", file=file)
    return key
