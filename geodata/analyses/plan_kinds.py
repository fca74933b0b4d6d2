"""What a plan of patrols does, and what a plan of measurements: the kinds of activity of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.promises.activity import ActivityKind

if TYPE_CHECKING:
    from geodata.targeting.binding import Binding

MEETS_HARM = (
    ActivityKind.TRAFFIC_CHECK,
    ActivityKind.PRESENCE,
    ActivityKind.TARGETED_OPERATION,
    ActivityKind.PREMISES_INSPECTION,
)
"""What is done because of what happens then and there."""

MEASURES = (
    ActivityKind.SPEED_MEASUREMENT,
    ActivityKind.ENVIRONMENT_REVIEW,
    ActivityKind.SAFETY_WALK,
)
"""What is done to know more; one is worth no more a week later."""


def kinds_of(*, measures: bool) -> frozenset[ActivityKind]:
    """Return what meets harm, or what measures and reviews."""
    return frozenset(MEASURES if measures else MEETS_HARM)


def is_about(binding: Binding, *, measures: bool) -> bool:
    """Say whether a promise is about measurements and reviews alone, or about all else."""
    return measures == (bool(binding.kinds) and binding.kinds <= kinds_of(measures=True))
