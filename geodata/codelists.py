"""The codes that columns may hold; what they are called stands in the text catalogues."""

from __future__ import annotations

ROAD_CLASSES = ("motorway", "primary", "secondary", "tertiary", "residential", "service", "path")

AREA_KINDS = (
    "boundary",
    "district",
    "crossing",
    "bus_stop",
    "pedestrian_crossing",
    "entrance",
    "fuel",
    "licensed",
    "named_place",
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

RESPONDENTS = (
    "resident",
    "visitor",
    "staff_municipality",
    "staff_police",
    "staff_other",
    "pupil",
    "local_bra",
)
"""Who answered, as far as the survey asks."""

LINK_REASONS = ("same_id", "version", "same_accident", "same_complaint", "same_event")
"""Why two records are one: the same id again, an older wording of it, or records alike in time and place."""

CHECKLIST = ("sight", "crossing", "speed", "lighting", "separation", "parking")
"""What a traffic-environment review looks at; each one of `CHECKED`."""

CHECKED = ("good", "lacking", "not_relevant")

PROPOSALS = (
    "proposal_speed_bump",
    "proposal_speed_limit",
    "proposal_crossing",
    "proposal_lighting",
    "proposal_cycle_path",
    "proposal_sight",
    "proposal_drop_off",
    "proposal_closure",
    "proposal_signs",
    "proposal_police_presence",
    "proposal_adults_present",
    "proposal_camera",
    "proposal_youth",
    "proposal_maintenance",
    "proposal_transit",
    "proposal_other",
)
"""What people ask for, a kind of their own beside problems."""

NOT_LABELLED = (
    "boundary",
    "district",
    "square",
    "centre",
    "crossing",
    "bus_stop",
    "pedestrian_crossing",
    "entrance",
    "licensed",
)
"""Kinds of area whose names no map writes: the places name themselves, the others are found by words."""
