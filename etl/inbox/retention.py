"""What becomes of files in the inbox once they are published: kept, removed or locked, as the project says.

Nothing goes before its snapshot is the current one and the record says that it goes. A crash in between
leaves the file, or the file and its locked twin, and the next import goes on from there.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from etl.inbox.locked import LOCKED, lock_file
from etl.inbox.record import Held, write_record
from etl.inbox.unread import companions
from etl.intake import part_name
from etl.keying.rounds import FOLDER as KEYED
from etl.sources import INBOX, SourceFile, SourceFiles
from geodata.errors import StoreError
from geodata.store.whole import STRAY, sync_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from etl.intake import Intake
    from etl.journal import Journal
    from geodata.account import FileReport
    from geodata.sections import Retention

REMOVE, ENCRYPT = "remove", "encrypt"


@dataclass(frozen=True)
class Plan:
    """What is to become of the inbox's files once this import is published.

    Attributes
    ----------
    rule
        The project file's.
    key
        What files are locked with; None where there is none.
    record
        Part → what is known of its file, once this import is published.
    due
        Files to take away, with the parts that they gave.
    unlocked
        Parts whose files should be locked and can't be, without a key.
    unmended
        Parts whose files should be removed and stay, since rejected rows of them are not mended.
    locked
        Files that are locked already.
    """

    rule: Retention
    key: bytes | None
    record: dict[str, Held]
    due: dict[SourceFile, tuple[str, ...]]
    unlocked: frozenset[str]
    unmended: frozenset[str]
    locked: tuple[SourceFile, ...]

    def announce(self, reports: Sequence[FileReport]) -> tuple[FileReport, ...]:
        """Say in the account of each file what becomes of it."""
        code = "inbox_removed" if self.rule.inbox == REMOVE else "inbox_locked"
        gone = {part for parts in self.due.values() for part in parts}
        said = []
        for report in reports:
            part = part_name(report.source, report.file)
            more = {code: report.file} if part in gone else {}
            more |= {"inbox_not_locked": report.file} if part in self.unlocked else {}
            more |= {"inbox_unmended": report.file} if part in self.unmended else {}
            said.append(replace(report, said=report.said | more))
        return tuple(said)


def with_removed(
    sources: Sequence[SourceFiles], record: Mapping[str, Held], workspace: Path
) -> list[SourceFiles]:
    """Add to every source the files of it that the house took away.

    Another file that has got such a name is not read: the rows that only the store has would go with it.
    """
    found = []
    for source in sources:
        mine = {held.file: held for held in record.values() if held.source == source.source.name}
        kept = {name: held.sha256 for name, held in mine.items() if held.removed}
        read = [file for file in source.files if file.name not in kept or file.sha256() == kept[file.name]]
        here = {file.name for file in read}
        gone = [
            SourceFile(workspace / INBOX / held.file, held.file, is_removed=True)
            for held in mine.values()
            if held.removed and held.file not in here
        ]
        files = sorted((*read, *gone), key=lambda file: (file.is_mended, file.name))
        found.append(replace(source, files=tuple(files)))
    return found


def plan(
    rule: Retention,
    key: bytes | None,
    record: Mapping[str, Held],
    taken: Sequence[tuple[SourceFile, Intake]],
    reports: Sequence[FileReport],
    *,
    now: datetime,
) -> Plan:
    """Decide which files go.

    A file goes when every source that reads it took it in, and the bytes were first published at least as
    many days ago as the project file says. One with rejected rows is removed once they are mended, or when
    the project file says that they may be lost; a locked one can be opened for them.
    """
    open_rows = {
        part_name(report.source, report.file)
        for report in reports
        if any(not rejection.mended for rejection in report.rejections)
    }
    after: dict[str, Held] = {}
    sources: dict[SourceFile, list[Intake]] = defaultdict(list)
    for file, intake in taken:
        known = record.get(intake.part)
        if known is None or (known.sha256 != intake.sha256 and intake.fault is None):
            known = Held(intake.source, intake.file, intake.sha256, now.isoformat(timespec="seconds"))
        if intake.fault is None:
            after[intake.part] = replace(known, removed=file.is_removed)
        elif intake.part in record:
            after[intake.part] = known
        sources[file].append(intake)
    due: dict[SourceFile, tuple[str, ...]] = {}
    unlocked: set[str] = set()
    unmended: set[str] = set()
    for file, intakes in sources.items():
        parts = tuple(intake.part for intake in intakes)
        # The house goes on writing in the files of what is keyed in by hand.
        stays = (
            file.name.startswith(f"{KEYED}/")
            or file.is_removed
            or (file.is_locked and (rule.inbox == ENCRYPT or file.hides_another))
        )
        if rule.inbox == "keep" or stays or any(intake.fault is not None for intake in intakes):
            continue
        if all(_old_enough(after[part], rule, now) for part in parts):
            if rule.inbox == REMOVE and not rule.unmended and not open_rows.isdisjoint(parts):
                unmended.update(open_rows.intersection(parts))
            elif rule.inbox == ENCRYPT and key is None:
                unlocked.update(parts)
            else:
                due[file] = parts
    locked = tuple(
        file for file in sources if file.is_locked and not file.hides_another and companions(file.path)
    )
    return Plan(
        rule,
        key,
        after if rule.inbox != "keep" or record else {},
        due,
        frozenset(unlocked),
        frozenset(unmended),
        locked,
    )


def _old_enough(held: Held, rule: Retention, now: datetime) -> bool:
    return datetime.fromisoformat(held.published_at) + timedelta(days=rule.days) <= now.replace(microsecond=0)


def tidy(store: Path, decided: Plan, before: Mapping[str, Held], journal: Journal) -> None:
    """Take away what is due; called once the snapshot is the current one.

    Raises
    ------
    StoreError
        ``inbox_refused`` when a file can't be taken away: the import is published all the same.
    """
    after = dict(decided.record)
    if decided.rule.inbox == REMOVE:
        for parts in decided.due.values():
            after |= {part: replace(after[part], removed=True) for part in parts}
    if after != dict(before):
        write_record(store, after)
    for (
        file
    ) in decided.locked:  # an import before this one may have been broken off between a file and its own
        _drop_twins(file.path)
    refused: list[tuple[str, str]] = []
    for file, parts in decided.due.items():
        try:
            done = _take_away(file, decided, sha256=after[parts[0]].sha256)
        except OSError as error:
            refused.append((file.name, error.strerror or str(error)))
            continue
        for part in parts if done else ():
            held = after[part]
            journal.write(
                "removed" if decided.rule.inbox == REMOVE else "locked",
                source=held.source,
                file=held.file,
                sha256=held.sha256,
            )
    if refused:
        name, problem = refused[0]
        raise StoreError(
            "inbox_refused",
            f"The import is published, but {len(refused)} files could not be taken away: {name}: {problem}.",
            file=name,
            problem=problem,
            count=len(refused),
        )


def _take_away(file: SourceFile, decided: Plan, *, sha256: str) -> bool:
    """Remove or lock a file; False when it has changed since it was read, and stays."""
    if file.sha256() != sha256:
        return False
    if decided.rule.inbox == REMOVE:
        remove_with_companions(file.path)
        return True
    return decided.key is not None and _lock(file, decided.key, known_as=sha256)


def remove_with_companions(path: Path) -> None:
    """Remove a file, its locked twin, and what belongs to a Shape file, for good."""
    for one in (path, path.with_name(path.name + LOCKED), *companions(path)):
        one.unlink(missing_ok=True)
    sync_folder(path.parent)


def _lock(file: SourceFile, key: bytes, *, known_as: str) -> bool:
    """Lock a file and what belongs to it; False when it changes meanwhile."""
    for stray in file.path.parent.glob(f"*{LOCKED}.*{STRAY}"):
        stray.unlink(missing_ok=True)
    for one in (*companions(file.path), file.path):
        if one.name.endswith(LOCKED):  # an import before this one came that far
            continue
        with one.open("rb") as plain:
            sha256 = hashlib.file_digest(plain, "sha256").hexdigest()
        if lock_file(one, key=key, sha256=sha256, known_as=known_as) is None:
            return False
    file.path.unlink()
    _drop_twins(file.path)
    return True


def _drop_twins(path: Path) -> None:
    """Remove what belongs to a locked Shape and is locked too."""
    for one in companions(path):
        if one.with_name(one.name + LOCKED).exists():
            one.unlink()
    sync_folder(path.parent)
