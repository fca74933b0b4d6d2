"""Records that say their place in words are given it, where the words are sure; people's answers go first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from etl.gazetteer.gazetteer import make_gazetteer
from etl.gazetteer.normalise import phrase_key
from geodata.precision import AREA_ONLY, LocationPrecision
from geodata.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from etl.gazetteer.gazetteer import Gazetteer
    from etl.intake import Intake
    from geodata.project import Project
    from geodata.store.decisions import LocationAnswer

BY_GAZETTEER = "gazetteer"
BY_PERSON = "person"
BY_WORDS = (BY_GAZETTEER, BY_PERSON)
"""How a record was located, when its words did it."""

UNKNOWN = str(LocationPrecision.UNKNOWN)
SURE = 1.0
"""Confidence of what a person said."""

Answers = dict[str, "LocationAnswer"]


def place_by_words(
    intakes: Sequence[Intake],
    layers: Mapping[str, pd.DataFrame],
    observations: Mapping[str, pd.DataFrame],
    *,
    project: Project,
    answers: Answers,
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Place what says its place in words only, once layers and records are settled.

    Parameters
    ----------
    layers, observations
        Part → its rows as they were settled.
    answers
        Phrase key → what a person said.

    Returns
    -------
    tuple of dict
        `layers`, measurements placed, and `observations` placed.
    """
    sites = [one.part for one in intakes if one.table == "measurements" and one.part in layers]
    asked = any(asks(frame).any() or by_words(frame).any() for frame in observations.values())
    if not asked and not any(waits(layers[part]).any() for part in sites):
        return dict(layers), dict(observations)
    gazetteer = make_gazetteer(
        schools=_layer(intakes, layers, "schools"),
        areas=_layer(intakes, layers, "areas"),
        streets=_layer(intakes, layers, "streets"),
        project=project,
    )
    placed = locate_sites({part: layers[part] for part in sites}, gazetteer, answers)
    return {**layers, **placed}, locate_phrases(observations, gazetteer, answers)


def _layer(intakes: Sequence[Intake], frames: Mapping[str, pd.DataFrame], table: str) -> gpd.GeoDataFrame:
    """Return a whole layer of this import, over all its parts."""
    parts = [frames[one.part] for one in intakes if one.table == table and one.part in frames]
    if not parts:
        return gpd.GeoDataFrame({name: [] for name in TABLES[table].names}, geometry="geometry")
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry")


def locate_phrases(
    frames: Mapping[str, pd.DataFrame], gazetteer: Gazetteer, answers: Answers
) -> dict[str, pd.DataFrame]:
    """Give observations without a place the one that their words mean.

    What an earlier import found by words is found anew, since layers and answers change. A record that has
    coordinates keeps them, and where an answer was collected is never looked at.

    Parameters
    ----------
    frames
        Part → its rows, columns of ``schema.OBSERVATIONS``.
    gazetteer
        Of the layers that this import publishes.
    answers
        Phrase key → what a person said; goes before the gazetteer.

    Returns
    -------
    dict
        Part → its rows; those without words for a place come back as they are.
    """
    cleared = {name: _cleared(frame) for name, frame in frames.items()}
    phrases = {name: frame.loc[asks(frame), "location_text"] for name, frame in cleared.items()}
    found = _places(phrases, gazetteer, answers)
    return {name: _placed(frame, phrases[name], found) for name, frame in cleared.items()}


def locate_sites(
    frames: Mapping[str, pd.DataFrame], gazetteer: Gazetteer, answers: Answers
) -> dict[str, pd.DataFrame]:
    """Give measurements without a point the one that the name of their site means.

    Parameters
    ----------
    frames
        Part → its rows, columns of ``schema.MEASUREMENTS``.
    """
    phrases = {
        name: frame.loc[(frame["location_precision"] == UNKNOWN) & frame["site"].notna(), "site"]
        for name, frame in frames.items()
    }
    found = _places(phrases, gazetteer, answers)
    return {name: _sited(frame, phrases[name], found) for name, frame in frames.items()}


