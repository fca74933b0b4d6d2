"""The links that the import made, for a person to see, to undo and to let hold again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from etl.gazetteer.waiting import decisions_of
from etl.versions import OF_ONE_ID
from geodata.errors import MissingError
from geodata.project import read_project
from geodata.store.snapshots import open_current

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

STORE = "store"


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """One of two records that are taken for one.

    Attributes
    ----------
    observation_id, source
        Which it is, and whose.
    day
        The first local day that it may be of; None where not even the year is known.
    place, text
        In its own words, masked; empty where there are none.
    """

    observation_id: str
    source: str
    day: date | None
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A record that repeats another, and the one that counts.

    Attributes
    ----------
    record, linked_to
        What repeats, and what it repeats.
    reason
        One of ``codelists.LINK_REASONS``.
    score
        How sure the link is, 0 to 1.
    undone
        Whether a person has parted them; that takes effect at the next import.
    """

    record: LinkedRecord
    linked_to: LinkedRecord
    reason: str
    score: float
    undone: bool


def links(workspace: Path) -> tuple[LinkView, ...]:
    """Return what stands in the snapshot as linked over ids and sources, the least sure first.

    Versions and repetitions of one id are not among them: there the source itself says that it is one event.

    Raises
    ------
    MissingError, StoreError
        There is no snapshot yet, or it can't be read.
    """
    snapshot = open_current(workspace / STORE)
    with decisions_of(workspace, snapshot.project) as decisions:
        parted = {frozenset((one.observation_id, one.linked_to)) for one in decisions.undone_merges()}
    records = snapshot.table("observations")
    linked = records["link_reason"].notna() & ~records["link_reason"].isin(OF_ONE_ID)
    ends = {*records.loc[linked, "observation_id"], *records.loc[linked, "linked_to"]}
    some = records[records["observation_id"].isin(ends)]
    seen = {one.observation_id: one for one in _records(some)}
    pairs = records.loc[linked, ["observation_id", "linked_to", "link_reason"]].astype("str")
    scores = records.loc[linked, "link_score"].tolist()
    found = [
        LinkView(seen[record], seen[to], reason, score, undone=frozenset((record, to)) in parted)
        for (record, to, reason), score in zip(pairs.values.tolist(), scores, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.score, one.record.observation_id)))


def _records(records: pd.DataFrame) -> list[LinkedRecord]:
    columns = [
        records["observation_id"].astype("str").tolist(),
        records["source"].astype("str").tolist(),
        [day.date() if pd.notna(day) else None for day in pd.to_datetime(records["local_first"])],
        records["location_text"].fillna("").tolist(),
        records["text"].fillna("").tolist(),
    ]
    return [LinkedRecord(*values) for values in zip(*columns, strict=True)]


def undo_link(workspace: Path, observation_id: str, linked_to: str, *, by: str) -> None:
    """Keep that two records are not one: each counts from the next import on.

    Parameters
    ----------
    observation_id, linked_to
        As a `LinkView` names them.
    by
        Who says so.

    Raises
    ------
    MissingError
        ``link_unknown`` when the snapshot has no such link.
    """
    known = {(one.record.observation_id, one.linked_to.observation_id) for one in links(workspace)}
    if (observation_id, linked_to) not in known:
        raise MissingError(
            "link_unknown",
            f"{observation_id} is not linked to {linked_to}. List the links again.",
            record=observation_id,
            linked_to=linked_to,
        )
    with decisions_of(workspace, read_project(workspace)) as decisions:
        decisions.undo_merge(observation_id, linked_to, by=by)


def restore_link(workspace: Path, observation_id: str, linked_to: str) -> None:
    """Let two records that a person parted be one again, where the import finds so.

    Raises
    ------
    MissingError
        ``link_not_undone`` when nobody has parted them.
    """
    with decisions_of(workspace, read_project(workspace)) as decisions:
        if not decisions.withdraw_undone_merge(observation_id, linked_to):
            raise MissingError(
                "link_not_undone",
                f"Nobody has parted {observation_id} and {linked_to}.",
                record=observation_id,
                linked_to=linked_to,
            )
