"""What became of the rows of a log's file, or would, in words: each row that was stopped with what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.promises.log_file import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.promise_files import LogImport
    from geodata.errors import ProblembildError

FAULTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class StoppedRow:
    """A row that was stopped: where in the file, what stands there, what is wrong and what to do."""

    row: str
    column: str
    value: str
    fault: str


@dataclass(frozen=True, slots=True)
class LogImportView:
    """The account of a file in words; `confirm` is empty where there is nothing to keep, or it is kept."""

    sentence: str
    counts: tuple[tuple[str, str], ...]
    doubles: str
    headings: tuple[str, ...]
    stopped: tuple[StoppedRow, ...]
    more: str
    confirm: str


def log_import_view(texts: Catalogue, account: LogImport, *, file: str, kept: bool) -> LogImportView:
    """Say what became of a file, or would.

    Parameters
    ----------
    file
        As the person calls it.
    kept
        Whether its rows are in the log now.
    """
    read = account.new + account.known + len(account.faults)
    state = "kept" if kept else "looked"
    doubles = ""
    if account.doubles:
        rows = texts.form.listing([str(number) for number in account.doubles[:20]])
        doubles = texts("log_import.doubles", n=len(account.doubles), rows=rows)
    return LogImportView(
        sentence=texts(f"log_import.{state}", file=file, n=account.new),
        counts=tuple(
            (texts(f"log_import.{name}"), texts.form.number(count))
            for name, count in (
                ("read", read),
                ("new_kept" if kept else "new", account.new),
                ("known", account.known),
                ("stopped", len(account.faults)),
            )
        ),
        doubles=doubles,
        headings=tuple(texts(f"log_import.head_{name}") for name in ("row", "column", "value", "fault")),
        stopped=tuple(
            _stopped(texts, number, fault, account.cells.get(number, {}))
            for number, fault in account.faults[:FAULTS_SHOWN]
        ),
        more=texts("log_import.more", n=FAULTS_SHOWN) if len(account.faults) > FAULTS_SHOWN else "",
        confirm="" if kept or not account.new else texts("log_import.confirm", n=account.new),
    )


def _stopped(texts: Catalogue, number: int, fault: ProblembildError, cells: Mapping[str, str]) -> StoppedRow:
    column = str(fault.values.get("column") or fault.values.get("field") or "")
    column = column if column in COLUMNS else ""
    value = str(fault.values.get("value") or cells.get(column, ""))
    said = texts.error(fault)
    if fault.code == "log_file_value":
        said = texts(f"log_import.hint.{column}") if column else said
    return StoppedRow(
        row=str(number),
        column=texts(f"log_import.column.{column}") if column else "–",
        value=value[:80] or texts("log_import.empty"),
        fault=said,
    )
