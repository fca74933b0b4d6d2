"""Which record counts for an event, and which are linked to it: the same whatever the order they came in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.merge.scoring import ACCIDENT, REASONS
from geodata.precision import LocationPrecision, TimePrecision
from geodata.schema import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from etl.merge.scoring import Pairs

COLUMNS = [
    "observation_id",
    "stream",
    "source",
    "source_record_id",
    "category",
    "severity",
    "text",
    "occurred_from",
    "occurred_to",
    "time_precision",
    "published_at",
    "location_precision",
    "location_text",
    "x",
    "y",
]
"""What is looked at of a record."""

ONE_A_SOURCE = frozenset({"same_accident"})
"""Reasons by which a source has at most one record of an event."""

_PLACES = {str(known): rank for rank, known in enumerate(reversed(LocationPrecision))}
_TIMES = {str(known): rank for rank, known in enumerate(reversed(TimePrecision))}


def merge(
    frames: Mapping[str, pd.DataFrame], *, undone: frozenset[tuple[str, str]] = frozenset()
) -> dict[str, pd.DataFrame]:
    """Link records of different files and sources that are of one event.

    Parameters
    ----------
    frames
        Part → its observations, located, with what repeats an id of its own source linked already.
    undone
        Pairs of ids, in either order, that a person said are not one; they are never linked, nor through
        others.

    Returns
    -------
    dict
        Part → its observations with ``linked_to``, ``link_reason`` and ``link_score``; index kept.
    """
    if not frames:
        return {}
    compared = [may_repeat(frame) for frame in frames.values()]
    at = np.flatnonzero(np.concatenate(compared))
    some = [frame.loc[which, COLUMNS] for frame, which in zip(frames.values(), compared, strict=True)]
    records = pd.concat(some, ignore_index=True)
    links = find_links(records, undone=undone)
    record = at[links["record"].to_numpy(np.int64)]
    to = records["observation_id"].to_numpy(dtype=object)[links["to"].to_numpy(np.int64)]
    linked: dict[str, pd.DataFrame] = {}
    start = 0
    for name, frame in frames.items():
        here = (record >= start) & (record < start + len(frame))
        linked[name] = (
            _with_links(frame, record[here] - start, to[here], links[here]) if here.any() else frame
        )
        start += len(frame)
    return linked


def may_repeat(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which records are compared at all: those that count so far, and say something or are accidents.

    Parameters
    ----------
    frame
        Columns ``text``, ``category``, ``linked_to`` and ``set_aside`` at least.
    """
    says = frame["text"].notna() | (frame["category"] == ACCIDENT)
    found: NDArray[np.bool_] = (frame["linked_to"].isna() & ~frame["set_aside"] & says).to_numpy(dtype=bool)
    return found


def _with_links(
    frame: pd.DataFrame, at: NDArray[np.int64], to: NDArray[np.object_], links: pd.DataFrame
) -> pd.DataFrame:
    index = frame.index[at]
    changed = {
        "linked_to": pd.Series(to, index=index, dtype="str"),
        "link_reason": pd.Series(links["reason"].to_numpy(dtype=object), index=index, dtype="str"),
        "link_score": pd.Series(links["score"].to_numpy(), index=index),
    }
    return frame.assign(
        **{name: values.reindex(frame.index).fillna(frame[name]) for name, values in changed.items()}
    )


def find_links(records: pd.DataFrame, *, undone: frozenset[tuple[str, str]]) -> pd.DataFrame:
    """Find which records repeat another.

    Parameters
    ----------
    records
        `COLUMNS` of records that count so far, with a plain index.

    Returns
    -------
    DataFrame
        ``record`` and ``to`` (positions), ``reason``, ``score``; `to` is never itself linked.

    Notes
    -----
    Pairs are taken from the surest on, by id where two are as sure, and put their groups together, unless
    that would bring together what a person parted, or two records of a source where it can have one. Of a
    group, the record that knows most counts: the place, then the time, then a text, then the severity;
    of equals the one published first, and of these the one with the smaller id.
    """
    return link_pairs(records, find_pairs(records), undone=undone)


