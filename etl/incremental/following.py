"""The lines of a file that changed, converted as in an import of the whole file, and what they touch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from etl.convert import convert
from etl.incremental import refusal
from etl.incremental.known_rows import KnownRows
from etl.incremental.ledger import BLANK, FIRST_ROW, MASKED, Ledger, told_of
from etl.incremental.refusal import AllAnewError
from etl.incremental.whole_file import check_places, say_of_whole
from etl.intake import context_of
from etl.readers.delimited import read_text
from etl.readers.mended import ROW
from etl.tables import Traces
from etl.text_columns import as_arrow
from etl.versions import settle_repetitions
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from etl.context import Context
    from etl.incremental.changes import ChangedFile
    from etl.incremental.standing import Standing
    from etl.readers.raw_table import RawTable
    from etl.tables import Converted
    from etl.work import Work

MOST_AGAIN = 0.2
"""Share of a file's lines that may be read again, those among them that changed lines touch."""


@dataclass(eq=False)
class Followed:
    """A file that was read by what changed in it.

    Attributes
    ----------
    changed
        Which file.
    converted
        Its lines that were read; rows and rejections as in the whole file.
    line
        The line that each row of `converted` stands in, shape ``(rows,)``.
    said
        What was found out of the whole file.
    ledger
        What is to be kept of it, but for the part.
    """

    changed: ChangedFile
    converted: Converted
    line: NDArray[np.int64]
    said: dict[str, str]
    ledger: Ledger

    @property
    def read(self) -> int:
        """Rows in the whole file."""
        return int((self.ledger.state & BLANK == 0).sum())

    @property
    def masked(self) -> int:
        """Rows of the whole file in which something was masked."""
        return int((self.ledger.state & MASKED > 0).sum())


def follow(
    changed: ChangedFile,
    rows: Standing,
    work: Work,
    *,
    within: Callable[[int, float], None],
) -> Followed:
    """Read the lines of a file that changed, and those that stand or fall with them.

    Parameters
    ----------
    rows
        Its observations; which of them stand, and where, is noted in it.
    within
        Told how many rows are read, and what share of the work is done.

    Raises
    ------
    AllAnewError
        Something is not as it was of the whole file.
    """
    context = context_of(changed.source, changed.file, project=work.project, now=work.now, door=work.door)
    context = replace(context, passed=partial(within, len(changed.was)))
    known = KnownRows(changed, rows, prefix=f"{work.project.municipality.code}:{context.source}:")
    touched = known.touched()
    while True:
        again = np.union1d(changed.again, known.lines_of(touched))
        if len(again) > MOST_AGAIN * len(changed.was):
            raise AllAnewError(refusal.MUCH)
        converted, line, said, alike = _convert(changed, again, known, context)
        more = known.groups(as_arrow(converted.frame["observation_id"]))
        if not len(np.setdiff1d(known.lines_of(more), again)):
            break
        touched = pa.concat_arrays([touched, more])
    if not alike:
        raise AllAnewError(refusal.SAID)
    rows.stays = (known.line >= 0) & ~np.isin(known.line, again)
    rows.place = known.line
    rows.number = np.where(rows.stays, known.line + FIRST_ROW, rows.number)
    check_places(changed, rows, converted)
    ledger = _ledger(changed, again, converted)
    (settled,) = settle_repetitions([converted.frame], [None])
    whole = say_of_whole(changed.before.said, said, ledger)
    return Followed(changed, replace(converted, frame=settled), line, whole, ledger)


def _convert(
    changed: ChangedFile, again: NDArray[np.int64], known: KnownRows, context: Context
) -> tuple[Converted, NDArray[np.int64], dict[str, str], bool]:
    """Convert some lines, and beside them witnesses that stand.

    Returns
    -------
    converted
        Of the lines alone.
    line
        Which line each of its rows is.
    said
        What was said of the lines and the witnesses.
    alike
        Whether the witnesses say what they said before.
    """
    rows, witnesses = known.witnesses(again)
    chosen = np.union1d(again, witnesses)
    if not len(chosen):
        raise AllAnewError(refusal.MUCH)
    try:
        content = changed.lines.some(chosen)
        if content is None:
            raise AllAnewError(refusal.STOPPED)
        raw = read_text(content, file=context.file, encoding=changed.source.source.encoding)
        if ROW in raw.cells:
            raise AllAnewError(refusal.SAID)
        raw = _numbered(raw, chosen)
        converted = convert(raw, changed.source.mapping, context)
    except FileFaultError as fault:
        raise AllAnewError(refusal.SAID) from fault
    except OSError as error:
        raise AllAnewError(refusal.STOPPED) from error
    line = raw.rows - FIRST_ROW
    seen = np.isin(line[converted.row], witnesses)
    before = known.rows.taken("content_hash", rows)
    alike = converted.frame["content_hash"][seen].tolist() == before.to_pylist()
    return *_without(converted, np.isin(line, witnesses), line), converted.said, alike


def _numbered(raw: RawTable, chosen: NDArray[np.int64]) -> RawTable:
    """Give rows the numbers that they have in the whole file."""
    rows = chosen[raw.rows - FIRST_ROW] + FIRST_ROW
    apart = tuple(replace(one, row=int(chosen[one.row - FIRST_ROW]) + FIRST_ROW) for one in raw.unreadable)
    return replace(raw, rows=rows, unreadable=apart)


def _without(
    converted: Converted, which: NDArray[np.bool_], line: NDArray[np.int64]
) -> tuple[Converted, NDArray[np.int64]]:
    """Leave out some rows of the file."""
    stays = ~which
    number = np.cumsum(stays) - 1
    of_frame = stays[converted.row]
    traces = converted.traces
    if traces is None:  # observations always leave theirs
        raise AssertionError(len(which))
    kept = replace(
        converted,
        frame=converted.frame[of_frame].reset_index(drop=True),
        row=number[converted.row[of_frame]],
        set_aside=converted.set_aside[stays],
        waiting=converted.waiting[stays],
        linked=converted.linked[stays],
        traces=Traces(
            rows=traces.rows[stays],
            masked=traces.masked[stays],
            counted={what: number[rows[stays[rows]]] for what, rows in traces.counted.items()},
            ids={int(number[row]): one for row, one in traces.ids.items() if stays[row]},
        ),
    )
    return kept, line[stays]


def _ledger(changed: ChangedFile, again: NDArray[np.int64], converted: Converted) -> Ledger:
    """Return what is to be kept of the file as it is now; its part is not known yet."""
    before = changed.ledger
    fresh = told_of(converted)
    stood = changed.was >= 0
    stood[again] = False
    state = np.full(len(changed.was), BLANK, dtype=np.uint8)
    state[stood] = before.state[changed.was[stood]]
    fresh.note(state)
    now = np.full(len(before.state), -1, dtype=np.int64)
    now[changed.was[stood]] = np.flatnonzero(stood)
    counted = dict(fresh.counted)
    for what, rows in before.counted.items():
        still = now[rows]
        counted[what] = np.concatenate([still[still >= 0], counted.get(what, rows[:0])])
    return replace(
        before,
        sha256=changed.sha256,
        digests=changed.lines.digests,
        state=state,
        counted={what: rows for what, rows in counted.items() if len(rows)},
        ids=fresh.ids,
    )
