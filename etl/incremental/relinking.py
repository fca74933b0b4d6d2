"""Links between records, found anew where something changed, and only there.

Whether two records are one hangs on the two, on the places at which their words stand, and on the records
that either is paired with. So what is looked at again begins with the records that came or went, goes on to
all whose words stand there too, and from pair to pair; what is near is at hand, so that the same pairs are
found as over all records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.incremental import refusal
from etl.incremental.neighbourhood import Field
from etl.incremental.refusal import AllAnewError
from etl.merge.linking import find_pairs, link_pairs
from etl.merge.scoring import Pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from etl.incremental.standing import Standing

MOST = 100_000
"""Records looked at again from which all are."""

LINKS = ("linked_to", "link_reason", "link_score")


@dataclass(frozen=True, eq=False)
class Relinked:
    """What changed in the links.

    Attributes
    ----------
    fresh
        Part → links of its records that came, a frame with `LINKS` and the index of theirs.
    moved
        Part → rows that stand and are linked otherwise than before, with `LINKS`; indexed by row.
    """

    fresh: Mapping[str, pd.DataFrame]
    moved: Mapping[str, pd.DataFrame]


def relink(
    standing: Sequence[Standing],
    fresh: Mapping[str, pd.DataFrame],
    places: Mapping[str, NDArray[np.int64]],
    *,
    undone: frozenset[tuple[str, str]],
) -> Relinked:
    """Find the links that there are now.

    Parameters
    ----------
    standing
        What the snapshot before held, in the order of the parts.
    fresh
        Part → the records that came, located, with what repeats an id of its own linked already.
    places
        Part → where each of them stands in its table (`Standing.place`).
    undone
        Pairs that people parted.

    Raises
    ------
    AllAnewError
        Nearly everything would be looked at again.
    """
    field = Field(standing, fresh, places)
    focus = field.begin()
    if not focus.any():
        return Relinked({}, {})
    while True:
        at = field.in_order(field.near(focus) | focus)
        if len(at) > MOST:
            raise AllAnewError(refusal.MUCH)
        records = field.frame(at)
        # Without what is told elsewhere no words are a form's: no pair is missed.
        pairs = find_pairs(records, told=records.iloc[:0])
        more = focus.copy()
        for one in pairs.values():
            first, second = at[one.first], at[one.second]
            more[second[focus[first]]] = True
            more[first[focus[second]]] = True
        more = field.with_their_words(more)
        if (more == focus).all():
            break
        focus = more
    paired = np.unique(np.concatenate([np.concatenate([one.first, one.second]) for one in pairs.values()]))
    told = field.told(records.iloc[paired])
    stands = ~field.gone[at]
    at, records = at[stands], records[stands].reset_index(drop=True)
    inside = focus[at]
    found = {why: _inside(one, inside) for why, one in find_pairs(records, told=told).items()}
    links = link_pairs(records, found, undone=undone)
    return _outcome(field, standing, at, records, links, focus)


def _inside(pairs: Pairs, inside: NDArray[np.bool_]) -> Pairs:
    kept = inside[pairs.first] & inside[pairs.second]
    return Pairs(pairs.first[kept], pairs.second[kept], pairs.score[kept])


def _outcome(
    field: Field,
    standing: Sequence[Standing],
    at: NDArray[np.int64],
    records: pd.DataFrame,
    links: pd.DataFrame,
    focus: NDArray[np.bool_],
) -> Relinked:
    """Put the links that were found beside those that there were."""
    ids = records["observation_id"].to_numpy(dtype=object)
    now = pd.DataFrame(
        {
            "linked_to": pd.Series(ids[links["to"].to_numpy(np.int64)], dtype="str"),
            "link_reason": links["reason"].astype("str"),
            "link_score": links["score"].astype(float),
        }
    ).set_axis(at[links["record"].to_numpy(np.int64)])
    now = now.reindex(np.flatnonzero(focus & ~field.gone))
    fresh, moved = {}, {}
    for number, one in enumerate(standing):
        mine = now[field.part[now.index] == number]
        came = field.came[mine.index]
        fresh[one.part] = mine[came].set_axis(field.row[mine.index[came]])
        old = mine[~came].set_axis(field.row[mine.index[~came]])
        before = one.frame(old.index.to_numpy(), LINKS).set_axis(old.index)
        same = pd.Series(np.ones(len(old), dtype=bool), index=old.index)
        for name in LINKS:
            same &= (old[name] == before[name]) | (old[name].isna() & before[name].isna())
        if not same.all():
            moved[one.part] = old[~same]
    return Relinked({part: links for part, links in fresh.items() if len(links)}, moved)
