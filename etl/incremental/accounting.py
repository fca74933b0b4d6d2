"""The account of an import that took in what changed: the same as if every row had been read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.accounting import PLACED, RESTING, no_files, same_file
from etl.fates import before, carried_fates, count_fates, placed_by_words
from etl.gazetteer.placing import BY_WORDS, UNKNOWN, by_words
from etl.inbox.carried import OF_ONE_IMPORT
from etl.incremental.standing import truth
from etl.intake import part_name
from etl.parts import LINKED
from geodata.account import Fate, FileReport
from geodata.schema import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from etl.fates import Before
    from etl.incremental.changes import Changes
    from etl.incremental.following import Followed
    from etl.incremental.relinking import Relinked
    from etl.incremental.standing import Standing
    from etl.intake import Intake
    from etl.work import Work

KEY = KEYS["observations"]
HELD = (KEY, "content_hash", "set_aside", *RESTING, *PLACED)


@dataclass(frozen=True, eq=False)
class Settled:
    """What the account is made from.

    Attributes
    ----------
    standing, followed, fresh
        Part → what it held, how it was read where it changed, and its rows that came, settled.
    relinked
        Links that are others than before.
    """

    standing: Mapping[str, Standing]
    followed: Mapping[str, Followed]
    fresh: Mapping[str, pd.DataFrame]
    relinked: Relinked


def account_changes(
    work: Work, changes: Changes, intakes: Sequence[Intake], settled: Settled
) -> tuple[FileReport, ...]:
    """Say what became of every row of every file.

    Parameters
    ----------
    intakes
        Every file, as far as accounts name it.
    """
    report = work.previous.report
    reports = {part_name(one.source, one.file): one for one in (report.files if report is not None else ())}
    now = _ids(settled)
    held = _held(settled, now)
    found = []
    for (_, _, sha256), intake in zip(changes.files, intakes, strict=True):
        followed = settled.followed.get(intake.part)
        if followed is not None:
            one = _followed(followed, intake, settled, held, now)
        else:
            one = _unchanged(replace(reports[intake.part], sha256=sha256), intake, settled)
        found.append(replace(one, said=one.said | same_file(intake, intakes)))
    return (*found, *no_files(work.sources))


def _followed(
    followed: Followed, intake: Intake, settled: Settled, held: Before, now: pa.Array
) -> FileReport:
    rows, frame = settled.standing[intake.part], settled.fresh[intake.part]
    converted = replace(followed.converted, frame=frame)
    fates = Counter(dict.fromkeys(Fate, 0))
    fates.update(_standing_fates(rows, settled.relinked.moved.get(intake.part)))
    fates.update(count_fates(converted, "observations", held))
    return FileReport(
        intake.source,
        intake.file,
        intake.sha256,
        followed.read,
        dict(fates),
        rejections=converted.rejections,
        masked=followed.masked,
        said=followed.said | _links(rows, frame, settled.relinked.moved.get(intake.part)) | _gone(rows, now),
    )


def _standing_fates(rows: Standing, moved: pd.DataFrame | None) -> dict[Fate, int]:
    """Count the rows that stand by what became of them, those that are linked otherwise among them."""
    rested = rows.filled("linked_to") | rows.among("location_precision", pa.array([UNKNOWN]))
    unknown = rows.among("location_precision", pa.array([UNKNOWN]))
    aside = truth(rows.columns["set_aside"])
    linked = rows.filled("linked_to")
    counts = rows.stays.copy()
    came = np.zeros(len(linked), dtype=bool)
    if moved is not None:
        at = moved.index.to_numpy()
        linked[at] = moved["linked_to"].notna().to_numpy()
        counts[at] = True
        came[at] = rested[at] & ~linked[at]
    plain = counts & ~aside & ~linked & ~unknown
    return {
        Fate.CHANGED: int((plain & came).sum()),
        Fate.UNCHANGED: int((plain & ~came).sum()),
        Fate.LINKED: int((counts & linked & ~aside).sum()),
        Fate.SET_ASIDE: int((counts & aside).sum()),
        Fate.WAITING: int((counts & unknown & ~aside & ~linked).sum()),
    }


def _links(rows: Standing, frame: pd.DataFrame, moved: pd.DataFrame | None) -> dict[str, str]:
    """Say how many rows of a file are linked, by reason, and how many were placed by their words."""
    stands = rows.stays & ~truth(rows.columns["set_aside"])
    reasons = rows.columns["link_reason"].filter(pa.array(stands)).cast(pa.string())
    counts = Counter({one["values"]: one["counts"] for one in pc.value_counts(reasons).to_pylist()})
    counts.update(frame.loc[~frame["set_aside"], "link_reason"].dropna())
    if moved is not None:
        counts.update(moved["link_reason"].dropna())
    said = {code: str(counts[reason]) for reason, code in LINKED.items() if counts[reason]}
    words = int(by_words(frame).sum())
    words += int((rows.among("located_by", pa.array(BY_WORDS)) & _all_that_stand(rows, moved)).sum())
    return said | ({"placed_by_words": str(words)} if words else {})


def _all_that_stand(rows: Standing, moved: pd.DataFrame | None) -> NDArray[np.bool_]:
    stands = rows.stays.copy()
    if moved is not None:
        stands[moved.index.to_numpy()] = True
    return stands


def _gone(rows: Standing, now: pa.Array) -> dict[str, str]:
    """Say how many records a file gave before that are not there any more."""
    left = rows.columns[KEY].filter(pa.array(~rows.stays & ~rows.filled("linked_to"))).unique()
    gone = len(left) - int(truth(pc.is_in(left, value_set=now)).sum())
    return {"rows_gone": str(gone)} if gone else {}


def _unchanged(report: FileReport, intake: Intake, settled: Settled) -> FileReport:
    """Return the account of a file that is as it was, true to what it is linked to now."""
    fates = dict.fromkeys(Fate, 0) | report.fates
    fates[Fate.UNCHANGED] += fates[Fate.NEW] + fates[Fate.CHANGED]
    fates[Fate.NEW] = fates[Fate.CHANGED] = 0
    dropped = OF_ONE_IMPORT | {"before_unreadable"}
    said = {code: value for code, value in report.said.items() if code not in dropped}
    moved = settled.relinked.moved.get(intake.part)
    if moved is not None:
        was = settled.standing[intake.part].frame(moved.index.to_numpy(), HELD)
        now = was.assign(linked_to=moved["linked_to"].to_numpy())
        fates = carried_fates(fates, was, now)
        said = _relinked(said, moved, settled.standing[intake.part])
    return replace(report, fates=fates, said=said)


def _relinked(said: dict[str, str], moved: pd.DataFrame, rows: Standing) -> dict[str, str]:
    """Say anew how many rows of a file are linked."""
    reasons = rows.frame(moved.index.to_numpy(), ["link_reason"])["link_reason"]
    less, more = Counter(reasons.dropna()), Counter(moved["link_reason"].dropna())
    counts = {code: int(said.get(code, 0)) - less[reason] + more[reason] for reason, code in LINKED.items()}
    others = {code: value for code, value in said.items() if code not in counts}
    return others | {code: str(count) for code, count in counts.items() if count}


def _ids(settled: Settled) -> pa.Array:
    """Return the ids of all records that came, or stand with other links."""
    ids = [pa.array(frame[KEY], pa.string()) for frame in settled.fresh.values()]
    for part, moved in settled.relinked.moved.items():
        ids.append(settled.standing[part].taken(KEY, moved.index.to_numpy()).cast(pa.string()))
    return pa.concat_arrays(ids) if ids else pa.array([], pa.string())


def _held(settled: Settled, now: pa.Array) -> Before:
    """Index what the snapshot before held of the records that came."""
    frames = [rows.frame(np.flatnonzero(rows.among(KEY, now)), HELD) for rows in settled.standing.values()]
    return before(frames, "observations", placed=[placed_by_words(one[by_words(one)]) for one in frames])
