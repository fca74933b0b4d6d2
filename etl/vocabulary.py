"""What a mapping may fill in: the columns of each table that come from a file, and their code words."""

from __future__ import annotations

from geodata.codelists import AREA_KINDS, RESPONDENTS, ROAD_CLASSES
from geodata.schema import GROUP_OF, Severity

STATUSES = ("proposed", "decided", "funded", "built", "rejected", "nothing_called_for")
"""How far a traffic-environment review has come."""

TARGETS: dict[str, tuple[str, ...]] = {
    "observations": (
        "category",
        "severity",
        "text",
        "location_text",
        "collected_at",
        "respondent",
        "batch",
        "said_when",
        "age_group",
        "status",
        "responsible",
        "measure",
        "v85_kmh",
        "flow_adt",
    ),
    "streets": ("name", "road_class", "speed_limit_kmh", "flow_adt"),
    "schools": ("name", "stage", "pupils", "bell_start", "bell_end"),
    "areas": ("kind", "name"),
    "population": ("side_m", "population"),
    "residents": ("area", "ages", "residents"),
    "measurements": (
        "site",
        "direction",
        "first_day",
        "last_day",
        "hours",
        "vehicles",
        "mean_kmh",
        "v85_kmh",
        "share_above",
        "speed_limit_kmh",
    ),
    "batches": ("collected_at", "collected_on", "handed_out", "returned", "respondent"),
    "events": ("name", "place", "starts", "ends"),
}
"""Table → columns that `fields` and `constants` of a mapping can name; the rest is worked out."""

VOCABULARY: dict[str, frozenset[str]] = {
    "category": frozenset(GROUP_OF),
    "severity": frozenset(str(severity) for severity in Severity),
    "respondent": frozenset(RESPONDENTS),
    "status": frozenset(STATUSES),
    "road_class": frozenset(ROAD_CLASSES),
    "kind": frozenset(AREA_KINDS),
}
"""Column → the only codes it may hold."""

NUMBERS = frozenset(
    {
        "v85_kmh",
        "mean_kmh",
        "flow_adt",
        "speed_limit_kmh",
        "vehicles",
        "pupils",
        "side_m",
        "population",
        "residents",
        "handed_out",
        "returned",
    }
)
"""Columns read as numbers at or above zero."""

CLOCKS = frozenset({"bell_start", "bell_end"})
"""Columns read as a time of day and kept as ``08:10``."""

WHOLE = frozenset({"side_m", "vehicles", "handed_out", "returned"})
"""Numbers without decimals."""

DAYS = frozenset({"first_day", "last_day", "collected_on"})
"""Columns read as a day."""

HOURS = frozenset({"hours"})
"""Columns read as a part of the day and kept as ``07:30-08:30``."""

SHARES = frozenset({"share_above"})
"""Columns read as a share from 0 to 1, or as per cent."""

SAID = frozenset({"said_when"})
"""Columns read from words for when into parts of the week."""

AGES = frozenset({"age_group"})
"""Columns read from ages, or bands of ages, into the workspace's groups."""

MOMENTS = frozenset({"starts", "ends"})
"""Columns read as a day with a clock, local where no offset stands; a day alone is meant whole."""

BANDS = frozenset({"ages"})
"""Columns read as years of age from and to, and kept as ``15-19`` or ``100+``."""

READ_AS_THEY_STAND = NUMBERS | CLOCKS | DAYS | HOURS | SHARES | BANDS | MOMENTS
"""Columns that are never looked up among words."""

FREE_TEXT = frozenset(
    {"text", "location_text", "collected_at", "measure", "responsible", "batch", "site", "direction", "place"}
)
"""Columns that people wrote in their own words: masked at the door."""

NEEDED: dict[str, tuple[str, ...]] = {
    "observations": ("category",),
    "areas": ("kind",),
    "population": ("side_m", "population"),
    "residents": ("ages", "residents"),
    "streets": ("road_class",),
    "schools": ("name",),
    "measurements": (),
    "batches": (),
    "events": ("name", "starts", "ends"),
}
"""Table → columns that every row must have."""
