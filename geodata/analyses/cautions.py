"""What an answer can't lean on in this workspace, said with every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.periods import HOURS_PER_DAY
from geodata.selection import counted

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.selection import Selection


def cautions(ground: Ground, selection: Selection) -> tuple[str, ...]:
    """Say what is missing for knowing what to expect, and what the hours leave out: ``codes.WARNINGS``."""
    exposure = ground.exposure
    hours = selection.window.from_hour, selection.window.to_hour
    said = {
        "hour_unknown": hours != (0, HOURS_PER_DAY) and _some_have_no_hour(ground, selection),
        "no_reference": not exposure.has_streets and not exposure.has_population,
        "no_streets": not exposure.has_streets and exposure.has_population,
        "no_population": exposure.has_streets and not exposure.has_population,
        "no_flow": exposure.has_streets and not exposure.has_flow,
    }
    return tuple(code for code, holds in said.items() if holds)


def _some_have_no_hour(ground: Ground, selection: Selection) -> bool:
    asked = counted(ground.observations) & (ground.records.hour < 0)
    return any(bool((asked & ground.records.of_stream(stream)).any()) for stream in selection.streams)
