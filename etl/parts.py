"""From the files' rows to the parts of a snapshot: repetitions linked, streets joined, nothing lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from etl.answers import replaced
from etl.conflation import conflate
from etl.fetched import fetched_at
from etl.gazetteer.placing import waits
from etl.versions import SAME_ID, settle_repetitions
from geodata.areas import join_areas
from geodata.precision import HOTSPOT_LOCATION
from geodata.schema import LAYERS
from geodata.store.parts import read_parts, write_part
from geodata.streets.snapping import NO_STREET, snap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from etl.intake import Intake
    from etl.previous import Previous
    from geodata.store.snapshots import Parts

OBSERVATIONS = "observations"
MEASUREMENTS = "measurements"
LINKED = {
    "same_id": "linked_same_id",
    "version": "linked_version",
    "same_event": "linked_same_event",
    "same_accident": "linked_same_accident",
    "same_complaint": "linked_same_complaint",
}
"""Why records are linked, and what the account calls it."""


def settle_layers(
    intakes: Sequence[Intake], previous: Previous
) -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
    """Leave every feature of a layer in one file only, over all sources, those of stopped files included.

    Of whole answers of one service the last alone counts; the rows of the others are linked to it.

    Returns
    -------
    frames
        Part → its features; their index is that of the file's rows before.
    kept
        Part → number of rows that stay from before.
    """
    frames: dict[str, pd.DataFrame] = {}
    kept: dict[str, int] = {}
    for table in LAYERS:
        held: dict[str, pd.DataFrame] = {}
        for intake in intakes:
            rows = _rows(intake, previous, kept) if intake.table == table else None
            if rows is not None:
                held[intake.part] = rows
        for part in replaced(intakes, held):
            held[part] = held[part].iloc[:0]
        frames |= conflate(held, table, sources={intake.part: intake.source for intake in intakes})
    return frames, kept


def write_parts(store: Path, intakes: Sequence[Intake], frames: Mapping[str, pd.DataFrame]) -> Parts:
    """Write a part for every file that gives rows.

    Returns
    -------
    dict
        Table → part → digest.
    """
    parts: Parts = {}
    for intake in intakes:
        rows = frames.get(intake.part)
        if rows is not None and len(rows):
            parts.setdefault(intake.table, {})[intake.part] = write_part(store, rows, intake.table)
    return parts


def settle_observations(
    intakes: Sequence[Intake], previous: Previous, *, whole: bool
) -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
    """Link the repetitions of every source over all its files, those of stopped files included.

    Parameters
    ----------
    whole
        Keep each file's own rows: the house takes files away one by one.

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
        of_source = [one for one in intakes if one.source == source and one.part in frames]
        if of_source:
            settled = settle_repetitions(
                [frames[one.part] for one in of_source],
                [fetched_at(one.file) for one in of_source],
                whole=whole,
            )
            frames |= dict(zip([one.part for one in of_source], settled, strict=True))
    return frames, kept


def _rows(intake: Intake, previous: Previous, kept: dict[str, int]) -> pd.DataFrame | None:
    """Return a file's rows; those from before, noted in `kept`, when it was stopped."""
    if intake.converted is not None:
        return intake.converted.frame
    held = previous.part(intake.table, intake.part)
    if held is None:
        return None
    kept[intake.part] = held.count
    return held.rows()


def join_streets(
    store: Path, frames: dict[str, pd.DataFrame], layers: Parts, *, crs: int
) -> dict[str, pd.DataFrame]:
    """Give every observation with a point of its own the nearest street."""
    streets = read_parts(store, list(layers.get("streets", {}).values()), "streets", crs=crs)
    return {name: _joined(frame, streets) for name, frame in frames.items()}


def join_to_areas(
    store: Path, frames: dict[str, pd.DataFrame], layers: Parts, *, crs: int
) -> dict[str, pd.DataFrame]:
    """Give every observation with a point the district, else the municipality, that it lies in."""
    areas = read_parts(store, list(layers.get("areas", {}).values()), "areas", crs=crs)
    return {name: frame.assign(area_id=_area_ids(frame, areas)) for name, frame in frames.items()}


def _area_ids(frame: pd.DataFrame, areas: pd.DataFrame) -> NDArray[np.int64]:
    """Return the area that each point lies in; one that is known by its words only keeps its area."""
    found = join_areas(frame["x"], frame["y"], areas)
    return np.where(frame["x"].notna(), found, frame["area_id"].to_numpy(dtype=np.int64))


def _joined(frame: pd.DataFrame, streets: pd.DataFrame) -> pd.DataFrame:
    if not len(streets):
        return frame.assign(street_id=np.int64(NO_STREET), street_distance_m=np.nan)
    stands_for_itself = frame["location_precision"].isin([str(known) for known in HOTSPOT_LOCATION])
    street_id, distance_m = snap(
        frame["x"].where(stands_for_itself).to_numpy(),
        frame["y"].where(stands_for_itself).to_numpy(),
        streets,
    )
    return frame.assign(street_id=street_id, street_distance_m=distance_m)


def with_rows(intake: Intake, frame: pd.DataFrame | None) -> Intake:
    """Return the intake with its rows as they were settled.

    Rows that went to another file are linked, and those that were placed by their words wait no longer.
    """
    converted = intake.converted
    if converted is None or frame is None:
        return intake
    row = converted.row[frame.index.to_numpy()]
    elsewhere = np.zeros(len(converted.linked), dtype=bool)
    elsewhere[converted.row] = True
    elsewhere[row] = False
    linked = converted.linked | elsewhere
    frame = frame.reset_index(drop=True)
    waiting, said = converted.waiting, converted.said
    if intake.table in {OBSERVATIONS, MEASUREMENTS}:
        placed = waiting.copy()
        placed[row] &= waits(frame)
        found = int((waiting & ~placed).sum())
        waiting, said = placed, said | ({"placed_by_words": str(found)} if found else {})
    if intake.table == OBSERVATIONS:
        said = said | _links(frame, left_out=int((elsewhere & ~converted.set_aside).sum()))
    return replace(
        intake,
        converted=replace(converted, frame=frame, row=row, linked=linked, waiting=waiting, said=said),
    )


def _links(frame: pd.DataFrame, *, left_out: int) -> dict[str, str]:
    """Say how many rows of a file are linked, by reason; those left out repeat an id with its content."""
    counts = Counter(frame.loc[~frame["set_aside"], "link_reason"].dropna())
    counts[SAME_ID] += left_out
    return {code: str(counts[reason]) for reason, code in LINKED.items() if counts[reason]}
