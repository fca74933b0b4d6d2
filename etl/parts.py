"""From the files' rows to the parts of a snapshot: repetitions linked, streets joined, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.identity import link_repetitions
from etl.intake import part_name
from geodata.crs import reproject, to_working
from geodata.precision import HOTSPOT_LOCATION
from geodata.store.snapshots import Snapshot, read_parts, write_part
from geodata.streets.snapping import snap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.intake import Intake
    from geodata.store.snapshots import Parts

OBSERVATIONS = "observations"


@dataclass(frozen=True)
class Previous:
    """The snapshot before this import, and what of it can stay.

    Attributes
    ----------
    snapshot
        None before the first import.
    working_crs
        EPSG code of the working CRS now.
    """

    snapshot: Snapshot | None
    working_crs: int

    def rows(self, table: str, part: str) -> pd.DataFrame | None:
        """Return the rows of a part, in today's working CRS; None if there was no such part."""
        if self.snapshot is None or part not in self.snapshot.parts.get(table, {}):
            return None
        before = self.snapshot.project.geography.working_crs
        rows = read_parts(self.snapshot.folder, [self.snapshot.parts[table][part]], table, crs=before)
        if before == self.working_crs or table == "population":
            return pd.DataFrame(rows)
        if table == OBSERVATIONS:
            x, y = to_working(rows["x"], rows["y"], source=before, working=self.working_crs)
            return rows.assign(x=np.where(np.isfinite(x), x, np.nan), y=np.where(np.isfinite(y), y, np.nan))
        moved = reproject(rows["geometry"].to_numpy(dtype=object), source=before, target=self.working_crs)
        return pd.DataFrame(rows).assign(geometry=moved)


def write_layers(store: Path, intakes: Sequence[Intake], previous: Previous) -> tuple[Parts, dict[str, int]]:
    """Write a part for every file of a layer; a stopped file's part stays as it was.

    Returns
    -------
    parts
        Table → part → digest.
    kept
        Part → number of rows that stay from before.
    """
    parts: Parts = {}
    kept: dict[str, int] = {}
    for intake in intakes:
        if intake.table == OBSERVATIONS:
            continue
        rows = _rows(intake, previous, kept)
        if rows is not None and len(rows):
            parts.setdefault(intake.table, {})[intake.part] = write_part(store, rows, intake.table)
    return parts, kept


def settle_observations(
    intakes: Sequence[Intake], previous: Previous
) -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
    """Link the repetitions of every source over all its files, those of stopped files included.

    Returns
    -------
    frames
        Part → its observations, ids and links settled.
    kept
        Part → number of rows that stay from before.
    """
    frames: dict[str, pd.DataFrame] = {}
    kept: dict[str, int] = {}
    for intake in intakes:
        if intake.table != OBSERVATIONS:
            continue
        rows = _rows(intake, previous, kept)
        if rows is not None:
            frames[intake.part] = rows
    sources = {intake.source for intake in intakes if intake.table == OBSERVATIONS}
    for source in sources:
        names = [part_name(one.source, one.file) for one in intakes if one.source == source]
        names = [name for name in names if name in frames]
        if names:
            linked = link_repetitions(pd.concat([frames[name] for name in names], ignore_index=True))
            ends = np.cumsum([len(frames[name]) for name in names])
            for name, at in zip(names, np.split(np.arange(len(linked)), ends[:-1]), strict=True):
                frames[name] = linked.iloc[at].reset_index(drop=True)
    return frames, kept


def _rows(intake: Intake, previous: Previous, kept: dict[str, int]) -> pd.DataFrame | None:
    """Return a file's rows; those from before, noted in `kept`, when it was stopped."""
    if intake.converted is not None:
        return intake.converted.frame
    rows = previous.rows(intake.table, intake.part)
    if rows is not None:
        kept[intake.part] = len(rows)
    return rows


def join_streets(
    store: Path, frames: dict[str, pd.DataFrame], layers: Parts, *, crs: int
) -> dict[str, pd.DataFrame]:
    """Give every observation with a point of its own the nearest street."""
    streets = read_parts(store, list(layers.get("streets", {}).values()), "streets", crs=crs)
    return {name: _joined(frame, streets) for name, frame in frames.items()}


def _joined(frame: pd.DataFrame, streets: pd.DataFrame) -> pd.DataFrame:
    stands_for_itself = frame["location_precision"].isin([str(known) for known in HOTSPOT_LOCATION])
    street_id, distance_m = snap(
        frame["x"].where(stands_for_itself).to_numpy(),
        frame["y"].where(stands_for_itself).to_numpy(),
        streets,
    )
    return frame.assign(street_id=street_id, street_distance_m=distance_m)


def with_rows(intake: Intake, frame: pd.DataFrame | None) -> Intake:
    """Return the intake with its rows as they were settled; unchanged when there are none to change."""
    if intake.converted is None or frame is None:
        return intake
    return replace(intake, converted=replace(intake.converted, frame=frame))
