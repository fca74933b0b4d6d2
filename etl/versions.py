"""An event that a service tells of again and again: one record, its older wordings beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.identity import REPETITION, link_repetitions
from etl.text_columns import constant

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME_ID, VERSION = "same_id", "version"
OF_ONE_ID = frozenset({SAME_ID, VERSION})
"""Reasons of links within one id of one source; the others are found over records."""

SURE = 1.0
NEVER = datetime.min.replace(tzinfo=UTC)


def settle_repetitions(
    frames: Sequence[pd.DataFrame], fetched: Sequence[datetime | None], *, whole: bool = False
) -> list[pd.DataFrame]:
    """Link the records of one source that stand in several of its files.

    Parameters
    ----------
    frames
        The observations of one source, a frame a file, in the order of files and rows; the index says which
        row of its file each is.
    fetched
        When each file was fetched, None for one that is no saved answer.
    whole
        Keep each file's own rows, linked, also where another file's say the same: files may go one by one.

    Returns
    -------
    list of DataFrame
        Of a record that stands several times, the one in the file fetched last counts; of files that are no
        answers, the last by name. A record with other content is linked to it as a version, one with the same
        content as the same id.

    Notes
    -----
    Saved answers say the same events over and over: 140 answers of 500 events hold some 800 of them. Of
    those, rows that repeat a content are left out, unless `whole`; what became of them stays in the account
    of their file.
    """
    own = [_own(frame) for frame in frames]
    plain = [frame.assign(observation_id=one, linked_to=None) for frame, one in zip(frames, own, strict=True)]
    if any(moment is not None for moment in fetched):
        return _versions(plain, fetched, whole=whole)
    return _with_reasons(link_repetitions(plain))


def _own(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the id that the source gave each record: a row kept from before may carry a link already."""
    own: pd.Series[str] = frame["linked_to"].where(
        frame["link_reason"].isin(OF_ONE_ID), frame["observation_id"]
    )
    return own


def _with_reasons(frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Say of each link within an id whether the record repeats the one that counts, or words it otherwise."""
    if all(frame["linked_to"].isna().all() for frame in frames):
        return [frame.assign(link_reason=constant(None, len(frame)), link_score=np.nan) for frame in frames]
    targets = {target for frame in frames for target in frame["linked_to"].dropna()}
    counted: dict[str, str] = {}
    for frame in frames:
        some = frame[frame["observation_id"].isin(targets)]
        counted.update(zip(some["observation_id"], some["content_hash"], strict=True))
    settled = []
    for frame in frames:
        linked = frame["linked_to"].notna()
        same = frame["linked_to"].map(counted) == frame["content_hash"]
        reason = pd.Series(np.where(same, SAME_ID, VERSION), index=frame.index, dtype="str").where(
            linked, None
        )
        settled.append(frame.assign(link_reason=reason, link_score=np.where(linked, SURE, np.nan)))
    return settled


def _versions(
    frames: list[pd.DataFrame], fetched: Sequence[datetime | None], *, whole: bool
) -> list[pd.DataFrame]:
    """Keep one row a content of each event, the one fetched last, and link the older contents to the newest.

    Versions are numbered from the oldest, so that a new one leaves their ids as they are.
    """
    order = sorted(range(len(frames)), key=lambda at: (fetched[at] or NEVER, at))
    turn = {at: number for number, at in enumerate(order)}
    rows = pd.concat(
        [
            pd.DataFrame(
                {
                    "own": frame["observation_id"].to_numpy(),
                    "content": frame["content_hash"].to_numpy(),
                    "turn": turn[at],
                    "frame": at,
                    "row": np.arange(len(frame)),
                }
            )
            for at, frame in enumerate(frames)
        ],
        ignore_index=True,
    )
    # Within a file the first of equal rows stands for them, so the last in this order.
    rows = rows.sort_values(["own", "turn", "row"], ascending=[True, True, False], ignore_index=True)
    kept = rows[~rows.duplicated(["own", "content", *(["frame"] if whole else [])], keep="last")]
    number = kept.groupby("own").cumcount() + 1
    newest = ~kept.duplicated("own", keep="last")
    own = kept["own"].astype("str")
    same = kept["content"] == kept.groupby("own")["content"].transform("last")
    kept = kept.assign(
        observation_id=own.where(newest, own + REPETITION + number.astype("str")),
        linked_to=own.where(~newest, None),
        link_reason=pd.Series(np.where(same, SAME_ID, VERSION), index=kept.index, dtype="str").where(
            ~newest, None
        ),
        link_score=np.where(newest, np.nan, SURE),
    )
    settled = []
    for at, frame in enumerate(frames):
        here = kept[kept["frame"] == at].sort_values("row")
        some = frame.iloc[here["row"].to_numpy()]
        names = ("observation_id", "linked_to", "link_reason", "link_score")
        settled.append(some.assign(**{name: here[name].set_axis(some.index) for name in names}))
    return settled
