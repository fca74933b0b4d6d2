"""What one import works with from end to end, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from etl.footing import footing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from etl.context import Door
    from etl.intake import Intake
    from etl.journal import Journal
    from etl.previous import Previous
    from etl.sources import SourceFile, SourceFiles
    from geodata.account import FileReport
    from geodata.project import Project
    from geodata.store.decisions import Decisions
    from geodata.store.snapshots import Parts, Snapshot


@dataclass(frozen=True, eq=False)
class Work:
    """What one import works with.

    Attributes
    ----------
    store
        The workspace's ``store/`` folder.
    project, sources
        The settings, and every source with its files.
    previous
        What the snapshot before held.
    door
        What every file is met with.
    now
        When the import began, UTC.
    decisions
        What people decided, in the register.
    journal, tell
        What is told of every step.
    """

    store: Path
    project: Project
    sources: Sequence[SourceFiles]
    previous: Previous
    door: Door
    now: datetime
    decisions: Decisions
    journal: Journal
    tell: Callable[[str, int, int], None]

    @property
    def crs(self) -> int:
        """EPSG code of the working CRS."""
        return self.project.geography.working_crs

    @property
    def undone(self) -> frozenset[tuple[str, str]]:
        """Pairs of records that people parted."""
        return frozenset((one.observation_id, one.linked_to) for one in self.decisions.undone_merges())

    @cached_property
    def footing(self) -> dict[str, str]:
        """What everything rests on besides the files: what it is → its digest."""
        return footing(self.store, self.project, self.door.secret, self.sources, self.decisions)


@dataclass(frozen=True, eq=False)
class TakenIn:
    """What taking in the files came to.

    Attributes
    ----------
    parts, files
        What the snapshot is made of, and the account of every file.
    taken
        Every file with what came of it.
    keep
        Keeps what the next import can go by, once the snapshot is the current one.
    """

    parts: Parts
    files: tuple[FileReport, ...]
    taken: Sequence[tuple[SourceFile, Intake]]
    keep: Callable[[Snapshot], None]
