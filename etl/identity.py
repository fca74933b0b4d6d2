"""Which record is which: ids over all files of a source, and records that stand there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.validate import Findings

REPETITION = "~"
"""Stands between the id of a record and the number of its repetition."""


def content_keys(digests: pd.Series[str]) -> pd.Series[str]:
    """Return ids for records without one: what they hold, and an ordinal for those that hold the same.

    The ordinal counts within one file: two equal answers are two answers, while the same file exported
    twice holds the same answers.
    """
    ordinal = digests.groupby(digests).cumcount() + 1
    return digests + "." + ordinal.astype("str")


def reject_conflicts(
    keys: pd.Series[str], digests: pd.Series[str], findings: Findings, *, columns: Sequence[str]
) -> None:
    """Reject a row whose id stood on an earlier row of the same file with other content."""
    usable = ~findings.rejected
    first = digests[usable].groupby(keys[usable]).transform("first").reindex(keys.index)
    findings.reject((first != digests) & first.notna() & (keys != ""), code="id_twice", columns=columns)


def link_repetitions(frame: pd.DataFrame) -> pd.DataFrame:
    """Link records that repeat another of the same source, and give each an id of its own.

    Parameters
    ----------
    frame
        All observations of one source, in the order of files and rows. What a row repeats stands in
        ``linked_to`` (rows kept from before), else it is known by its ``observation_id``.

    Returns
    -------
    DataFrame
        Where an id stands in several files the last file's record is the one that counts; within a file
        the first.
    """
    own = frame["linked_to"].fillna(frame["observation_id"])
    order = pd.DataFrame(
        {"own": own, "file": pd.factorize(frame["origin_file"])[0], "at": np.arange(len(own))},
        index=frame.index,
    )
    repetition = order.sort_values(["file", "at"], ascending=[False, True]).groupby("own").cumcount()
    repetition = repetition.reindex(frame.index)
    repeats = repetition > 0
    return frame.assign(
        observation_id=own.where(~repeats, own + REPETITION + repetition.astype("str")),
        linked_to=own.where(repeats, None),
    )
