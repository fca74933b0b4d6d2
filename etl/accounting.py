"""The account of an import: what became of every row of every file, and what else must be said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from etl.conflation import features
from etl.fates import before, carried_fates, count_fates, placed_by_words
from etl.gazetteer.placing import by_words
from etl.inbox.mending import mark_mended
from etl.intake import part_name
from etl.parts import OBSERVATIONS, with_rows
from etl.text_columns import as_arrow
from geodata.account import FileReport
from geodata.schema import KEYS

RESTING = ("linked_to", "location_precision")
"""Columns that tell which observations wait or are linked."""

PLACED = ("located_by", "x", "y", "area_id")
"""Columns that tell, with the precision, where their words put them."""

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from etl.fates import Before
    from etl.intake import Intake
    from etl.previous import HeldPart, Previous
    from etl.sources import SourceFiles


def account(
    intakes: Sequence[Intake],
    sources: Sequence[SourceFiles],
    frames: Mapping[str, pd.DataFrame],
    previous: Previous,
    *,
    kept: Mapping[str, int],
) -> tuple[FileReport, ...]:
    """Say what became of every row, and of files that are gone or never came.

    Parameters
    ----------
    frames
        Part → its rows as they were settled.
    kept
        Part of a stopped file → number of rows that stay from before.
    """
    tables = {intake.table for intake in intakes}
    held = {table: _held(previous, table) for table in tables}
    reports = []
    for intake in intakes:
        if intake.carried is not None:
            reports.append(_carried(intake.carried, intake, frames.get(intake.part), previous))
            continue
        said = previous.said(intake.part) | same_file(intake, intakes)
        if intake.converted is None:
            said |= {"kept_from_before": str(kept[intake.part])} if intake.part in kept else {}
        else:
            now = [frames[one.part] for one in intakes if one.table == intake.table and one.part in frames]
            said |= _rows_gone(previous.part(intake.table, intake.part), now)
        reports.append(_file_report(with_rows(intake, frames.get(intake.part)), held[intake.table], said))
    reports.extend(no_files(sources))
    reports.extend(_gone(previous, here={intake.part for intake in intakes}))
    return tuple(mark_mended(reports))


def _carried(report: FileReport, intake: Intake, now: pd.DataFrame | None, previous: Previous) -> FileReport:
    """Return the account of a file that is not read any more, true to what people decided since."""
    held = previous.part(intake.table, intake.part)
    if intake.table != OBSERVATIONS or held is None or now is None:
        return report
    was = held.columns(KEYS[OBSERVATIONS], "set_aside", *RESTING, *PLACED)
    return replace(report, fates=carried_fates(report.fates, was, now))


def _file_report(intake: Intake, held: Before, said: dict[str, str]) -> FileReport:
    converted = intake.converted
    if converted is None:
        return FileReport(
            intake.source,
            intake.file,
            intake.sha256,
            intake.read,
            {},
            said=said,
            stopped=intake.fault,
            stopped_values=intake.fault_values,
        )
    return FileReport(
        intake.source,
        intake.file,
        intake.sha256,
        intake.read,
        count_fates(converted, intake.table, held),
        rejections=converted.rejections,
        masked=converted.masked,
        said=converted.said | said,
    )


def _held(previous: Previous, table: str) -> Before:
    """Index what a table held; of observations, what they are known and told apart by is enough."""
    parts = previous.tables.get(table, {}).values()
    if table == OBSERVATIONS:
        held = [part.columns(KEYS[table], "content_hash", *RESTING) for part in parts]
        return before(held, table, placed=[_placed(part) for part in parts])
    return before([part.rows() for part in parts], table)


def _placed(part: HeldPart) -> pa.LargeStringArray:
    """Index where words put observations; coordinates are read only where they put any."""
    if not by_words(part.columns("located_by")).any():
        return pa.array([], pa.large_string())
    return placed_by_words(part.columns(KEYS[OBSERVATIONS], "location_precision", *PLACED))


def _rows_gone(held: HeldPart | None, now: Sequence[pd.DataFrame]) -> dict[str, str]:
    """Say how many records that a file gave before the table holds no longer; repetitions don't count.

    Parameters
    ----------
    now
        All that the table holds now.
    """
    if held is None:
        return {}
    if held.table == OBSERVATIONS:
        rows = held.columns(KEYS[held.table], "linked_to")
        rows = rows[rows["linked_to"].isna()]
    else:
        rows = held.columns(KEYS[held.table])
    were = pc.unique(_named(rows, held.table))
    found = pa.chunked_array([_named(frame, held.table) for frame in now], pa.large_string())
    gone = len(were) - pc.sum(pc.is_in(were, value_set=found), min_count=0).as_py()
    return {"rows_gone": str(gone)} if gone else {}


def _named(frame: pd.DataFrame, table: str) -> pa.LargeStringArray:
    """Return which feature each row belongs to, as text."""
    return as_arrow(features(frame, table).astype("str"))


def same_file(intake: Intake, intakes: Sequence[Intake]) -> dict[str, str]:
    """Name the other sources that read observations from the same bytes."""
    if intake.table != OBSERVATIONS or not intake.read:
        return {}
    others = [
        f"{one.source} ({one.file})"
        for one in intakes
        if one.sha256 == intake.sha256 and one.source != intake.source and one.table == OBSERVATIONS
    ]
    return {"same_file": ", ".join(others)} if others else {}


def no_files(sources: Sequence[SourceFiles]) -> list[FileReport]:
    """Account for sources without a file."""
    patterns = [(one.source.name, ", ".join(one.source.files)) for one in sources if not one.files]
    return [FileReport(name, pattern, "", 0, {}, said={"no_files": pattern}) for name, pattern in patterns]


def _gone(previous: Previous, *, here: set[str]) -> list[FileReport]:
    """Account for files whose rows the snapshot before held and that are not in the inbox any more."""
    reports = []
    for source, file in previous.files:
        part = part_name(source, file)
        held = [parts[part] for parts in previous.tables.values() if part in parts]
        if part in here or not (held or part in previous.lost):
            continue
        said = previous.said(part) or {"file_gone": str(sum(one.count for one in held))}
        reports.append(FileReport(source, file, "", 0, {}, said=said))
    return reports
