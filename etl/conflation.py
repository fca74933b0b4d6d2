"""One feature once: the layers of several files and sources, brought to one without repetition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.digest import row_digests
from geodata.schema import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PART_STEP = 10**12
"""Added to a street's id for each further part of its line; the ids stay below 2**53, as a browser needs."""

LARGEST_ID = 2**53
"""From here on a browser, and a float, can't tell two ids apart."""

FROM_GEOMETRY = 2**52
"""Ids made from a geometry begin here, far above those that sources give."""

SAME_FEATURE_M = 50.0
"""Two sources that use an id within this distance mean the same feature by it."""

LOCAL_IDS = {"streets": ["geometry"], "areas": ["kind", "geometry"]}
"""Tables whose ids are a source's own, with what tells one feature from another; others are the nation's."""

BOX = ["west", "south", "east", "north"]


def geometry_ids(frame: pd.DataFrame, table: str) -> NDArray[np.int64]:
    """Make ids of what features are and where, for those whose source gives none that can be used.

    Returns
    -------
    ndarray of int64
        From `FROM_GEOMETRY` up to `LARGEST_ID`, shape ``(n,)``; equal for equal features.
    """
    digests = row_digests(frame, LOCAL_IDS[table])
    room = LARGEST_ID - FROM_GEOMETRY
    return np.array([FROM_GEOMETRY + int(digest, 16) % room for digest in digests], dtype=np.int64)


def features(frame: pd.DataFrame, table: str) -> pd.Series:
    """Return which feature each row belongs to: the parts of a street's line belong to its first."""
    ids = frame[KEYS[table]]
    if table != "streets":
        return ids
    first = ids % PART_STEP
    return first.where((ids < FROM_GEOMETRY) & first.isin(ids), ids)


def conflate(
    frames: Mapping[str, pd.DataFrame], table: str, *, sources: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Leave every feature of a layer in one part only, the last that has it.

    Within a source an id means one thing, and so do the ids of schools and population squares. Where two
    sources use an id for features of another kind or far apart, the later source's get ids of their own.

    Parameters
    ----------
    frames
        Part → its rows, in the order of sources and files; the index is kept.
    sources
        Part → its source.

    Returns
    -------
    dict
        Part → the rows that stay.
    """
    known = _apart(frames, table, sources) if table in LOCAL_IDS else dict(frames)
    later: set[object] = set()
    kept: dict[str, pd.DataFrame] = {}
    for part in reversed(list(known)):
        which = features(known[part], table)
        kept[part] = known[part][~which.isin(later)]
        later.update(which)
    return {part: kept[part] for part in known}


def _apart(
    frames: Mapping[str, pd.DataFrame], table: str, sources: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Give features new ids where an earlier source uses theirs for something else."""
    settled: dict[str, pd.DataFrame] = {}
    boxes: dict[str, pd.DataFrame] = {}
    for part, frame in frames.items():
        own = _boxes(frame, table)
        earlier = [box for name, box in boxes.items() if sources[name] != sources[part]]
        others = [_elsewhere(own, box) for box in earlier]
        taken = features(frame, table).isin(np.concatenate(others) if others else [])
        new = np.where(taken, geometry_ids(frame, table), frame[KEYS[table]]) if taken.any() else None
        settled[part] = frame if new is None else frame.assign(**{KEYS[table]: new})
        boxes[part] = own if new is None else _boxes(settled[part], table)
    return settled


def _boxes(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return the kind and the bounds of each feature, by its id."""
    bounds = shapely.bounds(frame["geometry"].to_numpy(dtype=object)).reshape(-1, 4)
    box = pd.DataFrame(bounds, columns=BOX, index=frame.index)
    box["kind"] = frame.get("kind", "")
    rule = {"west": "min", "south": "min", "east": "max", "north": "max", "kind": "first"}
    return box.groupby(features(frame, table)).agg(rule)


def _elsewhere(own: pd.DataFrame, others: pd.DataFrame) -> NDArray[np.int64]:
    """Return the ids that both have, for features of another kind or too far apart to be one."""
    both = own.join(others.add_suffix("_other"), how="inner")
    apart = np.zeros(len(both), dtype=bool)
    for low, high in (("west", "east"), ("south", "north")):
        apart |= (both[low] - both[f"{high}_other"] > SAME_FEATURE_M).to_numpy()
        apart |= (both[f"{low}_other"] - both[high] > SAME_FEATURE_M).to_numpy()
    apart |= (both["kind"] != both["kind_other"]).to_numpy()
    return both.index[apart].to_numpy(dtype=np.int64)
