"""The sources of a project file, and the files in the workspace that belong to them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from etl.inbox.locked import LOCKED, locked_digest
from etl.inbox.mending import mended_for
from etl.mapping import find_mapping, read_mapping
from geodata.errors import FileFaultError, ProjectError
from geodata.project import PROJECT_FILE
from geodata.store.whole import STRAY

if TYPE_CHECKING:
    from etl.mapping import Mapping
    from geodata.project import Project
    from geodata.sections import Source

INBOX = "inbox"
BESIDE_SHAPE = (".cpg", ".dbf", ".prj", ".shx")
"""Suffixes of the files without which a Shape says something else."""
NOT_FOR_US = ("~$", ".")
"""How the names of lock files and hidden files begin."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source.

    Attributes
    ----------
    path
        Where it is.
    name
        What it is called in accounts and messages: its path as seen from ``inbox/``.
    is_removed
        Whether the house took it away once it was published; its rows stay.
    """

    path: Path
    name: str
    is_removed: bool = False

    @property
    def is_locked(self) -> bool:
        """Whether it is encrypted; its name is the plain file's all the same."""
        return self.path.name.endswith(LOCKED)

    @property
    def is_mended(self) -> bool:
        """Whether its name says that it holds mended rows, of files that may be of another format."""
        return mended_for(self.name) is not None

    @property
    def hides_another(self) -> bool:
        """Whether it is locked and a plain file of its name, which is not read, lies beside it."""
        return self.is_locked and _plain(self.path).exists()

    def sha256(self) -> str:
        """Digest its plain bytes, and those of a Shape's other files; ``""`` when they can't be read."""
        try:
            if self.is_locked:
                return locked_digest(self.path, file=self.name)
            digest = hashlib.sha256(self.path.read_bytes())
            for path in self._beside():
                digest.update(path.suffix.lower().encode() + path.read_bytes())
            return digest.hexdigest()
        except (OSError, FileFaultError):
            return ""

    def _beside(self) -> list[Path]:
        """List the files that hold a Shape's words, system and encoding; none for other files."""
        if self.path.suffix.lower() != ".shp":
            return []
        same = (path for path in self.path.parent.iterdir() if path.stem == self.path.stem)
        return sorted(path for path in same if path.suffix.lower() in BESIDE_SHAPE)


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """One source with its mapping and its files, by name."""

    source: Source
    mapping: Mapping
    files: tuple[SourceFile, ...]


def open_sources(workspace: Path, project: Project) -> list[SourceFiles]:
    """Find the mapping and the files of every source, in the order of the project file.

    Raises
    ------
    ProjectError
        ``mapping_missing``, ``mapping_not_toml``, ``mapping_invalid``, ``project_invalid``.
    """
    found = []
    for source in project.sources:
        path = find_mapping(source.mapping, source=source.name, workspace=workspace)
        found.append(SourceFiles(source, read_mapping(path), find_files(workspace, source)))
    return found


def find_files(workspace: Path, source: Source) -> tuple[SourceFile, ...]:
    """List the files that a source's patterns match, by name, and then its tables of mended rows.

    Raises
    ------
    ProjectError
        ``project_invalid`` for a pattern that leads out of the workspace.
    """
    paths: set[Path] = set()
    for pattern in source.files:
        if PurePosixPath(pattern).is_absolute() or ".." in PurePosixPath(pattern).parts:
            raise ProjectError(
                "project_invalid",
                f"{PROJECT_FILE}: source.{source.name}.files: {pattern} leads out of the workspace.",
                file=PROJECT_FILE,
                setting=f"source.{source.name}.files",
                problem="leads out of the workspace",
                value=pattern,
            )
        locked = [] if pattern.endswith("**") else workspace.glob(pattern + LOCKED)
        paths.update(path for path in (*workspace.glob(pattern), *locked) if path.is_file())
    paths = {path for path in paths if mended_for(_plain(path).name) in {None, source.name}}
    inside = (workspace / INBOX).rglob(f"*.{source.name}.mended-*")
    paths.update(path for path in inside if mended_for(_plain(path).name) == source.name and path.is_file())
    files = [
        SourceFile(path, _name(_plain(path).relative_to(workspace)))
        for path in paths
        if not path.name.startswith(NOT_FOR_US) and not path.name.endswith(STRAY) and not _yields(path)
    ]
    # What a person mended comes last, and so wins over the same record elsewhere.
    return tuple(sorted(files, key=lambda file: (file.is_mended, file.name)))


def _yields(path: Path) -> bool:
    """Tell whether the locked or the plain file of the same name is read in place of this one.

    With the same content locking was broken off and the plain one is read. With another the plain one is
    new: read, it would be locked over the only copy of what its name held before.
    """
    plain, locked = _plain(path), _plain(path).with_name(_plain(path).name + LOCKED)
    if not (plain.is_file() and locked.is_file()):
        return False
    is_new = SourceFile(locked, "").sha256() not in {"", SourceFile(plain, "").sha256()}
    return is_new == (path == plain)


def _plain(path: Path) -> Path:
    """Return where the plain file lies, or lay."""
    return path.with_name(path.name.removesuffix(LOCKED))


def _name(relative: Path) -> str:
    """Name a file so that no other file of the workspace has the same name."""
    parts = relative.parts
    inside = parts[0] == INBOX and len(parts) > 1
    return "/".join(parts[1:] if inside else ("..", *parts))
