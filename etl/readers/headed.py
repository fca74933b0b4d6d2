"""A heading and rows of cells, from a text file or a sheet, laid out as a `RawTable`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.readers.raw_table import RawTable, Unreadable, text_cells
from etl.readers.title_rows import below_titles
from etl.text_columns import as_text
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


def lay_out(numbered: Iterable[tuple[int, Sequence[str]]], *, file: str, said: dict[str, str]) -> RawTable:
    """Lay rows out under their heading.

    Parameters
    ----------
    numbered
        Row number as a person sees it, and the cells; the first row that is not blank is the heading, or
        one that stands below titles.
    file
        Name for the errors.

    Raises
    ------
    FileFaultError
        ``file_empty``, ``file_no_rows``, ``heading_empty``, ``heading_twice``.

    Notes
    -----
    Blank rows are not rows. A row with more or fewer cells than the heading is set apart as
    ``row_width``, with the number of its cells as the value.
    """
    filled = below_titles(
        ((number, cells) for number, cells in numbered if any(cell.strip() for cell in cells)), said
    )
    row, first = next(filled, (0, ()))
    heading = _heading(first, row=row, file=file)
    numbers: list[int] = []
    kept: list[Sequence[str]] = []
    unreadable: list[Unreadable] = []
    for number, found in filled:
        cells = found[: len(heading)] if _only_blank(found[len(heading) :]) else found
        if len(cells) == len(heading):
            numbers.append(number)
            kept.append(cells)
        else:
            unreadable.append(Unreadable(number, "row_width", str(len(found)), tuple(found)))
    if not kept and not unreadable:
        raise FileFaultError("file_no_rows", f"{file} has a heading but no rows.", file=file)
    table = pd.DataFrame(kept, columns=pd.Index(heading), dtype="str")
    return RawTable(
        cells=text_cells({name: table[name] for name in heading}, rows=len(kept)),
        rows=np.asarray(numbers, dtype=np.int64),
        said=said,
        unreadable=tuple(unreadable),
    )


def lay_out_columns(
    columns: list[pa.LargeStringArray], *, file: str, said: dict[str, str]
) -> RawTable | None:
    """Lay whole columns out under their heading, as `lay_out` does with rows.

    Parameters
    ----------
    columns
        Trimmed cells, shape ``(n + 1,)`` each; the first is the heading. Emptied as they are laid out.

    Returns
    -------
    RawTable or None
        None where rows differ in width, so that each must be looked at.

    Raises
    ------
    FileFaultError
        As `lay_out`.
    """
    first = [column[0].as_py() for column in columns]
    if not any(first):
        return None
    heading = _heading(first, row=1, file=file)
    if any(_filled(column[1:]).any() for column in columns[len(heading) :]):
        return None
    del columns[len(heading) :]
    filled = np.zeros(len(columns[0]) - 1, dtype=bool)
    for column in columns:
        filled |= _filled(column[1:])
        if filled.all():
            break
    if not filled.any():
        raise FileFaultError("file_no_rows", f"{file} has a heading but no rows.", file=file)
    cells: dict[str, pd.Series] = {}
    for name in heading:
        column = columns.pop(0)[1:]
        cells[name] = as_text(column if filled.all() else column.filter(pa.array(filled)))
    return RawTable(
        cells=pd.DataFrame(cells, copy=False),
        rows=np.flatnonzero(filled) + 2,
        said=said,
    )


def _filled(column: pa.LargeStringArray) -> NDArray[np.bool_]:
    return np.asarray(pc.not_equal(pc.binary_length(column), 0).to_numpy(zero_copy_only=False))


def _heading(cells: Sequence[str], *, row: int, file: str) -> list[str]:
    """Check the heading; empty headings at the far right are what a trailing delimiter leaves."""
    heading = [cell.strip() for cell in cells]
    while heading and not heading[-1]:
        heading.pop()
    if not heading:
        raise FileFaultError("file_empty", f"{file} is empty.", file=file)
    if "" in heading:
        position = heading.index("") + 1
        raise FileFaultError(
            "heading_empty",
            f"{file}, row {row}: column {position} has no heading.",
            file=file,
            row=row,
            column=position,
        )
    twice = next((name for name, times in Counter(heading).items() if times > 1), None)
    if twice is not None:
        raise FileFaultError(
            "heading_twice",
            f"{file}, row {row}: the heading {twice} stands twice.",
            file=file,
            row=row,
            column=twice,
        )
    return heading


def _only_blank(cells: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in cells)
