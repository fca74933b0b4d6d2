"""What promises are judged against in a workspace: places, bells, school year, and what residents said."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geodata.places.bells import BellDay, bells_of
from geodata.places.school_zones import school_ids
from geodata.promises.setting import Setting
from geodata.schema import GROUP_OF, PlaceKind, Stream
from geodata.school_year import SchoolYear

if TYPE_CHECKING:
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.places.place import Place


def promise_setting(ground: Ground, places: tuple[Place, ...]) -> Setting:
    """Return what entries of the log are judged against.

    Parameters
    ----------
    places
        Every place of the register, retired ones too.
    """
    project = ground.project
    usual = bells_of(project.schools, school_id="", name="", stage="", stated=(None, None))
    return Setting(
        zone=project.zone,
        school_year=SchoolYear.of(project),
        places={place.place_id: place for place in places},
        bells=_bells(ground),
        usual_bells=usual,
        complaints=_complaints(ground),
    )


@lru_cache(maxsize=4)
def _bells(ground: Ground) -> dict[int, tuple[BellDay, ...]]:
    """Return the bells of every unit of each school zone."""
    schools = ground.snapshot.table("schools").set_index("school_id", drop=False)
    found = {}
    for place in ground.places:
        if place.kind is not PlaceKind.SCHOOL_ZONE:
            continue
        units = schools.loc[schools.index.intersection(list(school_ids(place.source_key)))]
        days: list[BellDay] = []
        for _, unit in units.iterrows():
            days += bells_of(
                ground.project.schools,
                school_id=str(unit["school_id"]),
                name=str(unit["name"]),
                stage=_said(unit["stage"]) or "",
                stated=(_said(unit["bell_start"]), _said(unit["bell_end"])),
            )
        if days:
            found[place.place_id] = tuple(days)
    return found


@lru_cache(maxsize=4)
def _complaints(ground: Ground) -> dict[int, tuple[tuple[date, str], ...]]:
    """Return the day and the group of problems of every survey answer about a place, by place."""
    records = ground.records
    position, observation = ground.place_members
    said = records.of_stream(Stream.SURVEY)[observation] & ~np.isnat(records.first_day[observation])
    groups = np.array([GROUP_OF.get(name, name) for name in records.category_names], dtype=object)
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for at, row in zip(position[said].tolist(), observation[said].tolist(), strict=True):
        code = records.category_code[row]
        about = str(groups[code]) if code >= 0 else ""
        found[ground.places[at].place_id].append((records.first_day[row].item(), about))
    return {place_id: tuple(sorted(set(days))) for place_id, days in found.items()}


def _said(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
