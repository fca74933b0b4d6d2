"""How much of everything a made-up municipality of each size has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """How large a municipality is made."""

    SMALL = "small"
    TOWN = "town"
    CITY = "city"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class SizeRule:
    """The figures of one size.

    Attributes
    ----------
    tiles
        Towns along each side; only a region has more than one.
    half_side_m
        Half the side of the square that one town with its countryside lies in.
    population
        Inhabitants of each main town, before it varies (region only).
    villages, schools, squares
        Per main town.
    incidents, accidents, survey, map_survey, reviews
        Rows in all, before dirt. Incidents are the police's own, accidents the Excel's.
    planted_schools, planted_stretches, planted_rounds, planted_squares
        Places per main town with planted incidents; a round is joyriding along streets that close.
    one_sided
        Places per main town that are felt only, or recorded only, of each.
    dirt
        How many rows of each kind of dirt there are, as a multiple of the least (one).
    """

    tiles: int
    half_side_m: float
    population: int
    villages: int
    schools: int
    squares: int
    incidents: int
    accidents: int
    survey: int
    map_survey: int
    reviews: int
    planted_schools: int
    planted_stretches: int
    planted_rounds: int
    planted_squares: int
    one_sided: int
    dirt: int


SIZES: dict[Size, SizeRule] = {
    Size.SMALL: SizeRule(
        tiles=1,
        half_side_m=6_000,
        population=2_600,
        villages=2,
        schools=3,
        squares=1,
        incidents=46,
        accidents=4,
        survey=28,
        map_survey=12,
        reviews=9,
        planted_schools=0,
        planted_stretches=0,
        planted_rounds=0,
        planted_squares=0,
        one_sided=1,
        dirt=1,
    ),
    Size.TOWN: SizeRule(
        tiles=1,
        half_side_m=10_500,
        population=11_500,
        villages=6,
        schools=10,
        squares=4,
        incidents=11_500,
        accidents=500,
        survey=1_700,
        map_survey=800,
        reviews=150,
        planted_schools=4,
        planted_stretches=3,
        planted_rounds=1,
        planted_squares=2,
        one_sided=1,
        dirt=6,
    ),
    Size.CITY: SizeRule(
        tiles=1,
        half_side_m=15_000,
        population=68_000,
        villages=9,
        schools=44,
        squares=10,
        incidents=57_000,
        accidents=3_000,
        survey=6_000,
        map_survey=2_500,
        reviews=600,
        planted_schools=14,
        planted_stretches=8,
        planted_rounds=2,
        planted_squares=5,
        one_sided=2,
        dirt=20,
    ),
    Size.REGION: SizeRule(
        tiles=7,
        half_side_m=11_000,
        population=14_000,
        villages=12,
        schools=11,
        squares=4,
        incidents=380_000,
        accidents=20_000,
        survey=30_000,
        map_survey=12_000,
        reviews=4_000,
        planted_schools=3,
        planted_stretches=2,
        planted_rounds=1,
        planted_squares=2,
        one_sided=1,
        dirt=80,
    ),
}
