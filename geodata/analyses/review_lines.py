"""Reviews and their measures in one shape, whether a file brought them or the register keeps them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.analyses.outcomes import Outcome, outcome_of, places_of
from geodata.reviews.checklist import lacking, read_checks
from geodata.reviews.review import MeasureStatus, ReviewResult
from geodata.schema import Stream
from geodata.selection import counted

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from geodata.analyses.ground import Ground
    from geodata.reviews.review import Review
    from geodata.selection import Selection


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review.

    Attributes
    ----------
    review_id
        In the register; None for one that a file brought.
    places
        The places that it lies in.
    lacks
        Items of the checklist that lack, the weightiest first.
    result
        None where the file does not say.
    text
        What was found, in the file's words; empty for one of the register, whose findings stand on its page.
    x, y
        Its own point, else one inside its place, metres in the working CRS; None for both without.
    """

    review_id: int | None
    places: tuple[tuple[int, str], ...]
    day: date | None
    lacks: tuple[str, ...]
    result: ReviewResult | None
    text: str
    x: float | None
    y: float | None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure.

    Attributes
    ----------
    review_id, measure_id
        In the register; None for one that a file brought.
    cost
        Whole kronor; None where it is not known.
    since
        From when the status holds; None where the file does not say.
    x, y
        As of its review; a point inside the place for an audience without exact points.
    outcome
        What was recorded before and after it was built; None where it is not built, where nobody knows
        since when, or for an audience without exact counts.
    """

    review_id: int | None
    measure_id: int | None
    places: tuple[tuple[int, str], ...]
    text: str
    responsible: str
    cost: int | None
    status: MeasureStatus
    since: date | None
    x: float | None
    y: float | None
    outcome: Outcome | None


def own_lines(ground: Ground, reviews: Sequence[Review]) -> list[ReviewLine]:
    """Return the register's reviews."""
    return [
        ReviewLine(
            one.review_id,
            places_of(ground, one),
            one.day,
            lacking(one.checks),
            one.result,
            text="",
            **_point(ground, one, own=True),
        )
        for one in reviews
    ]


def own_measures(ground: Ground, reviews: Sequence[Review], selection: Selection | None) -> list[MeasureLine]:
    """Return the measures of the register's reviews; without a selection, without what came after them."""
    return [
        MeasureLine(
            review_id=review.review_id,
            measure_id=measure.measure_id,
            places=places_of(ground, review),
            text=measure.text,
            responsible=measure.responsible,
            cost=measure.cost,
            status=measure.status,
            since=measure.since,
            **_point(ground, review, own=selection is not None),
            outcome=None if selection is None else outcome_of(ground, review, measure, selection),
        )
        for review in reviews
        for measure in review.measures
    ]


@dataclass(frozen=True, eq=False)
class Brought:
    """Reviews that files brought, and the places that each lies in, by its position among the records."""

    rows: pd.DataFrame
    places: Mapping[int, list[tuple[int, str]]]

    @classmethod
    def of(cls, ground: Ground) -> Brought:
        """Find them among the records that count."""
        chosen = ground.records.of_stream(Stream.REVIEW) & counted(ground.observations)
        place, observation = ground.place_members
        places: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for at, row in zip(place[chosen[observation]], observation[chosen[observation]], strict=True):
            places[int(row)].append((ground.places[at].place_id, ground.places[at].name))
        rows = ground.observations[chosen].assign(at=np.flatnonzero(chosen))
        return cls(rows, places)

    def lines(self) -> list[ReviewLine]:
        """Return the reviews."""
        return [
            ReviewLine(
                review_id=None,
                places=tuple(self.places.get(row["at"], ())),
                day=_day(row),
                lacks=lacking(read_checks(_said(row["checklist"]))),
                result=_result(_said(row["status"])),
                text=_said(row["text"]),
                x=_number(row["x"]),
                y=_number(row["y"]),
            )
            for row in self.rows.to_dict("records")
        ]

    def measures(self) -> list[MeasureLine]:
        """Return those of their measures that have words and a status."""
        return [
            MeasureLine(
                review_id=None,
                measure_id=None,
                places=tuple(self.places.get(row["at"], ())),
                text=_said(row["measure"]),
                responsible=_said(row["responsible"]),
                cost=None,
                status=MeasureStatus(_said(row["status"])),
                since=None,
                x=_number(row["x"]),
                y=_number(row["y"]),
                outcome=None,
            )
            for row in self.rows.to_dict("records")
            if _said(row["status"]) in set(MeasureStatus) and _said(row["measure"])
        ]


def _point(ground: Ground, review: Review, *, own: bool) -> dict[str, float | None]:
    """Return a review's own point, where it may be told, else one inside the place that it is about."""
    if own and review.x is not None:
        return {"x": review.x, "y": review.y}
    places = {place_id for place_id, _ in places_of(ground, review)}
    inside = next((one.geometry for one in ground.places if one.place_id in places), None)
    if inside is None:
        return {"x": None, "y": None}
    middle = inside.representative_point()
    return {"x": float(middle.x), "y": float(middle.y)}


def _number(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else float(value)


def _day(row: Mapping[Hashable, Any]) -> date | None:
    first = row["local_first"]
    return first.date() if isinstance(first, pd.Timestamp) and first == row["local_last"] else None


def _result(status: str) -> ReviewResult | None:
    if status == ReviewResult.NOTHING_CALLED_FOR:
        return ReviewResult.NOTHING_CALLED_FOR
    return ReviewResult.MEASURES if status in set(MeasureStatus) else None


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""
