"""Which files changed since the snapshot before, line by line; or why everything is to be imported anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from etl.halfway import OF_THE_MOMENT
from etl.incremental import refusal
from etl.incremental.ledger import BLANK, CAME_IN, read_ledger
from etl.incremental.lines import read_lines, standing
from etl.incremental.refusal import AllAnewError
from etl.incremental.settled import may_be_followed
from etl.intake import part_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from etl.incremental.ledger import Ledger
    from etl.incremental.lines import Lines
    from etl.previous import Previous
    from etl.sources import SourceFile, SourceFiles
    from etl.work import Work
    from geodata.account import FileReport, ImportReport

MOST = 0.1
"""Share of a file's lines that may be read again: with more, reading them all is as fast."""


@dataclass(eq=False)
class ChangedFile:
    """A file some of whose lines changed.

    Attributes
    ----------
    source, file, sha256
        Which file, and which state of it.
    before
        Its account in the snapshot before.
    ledger
        What was kept of the state before.
    lines
        Its lines now.
    was
        For each line the one that it was before, else -1, shape ``(lines,)``.
    again
        Lines that are read, ascending: those that came, and those that did not come in before.
    """

    source: SourceFiles
    file: SourceFile
    sha256: str
    before: FileReport
    ledger: Ledger
    lines: Lines
    was: NDArray[np.int64]
    again: NDArray[np.int64]

    @property
    def part(self) -> str:
        """Name of its part in the snapshot."""
        return part_name(self.source.source.name, self.file.name)


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed.

    Attributes
    ----------
    files
        Every file with the digest of its bytes, in the order in which they are taken in.
    changed
        Those that changed, by part.
    """

    files: Sequence[tuple[SourceFiles, SourceFile, str]]
    changed: Mapping[str, ChangedFile]


def find_changes(work: Work) -> Changes | None:
    """Find what changed in the files since the snapshot before.

    Returns
    -------
    Changes or None
        None where nothing is kept that one could go by.

    Raises
    ------
    AllAnewError
        Something else changed than lines of files that can be followed.
    StoreError
        ``register_unreadable``.
    """
    sources, previous, report = work.sources, work.previous, work.previous.report
    files = [(source, file) for source in sources for file in source.files]
    if report is None:
        return None
    parts = [part_name(source.source.name, file.name) for source, file in files]
    ledgers = {
        part: read_ledger(work.store, part)
        for part, (source, file) in zip(parts, files, strict=True)
        if may_be_followed(source, file)
    }
    known = [ledger for ledger in ledgers.values() if ledger is not None]
    if not known:
        return None
    _check_ground(known, work, report)
    reports = {part_name(one.source, one.file): one for one in report.files if one.source}
    if set(parts) != {part for part, one in reports.items() if one.sha256}:
        raise AllAnewError(refusal.FILES)
    digested: list[tuple[SourceFiles, SourceFile, str]] = []
    changed: dict[str, ChangedFile] = {}
    for (source, file), part in zip(files, parts, strict=True):
        one = _look(source, file, reports[part], ledgers.get(part), previous, work.door.secret)
        if isinstance(one, ChangedFile):
            changed[part] = one
        digested.append((source, file, one if isinstance(one, str) else one.sha256))
    return Changes(digested, changed)


def _check_ground(known: Sequence[Ledger], work: Work, report: ImportReport) -> None:
    """See that nothing but files may be other than before."""
    for ledger in known:
        other = [name for name, digest in work.footing.items() if ledger.footing.get(name) != digest]
        if other:
            raise AllAnewError(other[0])
    if work.previous.lost or work.now.isoformat() < report.started_at:
        raise AllAnewError(refusal.STORE)
    if work.project.retention.inbox != "keep":
        raise AllAnewError(refusal.RETENTION)
    if report.stopped:
        raise AllAnewError(refusal.STOPPED)


def _look(
    source: SourceFiles,
    file: SourceFile,
    before: FileReport,
    ledger: Ledger | None,
    previous: Previous,
    secret: bytes,
) -> ChangedFile | str:
    """Look at one file: what changed in it, or its digest where nothing did."""
    if file.is_removed or file.is_locked or file.is_mended:
        raise AllAnewError(refusal.LAYERS)
    if ledger is None:
        sha256 = file.sha256()
        if sha256 != before.sha256 or any(one.code == OF_THE_MOMENT for one in before.rejections):
            raise AllAnewError(refusal.LAYERS)
        return sha256
    held = previous.part("observations", part_name(source.source.name, file.name))
    if held is None or held.name != ledger.part or before.sha256 != ledger.sha256:
        raise AllAnewError(refusal.STORE)
    try:
        lines = read_lines(file.path, secret)
    except OSError as error:
        raise AllAnewError(refusal.STOPPED) from error
    if lines is None or lines.heading_digest != ledger.heading or not len(lines.digests):
        raise AllAnewError(refusal.UNEVEN)
    sha256 = lines.sha256
    ahead = any(one.code == OF_THE_MOMENT for one in before.rejections)
    if sha256 == before.sha256 and not ahead:
        return sha256
    if len(source.files) > 1:
        raise AllAnewError(refusal.LAYERS)
    was = standing(ledger.digests, lines.digests)
    came_in = np.zeros(len(was), dtype=bool)
    came_in[was >= 0] = ledger.state[was[was >= 0]] & (CAME_IN | BLANK) > 0
    again = np.flatnonzero(~came_in)
    if len(again) > MOST * len(was) or len(ledger.digests) > (1 + MOST) * len(was):
        raise AllAnewError(refusal.MUCH)
    return ChangedFile(source, file, sha256, before, ledger, lines, was, again)
