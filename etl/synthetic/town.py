"""Make a municipality: the facade of this package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.synthetic.answer_files import write_kobo, write_map_survey, write_reviews
from etl.synthetic.calendar_weights import FIRST_DAY, LAST_DAY, days
from etl.synthetic.country import make_land
from etl.synthetic.dirt import FATE, REASON, FileTruth, spoil
from etl.synthetic.ground_files import (
    write_areas,
    write_population,
    write_residents,
    write_schools,
    write_streets,
)
from etl.synthetic.incident_files import write_accidents, write_incidents
from etl.synthetic.incidents import draw_incidents
from etl.synthetic.land import School
from etl.synthetic.planting import PlantedPlace, choose_places
from etl.synthetic.project_file import write_project
from etl.synthetic.public_events import write_public_events
from etl.synthetic.reviews import draw_reviews
from etl.synthetic.sizes import SIZES, Size, SizeRule
from etl.synthetic.survey import draw_answers
from etl.synthetic.truth import write_truth
from geodata.account import Fate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from etl.synthetic.land import Land

    Progress = Callable[[str, int, int], None]

STEPS = ("land", "places", "incidents", "survey", "files")
"""What is told to `progress`, in order."""


@dataclass(frozen=True, slots=True)
class Town:
    """What was made, so that tests can hold an import's account against it.

    Attributes
    ----------
    files
        What an import of each file into an empty workspace should account for.
    planted
        Every place in ``truth.geojson``, in its order.
    population
        Persons in the population squares.
    street_km
        Length of the street net.
    first_day, last_day
        Local days that the incidents cover.
    identities
        Answers whose comment names a made-up person or telephone number, for masking.
    """

    workspace: Path
    size: Size
    seed: int
    files: tuple[FileTruth, ...]
    planted: tuple[PlantedPlace, ...]
    schools: tuple[School, ...]
    population: int
    street_km: float
    first_day: date
    last_day: date
    identities: int

    def fates(self) -> dict[Fate, int]:
        """Return the rows of all files by fate."""
        return {fate: sum(file.fates[fate] for file in self.files) for fate in Fate}


def make_town(workspace: Path, *, size: Size, seed: int, progress: Progress | None = None) -> Town:
    """Make Exempelstad in a workspace folder: project file, ``inbox/`` and ``truth.geojson``.

    The same size and seed give the same municipality. Files of an earlier one are overwritten; a store
    in the folder is left alone.

    Parameters
    ----------
    progress
        Called with step code (`STEPS`), done and total.
    """
    tell = progress or (lambda _step, _done, _total: None)
    rule = SIZES[size]
    rngs = {step: np.random.default_rng([seed, number]) for number, step in enumerate(STEPS)}
    tell("land", 0, rule.tiles**2)
    land = make_land(rule, seed, tell)
    tell("places", 0, 1)
    places = choose_places(land, rule, rngs["places"])
    tell("incidents", 0, 1)
    incidents, accidents = draw_incidents(land, rule, places, rngs["incidents"])
    tell("survey", 0, 1)
    answers = draw_answers(land, rule.survey, places, rngs["survey"])
    pins = draw_answers(land, rule.map_survey, places, rngs["survey"])
    reviews = draw_reviews(land, rule.reviews, places, rngs["survey"])

    rng = rngs["files"]
    tell("files", 0, 11)
    incidents = spoil(_with_digests(incidents, size, rng), _incident_dirt(rule), rng, missing_share=0.03)
    accidents = spoil(accidents, {"duplicate": rule.dirt // 2}, rng, missing_share=0.01)
    answers = spoil(
        answers, {"swapped": 1 + rule.dirt // 3, "duplicate": rule.dirt // 2 + 1}, rng, missing_share=0.12
    )
    pins = spoil(pins, {"swapped": 1 + rule.dirt // 6}, rng, missing_share=0.02)
    reviews = spoil(reviews, {"swapped": 1}, rng, missing_share=0.02)
    inbox = workspace / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    for old in inbox.glob("handelser_*.csv"):
        old.unlink()
    closed = _closed(land, max(1, rule.schools // 5), rng)
    files = (
        *write_incidents(inbox, incidents, _street_names(land, incidents), rng),
        write_kobo(inbox, answers, rng),
        write_map_survey(inbox, pins),
        write_accidents(inbox, accidents, _street_names(land, accidents), "Exempelstad", rng),
        write_reviews(inbox, reviews),
        write_schools(inbox, land, closed),
        write_streets(inbox, land),
        write_areas(inbox, land),
        write_population(inbox, land),
        write_residents(inbox, land),
        write_public_events(inbox, land, seed),
    )
    write_project(workspace, land.boundary)
    write_truth(workspace, places, _located(incidents, accidents), _located(answers, pins))
    tell("files", 11, 11)
    said = pd.concat([answers, pins])
    comments = said.loc[said[FATE].isin([Fate.NEW, Fate.WAITING]), "comment"]
    return Town(
        workspace=workspace,
        size=size,
        seed=seed,
        files=files,
        planted=places,
        schools=land.schools,
        population=int(land.dwellings["persons"].sum()),
        street_km=float(land.streets.length.sum() / 1000),
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        identities=int(comments.str.contains("070-174|@example").sum()),
    )


def _incident_dirt(rule: SizeRule) -> dict[str, int]:
    return {
        "swapped": rule.dirt,
        "at_zero": 1 + rule.dirt // 3,
        "no_such_day": 1,
        "no_such_hour": 1,
        "duplicate": 2 * rule.dirt,
    }


def _with_digests(incidents: pd.DataFrame, size: Size, rng: np.random.Generator) -> pd.DataFrame:
    """Add the nights' digests: once a month in a small place, else once a week."""
    every = 30 if size is Size.SMALL else 7
    day = np.arange(int(rng.integers(0, every)), len(days()), every)
    nights = {"kind": "digest", "day": day, "minute": 6 * 60, "x": np.nan, "y": np.nan, "planted": -1}
    digests = pd.DataFrame(nights).assign(**{REASON: "digest"})
    together = pd.concat([incidents.assign(**{REASON: ""}), digests])
    return together.sort_values(["day", "minute", "x"], ignore_index=True)


def _located(*streams: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that come in with a point, of several streams."""
    return pd.concat([rows.loc[rows[FATE] == Fate.NEW, ["x", "y", "planted"]] for rows in streams])


def _street_names(land: Land, rows: pd.DataFrame) -> NDArray[np.object_]:
    """Return the name of the nearest named street at each row; empty where the row has no point."""
    named = land.streets[land.streets["name"] != ""]
    there = rows["x"].notna().to_numpy()
    names = np.full(len(rows), "", dtype=object)
    points = shapely.points(rows.loc[there, ["x", "y"]].to_numpy())
    names[there] = named["name"].to_numpy()[shapely.STRtree(named.geometry.to_numpy()).nearest(points)]
    return names


def _closed(land: Land, count: int, rng: np.random.Generator) -> tuple[School, ...]:
    """Make units that have closed, a little beside ones in use."""
    closed = []
    for number in range(count):
        beside = land.schools[int(rng.integers(0, len(land.schools)))]
        code = f"{99_900_000 + number}"
        closed.append(
            School(code, f"Gamla {beside.name}", beside.stage, 0, "08:10", "14:00", beside.x + 150, beside.y)
        )
    return tuple(closed)
