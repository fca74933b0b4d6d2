"""Is the inbox there: a folder that can't be reached must not be taken for one that somebody emptied."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

from etl.intake import part_name
from etl.sources import INBOX
from geodata.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from etl.inbox.record import Held
    from etl.sources import SourceFiles
    from geodata.account import FileReport
    from geodata.project import Project


def check_inbox(workspace: Path, project: Project) -> None:
    """See that every folder of the inbox can be looked into.

    Raises
    ------
    ProjectError
        ``inbox_missing``, ``inbox_unreadable``: looking for files would find none, and say nothing.
    """
    inbox = workspace / INBOX
    if not any(pattern.startswith(f"{INBOX}/") for source in project.sources for pattern in source.files):
        return
    if not inbox.is_dir():
        raise ProjectError(
            "inbox_missing", f"There is no folder {INBOX} in {workspace}.", folder=str(workspace)
        )
    for _ in os.walk(inbox, onerror=_refuse):
        pass


def check_not_emptied(
    sources: Sequence[SourceFiles], reports: Mapping[str, FileReport], record: Mapping[str, Held]
) -> None:
    """Refuse to take every file for gone at once: a disk that is not mounted looks like that.

    Raises
    ------
    ProjectError
        ``inbox_emptied``.
    """
    named = {source.source.name for source in sources}
    taken = {part for part, held in record.items() if held.removed or held.forgotten}
    read = [
        report
        for report in reports.values()
        if report.sha256 and report.source in named and part_name(report.source, report.file) not in taken
    ]
    if read and not any(source.files for source in sources):
        raise ProjectError(
            "inbox_emptied",
            f"None of the {len(read)} files of the last import is in {INBOX} any more.",
            count=len(read),
            file=read[0].file,
        )


def _refuse(error: OSError) -> NoReturn:
    problem = error.strerror or str(error)
    raise ProjectError(
        "inbox_unreadable",
        f"The folder {error.filename} can't be looked into: {problem}.",
        folder=str(error.filename),
        problem=problem,
    ) from error
