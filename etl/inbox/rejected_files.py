"""Rejected rows as tables to mend in a spreadsheet: one CSV a file, or all of them in one zip."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

from etl.codes import CODES
from etl.inbox.mending import origin
from etl.inbox.rejected import rejected_rows
from etl.readers.mended import COLUMN, FILE, GEOMETRY, RAGGED, REASON, ROW
from etl.readers.shield import shielded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from etl.inbox.rejected import RejectedFile, RejectedRow
    from geodata.account import Rejection

    Words = Callable[..., str]
    """Says a key of the text catalogue with the values that it needs."""

OVERVIEW = "rejected.csv"
"""The table in the zip that lists every rejection, those whose rows can't be read back too."""

BETWEEN_CELLS = " | "


HEADINGS = ("källa", "fil", "rad", "kolumn", "orsak", "rättas i", "anmärkning")


def in_english(key: str, /, **values: object) -> str:
    """Say a code in English, as `codes` has it."""
    return CODES[key].format(**values)


def rejected_csv(file: RejectedFile, *, words: Words = in_english) -> bytes:
    """Write the rejected rows of one file as a table to mend.

    Parameters
    ----------
    file
        As `rejected_rows` gives it.
    words
        Says a code in the reader's language: the text catalogue, or what answers like it.

    Returns
    -------
    bytes
        CSV as spreadsheets open it: UTF-8 with BOM, semicolons. The file's own columns stand first, as they
        are; ours, which the import knows again, stand last. A cell that a spreadsheet would run as a
        formula has an apostrophe before it, which the import takes away.
    """
    plain = tuple(name for name in file.headings if name != GEOMETRY)
    geometry = (GEOMETRY,) if GEOMETRY in file.headings else ()
    ragged = (RAGGED,) if any(row.rejection.code == "row_width" for row in file.rows) else ()
    table = [(*plain, FILE, ROW, COLUMN, REASON, *ragged, *geometry)]
    for row in file.rows:
        which = (origin(file.file, file.sha256), str(row.rejection.row), row.rejection.column)
        width = (_width(row, len(file.headings)),) if ragged else ()
        cells = row.cells + ("",) * (len(file.headings) - len(row.cells))
        shape = (cells[len(plain)],) if geometry else ()
        table.append((*cells[: len(plain)], *which, _why(row.rejection, words), *width, *shape))
    return _written(table)


def _width(row: RejectedRow, headings: int) -> str:
    """Say what is wrong with a row's width: the cells beyond the heading, or how few there are."""
    if row.rejection.code != "row_width":
        return ""
    return BETWEEN_CELLS.join(row.cells[headings:]) or f"{len(row.cells)} / {headings}"


def rejected_zip(
    workspace: Path, *, source: str | None = None, file: str | None = None, words: Words = in_english
) -> bytes:
    """Write every rejected row of the last import: one table a file, and one that lists them all.

    Parameters
    ----------
    workspace, source, file
        As for `rejected_rows`.
    words
        As for `rejected_csv`.

    Raises
    ------
    ProjectError, MissingError, StoreError
        As `rejected_rows`.
    """
    found = rejected_rows(workspace, source=source, file=file)
    listed: list[tuple[str, ...]] = [HEADINGS]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in found.files:
            if one.missing is None:
                archive.writestr(one.mend_as, rejected_csv(one, words=words))
            note = words(f"said.{one.missing}", value=one.missing_value) if one.missing else ""
            table = "" if one.missing else one.mend_as
            listed += [
                (one.source, one.file, str(row.row), row.column, _why(row, words), table, note)
                for row in one.rejections
            ]
        archive.writestr(OVERVIEW, _written(listed))
    return held.getvalue()


def _why(rejection: Rejection, words: Words) -> str:
    return words(
        f"rejections.{rejection.code}",
        file=rejection.file,
        row=rejection.row,
        column=rejection.column,
        value=rejection.value,
    )


def _written(table: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(
        [[shielded(cell) for cell in row] for row in table]
    )
    return text.getvalue().encode("utf-8-sig")
