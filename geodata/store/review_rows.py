"""Reviews read from the register whole: one query a table, put together by id."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from geodata.crs import to_working
from geodata.promises.activity import Party
from geodata.reviews.checklist import read_checks
from geodata.reviews.review import (
    Finding,
    Light,
    Measure,
    MeasureStatus,
    Photo,
    Review,
    ReviewResult,
    RoadKeeper,
    Season,
    StatusChange,
)
from geodata.store.review_tables import MEASURE, MEASURE_STATUS, REVIEW, REVIEW_FINDING, REVIEW_PHOTO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Table


def read_reviews(connection: Connection, *, municipality_code: str, working_crs: int) -> tuple[Review, ...]:
    """Return every review that holds, by id."""
    reviews = connection.execute(
        select(REVIEW)
        .where(REVIEW.c.municipality_code == municipality_code, REVIEW.c.withdrawn_at.is_(None))
        .order_by(REVIEW.c.review_id)
    ).all()
    findings = _by(connection, REVIEW_FINDING, "review_id", municipality_code)
    photos = _by(connection, REVIEW_PHOTO, "review_id", municipality_code)
    measures = _by(connection, MEASURE, "review_id", municipality_code)
    statuses = _by(connection, MEASURE_STATUS, "measure_id", municipality_code)
    return tuple(
        _review(
            row,
            findings=tuple(
                Finding(one.finding_id, one.item, one.text, *_point(one.x, one.y, row.crs, working_crs))
                for one in findings[row.review_id]
            ),
            photos=tuple(
                Photo(one.photo_id, one.item, one.digest, one.width, one.height)
                for one in photos[row.review_id]
                if one.removed_at is None
            ),
            measures=tuple(_measure(one, statuses) for one in measures[row.review_id]),
            point=_point(row.x, row.y, row.crs, working_crs),
        )
        for row in reviews
    )


def _by(
    connection: Connection, table: Table, column: str, municipality_code: str
) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    query = select(table).where(table.c.municipality_code == municipality_code).order_by(*table.primary_key)
    for row in connection.execute(query):
        found[getattr(row, column)].append(row)
    return found


def _review(
    row: Any,
    *,
    findings: tuple[Finding, ...],
    photos: tuple[Photo, ...],
    measures: tuple[Measure, ...],
    point: tuple[float | None, float | None],
) -> Review:
    return Review(
        review_id=row.review_id,
        place_id=row.place_id,
        x=point[0],
        y=point[1],
        day=row.reviewed_on,
        season=Season(row.season),
        light=Light(row.light),
        parties=frozenset(Party(one) for one in row.parties.split()),
        with_whom=row.with_whom,
        road_keeper=None if row.road_keeper is None else RoadKeeper(row.road_keeper),
        result=ReviewResult(row.result),
        note=row.note,
        checks=read_checks(row.checks),
        findings=findings,
        measures=measures,
        photos=photos,
        made_by=row.made_by,
        made_at=row.made_at.replace(tzinfo=UTC),
        revision=row.revision,
    )


def _measure(row: Any, statuses: Mapping[int, Sequence[Any]]) -> Measure:
    return Measure(
        measure_id=row.measure_id,
        text=row.text,
        responsible=row.responsible,
        cost=row.cost,
        history=tuple(
            StatusChange(
                MeasureStatus(one.status), one.day, one.decided_by, one.decided_at.replace(tzinfo=UTC)
            )
            for one in statuses[row.measure_id]
        ),
    )


def _point(x: float | None, y: float | None, kept: int, working: int) -> tuple[float | None, float | None]:
    if x is None or y is None or kept == working:
        return x, y
    moved_x, moved_y = to_working([x], [y], source=kept, working=working)
    return float(moved_x[0]), float(moved_y[0])
