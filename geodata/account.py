"""What became of every row that was read: nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    """What became of one input row; the counts add up to what was read."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LINKED = "linked"
    SET_ASIDE = "set_aside"
    WAITING = "waiting"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Rejection:
    """One input row that did not come in, and why.

    Attributes
    ----------
    file, row, column
        Where: file name, 1-based row as a person sees it in the file (header included), column heading.
    code
        Key in the text catalogue (``rejections.<code>``).
    value
        The offending value as read, masked and cut to 80 characters.
    mended
        Whether a table of mended rows has taken the row up; what became of it there stands in the account
        of that table.
    """

    file: str
    row: int
    column: str
    code: str
    value: str
    mended: bool = False


@dataclass(frozen=True, slots=True)
class FileReport:
    """The account of one file.

    Attributes
    ----------
    source, file, sha256
        Source name in the project file, file name below ``inbox/``, digest of its bytes.
    read
        Rows read. Equal to the sum of `fates` when `stopped` is None.
    fates
        Rows by fate.
    said
        What was found out about the file (encoding, delimiter, CRS …) as code and value.
    stopped
        Code of the fault (``errors.<code>``) that stopped the whole file, and its values; else None.
    """

    source: str
    file: str
    sha256: str
    read: int
    fates: dict[Fate, int]
    rejections: tuple[Rejection, ...] = ()
    masked: int = 0
    said: dict[str, str] = field(default_factory=dict)
    stopped: str | None = None
    stopped_values: dict[str, str] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether every row read has exactly one fate."""
        return self.stopped is not None or self.read == sum(self.fates.values())


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The account of one import, stored in the snapshot it made."""

    started_at: str
    finished_at: str
    files: tuple[FileReport, ...]

    @property
    def read(self) -> int:
        """Rows read over all files."""
        return sum(file.read for file in self.files)

    @property
    def fates(self) -> dict[Fate, int]:
        """Rows by fate over all files that were not stopped."""
        return {fate: sum(file.fates.get(fate, 0) for file in self.files) for fate in Fate}

    @property
    def stopped(self) -> tuple[FileReport, ...]:
        """The files that were stopped whole."""
        return tuple(file for file in self.files if file.stopped is not None)

    @property
    def adds_up(self) -> bool:
        """Whether every row of every file has exactly one fate."""
        return all(file.adds_up for file in self.files)

    def to_json(self) -> dict[str, Any]:
        """Return plain lists, dicts and strings, for the manifest and for ``--json``."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ImportReport:
        """Rebuild a report from what `to_json` gave."""
        files = tuple(
            FileReport(
                **{
                    **file,
                    "fates": {Fate(fate): count for fate, count in file["fates"].items()},
                    "rejections": tuple(Rejection(**row) for row in file["rejections"]),
                }
            )
            for file in data["files"]
        )
        return cls(started_at=data["started_at"], finished_at=data["finished_at"], files=files)
