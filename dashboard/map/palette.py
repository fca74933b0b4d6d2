"""The colours of the map, light and dark: one home for every map and for the legend.

The ramp's five colours belong to the five fixed levels of a cell, whatever the filters say. Between light
and dark it turns round, so that much always stands out most from the ground.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from geodata.schema import Stream


@dataclass(frozen=True, slots=True)
class Mark:
    """How single records of one stream are drawn: a colour and a shape, so that neither is needed alone."""

    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class Fill:
    """How an agreement is drawn inside a place: a colour and a pattern.

    Attributes
    ----------
    pattern
        ``crosshatch``, ``hatch``, ``dots`` or ``none``.
    opacity
        Of the even fill below the pattern, 0–1.
    """

    colour: str
    pattern: str
    opacity: float


@dataclass(frozen=True, slots=True)
class Edge:
    """How sure a found area is, in its outline: thick and whole, or broken, or thin.

    Attributes
    ----------
    width
        Pixels, for a stretch twice that.
    dash
        Line and gap in widths; empty for a whole line.
    fill
        Opacity inside, 0–1.
    """

    colour: str
    width: float
    dash: tuple[float, ...]
    fill: float

    @property
    def css(self) -> str:
        """How CSS names such a line."""
        if not self.dash:
            return "solid"
        return "dashed" if self.dash[0] > 1 else "dotted"


@dataclass(frozen=True, slots=True)
class Ground:
    """The basemap, from the land up to the labels; every value is a CSS colour."""

    land: str
    residential: str
    industrial: str
    wood: str
    park: str
    water: str
    water_edge: str
    parking: str
    square: str
    building: str
    building_edge: str
    railway: str
    railway_tie: str
    boundary: str
    road: str
    road_main: str
    road_large: str
    road_edge: str
    road_large_edge: str
    path: str
    label: str
    label_halo: str
    label_water: str
    label_green: str


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one theme.

    Attributes
    ----------
    levels
        Colours of the cell levels 1–5, few to many.
    level_opacity
        How far each covers the ground, 0–1.
    area
        Outline of what is found.
    chance
        Outlines by how sure it is that a found area is more than chance.
    place
        Outline and badge of a place.
    selected
        The one strong colour of a selected thing, in the map, the list and the charts.
    way
        Ways to school, rounds, and what lies along them.
    """

    levels: tuple[str, str, str, str, str]
    level_opacity: tuple[float, float, float, float, float]
    area: str
    area_halo: str
    chance: dict[str, Edge]
    place: str
    place_text: str
    selected: str
    way: str
    streams: dict[str, Mark]
    agreement: dict[str, Fill]
    ground: Ground

    def level_on_land(self, level: int) -> str:
        """Return the colour that a cell of a level (1–5) has on bare land, for the legend."""
        over, under = self.levels[level - 1], self.ground.land
        share = self.level_opacity[level - 1]
        mixed = [
            round(share * int(over[at : at + 2], 16) + (1 - share) * int(under[at : at + 2], 16))
            for at in (1, 3, 5)
        ]
        return "#" + "".join(f"{value:02x}" for value in mixed)

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the browser."""
        return asdict(self)


_SHAPES = {Stream.SURVEY: "circle", Stream.REVIEW: "square", Stream.INCIDENT: "triangle"}


def _marks(survey: str, review: str, incident: str) -> dict[str, Mark]:
    colours = {Stream.SURVEY: survey, Stream.REVIEW: review, Stream.INCIDENT: incident}
    return {str(stream): Mark(colour, _SHAPES[stream]) for stream, colour in colours.items()}


def _edges(*, sure: str, likely: str, calm: str) -> dict[str, Edge]:
    return {
        "surely": Edge(sure, 2.8, (), 0.10),
        "probably": Edge(likely, 2.2, (3.0, 1.6), 0.05),
        "not_more": Edge(calm, 1.6, (0.8, 1.6), 0.0),
        "untested": Edge(sure, 1.4, (), 0.04),
    }


def _fills(*, both: str, felt: str, recorded: str, calm: str) -> dict[str, Fill]:
    return {
        "felt_and_recorded": Fill(both, "crosshatch", 0.08),
        "felt_only": Fill(felt, "hatch", 0.10),
        "recorded_only": Fill(recorded, "dots", 0.10),
        "neither": Fill(calm, "none", 0.10),
        "too_few": Fill(calm, "none", 0.04),
    }


LIGHT = Palette(
    levels=("#f3e594", "#8ccbbd", "#429fba", "#2a6ba6", "#17336f"),
    level_opacity=(0.34, 0.46, 0.56, 0.64, 0.74),
    area="#10204f",
    area_halo="#ffffff",
    chance=_edges(sure="#10204f", likely="#7a1f5c", calm="#5b6673"),
    place="#27364a",
    place_text="#ffffff",
    selected="#c2185b",
    way="#b34700",
    streams=_marks("#6A3D9A", "#B15928", "#1F7A8C"),
    agreement=_fills(both="#27364a", felt="#6A3D9A", recorded="#1F7A8C", calm="#5b6673"),
    ground=Ground(
        land="#f5f4f0",
        residential="#efede8",
        industrial="#eae8ea",
        wood="#e0e8d8",
        park="#d6e8cd",
        water="#c3dbe8",
        water_edge="#a3c5d8",
        parking="#e6e4e2",
        square="#ece6da",
        building="#dfdad3",
        building_edge="#cbc5bc",
        railway="#8d9299",
        railway_tie="#f5f4f0",
        boundary="#8a7f93",
        road="#ffffff",
        road_main="#fdf6e0",
        road_large="#f9e7b8",
        road_edge="#d3cfc8",
        road_large_edge="#cdb67c",
        path="#b9a98f",
        label="#39424d",
        label_halo="#ffffff",
        label_water="#2f6584",
        label_green="#3f6a3a",
    ),
)

DARK = Palette(
    levels=("#2c4a86", "#2a7198", "#36a09c", "#8ccb84", "#f2eb8c"),
    level_opacity=(0.34, 0.46, 0.52, 0.56, 0.62),
    area="#f7f3c4",
    area_halo="#0f151c",
    chance=_edges(sure="#f7f3c4", likely="#f5b8de", calm="#9aa6b3"),
    place="#dfe6ee",
    place_text="#141b23",
    selected="#ff6fa5",
    way="#ffa04d",
    streams=_marks("#c39bea", "#e79a62", "#56bccf"),
    agreement=_fills(both="#dfe6ee", felt="#c39bea", recorded="#56bccf", calm="#9aa6b3"),
    ground=Ground(
        land="#1b222a",
        residential="#20272f",
        industrial="#242a33",
        wood="#1c2b25",
        park="#21352a",
        water="#142f40",
        water_edge="#23465b",
        parking="#262d36",
        square="#2d3037",
        building="#2c343e",
        building_edge="#39434f",
        railway="#7b8590",
        railway_tie="#1b222a",
        boundary="#8c7f9b",
        road="#3a444f",
        road_main="#4a5058",
        road_large="#5d5a4c",
        road_edge="#151b21",
        road_large_edge="#14171a",
        path="#5d594f",
        label="#d4dbe3",
        label_halo="#161c23",
        label_water="#86bfdd",
        label_green="#93c28c",
    ),
)


def palette(*, dark: bool) -> Palette:
    """Return the colours of one theme."""
    return DARK if dark else LIGHT
