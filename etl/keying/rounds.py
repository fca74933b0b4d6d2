"""Keying in: rounds and their answers to and from the files in ``inbox/inmatning/``."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from typing import TYPE_CHECKING

from etl.keying.answers import ANSWERS_MAPPING, BATCHES_MAPPING, checked_answer, checked_batch
from etl.keying.rows import (
    ANSWER_HEADINGS,
    BATCH_HEADINGS,
    LATER_HEADINGS,
    answer_row,
    batch_row,
    to_answer,
    to_batch,
)
from etl.keying.table import alone, changed, read_rows, read_used, write_rows, write_used, written
from etl.sources import INBOX
from geodata.errors import MissingError, ParameterError
from geodata.project import PROJECT_FILE, parse_project, read_project
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.keying.answers import Batch, KeyedAnswer
    from etl.keying.rows import Row
    from geodata.project import Project

FOLDER = "inmatning"
ANSWERS_PATTERN = f"{INBOX}/{FOLDER}/svar_*.csv"
BATCHES_FILE = "omgangar.csv"
BATCHES_PATTERN = f"{INBOX}/{FOLDER}/{BATCHES_FILE}"


def open_batch(workspace: Path, batch: Batch, *, new: bool = False) -> Batch:
    """Write a round, or correct it; answers that are keyed already get its place and day.

    Parameters
    ----------
    new
        Whether it is a round that must not be there yet.

    Returns
    -------
    Batch
        As it was written.

    Raises
    ------
    ParameterError
        What `checked_batch` raises, and ``keyed_taken``.
    FileFaultError
        ``keyed_file_changed``; nothing was written.
    StoreError
        ``keyed_busy``; nothing was written.
    """
    checked = checked_batch(batch, today=_today(read_project(workspace)))
    folder = workspace / INBOX / FOLDER
    with alone(folder):
        rows = read_rows(folder / BATCHES_FILE, BATCH_HEADINGS)
        others = [row for row in rows if row["Omgång"].casefold() != checked.batch.casefold()]
        if new and len(others) < len(rows):
            raise ParameterError(
                "keyed_taken",
                f"There is a round {checked.batch} already.",
                field="batch",
                value=checked.batch,
            )
        write_rows(folder / BATCHES_FILE, BATCH_HEADINGS, [*others, batch_row(checked)])
        path = answers_path(workspace, checked.batch)
        answers = _rows(path)
        place = {
            "Insamlingsplats": checked.collected_at,
            "Insamlingsdatum": checked.collected_on.isoformat(),
        }
        moved = [{**row, **place} for row in answers]
        if moved != answers:
            write_rows(path, ANSWER_HEADINGS, moved)
    return checked


def key_answer(workspace: Path, answer: KeyedAnswer) -> int:
    """Write one more answer, or, when it has a number, correct the one that has it.

    Returns
    -------
    int
        Its number within the round.

    Raises
    ------
    ParameterError
        What `checked_answer` raises.
    MissingError
        ``keyed_no_batch`` or ``keyed_no_answer``.
    FileFaultError, StoreError
        As `open_batch`.
    """
    project = read_project(workspace)
    checked = checked_answer(answer, project=project)
    path = answers_path(workspace, checked.batch)
    with alone(path.parent):
        batch = _batch(workspace, checked.batch)
        rows = _rows(path)
        if checked.number:
            at = _position(rows, batch.batch, checked.number)
            rows[at] = answer_row(batch, checked, checked.number)
            number = checked.number
        else:
            number = max(_highest(rows), read_used(path.parent).get(batch.batch, 0)) + 1
            rows.append(answer_row(batch, checked, number))
        write_rows(path, ANSWER_HEADINGS, rows)
    return number


def remove_answer(workspace: Path, batch: str, number: int) -> None:
    """Take an answer out of its file; the next import says that it has not come in again.

    Raises
    ------
    MissingError
        ``keyed_no_answer``.
    FileFaultError, StoreError
        As `open_batch`.
    """
    path = answers_path(workspace, batch)
    with alone(path.parent):
        rows = _rows(path)
        at = _position(rows, batch, number)
        # Noted before the row goes: its number is its id, and must never be another answer's.
        used = read_used(path.parent)
        code = rows[at]["Omgång"]
        write_used(path.parent, {**used, code: max(_highest(rows), used.get(code, 0))})
        del rows[at]
        write_rows(path, ANSWER_HEADINGS, rows)


def batches(workspace: Path) -> tuple[Batch, ...]:
    """Return every round, the one that was written last first, with how many answers are keyed.

    Raises
    ------
    FileFaultError
        ``keyed_file_changed``.
    """
    rows = read_rows(workspace / INBOX / FOLDER / BATCHES_FILE, BATCH_HEADINGS)
    return tuple(_opened(workspace, row) for row in reversed(rows))


def keyed_answers(workspace: Path, batch: str) -> tuple[KeyedAnswer, ...]:
    """Return the answers of a round in the order they were keyed."""
    return tuple(to_answer(row) for row in _rows(answers_path(workspace, batch)))


def template() -> bytes:
    """Return an empty file to key answers into with a spreadsheet: the headings alone."""
    return written(ANSWER_HEADINGS, [])


def sources_missing(workspace: Path) -> tuple[tuple[str, str, str], ...]:
    """Return the sources that the project file lacks for keyed answers: name, mapping, file pattern."""
    uses = {source.mapping for source in read_project(workspace).sources}
    wanted = (
        ("inmatade_svar", ANSWERS_MAPPING, ANSWERS_PATTERN),
        ("inmatade_omgangar", BATCHES_MAPPING, BATCHES_PATTERN),
    )
    return tuple(one for one in wanted if one[1] not in uses)


def add_sources(workspace: Path) -> int:
    """Add what `sources_missing` names at the end of the project file; nothing that stands there is changed.

    Returns
    -------
    int
        How many sources were added.

    Raises
    ------
    ProjectError
        ``project_invalid`` when one of the names is taken by another source; nothing was written.
    """
    missing = sources_missing(workspace)
    path = workspace / PROJECT_FILE
    text = path.read_text(encoding="utf-8").rstrip() + "\n"
    for name, mapping, pattern in missing:
        text += f'\n[[source]]\nname = "{name}"\nmapping = "{mapping}"\nfiles = ["{pattern}"]\n'
    parse_project(tomllib.loads(text))
    if missing:
        write_whole(path, text.encode())
    return len(missing)


def answers_path(workspace: Path, batch: str) -> Path:
    """Return the file of one round's answers; a name that is no round's code leads nowhere."""
    safe = "".join(letter for letter in batch if letter.isalnum() or letter == "-")
    return workspace / INBOX / FOLDER / f"svar_{safe}.csv"


def _rows(path: Path) -> list[Row]:
    return read_rows(path, ANSWER_HEADINGS, later=LATER_HEADINGS)


def _today(project: Project) -> date:
    return datetime.now(project.zone).date()


def _batch(workspace: Path, code: str) -> Batch:
    for batch in batches(workspace):
        if batch.batch.casefold() == code.casefold():
            return batch
    raise MissingError("keyed_no_batch", f"There is no round {code[:40]}.", batch=code[:40])


def _highest(rows: Sequence[Row]) -> int:
    return max((int(row["Nr"]) for row in rows if row["Nr"].isdecimal()), default=0)


def _position(rows: Sequence[Row], batch: str, number: int) -> int:
    for at, row in enumerate(rows):
        if row["Nr"] == str(number):
            return at
    raise MissingError(
        "keyed_no_answer", f"Round {batch} has no answer {number}.", batch=batch[:40], number=number
    )


def _opened(workspace: Path, row: Row) -> Batch:
    keyed = len(_rows(answers_path(workspace, row["Omgång"])))
    try:
        return to_batch(row, keyed=keyed)
    except ValueError as error:
        raise changed(BATCHES_FILE, str(error)) from error