def waits(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which rows of a table with places still lack one, shape ``(len(frame),)``."""
    return np.asarray(frame["location_precision"] == UNKNOWN, dtype=bool)


def by_words(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which observations were located by their words, shape ``(len(frame),)``."""
    return np.asarray(frame["located_by"].isin(BY_WORDS), dtype=bool)


_Place = tuple[float, float, str, str, float, int]
"""x and y in metres (NaN where there is no point), precision, located_by, confidence, area_id."""


def _places(
    phrases: Mapping[str, pd.Series[str]], gazetteer: Gazetteer, answers: Answers
) -> dict[str, _Place]:
    """Return the place of each phrase as written, for those that have one."""
    written = {phrase: phrase_key(phrase) for series in phrases.values() for phrase in series.unique()}
    resolved = gazetteer.resolve(phrase for phrase, key in written.items() if key not in answers)
    found: dict[str, _Place] = {}
    for phrase, key in written.items():
        answer = answers.get(key)
        if answer is not None:
            point = (np.nan, np.nan) if answer.x is None or answer.y is None else (answer.x, answer.y)
            # The answer keeps the district's name, which outlives the ids of one edition of the layer.
            area = gazetteer.district_of(answer.label) if answer.precision in AREA_ONLY else -1
            found[phrase] = (*point, str(answer.precision), BY_PERSON, SURE, area)
            continue
        place = resolved[key].accepted
        if place is not None:
            at = (place.x, place.y, str(place.precision))
            # The district of a point is joined by where it lies, like everybody else's.
            area = place.area_id if place.precision in AREA_ONLY else -1
            found[phrase] = (*at, BY_GAZETTEER, place.confidence, area)
    return found


def asks(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which observations without a place say theirs in words, shape ``(len(frame),)``."""
    said = frame["location_text"].notna().to_numpy(dtype=bool)
    asked: NDArray[np.bool_] = waits(frame) & said & ~frame["set_aside"].to_numpy(dtype=bool)
    return asked


def _cleared(frame: pd.DataFrame) -> pd.DataFrame:
    """Take away what was found by words before."""
    before = by_words(frame)
    if not before.any():
        return frame
    return frame.assign(
        x=frame["x"].mask(before),
        y=frame["y"].mask(before),
        location_precision=frame["location_precision"].mask(before, UNKNOWN),
        located_by=frame["located_by"].mask(before),
        location_confidence=frame["location_confidence"].mask(before),
        area_id=frame["area_id"].mask(before, -1),
    )


def _placed(frame: pd.DataFrame, phrases: pd.Series[str], found: Mapping[str, _Place]) -> pd.DataFrame:
    """Write the places that were found on the rows that asked."""
    phrases = phrases[phrases.isin(found.keys())]
    if phrases.empty:
        return frame
    places = [found[phrase] for phrase in phrases]
    columns = ("x", "y", "location_precision", "located_by", "location_confidence", "area_id")
    placed = frame.copy(deep=False)
    for column, values in zip(columns, zip(*places, strict=True), strict=True):
        placed.loc[phrases.index, column] = list(values)
    return placed


def _sited(frame: pd.DataFrame, phrases: pd.Series[str], found: Mapping[str, _Place]) -> pd.DataFrame:
    placed = frame.copy(deep=False)
    geometry = frame["geometry"].to_numpy(dtype=object).copy()
    precision = frame["location_precision"].to_numpy(dtype=object).copy()
    for at, phrase in zip(frame.index.get_indexer(phrases.index), phrases, strict=True):
        place = found.get(phrase)
        if place is not None and np.isfinite(place[0]):
            geometry[at] = shapely.Point(place[0], place[1])
            precision[at] = place[2]
    placed["geometry"] = pd.Series(geometry, index=frame.index, dtype=object)
    placed["location_precision"] = pd.Series(precision, index=frame.index, dtype="str")
    return placed
