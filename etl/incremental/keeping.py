"""What is kept of large files once they are published, so that the next import can go by what changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from etl.incremental.ledger import BLANK, Ledger, keep_only, told_of, write_ledger
from etl.incremental.lines import read_lines
from etl.incremental.settled import may_be_followed
from etl.intake import part_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from etl.incremental.ledger import Told
    from etl.intake import Intake
    from etl.sources import SourceFile, SourceFiles
    from etl.work import Work
    from geodata.store.patches import Part
    from geodata.store.snapshots import Snapshot

LEAST = 20_000
"""Rows from which a file is worth it: fewer are read in no time."""


@dataclass(frozen=True, eq=False)
class Kept:
    """What is to be kept of one file that was imported whole."""

    source: SourceFiles
    file: SourceFile
    sha256: str
    told: Told


def worth_keeping(work: Work, taken: Sequence[tuple[SourceFile, Intake]]) -> Callable[[Snapshot], None]:
    """Note what is to be kept of the files that were imported whole.

    Returns
    -------
    callable
        Keeps it, once the snapshot that it is given is the current one; raises ``store_full`` and
        ``store_not_writable`` as `StoreError`, and what is published stands all the same.
    """
    by_name = {one.source.name: one for one in work.sources}
    whole = [
        Kept(by_name[intake.source], file, intake.sha256, told_of(intake.converted))
        for file, intake in taken
        if intake.read >= LEAST
        and intake.converted is not None
        and intake.converted.traces is not None
        and may_be_followed(by_name[intake.source], file)
    ]
    footing = work.footing if whole else {}
    return partial(_keep, store=work.store, whole=whole, footing=footing, secret=work.door.secret)


def _keep(
    snapshot: Snapshot, *, store: Path, whole: Sequence[Kept], footing: dict[str, str], secret: bytes
) -> None:
    kept = []
    for one in whole:
        part = part_name(one.source.source.name, one.file.name)
        name = snapshot.parts.get("observations", {}).get(part)
        if name is not None and (ledger := _ledger(one, name, footing, secret)) is not None:
            write_ledger(store, part, ledger)
            kept.append(part)
    keep_only(store, kept)


def _ledger(kept: Kept, part: Part, footing: dict[str, str], secret: bytes) -> Ledger | None:
    """Return what is kept of a file; None where its lines can't be told apart, or it is another by now."""
    try:
        lines = read_lines(kept.file.path, secret)
    except OSError:
        return None
    if lines is None or lines.sha256 != kept.sha256:  # it has become another since
        return None
    state = np.full(len(lines.digests), BLANK, dtype=np.uint8)
    rows = np.concatenate([kept.told.came_in, kept.told.stayed_out])
    if not len(rows) or rows.min() < 0 or rows.max() >= len(state):
        return None
    kept.told.note(state)
    return Ledger(
        sha256=kept.sha256,
        part=part,
        footing=footing,
        heading=lines.heading_digest,
        digests=lines.digests,
        state=state,
        counted=kept.told.counted,
        ids=kept.told.ids,
    )
