"""Files that the house itself took away or locked: their rows stay, and so does their account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from etl.intake import Intake, part_name
from etl.previous import NOT_NOW
from geodata.account import Fate
from geodata.errors import MissingError, StoreError
from geodata.store.snapshots import open_current

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from etl.previous import Previous
    from etl.sources import SourceFile, SourceFiles
    from geodata.account import FileReport

BY_RETENTION, LOCKED = "kept_by_retention", "kept_locked"
"""Why rows stay without their file being read (``said.<code>``)."""

NO_KEY, RENAMED = "locked_no_key", "locked_source_renamed"
"""Faults of a locked file without a key: nothing is known of it, or another source's name is."""

OF_ONE_IMPORT = frozenset(
    {
        "inbox_removed",
        "inbox_locked",
        "inbox_not_locked",
        "inbox_unmended",
        "rows_gone",
        "same_file",
        "mended",
        BY_RETENTION,
        LOCKED,
    }
)
"""What was said of a file at one import and need not hold at the next."""


@dataclass(frozen=True)
class Carrier:
    """Gives the rows of the snapshot before for files that can't be read by design.

    Attributes
    ----------
    previous
        What the snapshot before held.
    reports
        Part → the account of its file there.
    has_key
        Whether locked files can be read.
    """

    previous: Previous
    reports: Mapping[str, FileReport]
    has_key: bool

    def carry(self, source: SourceFiles, file: SourceFile) -> Intake | None:
        """Return the rows of a file as they were; None for a file that is to be read.

        Raises
        ------
        StoreError
            ``retained_unreadable`` when only the store had them and it can't be read.
        """
        part = part_name(source.source.name, file.name)
        before = self.reports.get(part)
        table = next((table for table, parts in self.previous.tables.items() if part in parts), None)
        if file.is_removed:
            lost = self.previous.lost.get(part, self.previous.unreadable)
            if before is None or lost is not None:
                raise StoreError(
                    "retained_unreadable",
                    f"{file.name} was removed from the inbox, and what it gave can't be read"
                    f" ({lost or 'no account'}).",
                    file=file.name,
                    problem=lost or "-",
                )
            return self._carried(before, table or source.mapping.table, BY_RETENTION)
        if not file.is_locked or self.has_key or before is None or before.stopped is not None:
            return None
        if before.sha256 != file.sha256() or part in self.previous.lost:
            return None
        return self._carried(before, table or source.mapping.table, LOCKED)

    def explained(self, intake: Intake) -> Intake:
        """Say of a locked file that can't be read when it was another source's, whose name its rows bear."""
        if intake.fault != NO_KEY:
            return intake
        held = [one for one in self.reports.values() if one.sha256 == intake.sha256]
        said = next((one.stopped_values for one in held if one.stopped == RENAMED), None)
        before = next(
            (one.source for one in held if one.file == intake.file and one.source != intake.source), None
        )
        if before is not None:
            said = {"file": intake.file, "source": intake.source, "before": before}
        if said is not None:
            intake.fault, intake.fault_values = RENAMED, dict(said)
        return intake

    def _carried(self, before: FileReport, table: str, why: str) -> Intake:
        part = part_name(before.source, before.file)
        held = self.previous.part(table, part)
        said = {code: value for code, value in before.said.items() if code not in OF_ONE_IMPORT}
        fates = dict(before.fates)
        fates[Fate.UNCHANGED] = sum(fates.pop(fate, 0) for fate in (Fate.NEW, Fate.CHANGED, Fate.UNCHANGED))
        said[why] = str(0 if held is None else held.count)
        return Intake(
            before.source,
            before.file,
            before.sha256,
            table,
            read=before.read,
            carried=replace(before, fates=fates, said=said),
        )


def last_reports(store: Path) -> dict[str, FileReport]:
    """Return the accounts of the snapshot before, by part; none where there is none that can be read."""
    try:
        report = open_current(store).report
    except MissingError:
        return {}
    except StoreError as error:
        if error.code == NOT_NOW:
            raise
        return {}
    return {part_name(file.source, file.file): file for file in report.files}
