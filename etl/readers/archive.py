"""What may be opened of a zip: looked into before anything is unpacked, and never unpacked outside memory."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = b"PK\x03\x04"
LARGEST = 16 * 2**30
"""Bytes that an archive may state for all its members; a county's road data takes some gigabytes."""
SQUEEZED = 250
"""No real file of a member's size is smaller than its bytes by this; deflate reaches 1,030 on zeros."""
SMALL = 64 * 2**20
"""A member below this size does no harm however well it was squeezed."""
ENCRYPTED = 0x1
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError)
"""What the library raises of an archive whose bytes were changed, beside the ValueError of a name."""

_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@contextmanager
def open_archive(
    path: Path, *, file: str, kind: str = "ZIP", largest: int = LARGEST
) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose members may be read.

    Parameters
    ----------
    path, file
        The archive, and its name for errors.
    kind
        What it should be, for errors.
    largest
        Bytes that its members may state together.

    Raises
    ------
    FileFaultError
        ``file_unreadable`` where it is damaged, ``archive_unsafe`` where a name leads out of it,
        ``archive_locked`` where it wants a password, ``file_too_large`` where it would swell beyond reason.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_names(members, file=file)
            _check_sizes(members, file=file, largest=largest)
            yield archive
    except FileFaultError:
        raise
    except (*DAMAGED, ValueError) as error:
        raise FileFaultError(
            "file_unreadable",
            f"{file} can't be read as {kind}: {error}.",
            file=file,
            format=kind,
            problem=str(error),
        ) from error


def refuse_entities(content: bytes, *, file: str, kind: str) -> None:
    """Refuse XML that declares entities: no file of these kinds needs any, and some swell or read others.

    Raises
    ------
    FileFaultError
        ``entities_refused``.
    """
    # Without zero bytes UTF-16 is searched like UTF-8.
    if _DOCTYPE.search(content.replace(b"\0", b"")):
        raise FileFaultError(
            "entities_refused",
            f"{file} declares entities of its own, which {kind} never needs; it is not read.",
            file=file,
            format=kind,
        )


def _check_names(members: list[zipfile.ZipInfo], *, file: str) -> None:
    for member in members:
        if _LEADS_OUT.search(member.filename):
            raise FileFaultError(
                "archive_unsafe",
                f"{file} holds {member.filename!a}, which leads out of the archive.",
                file=file,
                value=ascii(member.filename)[1:-1],
            )
        if member.flag_bits & ENCRYPTED:
            raise FileFaultError("archive_locked", f"{file} is locked with a password.", file=file)


def _check_sizes(members: list[zipfile.ZipInfo], *, file: str, largest: int) -> None:
    whole = sum(member.file_size for member in members)
    swollen = max(
        (one.file_size for one in members if one.file_size > max(SMALL, SQUEEZED * one.compress_size)),
        default=0,
    )
    if whole > largest or swollen:
        size = whole if whole > largest else swollen
        raise too_large(f"{size / 2**20:,.0f} MB", f"{largest / 2**20:,.0f} MB", file=file)


def too_large(value: str, limit: str, *, file: str) -> FileFaultError:
    """Return the error of a file that would swell beyond reason when it is read."""
    return FileFaultError(
        "file_too_large",
        f"{file} would take {value} when it is read; {limit} is the most.",
        file=file,
        value=value,
        limit=limit,
    )
