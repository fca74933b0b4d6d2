"""Workbooks: xlsx, xls, xlsb and ods, one sheet at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
from python_calamine import CalamineError, load_workbook

from etl.readers.archive import MARK
from etl.readers.formulas import unsaved_formula
from etl.readers.headed import lay_out
from etl.readers.sheet_size import check_workbook, column_number
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from pathlib import Path

    from python_calamine import CalamineWorkbook

    from etl.readers.raw_table import RawTable, ReaderOptions

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_excel(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:  # noqa: ARG001  a workbook states its own encoding
    """Read one sheet, its cells as a person reads them.

    Raises
    ------
    FileFaultError
        ``file_unreadable``, ``sheet_missing``, ``formula_unsaved``, and what `check_workbook` and
        `lay_out` raise.
    """
    with path.open("rb") as opened:
        zipped = opened.read(len(MARK)) == MARK
    if zipped:
        check_workbook(path, file=file)
    try:
        table = _read(load_workbook(path), options.sheet, file=file)
    except CalamineError as error:
        raise FileFaultError(
            "file_unreadable",
            f"{file} can't be read as a workbook: {error}.",
            file=file,
            format="Excel",
            problem=str(error),
        ) from error
    if zipped:
        _check_formulas(path, table, file=file)
    return table


def _check_formulas(path: Path, table: RawTable, *, file: str) -> None:
    """Refuse a sheet with a formula whose result was not saved: its cell would come in as empty."""
    found = unsaved_formula(path, table.said["sheet"])
    if found is None:
        return
    letters, row = found
    headings = dict(enumerate(table.cells.columns, start=1))
    column = str(headings.get(column_number(letters.encode()), letters))
    raise FileFaultError(
        "formula_unsaved",
        f"{file}, row {row}, column {column}: a formula whose result was not saved.",
        file=file,
        row=row,
        column=column,
    )


def _read(workbook: CalamineWorkbook, wanted: str | None, *, file: str) -> RawTable:
    sheet = wanted or workbook.sheet_names[0]
    if sheet not in workbook.sheet_names:
        found = ", ".join(workbook.sheet_names)
        raise FileFaultError(
            "sheet_missing",
            f"{file}: there is no sheet {sheet}. Found: {found}.",
            file=file,
            sheet=sheet,
            found=found,
        )
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    numbered = ((number, [as_text(cell) for cell in cells]) for number, cells in enumerate(rows, start=1))
    table = lay_out(numbered, file=file, said={"sheet": sheet})
    decimals = {
        name: np.array([_has_decimals(rows[row - 1][at]) for row in table.rows], dtype=bool)
        for at, name in enumerate(table.cells.columns)
    }
    return replace(table, decimals={name: which for name, which in decimals.items() if which.any()})


def _has_decimals(cell: Cell) -> bool:
    return isinstance(cell, float) and not cell.is_integer()


def as_text(cell: Cell) -> str:
    """Write a cell as text: whole numbers without a point, days without a clock, ISO 8601 otherwise."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)
