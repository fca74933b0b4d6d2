"""Files that lie in the inbox and that no source reads: they are named, never passed over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.inbox.locked import LOCKED
from etl.sources import INBOX, NOT_FOR_US
from geodata.account import FileReport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from etl.sources import SourceFile

COMPANIONS = frozenset({".shx", ".dbf", ".prj", ".cpg", ".qpj", ".sbn", ".sbx", ".qix", ".shp.xml"})
"""How the names end, after the stem of a Shape file, of what belongs to it and is read with it."""

OURS = (".part",)
"""How the names end of files that the house itself is writing."""


def unread_files(workspace: Path, read: Iterable[SourceFile]) -> tuple[str, ...]:
    """List the files below ``inbox/`` that none of `read` is, by name as accounts write it."""
    inbox = workspace / INBOX
    known = {file.path for file in read if not file.is_removed}
    known |= {one for path in tuple(known) for one in companions(path)}
    known |= {path.with_name(path.name + LOCKED) for path in tuple(known)}
    found = [
        path
        for path in inbox.rglob("*")
        if path.is_file()
        and path not in known
        and not path.name.startswith(NOT_FOR_US)
        and not path.name.endswith(OURS)
        and not path.name.endswith(tuple(suffix + LOCKED for suffix in COMPANIONS))
    ]
    return tuple(sorted("/".join(path.relative_to(inbox).parts) for path in found))


def companions(path: Path) -> tuple[Path, ...]:
    """List what belongs to a Shape file, locked or not; nothing belongs to another file.

    ``vag.2024.dbf`` belongs to ``vag.2024.shp`` and not to ``vag.shp``: what follows the stem is a suffix
    of `COMPANIONS` and nothing more.
    """
    plain = path.name.removesuffix(LOCKED)
    if not plain.lower().endswith(".shp") or not path.parent.is_dir():
        return ()
    stem = plain[: -len(".shp")]
    return tuple(
        one
        for one in sorted(path.parent.iterdir())
        if one.name.startswith(stem)
        and one.name.removesuffix(LOCKED).removeprefix(stem).lower() in COMPANIONS
    )


def account_for_unread(workspace: Path, read: Iterable[SourceFile]) -> tuple[FileReport, ...]:
    """Account for every file that no source reads: nothing of it was read, and what to do is said."""
    files = tuple(read)
    names = {file.name for file in files}
    return tuple(
        FileReport("", name, "", 0, {}, said={_why(name, names): name})
        for name in unread_files(workspace, files)
    )


def _why(name: str, names: set[str]) -> str:
    if name in names:
        return "name_used"
    return "locked_no_source" if name.endswith(LOCKED) else "no_source"
