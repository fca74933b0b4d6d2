"""What the snapshot before this import held, checked before anything is written, and what of it is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.crs import reproject, to_working
from geodata.errors import StoreError
from geodata.schema import has_geometry
from geodata.store.parts import open_part, read_columns, read_parts
from geodata.store.snapshots import current_id, open_current

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.account import ImportReport
    from geodata.store.file_state import FileState
    from geodata.store.patches import Part

NOT_NOW = "store_not_readable"


@dataclass(frozen=True)
class HeldPart:
    """One part of the snapshot before; its rows are read when they are asked for.

    Attributes
    ----------
    store, table, name
        Which part of which table: the digest of its file, or of a base and its patch.
    count
        Rows in it.
    crs, working_crs
        EPSG codes of the working CRS that it was written in, and of today's.
    verified
        Its files as they were when they were checked.
    """

    store: Path
    table: str
    name: Part
    count: int
    crs: int
    working_crs: int
    verified: frozenset[FileState] = frozenset()

    def rows(self) -> pd.DataFrame:
        """Return its rows in today's working CRS."""
        rows = pd.DataFrame(read_parts(self.store, [self.name], self.table, crs=self.crs))
        return _moved(rows, self.table, before=self.crs, now=self.working_crs)

    def columns(self, *names: str) -> pd.DataFrame:
        """Return some columns, no geometry: a million rows of all of them are half a gigabyte.

        Where `x` and `y` are asked for they are in today's working CRS.
        """
        rows = read_columns(self.store, [self.name], self.table, names)
        return _moved(rows, self.table, before=self.crs, now=self.working_crs) if "x" in names else rows


@dataclass(frozen=True)
class Previous:
    """What the snapshot before held.

    Attributes
    ----------
    tables
        Table → part → what it holds.
    files
        Source and file of every account in it.
    report
        That account; None where there is none that can be read.
    lost
        Part → the file of the store that can't be read, though the snapshot names it.
    unreadable
        What can't be read when that is the snapshot itself; nothing is known of it then.
    """

    tables: dict[str, dict[str, HeldPart]] = field(default_factory=dict)
    files: tuple[tuple[str, str], ...] = ()
    lost: dict[str, str] = field(default_factory=dict)
    unreadable: str | None = None
    report: ImportReport | None = None

    def part(self, table: str, part: str) -> HeldPart | None:
        """Return a part; None if there was no such part, or it is lost."""
        return self.tables.get(table, {}).get(part)

    def said(self, part: str) -> dict[str, str]:
        """Say that what a file gave before can't be read, where that is so."""
        lost = self.lost.get(part, self.unreadable)
        return {} if lost is None else {"before_unreadable": lost}


def read_previous(store: Path, *, working_crs: int) -> Previous:
    """Look at the snapshot before this import.

    A snapshot that is damaged, or of another format, is as good as none; a damaged part is lost alone.

    Parameters
    ----------
    store
        The workspace's ``store/`` folder.
    working_crs
        EPSG code of the working CRS now; rows in another are moved to it when they are read.

    Raises
    ------
    StoreError
        ``store_not_readable``: what is there and may not be read now is not lost.
    """
    try:
        if current_id(store) is None:
            return Previous()
        snapshot = open_current(store)
    except StoreError as error:
        if error.code == NOT_NOW:
            raise
        return Previous(unreadable=str(error.values["snapshot"]))
    crs = snapshot.project.geography.working_crs
    tables: dict[str, dict[str, HeldPart]] = {}
    lost: dict[str, str] = {}
    for table, parts in snapshot.parts.items():
        for part, name in parts.items():
            try:
                opened = open_part(store, name, table)
            except StoreError as error:
                if error.code == NOT_NOW:
                    raise
                lost[part] = str(error.values["part"])
            else:
                held = HeldPart(store, table, name, opened.rows, crs, working_crs, opened.verified)
                del opened  # its bytes: a base may hold a gigabyte
                tables.setdefault(table, {})[part] = held
    files = tuple((file.source, file.file) for file in snapshot.report.files)
    return Previous(tables, files, lost, report=snapshot.report)


def _moved(rows: pd.DataFrame, table: str, *, before: int, now: int) -> pd.DataFrame:
    """Bring rows from one working CRS to another."""
    if before == now or (table != "observations" and not has_geometry(table)):
        return rows
    if table == "observations":
        x, y = to_working(rows["x"], rows["y"], source=before, working=now)
        return rows.assign(x=np.where(np.isfinite(x), x, np.nan), y=np.where(np.isfinite(y), y, np.nan))
    moved = reproject(rows["geometry"].to_numpy(dtype=object), source=before, target=now)
    return rows.assign(geometry=moved)
