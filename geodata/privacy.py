"""Who is looking, and what they may see: suppression happens here, in the analysis, not on the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from geodata.errors import AccessError

if TYPE_CHECKING:
    from collections.abc import Mapping

_Part = TypeVar("_Part")


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
    minimum_count
        Counts from 1 to this less one are withheld.
    cells
        Hotspot cells; without them only named places.
    """

    exact_points: bool
    quotes: bool
    free_filters: bool
    minimum_count: int
    cells: bool


_STAFF = AudienceRule(exact_points=True, quotes=True, free_filters=True, minimum_count=0, cells=True)
_ONLOOKER = AudienceRule(exact_points=False, quotes=False, free_filters=False, minimum_count=5, cells=False)

RULES: dict[Audience, AudienceRule] = {
    Audience.POLICE: _STAFF,
    Audience.PLANNER: _STAFF,
    Audience.COORDINATOR: _STAFF,
    Audience.COUNCIL: _ONLOOKER,
    Audience.PUBLIC: _ONLOOKER,
}


def suppress(count: int, audience: Audience, *, minimum: int | None = None) -> int | None:
    """Return `count`, or None where this audience may not see so small a number.

    Parameters
    ----------
    minimum
        The workspace's own threshold; it can raise the audience's, never lower it.
    """
    rule = RULES[audience]
    threshold = (
        rule.minimum_count if minimum is None or rule.minimum_count == 0 else max(minimum, rule.minimum_count)
    )
    return None if 0 < count < threshold else count


def withhold(
    parts: Mapping[_Part, int], audience: Audience, *, minimum: int | None = None
) -> dict[_Part, int | None]:
    """Suppress counts that are shown beside each other.

    Where one alone is withheld, the next smallest goes with it: beside a total that stands elsewhere, a
    single gap gives its count away.
    """
    shown: dict[_Part, int | None] = {
        part: suppress(count, audience, minimum=minimum) for part, count in parts.items()
    }
    gaps = [part for part, count in shown.items() if count is None]
    left = [part for part, count in shown.items() if count]
    if len(gaps) == 1 and left:
        shown[min(left, key=lambda part: parts[part])] = None
    return shown


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
