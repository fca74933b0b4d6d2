"""The state of a file by which one knows, without reading it, that nobody has touched it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os


@dataclass(frozen=True, slots=True)
class FileState:
    """Which file stood under a name, and when it was last written to.

    Attributes
    ----------
    name
        Its name, the digest of what it shall hold.
    device, inode, size
        Which file it is, and how long.
    modified_ns, changed_ns
        When its content, and when anything of it was last changed; the latter nobody can set back.
    """

    name: str
    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, name: str, found: os.stat_result) -> FileState:
        """Return the state that the system tells of a file."""
        return cls(name, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
