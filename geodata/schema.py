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
    OTHER = "other"


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
        ("located_by", pa.string()),  # coordinates, geometry, area_name, gazetteer, person
        ("location_confidence", pa.float64()),  # 0 … 1 for what was found by its words; null elsewhere
        ("location_text", pa.string()),  # the words the source used for the place
        ("collected_at", pa.string()),  # where an answer was given, which is not what it is about
        ("respondent", pa.string()),  # one of RESPONDENTS
        ("batch", pa.string()),  # the round of paper answers that it came with
        # When an answer says that it happens, which is not when it was given: see ``geodata.said_when``.
        ("said_when", pa.string()),
        # A group of ``geodata.age_groups``: of who answered, never an age, and shown of no single record.
        ("age_group", pa.string()),
        # What the text is about: codes with the words that decided, ``traffic_speed:fort,kör`` with a
        # space between; and what it asks for, the same way. Codes alone never tell why.
        ("themes", pa.string()),
        ("proposals", pa.string()),
        ("x", pa.float64()),  # metres east; null where there is no point
        ("y", pa.float64()),
        ("area_id", pa.int64()),  # the district, else the boundary, that the point lies in; -1 for none
        ("street_id", pa.int64()),  # -1 where no street is near
        ("street_distance_m", pa.float64()),
        ("set_aside", pa.bool_()),
        ("linked_to", pa.string()),  # observation_id of the record it repeats
        ("link_reason", pa.string()),  # one of LINK_REASONS; null where linked_to is
        ("link_score", pa.float64()),  # 0 … 1: how sure the link is
        ("status", pa.string()),  # reviews: proposed, decided, funded, built, rejected, nothing_called_for
        ("responsible", pa.string()),
        ("measure", pa.string()),
        ("checklist", pa.string()),  # reviews: ``sight:lacking crossing:good``, items of CHECKLIST
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

POPULATION = pa.schema(
    [
        ("square_id", pa.int64()),  # SCB: south-west corner, E then N
        ("side_m", pa.int64()),
        ("population", pa.float64()),
    ]
)

RESIDENTS = pa.schema(
    [
        ("residents_id", pa.string()),
        ("area", pa.string()),  # as the source names it; null for the whole municipality
        ("ages", pa.string()),  # years of age, both included: ``15-19``, ``100+``
        ("residents", pa.float64()),
    ]
)
"""How many live in the municipality, or in a part of it, by age; rows of one age add up."""

MEASUREMENTS = pa.schema(
    [
        ("measurement_id", pa.string()),
        ("site", pa.string()),
        ("direction", pa.string()),
        ("first_day", pa.date32()),  # local; the first and the last day that were measured
        ("last_day", pa.date32()),
        ("hours", pa.string()),  # "07:30-08:30" where only a part of the day was measured, else null
        ("vehicles", pa.float64()),
        ("mean_kmh", pa.float64()),
        ("v85_kmh", pa.float64()),
        ("share_above", pa.float64()),  # 0 … 1, of the vehicles
        ("speed_limit_kmh", pa.float64()),
        ("location_precision", pa.string()),
        _GEOMETRY,
    ]
)
"""Speeds measured at a site in one direction, a Point."""

BATCHES = pa.schema(
    [
        ("batch_id", pa.string()),
        ("collected_at", pa.string()),
        ("collected_on", pa.date32()),
        ("handed_out", pa.float64()),
        ("returned", pa.float64()),
        ("respondent", pa.string()),  # one of RESPONDENTS, where a whole round had the same
    ]
)
"""One round of answers on paper, by telephone or by talk: where, when, how many were asked."""

EVENTS = pa.schema(
    [
        ("event_id", pa.string()),
        ("name", pa.string()),
        ("place", pa.string()),  # the words of the source for where it is
        ("starts", pa.timestamp("us", tz="UTC")),
        ("ends", pa.timestamp("us", tz="UTC")),
        ("location_precision", pa.string()),
        _GEOMETRY,
    ]
)
"""One event that people gather for, a market or a match: when, and where by a Point or by words."""

TABLES: dict[str, pa.Schema] = {
    "observations": OBSERVATIONS,
    "streets": STREETS,
    "schools": SCHOOLS,
    "areas": AREAS,
    "population": POPULATION,
    "residents": RESIDENTS,
    "measurements": MEASUREMENTS,
    "batches": BATCHES,
    "events": EVENTS,
}
KEYS = {
    "observations": "observation_id",
    "streets": "street_id",
    "schools": "school_id",
    "areas": "area_id",
    "population": "square_id",
    "residents": "residents_id",
    "measurements": "measurement_id",
    "batches": "batch_id",
    "events": "event_id",
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
