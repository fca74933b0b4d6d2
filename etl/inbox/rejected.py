"""The rows that did not come in, read back from the inbox as they stand there, to be mended.

Nothing of a rejected row is kept but where it stood and what was wrong, masked; the row itself is in the
municipality's own file and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from etl.convert import whole_clocks
from etl.inbox.mending import mended_name
from etl.inbox.opening import read_source_file
from etl.readers.mended import GEOMETRY, RAGGED, as_ewkt, is_ours
from etl.sources import open_sources
from geodata.errors import FileFaultError, MissingError
from geodata.project import read_project
from geodata.store.snapshots import open_current

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable
    from etl.sources import SourceFile, SourceFiles
    from geodata.account import FileReport, Rejection

STORE = "store"

GONE, CHANGED, UNREADABLE = "rejected_gone", "rejected_changed", "rejected_unreadable"
"""Why rows can't be read back (``said.<code>``): the file is not in the inbox; it is another file since the
import, so that row numbers say nothing; it can't be opened."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that did not come in.

    Attributes
    ----------
    cells
        As they stand in the file, one a heading; a row with more cells than the heading has more here, one
        with fewer has fewer.
    rejection
        Where it stands and what is wrong: row, column, code and value, masked.
    """

    cells: tuple[str, ...]
    rejection: Rejection


@dataclass(frozen=True, slots=True)
class RejectedFile:
    """The rejected rows of one file that are not mended yet.

    Attributes
    ----------
    source, file, sha256
        As in the account.
    headings
        The file's own, in its order; ``Problembild: geometri`` last where the file has geometry.
    rows
        Empty when they can't be read back.
    rejections
        What is wrong, whether the rows can be read back or not.
    mend_as
        Name to put the mended table in ``inbox/`` under.
    missing, missing_value
        Why rows can't be read back (``said.<code>``) and the value that goes with it; else None and ``""``.
    """

    source: str
    file: str
    sha256: str
    headings: tuple[str, ...]
    rows: tuple[RejectedRow, ...]
    rejections: tuple[Rejection, ...]
    mend_as: str
    missing: str | None = None
    missing_value: str = ""


@dataclass(frozen=True, slots=True)
class RejectedRows:
    """Every file of the last import with rejected rows that are not mended yet."""

    files: tuple[RejectedFile, ...]

    @property
    def count(self) -> int:
        """Rows that wait to be mended, those that can't be read back included."""
        return sum(len(file.rejections) for file in self.files)


def rejected_rows(workspace: Path, *, source: str | None = None, file: str | None = None) -> RejectedRows:
    """Read the rejected rows of the last import back from the inbox.

    Parameters
    ----------
    workspace
        Folder with ``problembild.toml`` and ``inbox/``.
    source, file
        Only those of one source or one file, as the account names them.

    Returns
    -------
    RejectedRows
        Unmasked: for those who may see the municipality's own files, and not to be kept.

    Raises
    ------
    ProjectError
        The project file or a mapping can't be used.
    MissingError
        ``no_snapshot``; ``rejected_unknown`` when the last import read no such file.
    StoreError
        The store can't be read.
    """
    project = read_project(workspace)
    sources = open_sources(workspace, project)
    reports = open_current(workspace / STORE).report.files
    asked = [one for one in reports if source in {None, one.source} and file in {None, one.file}]
    if not asked and (source or file):
        named = " / ".join(name for name in (source, file) if name)
        raise MissingError("rejected_unknown", f"The last import read no {named}.", file=named)
    found = {(one.source.name, path.name): (one, path) for one in sources for path in one.files}
    taken = {report.file for report in reports} | {name for _, name in found}
    files = []
    for report in asked:
        if any(not one.mended for one in report.rejections):
            name = mended_name(report.file, report.source, taken=taken)
            taken.add(name)
            files.append(_read_back(report, found.get((report.source, report.file)), mend_as=name))
    return RejectedRows(tuple(files))


def _read_back(
    report: FileReport, found: tuple[SourceFiles, SourceFile] | None, *, mend_as: str
) -> RejectedFile:
    rejections = tuple(one for one in report.rejections if not one.mended)
    bare = RejectedFile(report.source, report.file, report.sha256, (), (), rejections, mend_as)
    if found is None:
        return _without_rows(bare, GONE, report.file)
    source, file = found
    if file.sha256() != report.sha256:
        return _without_rows(bare, CHANGED, report.file)
    try:
        raw = read_source_file(source, file)
    except FileFaultError:
        return _without_rows(bare, UNREADABLE, report.file)
    headings, rows = _rows(raw, source.mapping, rejections)
    return RejectedFile(report.source, report.file, report.sha256, headings, rows, rejections, mend_as)


def _without_rows(bare: RejectedFile, code: str, value: str) -> RejectedFile:
    return RejectedFile(
        bare.source, bare.file, bare.sha256, (), (), bare.rejections, bare.mend_as, code, value
    )


def _rows(
    raw: RawTable, mapping: Mapping, rejections: Sequence[Rejection]
) -> tuple[tuple[str, ...], tuple[RejectedRow, ...]]:
    """Find the rejected rows by their numbers, in the order of the file."""
    cells = whole_clocks(raw.cells, raw, mapping)
    columns = [str(name) for name in cells.columns]
    own = [name for name in columns if not is_ours(name)]
    numbers = np.array([one.row for one in rejections], dtype=np.int64)
    at = {int(raw.rows[place]): int(place) for place in np.flatnonzero(np.isin(raw.rows, numbers))}
    unreadable = {row.row: row.cells for row in raw.unreadable}
    rows = []
    for one in rejections:
        place = at.get(one.row)
        if place is None:
            held = _apart(unreadable.get(one.row, ()), columns, own)
        else:
            held = tuple(str(cell) for cell in cells[own].iloc[place])
            held += () if raw.geometry is None else (as_ewkt(raw.geometry[place], raw.crs),)
        rows.append(RejectedRow(held, one))
    headings = (*own, GEOMETRY) if raw.geometry is not None else tuple(own)
    return headings, tuple(rows)


def _apart(cells: tuple[str, ...], columns: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """Return the cells of a row that could not be laid out; of a mended table, without ours."""
    if len(own) == len(columns) or len(cells) != len(columns):
        return cells
    held = dict(zip(columns, cells, strict=True))
    after = [held[name] for name in (RAGGED, GEOMETRY) if name in held]
    return (*(held[name] for name in own), *after)
