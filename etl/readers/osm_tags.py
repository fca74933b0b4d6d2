"""What OpenStreetMap's tags say: which of them make a feature, and how fast one may drive."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMED_AT_MOST = 12
"""Tags that an account names; the rest are many of the same kind."""

SPEED_KEYS = ("maxspeed", "maxspeed:type", "source:maxspeed", "zone:maxspeed")
SPEED = "speed_kmh"
"""The column that `speed` gives."""
KMH_PER = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "mph": 1.609344, "knots": 1.852}
ZONES = {
    "se:urban": 50.0,
    "se:rural": 70.0,
    "se:trunk": 90.0,
    "se:motorway": 110.0,
    "fi:urban": 50.0,
    "fi:rural": 80.0,
    "fi:trunk": 100.0,
    "fi:motorway": 120.0,
    "no:urban": 50.0,
    "no:rural": 80.0,
    "dk:urban": 50.0,
    "dk:rural": 80.0,
    "dk:motorway": 130.0,
}
"""What stands on no sign: the limit of a built-up area or outside it, by the country's traffic rules."""

_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*(km/h|kmh|mph|knots|)")
_ZONE = re.compile(r"[a-z]{2}:(?:zone)?:?(\d+)")


@dataclass
class Features:
    """Which objects are features, and what was found out while they were told from others.

    Attributes
    ----------
    tags
        Key → patterns of its values, in the order in which a key names a feature.
    left
        Tags with one of the keys and a value that was not asked for, and how often.
    unread_speeds
        Speed limits that are neither a number nor a known zone.
    """

    tags: Mapping[str, Sequence[str]]
    left: Counter[str] = field(default_factory=Counter)
    unread_speeds: Counter[str] = field(default_factory=Counter)

    def named(self, tags: Mapping[str, str]) -> str:
        """Return ``key=value`` for what an object is, ``""`` for one that was not asked for."""
        for key, patterns in self.tags.items():
            value = tags.get(key)
            if value is not None and any(fnmatchcase(value, pattern) for pattern in patterns):
                return f"{key}={value}"
        self.left.update(f"{key}={tags[key]}" for key in self.tags if key in tags)
        return ""

    def speed(self, tags: Mapping[str, str]) -> str:
        """Return the speed limit in km/h as text, ``""`` where none is said or it can't be read.

        Units are km/h unless written; a zone (``FI:urban``, ``SE:30``) stands for its limit.
        """
        said = next((tags[key] for key in SPEED_KEYS if tags.get(key)), "")
        # Of several (50;40) the first stands for the whole way.
        first = said.split(";")[0].strip().casefold()
        written = _WRITTEN.fullmatch(first)
        if written is not None:
            return f"{float(written.group(1)) * KMH_PER[written.group(2)]:.6g}"
        zone = _ZONE.fullmatch(first)
        if zone is not None:
            return zone.group(1)
        if first in ZONES:
            return f"{ZONES[first]:g}"
        if first not in {"", "none", "sign", "signals", "variable"}:
            self.unread_speeds[said] += 1
        return ""

    def said(self) -> dict[str, str]:
        """Return codes and values for the account."""
        said = {}
        if self.left:
            said["tags_left"] = _most(self.left)
        if self.unread_speeds:
            said["speeds_unread"] = _most(self.unread_speeds)
        return said


def _most(counted: Counter[str]) -> str:
    named = sorted(counted, key=lambda one: (-counted[one], one))
    more = ", …" if len(named) > NAMED_AT_MOST else ""
    return ", ".join(f"{one} ({counted[one]})" for one in named[:NAMED_AT_MOST]) + more
