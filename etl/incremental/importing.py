"""An import that takes in what changed since the snapshot before, and leaves the rest where it is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.gazetteer.placing import asks, place_by_words
from etl.incremental.accounting import Settled, account_changes
from etl.incremental.changes import find_changes
from etl.incremental.following import follow
from etl.incremental.ledger import keep_only, read_ledger, write_ledger
from etl.incremental.patching import write_changed
from etl.incremental.refusal import AllAnewError
from etl.incremental.relinking import LINKS, relink
from etl.incremental.standing import OBSERVATIONS, Standing
from etl.intake import Intake
from etl.parts import join_streets, join_to_areas
from etl.progress import RowsRead
from etl.work import TakenIn
from geodata.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from etl.incremental.changes import Changes
    from etl.incremental.following import Followed
    from etl.work import Work
    from geodata.store.snapshots import Parts, Snapshot

GROUND = ("schools", "areas", "streets")
"""Tables by which words for places are understood."""


def take_in_changes(work: Work) -> TakenIn | None:
    """Take in what changed in the files, as an import of everything would have it.

    Returns
    -------
    TakenIn or None
        None where everything is to be imported; the journal says why, if there is anything to go by.

    Raises
    ------
    StoreError
        When the store can't be read or written, or the register can't be used.
    """
    try:
        changes = find_changes(work)
        return None if changes is None else _take_in(work, changes)
    except AllAnewError as error:
        work.journal.write("whole", outcome=error.why)
        return None


def _take_in(work: Work, changes: Changes) -> TakenIn:
    tell = work.tell
    parts: Parts = {
        table: {part: held.name for part, held in by.items()} for table, by in work.previous.tables.items()
    }
    held = work.previous.tables.get(OBSERVATIONS, {})
    intakes = [
        Intake(source.source.name, file.name, sha256, source.mapping.table)
        for source, file, sha256 in changes.files
    ]
    standing = {one.part: Standing.of(one.part, held[one.part]) for one in intakes if one.part in held}
    followed = _follow_all(work, changes, intakes, standing)
    fresh = {part: one.converted.frame for part, one in followed.items()}
    places = {part: one.line[one.converted.row] for part, one in followed.items()}

    rows = sum(len(frame) for frame in fresh.values())
    tell("import_locate", 0, rows)
    fresh = _placed(work, intakes, fresh)
    tell("import_locate", rows, rows)
    tell("import_merge", 0, rows)
    relinked = relink(list(standing.values()), fresh, places, undone=work.undone)
    fresh = {part: _linked(frame, relinked.fresh.get(part)) for part, frame in fresh.items()}
    tell("import_merge", rows, rows)
    tell("import_snap", 0, rows)
    fresh = join_to_areas(work.store, fresh, parts, crs=work.crs)
    fresh = join_streets(work.store, fresh, parts, crs=work.crs)
    tell("import_snap", rows, rows)

    for one in standing.values():
        new, place = _with_moved(one, fresh.get(one.part), places.get(one.part), relinked.moved.get(one.part))
        if new is not None:
            name = write_changed(one, new, place, crs=work.crs)
            parts[OBSERVATIONS].pop(one.part)
            parts[OBSERVATIONS] |= {} if name is None else {one.part: name}
    files = account_changes(work, changes, intakes, Settled(standing, followed, fresh, relinked))
    for intake in intakes:
        work.journal.write(
            "changes" if intake.part in followed else "file",
            source=intake.source,
            file=intake.file,
            sha256=intake.sha256,
            outcome=str(intake.read),
        )
    return TakenIn(
        parts={table: by for table, by in parts.items() if by},
        files=files,
        taken=[(file, intake) for (_, file, _), intake in zip(changes.files, intakes, strict=True)],
        keep=partial(_keep, store=work.store, followed=followed),
    )


def _keep(snapshot: Snapshot, *, store: Path, followed: Mapping[str, Followed]) -> None:
    """Keep what the next import can go by, once the snapshot is the current one."""
    kept = []
    for part, name in snapshot.parts.get(OBSERVATIONS, {}).items():
        ledger = followed[part].ledger if part in followed else read_ledger(store, part)
        if ledger is not None:
            if part in followed or ledger.part != name:
                write_ledger(store, part, replace(ledger, part=name))
            kept.append(part)
    keep_only(store, kept)


def _follow_all(
    work: Work, changes: Changes, intakes: Sequence[Intake], standing: Mapping[str, Standing]
) -> dict[str, Followed]:
    """Read the files that changed, and say of all how many rows they have."""
    report = work.previous.report
    reports = {(one.source, one.file): one for one in (report.files if report is not None else ())}
    progress = RowsRead(work.tell, [file.path for _, file, _ in changes.files])
    followed: dict[str, Followed] = {}
    for intake in intakes:
        changed = changes.changed.get(intake.part)
        if changed is None:
            intake.read = reports[intake.source, intake.file].read
        else:
            one = follow(changed, standing[intake.part], work, within=progress.within)
            followed[intake.part] = one
            intake.read = one.read
        progress.file_done(intake.read)
    return followed


def _placed(
    work: Work, intakes: Sequence[Intake], fresh: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Place the rows that came and say where they are in words only."""
    if not any(asks(frame).any() for frame in fresh.values()):
        return dict(fresh)
    ground = [one for one in intakes if one.table in GROUND]
    held = {one.part: work.previous.part(one.table, one.part) for one in ground}
    layers = {part: one.rows() for part, one in held.items() if one is not None}
    answers = work.decisions.location_answers()
    return place_by_words(ground, layers, fresh, project=work.project, answers=answers)[1]


def _linked(frame: pd.DataFrame, links: pd.DataFrame | None) -> pd.DataFrame:
    """Write links over records on those that have one."""
    some = None if links is None else links[links["linked_to"].notna()]
    if some is None or not len(some):
        return frame
    return frame.assign(**{name: some[name].reindex(frame.index).fillna(frame[name]) for name in LINKS})


def _with_moved(
    rows: Standing,
    fresh: pd.DataFrame | None,
    place: NDArray[np.int64] | None,
    moved: pd.DataFrame | None,
) -> tuple[pd.DataFrame | None, NDArray[np.int64]]:
    """Add the rows that stand but for their links to those that came; None where nothing changed."""
    nowhere = np.empty(0, dtype=np.int64)
    if moved is None or not len(moved):
        return fresh, nowhere if place is None else place
    at = moved.index.to_numpy()
    again = rows.frame(at, TABLES[OBSERVATIONS].names).assign(
        **{name: moved[name].to_numpy() for name in LINKS}, origin_row=rows.number[at]
    )
    rows.stays[at] = False
    both = again if fresh is None or not len(fresh) else pd.concat([fresh, again], ignore_index=True)
    return both, np.concatenate([nowhere if place is None else place, rows.place[at]])
