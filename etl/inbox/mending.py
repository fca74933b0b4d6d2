"""Which rows were mended where: the thread from a mended row back to the row that was rejected."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from etl.readers.mended import FILE, ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from etl.readers.raw_table import RawTable
    from geodata.account import FileReport

DIGEST_LENGTH = 12
"""Characters of a file's SHA-256 that tell one version of it from another."""

READS_MENDED = {".csv": "delimited", ".xlsx": "excel"}
"""How a mended table is read, by its suffix, whatever the files of its source are."""

_NAMED = re.compile(r"^.+\.([a-z0-9_]+)\.mended-\d+[^./]*(\.csv|\.xlsx)$", re.IGNORECASE)
_ORIGIN = re.compile(rf"(.+) \(([0-9a-f]{{{DIGEST_LENGTH}}})\)")
_MENDS = re.compile(rf"(.+?) \(([0-9a-f]{{{DIGEST_LENGTH}}})\): ([0-9][0-9, -]*)(?:; |$)")

Mended = dict[tuple[str, str], set[int]]
"""File and the beginning of its digest → rows of it that stand in a mended table."""


def mended_name(file: str, source: str, *, taken: Collection[str]) -> str:
    """Name a table of rejected rows so that its source finds it in the inbox and nothing is overwritten.

    Parameters
    ----------
    file
        The file that the rows come from, as accounts name it.
    taken
        Names that files have or had.
    """
    stem = PurePosixPath(file.replace("../", "").replace("/", "_"))
    base = stem.stem.split(f".{source}.mended-")[0]
    number = 1
    while f"{base}.{source}.mended-{number}.csv" in taken:
        number += 1
    return f"{base}.{source}.mended-{number}.csv"


def mended_for(name: str) -> str | None:
    """Return the source that a file's name gives its mended rows to; None for any other file."""
    named = _NAMED.match(PurePosixPath(name).name)
    return named[1] if named else None


def origin(file: str, sha256: str) -> str:
    """Name a version of a file, for the column that says where a row came from."""
    return f"{file} ({sha256[:DIGEST_LENGTH]})"


def mends(raw: RawTable) -> dict[str, str]:
    """Say which rows of which files the rows of a mended table stand for, whatever becomes of them."""
    if not {FILE, ROW} <= set(raw.cells.columns):
        return {}
    columns = list(raw.cells.columns)
    which = [columns.index(FILE), columns.index(ROW)]
    named = list(raw.cells[[FILE, ROW]].itertuples(index=False, name=None))
    named += [
        tuple(apart.cells[at] for at in which) for apart in raw.unreadable if len(apart.cells) == len(columns)
    ]
    rows: dict[str, set[int]] = defaultdict(set)
    for file, row in named:
        if _ORIGIN.fullmatch(file) and row.isascii() and row.isdecimal():
            rows[file].add(int(row))
    said = "; ".join(f"{file}: {_spans(sorted(numbers))}" for file, numbers in sorted(rows.items()))
    return {"mends": said} if said else {}


def _spans(numbers: Sequence[int]) -> str:
    """Write sorted numbers shortly: ``2, 5-9``."""
    breaks = np.flatnonzero(np.diff(numbers) != 1) + 1
    spans = np.split(np.asarray(numbers), breaks)
    return ", ".join(str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in spans)


def mended_rows(said: Iterable[str]) -> Mended:
    """Read what `mends` said of the files of a source."""
    found: Mended = defaultdict(set)
    for sentence in said:
        for file, digest, spans in _MENDS.findall(sentence):
            for span in spans.split(", "):
                first, _, last = span.partition("-")
                found[file, digest].update(range(int(first), int(last or first) + 1))
    return found


def mark_mended(reports: Sequence[FileReport]) -> list[FileReport]:
    """Mark the rejections whose rows a mended table has taken up, and count them.

    They stay rejected in their own file, which is not changed: every row read still has one fate. What
    became of the mended row stands in the account of its own table.
    """
    by_source: dict[str, Mended] = {
        source: mended_rows(
            report.said["mends"] for report in reports if report.source == source and "mends" in report.said
        )
        for source in {report.source for report in reports}
    }
    return [_marked(report, by_source[report.source]) for report in reports]


def _marked(report: FileReport, mended: Mended) -> FileReport:
    rows = mended.get((report.file, report.sha256[:DIGEST_LENGTH]))
    if not rows:
        return report
    rejections = tuple(replace(one, mended=one.row in rows) for one in report.rejections)
    count = sum(one.mended for one in rejections)
    said = report.said | ({"mended": str(count)} if count else {})
    return replace(report, rejections=rejections, said=said)
