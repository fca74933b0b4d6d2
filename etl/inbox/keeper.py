"""The inbox's keeper during one import: what was taken away before, what is to go, what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.inbox.carried import Carrier, last_reports
from etl.inbox.forgetting import erase, let_go, say_forgotten, take_out
from etl.inbox.key import check_key
from etl.inbox.record import read_record
from etl.inbox.retention import plan, tidy, with_removed
from etl.inbox_state import check_inbox, check_not_emptied
from etl.sources import open_sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from etl.intake import Intake
    from etl.journal import Journal
    from etl.previous import Previous
    from etl.sources import SourceFile, SourceFiles
    from geodata.account import FileReport
    from geodata.project import Project
    from geodata.store.snapshots import Snapshot


class Keeper:
    """Looks after the inbox for one import, which holds the import lock.

    Parameters
    ----------
    workspace, store
        The workspace and its ``store/`` folder.
    project
        Its settings.

    Raises
    ------
    ProjectError
        ``inbox_key_inside``, ``inbox_key_unusable``.
    StoreError
        ``inbox_record_unreadable``.
    """

    def __init__(self, workspace: Path, store: Path, project: Project) -> None:
        self._workspace = workspace
        self._store = store
        self._project = project
        self._key = check_key(workspace)
        self._record = read_record(store)

    def open_sources(self) -> list[SourceFiles]:
        """Find the sources and their files, those that were taken away too.

        Raises
        ------
        ProjectError
            As `etl.sources.open_sources`; ``inbox_missing``, ``inbox_unreadable``, ``inbox_emptied``.
        """
        check_inbox(self._workspace, self._project)
        take_out(self._workspace, self._record)
        sources = open_sources(self._workspace, self._project)
        check_not_emptied(sources, last_reports(self._store), self._record)
        return with_removed(sources, self._record, self._workspace)

    def let_go(self, previous: Previous, sources: Sequence[SourceFiles]) -> Previous:
        """Leave out what is forgotten of the snapshot before."""
        return let_go(previous, sources, self._record)

    def carrier(self, previous: Previous) -> Carrier:
        """Return what gives the rows of files that can't be read by design."""
        return Carrier(previous, last_reports(self._store), has_key=self._key is not None)

    def announce(
        self,
        taken: Sequence[tuple[SourceFile, Intake]],
        reports: Sequence[FileReport],
        *,
        now: datetime,
    ) -> tuple[FileReport, ...]:
        """Decide what goes once this import is published, and say it in the account."""
        self._plan = plan(self._project.retention, self._key, self._record, taken, reports, now=now)
        return say_forgotten(self._plan.announce(reports), self._record)

    def tidy(self, journal: Journal, snapshot: Snapshot) -> None:
        """Take away what is due, now that the snapshot is the current one.

        Raises
        ------
        StoreError
            ``inbox_refused``.
        """
        erase(self._store, self._record, journal, current=snapshot.snapshot_id)
        tidy(self._store, self._plan, self._record, journal)
