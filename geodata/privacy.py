"""Who is looking, and what they may see: suppression happens here, in the analysis, not on the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geodata.errors import AccessError


class Audience(StrEnum):
    """For whom an answer is made; a required argument of every analysis."""

    POLICE = "police"
    PLANNER = "planner"
    COORDINATOR = "coordinator"
    COUNCIL = "council"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class AudienceRule:
    """What one audience may see.

    Attributes
    ----------
    exact_points
        Single observations on the map.
    quotes
        Masked free text.
    free_filters
        Any category, period and hour. Without it only whole calendar years and tertials, and every
        category and hour: else differencing two answers undoes the suppression.
    exact_counts
        Every count as it is. Without it counts are withheld and rounded as ``geodata.disclosure`` says, all
        else is worked out from what then stands open, and nothing is counted over the whole municipality
        but its sources.
    cells
        Hotspot cells; without them only named places.
    """

    exact_points: bool
    quotes: bool
    free_filters: bool
    exact_counts: bool
    cells: bool


_STAFF = AudienceRule(exact_points=True, quotes=True, free_filters=True, exact_counts=True, cells=True)
_ONLOOKER = AudienceRule(
    exact_points=False, quotes=False, free_filters=False, exact_counts=False, cells=False
)

RULES: dict[Audience, AudienceRule] = {
    Audience.POLICE: _STAFF,
    Audience.PLANNER: _STAFF,
    Audience.COORDINATOR: _STAFF,
    Audience.COUNCIL: _ONLOOKER,
    Audience.PUBLIC: _ONLOOKER,
}


def require(audience: Audience, permission: str) -> None:
    """Refuse what `audience` may not see.

    Raises
    ------
    AccessError
        ``not_for_audience`` when the rule named `permission` is off.
    """
    if not getattr(RULES[audience], permission):
        raise AccessError(
            "not_for_audience",
            f"This is not shown to the audience {audience}: {permission}.",
            audience=str(audience),
            permission=permission,
        )