def find_pairs(records: pd.DataFrame, *, told: pd.DataFrame | None = None) -> dict[str, Pairs]:
    """Return the pairs of records that may be one, by reason; `told` as for `scoring.same_complaint`."""
    return {reason: score(records, told) for reason, score in REASONS.items()}


def link_pairs(
    records: pd.DataFrame, found: Mapping[str, Pairs], *, undone: frozenset[tuple[str, str]]
) -> pd.DataFrame:
    """Put pairs together and say which record repeats which; see `find_links`."""
    groups = _Groups(records, undone)
    for score, _, _, one, other, reason in sorted(
        _named(found, records), key=lambda pair: (-pair[0], *pair[1:3])
    ):
        groups.join(one, other, reason, score)
    rows = groups.links(_ranks(records, groups.members()))
    return pd.DataFrame(rows, columns=["record", "to", "reason", "score"]).sort_values(
        "record", ignore_index=True
    )


def _named(found: Mapping[str, Pairs], records: pd.DataFrame) -> list[tuple[float, str, str, int, int, str]]:
    """Return score, both ids, both positions and the reason of every pair, the smaller id first."""
    ids = records["observation_id"].to_numpy(dtype=object)
    rows = []
    for reason, pairs in found.items():
        for one, other, score in zip(
            pairs.first.tolist(), pairs.second.tolist(), pairs.score.tolist(), strict=True
        ):
            a, b = (one, other) if ids[one] < ids[other] else (other, one)
            rows.append((round(score, 6), str(ids[a]), str(ids[b]), a, b, reason))
    return rows


def _ranks(records: pd.DataFrame, members: list[int]) -> dict[int, tuple[object, ...]]:
    """Return by what records are preferred, the smallest first."""
    some = records.iloc[members]
    unknown = str(Severity.UNKNOWN)
    published = some["published_at"].fillna(some["occurred_from"])
    columns = zip(
        members,
        (-_PLACES.get(known, -1) for known in some["location_precision"]),
        (-_TIMES.get(known, -1) for known in some["time_precision"]),
        some["text"].isna().tolist(),
        (some["severity"].fillna(unknown) == unknown).tolist(),
        published.astype("int64").tolist(),
        some["observation_id"].str.len().tolist(),
        some["observation_id"].tolist(),
        strict=True,
    )
    return {member: tuple(rank) for member, *rank in columns}


class _Groups:
    """Records put together, pair by pair."""

    def __init__(self, records: pd.DataFrame, undone: frozenset[tuple[str, str]]) -> None:
        self._ids = records["observation_id"].to_numpy(dtype=object)
        self._source = records["source"].to_numpy(dtype=object)
        self._parted: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in undone:
            self._parted[one].add(other)
            self._parted[other].add(one)
        self._of: dict[int, list[int]] = {}
        self._best: dict[int, tuple[str, float]] = {}

    def join(self, one: int, other: int, reason: str, score: float) -> None:
        """Put two records, and what they are with, together, where nothing speaks against it."""
        here, there = self._of.get(one, [one]), self._of.get(other, [other])
        if here is there or self._may_not(here, there, reason):
            return
        for record in (one, other):
            self._best.setdefault(record, (reason, score))
        both = here + there
        for record in both:
            self._of[record] = both

    def _may_not(self, here: list[int], there: list[int], reason: str) -> bool:
        if reason in ONE_A_SOURCE and {self._source[one] for one in here} & {
            self._source[one] for one in there
        }:
            return True
        ids = {str(self._ids[one]) for one in there}
        return any(not ids.isdisjoint(self._parted.get(str(self._ids[one]), ())) for one in here)

    def members(self) -> list[int]:
        """Return every record that is with another, in order."""
        return sorted(self._of)

    def links(self, ranks: Mapping[int, tuple[object, ...]]) -> list[tuple[int, int, str, float]]:
        """Return each record that repeats another, with that, the reason and the score."""
        rows = []
        for record, group in self._of.items():
            root = min(group, key=ranks.__getitem__)
            if record != root:
                rows.append((record, root, *self._best[record]))
        return rows
