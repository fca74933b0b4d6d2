"""Columns, types and codes of every table in a snapshot.

A table is a pandas frame (a GeoDataFrame where it has a ``geometry``) that has passed `conform`.
Geometry is in the workspace's working CRS; timestamps are UTC.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import pyarrow as pa

from geodata.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd


class Stream(StrEnum):
    """What people say, what is seen on site, what happened."""

    SURVEY = "survey"
    REVIEW = "review"
    INCIDENT = "incident"


class Severity(StrEnum):
    """The Swedish injury scale, as the police write it."""

    DEATH = "death"
    SERIOUS = "serious"
    SLIGHT = "slight"
    NONE = "none"
    UNKNOWN = "unknown"


class PlaceKind(StrEnum):
    """The kinds of place that are ranked and worked at."""

    SCHOOL_ZONE = "school_zone"
    SQUARE = "square"
    JOYRIDING = "joyriding"
    CENTRE = "centre"
    STATION = "station"
    PARK = "park"


CATEGORIES: dict[str, tuple[str, ...]] = {
    "traffic": (
        "traffic_speed",
        "traffic_joyriding",
        "traffic_crossing",
        "traffic_parking",
        "traffic_heavy",
        "traffic_cycling",
        "traffic_accident",
        "traffic_other",
    ),
    "environment": (
        "environment_dark",
        "environment_overgrown",
        "environment_no_overview",
        "environment_deserted",
        "environment_littered",
        "environment_other",
    ),
    "order": ("order_gathering", "order_disturbance", "order_event"),
    "substance": ("substance_alcohol", "substance_narcotics"),
    "damage": ("damage_vandalism",),
    "theft": ("theft_burglary",),
    "violence": ("violence_threat", "violence_harassment"),
    "snowmobile": ("snowmobile",),
    "other": ("other",),
}
"""Groups and the categories in them; a record carries one category code."""

GROUP_OF = {category: group for group, categories in CATEGORIES.items() for category in categories}

OBSERVATIONS = pa.schema(
    [
        ("observation_id", pa.string()),
        ("municipality_code", pa.string()),
        ("stream", pa.string()),
        ("source", pa.string()),
        ("source_record_id", pa.string()),
        ("origin_file", pa.string()),
        ("origin_row", pa.int64()),
        ("content_hash", pa.string()),
        ("category", pa.string()),
        ("severity", pa.string()),
        ("text", pa.string()),  # masked at the door
        ("occurred_from", pa.timestamp("us", tz="UTC")),
        ("occurred_to", pa.timestamp("us", tz="UTC")),
        ("time_precision", pa.string()),
        ("published_at", pa.timestamp("us", tz="UTC")),
        # The first and the last local day it may have begun on: the same where the day is known.
        ("local_first", pa.date32()),
        ("local_last", pa.date32()),
        ("local_weekday", pa.int8()),  # Monday 0 … Sunday 6; -1 where not known
        ("local_hour", pa.int8()),  # 0 … 23; -1 where not known
        ("location_precision", pa.string()),
        ("located_by", pa.string()),  # coordinates, area_name …
        ("location_text", pa.string()),  # the words the source used for the place
        ("collected_at", pa.string()),  # where an answer was given, which is not what it is about
        ("x", pa.float64()),  # metres east; null where there is no point
        ("y", pa.float64()),
        ("street_id", pa.int64()),  # -1 where no street is near
        ("street_distance_m", pa.float64()),
        ("set_aside", pa.bool_()),
        ("linked_to", pa.string()),  # observation_id of the record it repeats
        ("status", pa.string()),  # reviews: proposed, decided, funded, built, rejected, nothing_called_for
        ("responsible", pa.string()),
        ("measure", pa.string()),
        ("v85_kmh", pa.float64()),
        ("flow_adt", pa.float64()),
    ]
)
"""One record of a stream."""

_GEOMETRY = ("geometry", pa.binary())

STREETS = pa.schema(
    [
        ("street_id", pa.int64()),
        ("name", pa.string()),
        ("road_class", pa.string()),  # one of ROAD_CLASSES
        ("speed_limit_kmh", pa.float64()),
        ("flow_adt", pa.float64()),
        ("length_m", pa.float64()),
        _GEOMETRY,
    ]
)
"""One street link, a LineString; links meet where their end points coincide."""

ROAD_CLASSES = ("motorway", "primary", "secondary", "tertiary", "residential", "service", "path")

SCHOOLS = pa.schema(
    [
        ("school_id", pa.string()),
        ("name", pa.string()),
        ("stage", pa.string()),
        ("pupils", pa.float64()),
        ("bell_start", pa.string()),  # "08:10"
        ("bell_end", pa.string()),
        _GEOMETRY,
    ]
)

AREAS = pa.schema(
    [
        ("area_id", pa.int64()),
        ("kind", pa.string()),  # one of AREA_KINDS
        ("name", pa.string()),
        _GEOMETRY,
    ]
)
"""Polygons, lines (rivers, railways) and points of the ground: squares, parks, water, woods, buildings."""

AREA_KINDS = (
    "boundary",
    "square",
    "centre",
    "station",
    "park",
    "water",
    "river",
    "wood",
    "industrial",
    "residential",
    "building",
    "railway",
    "parking",
)

POPULATION = pa.schema(
    [
        ("square_id", pa.int64()),  # SCB: south-west corner, E then N
        ("side_m", pa.int64()),
        ("population", pa.float64()),
    ]
)

TABLES: dict[str, pa.Schema] = {
    "observations": OBSERVATIONS,
    "streets": STREETS,
    "schools": SCHOOLS,
    "areas": AREAS,
    "population": POPULATION,
}
KEYS = {
    "observations": "observation_id",
    "streets": "street_id",
    "schools": "school_id",
    "areas": "area_id",
    "population": "square_id",
}
LAYERS = tuple(name for name in TABLES if name != "observations")


def has_geometry(table: str) -> bool:
    """Say whether `table` carries a geometry column."""
    return "geometry" in TABLES[table].names


def conform(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return `frame` with exactly the columns of `table`, in order.

    Columns that the frame lacks come in as null, and the index starts over.

    Raises
    ------
    StoreError
        ``schema_mismatch`` when the frame has a column that the table does not know.
    """
    schema = TABLES[table]
    unknown = sorted(set(frame.columns) - set(schema.names))
    if unknown:
        raise StoreError(
            "schema_mismatch",
            f"Table {table} does not know the columns {', '.join(unknown)}.",
            table=table,
            columns=", ".join(unknown),
        )
    # Object nulls, not NaN: arrow can turn them into a null of any type.
    missing = {name: None for name in schema.names if name not in frame.columns}
    whole: pd.DataFrame = frame.assign(**missing)[schema.names].reset_index(drop=True)
    return whole
