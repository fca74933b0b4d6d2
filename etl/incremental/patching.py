"""Parts written anew as a patch over what stands, or whole where the patch would grow too large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.store.parts import read_parts, write_part
from geodata.store.patches import NUMBERED, Patched, overlay

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.incremental.standing import Standing
    from geodata.store.patches import Part

LARGEST = 0.1
"""Share of a table that a patch may hold; from there on it is laid into the base for good."""
OBSERVATIONS = "observations"


def write_changed(rows: Standing, fresh: pd.DataFrame, place: NDArray[np.int64], *, crs: int) -> Part | None:
    """Write a part of which some rows stand and others came.

    Parameters
    ----------
    rows
        What it held, which rows stand, and where.
    fresh
        The rows that came.
    place
        Where each stands among those that stand, shape ``(len(fresh),)``.
    crs
        EPSG code of the working CRS.

    Returns
    -------
    Part or None
        None when no row is left.

    Raises
    ------
    StoreError
        ``store_full``, ``store_not_writable``, and what reading the part raises.
    """
    store, held = rows.held.store, rows.held.name
    count = int(rows.stays.sum()) + len(fresh)
    if not count:
        return None
    base, in_base = _base(rows)
    stays = rows.stays & (in_base >= 0)
    still = np.flatnonzero(rows.stays & (in_base < 0))
    patch = rows.opened.patch_rows().iloc[_in_patch(in_base)[still]]
    patch = patch.assign(**{NUMBERED: rows.number[still]})
    added = pd.concat([one for one in (patch, fresh) if len(one)] or [patch], ignore_index=True)
    added_place = np.concatenate([rows.place[still], place])
    order = np.argsort(added_place, kind="stable")
    kept_place = rows.place[stays]
    stands = np.zeros(count, dtype=bool)
    stands[np.argsort(np.argsort(np.concatenate([kept_place, added_place])))[: len(kept_place)]] = True
    kept = in_base[stays]
    number = rows.opened.base_columns([NUMBERED]).column(0).to_numpy()
    over = overlay(kept=kept, base_rows=len(number), stands=stands, was=number[kept], now=rows.number[stays])
    if not len(added_place) and not len(over.left_out) and not len(over.moved_from):
        return base
    part = Patched(base, write_part(store, added.iloc[order], OBSERVATIONS, over=over))
    if part == held or len(added_place) <= LARGEST * count:
        return part
    return write_part(store, read_parts(store, [part], OBSERVATIONS, crs=crs), OBSERVATIONS)


def _base(rows: Standing) -> tuple[str, NDArray[np.int64]]:
    """Return the digest of the base, and the row of it that each row is, -1 for the patch's."""
    held, over = rows.held.name, rows.opened.over
    if isinstance(held, str) or over is None:
        return str(held), np.arange(rows.held.count)
    of_base = np.ones(rows.held.count, dtype=bool)
    of_base[over.at] = False
    in_base = np.full(rows.held.count, -1, dtype=np.int64)
    in_base[of_base] = over.kept(rows.opened.base_rows)
    return held.base, in_base


def _in_patch(in_base: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the row of the patch that each row is, where it is one."""
    return np.cumsum(in_base < 0) - 1
