"""The queue: phrases that a person must say the place of, and what they may mean."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.gazetteer.candidates import NO_WORDS
from etl.gazetteer.gazetteer import make_gazetteer
from etl.gazetteer.normalise import phrase_key
from etl.gazetteer.placing import BY_WORDS, waits
from geodata.crs import to_lonlat
from geodata.store.register import Register
from geodata.store.snapshots import open_current

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.gazetteer.candidates import Candidate
    from etl.gazetteer.gazetteer import Gazetteer
    from geodata.precision import LocationPrecision
    from geodata.project import Project
    from geodata.store.decisions import Decisions
    from geodata.store.snapshots import Snapshot

STORE = "store"
MEASUREMENTS = "measurements"


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place that a phrase may mean, for a person to choose.

    Attributes
    ----------
    choice_id
        What `settle_place` takes; the same as long as the place is.
    label, kind
        Its name, and ``street``, ``school``, ``crossing``, ``stretch`` or a kind of area.
    precision, confidence
        What a record gets by it, and how sure the gazetteer is (0 … 1).
    longitude, latitude
        Degrees; None for both where it is an area without a point.
    """

    choice_id: str
    label: str
    kind: str
    precision: LocationPrecision
    confidence: float
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class WaitingPhrase:
    """Words for a place that nobody has settled yet.

    Attributes
    ----------
    phrase, phrase_key
        As one source wrote it, masked, and what an answer is kept by; empty for records without words.
    counts
        Stream (or ``measurements``) → number of records that wait for it.
    reason
        One of ``candidates.REASONS``.
    choices
        The likeliest places, best first.
    """

    phrase: str
    phrase_key: str
    counts: dict[str, int]
    reason: str
    choices: tuple[PlaceChoice, ...]

    @property
    def records(self) -> int:
        """Number of records that wait for it."""
        return sum(self.counts.values())


def waiting_places(workspace: Path) -> tuple[WaitingPhrase, ...]:
    """Return what waits for a place, most records first; an answer that was given already is not asked again.

    Raises
    ------
    MissingError, StoreError
        There is no snapshot yet, or it can't be read.
    """
    snapshot = open_current(workspace / STORE)
    with decisions_of(workspace, snapshot.project) as decisions:
        answered = decisions.location_answers()
    rows = phrases_of(snapshot)
    rows = rows[rows["waits"] & ~rows["key"].isin(answered.keys())]
    resolved = gazetteer_of(snapshot).resolve(rows["phrase"])
    found = []
    for key, group in rows.groupby("key", sort=True):
        resolution = resolved[str(key)]
        crs = snapshot.project.geography.working_crs
        found.append(
            WaitingPhrase(
                phrase=group["phrase"].iloc[0],
                phrase_key=str(key),
                counts={str(stream): int(count) for stream, count in group["stream"].value_counts().items()},
                reason=resolution.reason or NO_WORDS,
                choices=tuple(_choice(one, crs=crs) for one in resolution.candidates),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.phrase_key == "", -one.records, one.phrase_key)))


def unmatched_aliases(workspace: Path) -> tuple[str, ...]:
    """Return names in the project file's gazetteer that have only aliases and that no layer knows."""
    return gazetteer_of(open_current(workspace / STORE)).unmatched


@contextmanager
def decisions_of(workspace: Path, project: Project) -> Iterator[Decisions]:
    """Open what people decided, for as long as it is needed."""
    crs = project.geography.working_crs
    register = Register(workspace / STORE, municipality_code=project.municipality.code, working_crs=crs)
    try:
        yield register.decisions
    finally:
        register.close()


@lru_cache(maxsize=2)
def gazetteer_of(snapshot: Snapshot) -> Gazetteer:
    """Return the gazetteer of the layers in a snapshot; it is made once."""
    return make_gazetteer(
        schools=snapshot.table("schools"),
        areas=snapshot.table("areas"),
        streets=snapshot.table("streets"),
        project=snapshot.project,
    )


def phrases_of(snapshot: Snapshot) -> pd.DataFrame:
    """Return phrase, its key, stream, and whether it waits, of every record that words locate or could."""
    seen = snapshot.table("observations")
    open_rows = waits(seen) | seen["located_by"].isin(BY_WORDS).to_numpy(dtype=bool)
    seen = seen[open_rows & ~seen["set_aside"].to_numpy(dtype=bool) & seen["linked_to"].isna().to_numpy()]
    sites = snapshot.table(MEASUREMENTS)
    rows = pd.concat(
        [
            pd.DataFrame({"phrase": seen["location_text"], "stream": seen["stream"], "waits": waits(seen)}),
            pd.DataFrame({"phrase": sites["site"], "stream": MEASUREMENTS, "waits": waits(sites)}),
        ],
        ignore_index=True,
    )
    rows["phrase"] = rows["phrase"].fillna("").astype("str")
    keys = {phrase: phrase_key(phrase) for phrase in rows["phrase"].unique()}
    rows["key"] = rows["phrase"].map(keys).astype("str")
    return rows.astype({"waits": bool})


def _choice(candidate: Candidate, *, crs: int) -> PlaceChoice:
    point = (None, None) if np.isnan(candidate.x) else (candidate.x, candidate.y)
    lon, lat = degrees(*point, crs=crs)
    return PlaceChoice(
        choice_id=choice_id(candidate),
        label=candidate.label,
        kind=candidate.kind,
        precision=candidate.precision,
        confidence=candidate.confidence,
        longitude=lon,
        latitude=lat,
    )


def choice_id(candidate: Candidate) -> str:
    """Return what a candidate is chosen by: the same as long as the place is."""
    what = f"{candidate.label}|{candidate.precision}|{candidate.x:.0f}|{candidate.y:.0f}|{candidate.area_id}"
    return hashlib.blake2b(what.encode(), digest_size=6).hexdigest()


def degrees(x: float | None, y: float | None, *, crs: int) -> tuple[float | None, float | None]:
    """Return longitude and latitude of a point in the working CRS; None for both where there is none."""
    if x is None or y is None:
        return None, None
    lon, lat = to_lonlat([x], [y], working=crs)
    return round(float(lon[0]), 6), round(float(lat[0]), 6)
