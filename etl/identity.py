"""Which record is which: ids over all files of a source, and records that stand there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.text_columns import as_arrow, as_text, constant, distinct_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.validate import Findings

REPETITION = "~"
"""Stands between the id of a record and the number of its repetition."""


def content_keys(digests: pd.Series[str]) -> pd.Series[str]:
    """Return ids for records without one: what they hold, and an ordinal for those that hold the same.

    The ordinal counts within one file: two equal answers are two answers, while the same file exported
    twice holds the same answers.
    """
    ordinal = np.ones(len(digests), dtype=np.int64)
    twice = repeated(digests)
    some = digests.iloc[twice]
    ordinal[twice] = some.groupby(some).cumcount() + 1
    return digests + "." + pd.Series(ordinal, index=digests.index).astype("str")


def reject_conflicts(
    keys: pd.Series[str], digests: pd.Series[str], findings: Findings, *, columns: Sequence[str]
) -> None:
    """Reject a row whose id stood on an earlier row of the same file with other content."""
    twice = repeated(keys)
    if not len(twice):
        return
    usable = ~findings.rejected[twice]
    some_keys, some_digests = keys.iloc[twice], digests.iloc[twice]
    first = some_digests[usable].groupby(some_keys[usable]).transform("first").reindex(some_keys.index)
    conflicts = np.zeros(len(keys), dtype=bool)
    conflicts[twice] = (first != some_digests) & first.notna() & (some_keys != "")
    findings.reject(conflicts, code="id_twice", columns=columns)


def repeated(keys: pd.Series[str]) -> NDArray[np.int64]:
    """Return the positions of rows whose key stands on another row too."""
    number, distinct = distinct_cells(keys)
    if len(distinct) == len(keys):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.bincount(number, minlength=len(distinct))[number] > 1)


def link_repetitions(frames: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Link records that repeat another of the same source, and give each an id of its own.

    Parameters
    ----------
    frames
        The observations of one source, a frame a file, in the order of files and rows. What a row repeats
        stands in ``linked_to`` (rows kept from before), else it is known by its ``observation_id``.

    Returns
    -------
    list of DataFrame
        Where an id stands in several files the last file's record is the one that counts; within a file
        the first.
    """
    own = pd.concat(
        [frame["linked_to"].fillna(frame["observation_id"]) for frame in frames], ignore_index=True
    )
    ends = np.cumsum([len(frame) for frame in frames])
    file = np.searchsorted(ends, np.arange(len(own)), side="right")
    twice = repeated(own)
    order = twice[np.lexsort((twice, -file[twice], pd.factorize(own.iloc[twice])[0]))]
    sorted_own = own.iloc[order]
    repetition = sorted_own.groupby(sorted_own, sort=False).cumcount().to_numpy()
    again = order[repetition > 0]
    number = pd.Series(repetition[repetition > 0]).astype("str")
    observation_id, linked_to = own, constant(None, len(own))
    if len(again):
        repeats = own.iloc[again].reset_index(drop=True)
        observation_id = _put(own, again, repeats + REPETITION + number)
        linked_to = _put(linked_to, again, repeats)
    return [
        frame.reset_index(drop=True).assign(
            observation_id=observation_id.iloc[end - len(frame) : end].reset_index(drop=True),
            linked_to=linked_to.iloc[end - len(frame) : end].reset_index(drop=True),
        )
        for frame, end in zip(frames, ends, strict=True)
    ]


def _put(column: pd.Series[str], at: NDArray[np.int64], values: pd.Series[str]) -> pd.Series[str]:
    """Return the column with other values at some positions."""
    changed = np.zeros(len(column), dtype=bool)
    changed[at] = True
    in_order = as_arrow(values.iloc[np.argsort(at)])
    return as_text(pc.replace_with_mask(as_arrow(column), pa.array(changed), in_order))
