"""What people answer in the queue: kept in the register, and replayed by every import until withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from etl.gazetteer.waiting import STORE, choice_id, decisions_of, degrees, gazetteer_of, phrases_of
from geodata.crs import WGS84, area_of_use, to_working
from geodata.errors import MissingError, ParameterError
from geodata.precision import LocationPrecision
from geodata.project import read_project
from geodata.store.snapshots import open_current

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from geodata.project import Project


@dataclass(frozen=True, slots=True)
class SettledPlace:
    """What a person said that a phrase means, in degrees; None for both where there is no point."""

    phrase: str
    phrase_key: str
    label: str
    precision: LocationPrecision
    longitude: float | None
    latitude: float | None
    decided_by: str
    decided_at: datetime


def settle_place(
    workspace: Path,
    phrase_key: str,
    *,
    by: str,
    choice: str | None = None,
    lonlat: tuple[float, float] | None = None,
    nowhere: bool = False,
    precision: LocationPrecision = LocationPrecision.NAMED_PLACE,
) -> None:
    """Keep what a phrase means; it takes effect at the next import, and holds until it is withdrawn.

    Parameters
    ----------
    phrase_key
        Of a phrase that the sources wrote, whether it waits or the gazetteer settled it wrongly.
    by
        Who says so.
    choice
        ``choice_id`` of one of its choices.
    lonlat
        Longitude and latitude in degrees.
    nowhere
        It can't be told where: the records then count for the municipality alone.
    precision
        What the point in `lonlat` stands for.

    Raises
    ------
    MissingError
        ``phrase_unknown``, ``choice_unknown``.
    ParameterError
        ``answer_unclear`` unless it is answered in exactly one way; ``point_outside``.
    """
    if (choice is not None) + (lonlat is not None) + nowhere != 1:
        raise ParameterError("answer_unclear", "Say one of: a candidate, a point, or nowhere.")
    snapshot = open_current(workspace / STORE)
    rows = phrases_of(snapshot)
    said = rows.loc[(rows["key"] == phrase_key) & (rows["key"] != ""), "phrase"]
    if said.empty:
        raise MissingError("phrase_unknown", f"No record says {phrase_key}.", phrase=phrase_key)
    label, point = "", None
    if nowhere:
        precision = LocationPrecision.MUNICIPALITY
    elif lonlat is not None:
        point = _inside(lonlat, snapshot.project)
        label = said.iloc[0]
    else:
        candidates = gazetteer_of(snapshot).resolve([said.iloc[0]])[phrase_key].candidates
        chosen = next((one for one in candidates if choice_id(one) == choice), None)
        if chosen is None:
            raise MissingError("choice_unknown", f"{phrase_key} has no such candidate.", phrase=phrase_key)
        label, precision = chosen.label, chosen.precision
        point = (chosen.x, chosen.y) if np.isfinite(chosen.x) else None
    with decisions_of(workspace, snapshot.project) as decisions:
        decisions.answer_location(
            phrase_key, phrase=said.iloc[0], precision=precision, label=label, point=point, by=by
        )


def settled_places(workspace: Path) -> tuple[SettledPlace, ...]:
    """Return the answers that hold, newest first."""
    project = read_project(workspace)
    with decisions_of(workspace, project) as decisions:
        answers = decisions.location_answers().values()
    found = []
    for answer in sorted(answers, key=lambda one: one.decided_at, reverse=True):
        lon, lat = degrees(answer.x, answer.y, crs=project.geography.working_crs)
        found.append(
            SettledPlace(
                phrase=answer.phrase,
                phrase_key=answer.phrase_key,
                label=answer.label,
                precision=answer.precision,
                longitude=lon,
                latitude=lat,
                decided_by=answer.decided_by,
                decided_at=answer.decided_at,
            )
        )
    return tuple(found)


def withdraw_place(workspace: Path, phrase_key: str) -> None:
    """Let an answer hold no longer, from the next import on.

    Raises
    ------
    MissingError
        ``phrase_unanswered``.
    """
    with decisions_of(workspace, read_project(workspace)) as decisions:
        if not decisions.withdraw_location(phrase_key):
            raise MissingError(
                "phrase_unanswered", f"Nobody has said where {phrase_key} is.", phrase=phrase_key
            )


def _inside(lonlat: tuple[float, float], project: Project) -> tuple[float, float]:
    """Return a point in the working CRS.

    Raises
    ------
    ParameterError
        ``point_outside``.
    """
    longitude, latitude = lonlat
    crs = project.geography.working_crs
    west, south, east, north = project.geography.extent or area_of_use(crs)
    if not (west <= longitude <= east and south <= latitude <= north):
        raise ParameterError(
            "point_outside",
            f"{longitude}, {latitude} lies outside the municipality.",
            longitude=longitude,
            latitude=latitude,
        )
    x, y = to_working([longitude], [latitude], source=WGS84, working=crs)
    return float(x[0]), float(y[0])
