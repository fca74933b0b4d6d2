"""A review of a place's traffic environment, its findings, and the measures that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from geodata.promises.activity import Party
    from geodata.reviews.checklist import Checks


class Season(StrEnum):
    """The time of year, since leaves, snow and darkness change what is seen."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Light(StrEnum):
    """The light in which it was looked at."""

    DAYLIGHT = "daylight"
    DUSK = "dusk"
    DARK = "dark"


class RoadKeeper(StrEnum):
    """Who keeps the road."""

    MUNICIPALITY = "municipality"
    STATE = "state"
    PRIVATE = "private"


class ReviewResult(StrEnum):
    """What the review came to."""

    NOTHING_CALLED_FOR = "nothing_called_for"
    MEASURES = "measures"
    OPEN = "open"


class MeasureStatus(StrEnum):
    """How far a measure has come."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    FUNDED = "funded"
    BUILT = "built"
    REJECTED = "rejected"


_SEASONS = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)


def season_of(day: date) -> Season:
    """Return the season of a day by its month: winter is December to February."""
    return _SEASONS[day.month % 12 // 3]


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """One thing that was found; `item` is one of the checklist or ``other``; `point` in the working CRS."""

    item: str
    text: str
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A measure as it is proposed; `cost` in whole kronor, None where it is not known."""

    text: str
    responsible: str = ""
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """A review as a person filled it in, before it is kept.

    Attributes
    ----------
    entry_key
        Made where it was filled in (UUID as text): what is sent twice is one review.
    place_id, point
        The place in the register, metres east and north in the working CRS, or both.
    day
        Local day.
    season
        None takes that of the day.
    parties, with_whom
        Who took part, and others in words.
    road_keeper
        None where it is not known.
    """

    entry_key: str
    place_id: int | None
    point: tuple[float, float] | None
    day: date
    light: Light
    season: Season | None
    parties: frozenset[Party]
    with_whom: str
    road_keeper: RoadKeeper | None
    result: ReviewResult
    note: str
    checks: Checks
    findings: tuple[FindingDraft, ...] = ()
    measures: tuple[MeasureDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; metres in the working CRS, None for both where there is no point."""

    finding_id: int
    item: str
    text: str
    x: float | None
    y: float | None


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a review: where it lies is its digest, and what it shows is for staff alone."""

    photo_id: int
    item: str
    digest: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A measure got a status: on which local day, who said so, and when (UTC)."""

    status: MeasureStatus
    day: date
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be done; its history begins with the proposal, and the last status holds."""

    measure_id: int
    text: str
    responsible: str
    cost: int | None
    history: tuple[StatusChange, ...]

    @property
    def status(self) -> MeasureStatus:
        """The status that holds."""
        return self.history[-1].status

    @property
    def since(self) -> date:
        """The day from which it holds."""
        return self.history[-1].day

    @property
    def built(self) -> date | None:
        """The day on which it was built; None where it is not."""
        return self.since if self.status is MeasureStatus.BUILT else None


@dataclass(frozen=True, slots=True)
class Review:
    """A review as the register keeps it; attributes as in `ReviewDraft`.

    Attributes
    ----------
    x, y
        Metres in the working CRS; None for both where there is no point of its own.
    made_by, made_at
        The account, and when it reached the register (UTC).
    revision
        How many times people changed it.
    """

    review_id: int
    place_id: int | None
    x: float | None
    y: float | None
    day: date
    season: Season
    light: Light
    parties: frozenset[Party]
    with_whom: str
    road_keeper: RoadKeeper | None
    result: ReviewResult
    note: str
    checks: Checks
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    photos: tuple[Photo, ...]
    made_by: str
    made_at: datetime
    revision: int
