"""What a phrase may mean: every named thing of the layers, and what the municipality adds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.gazetteer.normalise import phrase_key, tokens
from etl.gazetteer.streets import NamedStreet, StreetNames
from etl.gazetteer.words import place_words
from etl.scope import names_of
from geodata.crs import WGS84, to_working
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from geodata.project import Project

STREET = "street"
SCHOOL = "school"
BOUNDARY = "boundary"
DISTRICT = "district"
NAMED_PLACE = "named_place"
LOCALITIES = frozenset({DISTRICT, BOUNDARY, NAMED_PLACE})
"""Kinds that a phrase may name to say which of several is meant."""

AROUND_M = 1500.0
"""What lies this near a named place that is a point lies in it: a village has no boundary."""

PRECISION_OF_KIND = {
    STREET: LocationPrecision.STREET,
    "crossing": LocationPrecision.ADDRESS,
    DISTRICT: LocationPrecision.AREA,
    BOUNDARY: LocationPrecision.MUNICIPALITY,
    "water": LocationPrecision.AREA,
    "river": LocationPrecision.AREA,
    "wood": LocationPrecision.AREA,
    "industrial": LocationPrecision.AREA,
    "residential": LocationPrecision.AREA,
    "railway": LocationPrecision.AREA,
}
"""What a hit of a kind stands for; every other kind is a named place. An area has no point of its own."""


@dataclass(frozen=True, eq=False, slots=True)
class Entry:
    """One thing that has a name.

    Attributes
    ----------
    names
        What it is called, the layer's own name first; all of them masked as the layers are.
    x, y
        Its point, metres in the working CRS; NaN where its precision has no point.
    geometry
        What it covers, for what lies in it or near it; None for a whole municipality.
    street
        The street, when it is one.
    area_id
        Its id among the areas when it is a district, else -1.
    """

    names: tuple[str, ...]
    kind: str
    precision: LocationPrecision
    x: float
    y: float
    geometry: shapely.Geometry | None
    street: NamedStreet | None = None
    area_id: int = -1

    @property
    def name(self) -> str:
        """What the layer calls it."""
        return self.names[0]

    def holds(self, geometry: shapely.Geometry) -> bool:
        """Say whether something lies in this locality."""
        if self.geometry is None:
            return True
        if shapely.get_dimensions(self.geometry) == 2:
            return bool(shapely.intersects(self.geometry, geometry))
        return bool(shapely.dwithin(self.geometry, geometry, AROUND_M))


@dataclass(frozen=True)
class Entries:
    """Everything that a phrase may mean.

    Attributes
    ----------
    streets
        Works out what lies between streets.
    unmatched
        Names in the project file's gazetteer that have only aliases and that no layer knows.
    """

    entries: tuple[Entry, ...]
    streets: StreetNames
    unmatched: tuple[str, ...] = ()


def gather(
    *, schools: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, streets: gpd.GeoDataFrame, project: Project
) -> Entries:
    """Gather the entries of the layers and of the project file.

    Parameters
    ----------
    schools, areas, streets
        Tables of ``schema.TABLES``, geometry in the working CRS; each may be empty.
    """
    named = StreetNames(streets)
    found = _once([*_streets(named), *_schools(schools), *_areas(areas), _municipality(project)])
    added: list[Entry] = []
    aliases: dict[str, list[str]] = {}
    unmatched = []
    keys: dict[str, list[int]] = {}
    for number, entry in enumerate(found):
        keys.setdefault(phrase_key(entry.name), []).append(number)
    for place in project.gazetteer.places:
        if place.longitude is not None and place.latitude is not None:
            x, y = to_working(
                [place.longitude],
                [place.latitude],
                source=WGS84,
                working=project.geography.working_crs,
            )
            names = (place.name, *place.aliases)
            added.append(_point(names, NAMED_PLACE, shapely.Point(float(x[0]), float(y[0]))))
        elif phrase_key(place.name) in keys:
            aliases.setdefault(phrase_key(place.name), []).extend(place.aliases)
        else:
            unmatched.append(place.name)
    for key, words in aliases.items():
        for number in keys[key]:
            found[number] = _with_names(found[number], words)
    return Entries(entries=(*found, *added), streets=named, unmatched=tuple(unmatched))


def _once(entries: list[Entry]) -> list[Entry]:
    """Leave out the points of localities that have a ground too: "Säffle" is no spot in the middle of it."""
    grounds = {phrase_key(name) for one in entries if one.kind in {DISTRICT, BOUNDARY} for name in one.names}
    return [one for one in entries if one.kind != NAMED_PLACE or phrase_key(one.name) not in grounds]


def _streets(named: StreetNames) -> Iterator[Entry]:
    for street in named.streets:
        x, y = street.middle()
        yield Entry((street.name,), STREET, LocationPrecision.STREET, x, y, street.line, street)


def _schools(schools: gpd.GeoDataFrame) -> Iterator[Entry]:
    official = re.compile(place_words().names.school_official)
    for name, shape in zip(schools["name"], schools.geometry, strict=True):
        if not _is_named(name, shape):
            continue
        spoken = official.sub("", name).strip()
        said = (name, spoken, spoken.partition(",")[0])
        yield _point(tuple(dict.fromkeys(one for one in said if tokens(one))), SCHOOL, shape)


def _areas(areas: gpd.GeoDataFrame) -> Iterator[Entry]:
    """Yield the named areas; a boundary is the municipality itself, or one of its neighbours."""
    inner = areas[(areas["kind"] != BOUNDARY).to_numpy(dtype=bool)]
    for kind, area_id, name, shape in zip(
        inner["kind"], inner["area_id"], inner["name"], inner.geometry, strict=True
    ):
        if _is_named(name, shape):
            yield _point((name,), str(kind), shape, area_id=int(area_id) if kind == DISTRICT else -1)


def _is_named(name: object, shape: shapely.Geometry | None) -> bool:
    return isinstance(name, str) and bool(tokens(name)) and shape is not None and not shape.is_empty


def _point(names: tuple[str, ...], kind: str, shape: shapely.Geometry, *, area_id: int = -1) -> Entry:
    precision = PRECISION_OF_KIND.get(kind, LocationPrecision.NAMED_PLACE)
    middle = shapely.point_on_surface(shape)
    if precision is LocationPrecision.AREA:
        return Entry(names, kind, precision, np.nan, np.nan, shape, area_id=area_id)
    return Entry(names, kind, precision, float(middle.x), float(middle.y), shape, area_id=area_id)


def _municipality(project: Project) -> Entry:
    """Return the municipality itself; what lies a little outside its boundary is still spoken of as in it."""
    names = (project.municipality.name, *sorted(names_of(project.municipality.name)))
    return Entry(names, BOUNDARY, LocationPrecision.MUNICIPALITY, np.nan, np.nan, None)


def _with_names(entry: Entry, more: list[str]) -> Entry:
    return replace(entry, names=(*entry.names, *more))
