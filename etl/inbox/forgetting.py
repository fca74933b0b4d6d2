"""Taking a file and its rows out for good, as a person asks: of the inbox, the store and its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from etl.inbox.carried import last_reports
from etl.inbox.locked import LOCKED
from etl.inbox.record import Held, read_record, write_record
from etl.inbox.retention import remove_with_companions
from etl.inbox.unread import companions
from etl.sources import INBOX, SourceFile, open_sources
from geodata.errors import MissingError
from geodata.store.sweep import erase_before, sweep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from etl.journal import Journal
    from etl.previous import Previous
    from etl.sources import SourceFiles
    from geodata.account import FileReport
    from geodata.project import Project


def mark_forgotten(workspace: Path, project: Project, store: Path, *, file: str, source: str | None) -> None:
    """Write down that a file is to be forgotten; the import that follows does it, also after a crash.

    Raises
    ------
    MissingError
        ``forget_unknown`` when neither the inbox nor the last import knows such a file.
    """
    record = read_record(store)
    known = {part: Held(one.source, one.file, one.sha256, "") for part, one in last_reports(store).items()}
    known |= record
    known |= {
        f"{one.source.name}/{path.name}": Held(one.source.name, path.name, path.sha256(), "")
        for one in open_sources(workspace, project)
        for path in one.files
        # Of a file that was removed, the rows go; another that has got its name stays.
        if not ((held := record.get(f"{one.source.name}/{path.name}")) and held.removed)
    }
    now = datetime.now(UTC).isoformat(timespec="seconds")
    asked = {
        part: replace(held, forgotten=True, removed=False, published_at=held.published_at or now)
        for part, held in known.items()
        if held.file == file and source in {None, held.source} and held.source
    }
    if not asked:
        raise MissingError("forget_unknown", f"Neither the inbox nor the last import has {file}.", file=file)
    write_record(store, record | asked)


def take_out(workspace: Path, record: Mapping[str, Held]) -> None:
    """Remove the files that are to be forgotten from the inbox, before it is read.

    A file that has got the name since, with other content, stays and is read.
    """
    forgotten = {(held.file, held.sha256) for held in record.values() if held.forgotten}
    for name in sorted({name for name, _ in forgotten}):
        path = workspace / INBOX / name
        locked = path.with_name(path.name + LOCKED)
        others = [
            one
            for one in (path, locked)
            if one.exists() and (name, SourceFile(one, name).sha256()) not in forgotten
        ]
        if not others:
            remove_with_companions(path)
        elif locked not in others:  # the plain one is new, and what belongs to it stays too
            for one in (locked, *(one for one in companions(locked) if one.name.endswith(LOCKED))):
                one.unlink(missing_ok=True)


def let_go(previous: Previous, sources: Sequence[SourceFiles], record: Mapping[str, Held]) -> Previous:
    """Leave out what a forgotten file gave where another has its name: were that stopped, it would stay."""
    here = {f"{one.source.name}/{file.name}" for one in sources for file in one.files}
    gone = {part for part in here if part in record and record[part].forgotten}
    tables = {
        table: {part: rows for part, rows in parts.items() if part not in gone}
        for table, parts in previous.tables.items()
    }
    return replace(previous, tables=tables)


def say_forgotten(reports: Sequence[FileReport], record: Mapping[str, Held]) -> tuple[FileReport, ...]:
    """Say of files that are gone because a person asked for it that this is why."""
    asked = {(held.source, held.file) for held in record.values() if held.forgotten}
    return tuple(
        replace(report, said={"file_forgotten": report.said["file_gone"]})
        if (report.source, report.file) in asked and "file_gone" in report.said
        else report
        for report in reports
    )


def erase(store: Path, record: Mapping[str, Held], journal: Journal, *, current: str) -> None:
    """Let older snapshots go, which hold the rows still; one that is read goes at a later import."""
    forgotten = [held for held in record.values() if held.forgotten]
    if forgotten:
        erase_before(store, current)
        sweep(store)
        for held in forgotten:
            journal.write("forgotten", source=held.source, file=held.file, sha256=held.sha256)
