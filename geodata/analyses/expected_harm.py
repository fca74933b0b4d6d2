"""Expected harm at every place: what the records of known time say, each record at one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from geodata.analyses.severity import weights
from geodata.analyses.stands import spots
from geodata.calendars import risk_evenings
from geodata.evidence.baseline import fit
from geodata.evidence.windows import SLOTS_PER_DAY, SLOTS_PER_WEEK, reference
from geodata.schema import GROUP_OF, PlaceKind, Stream
from geodata.school_year import SchoolYear
from geodata.selection import Selection
from geodata.targeting.attribution import attribute
from geodata.targeting.harm import Happened, fit_harm
from geodata.targeting.stands import choose_stands
from geodata.targeting.working_day import FIRST_SLOT, PART_OF, PARTS, DayMarks, from_week

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience
    from geodata.project import Project
    from geodata.targeting.harm import Harm
    from geodata.targeting.stands import Stands

TOLD = frozenset({Stream.SURVEY, Stream.INCIDENT})
"""A review is made in office hours: its time is not that of what it found."""

TRAFFIC = frozenset({PlaceKind.SCHOOL_ZONE, PlaceKind.JOYRIDING})
UNREST = frozenset({PlaceKind.SQUARE, PlaceKind.STATION, PlaceKind.PARK})
"""Kinds of place where one looks to traffic, and where to everything else; at the others to both."""

COMES_BY = frozenset({PlaceKind.JOYRIDING})
"""Where one stands along a round they drive by."""

SATURDAY = 5


@dataclass(frozen=True, eq=False)
class ExpectedHarm:
    """A fitted expectation at the places of a ground, in their order.

    Attributes
    ----------
    harm
        By place, day and half hour.
    place, record
        Which record counts at which place, sorted by place; each record once.
    stands
        Where to stand in each part of the day.
    """

    harm: Harm
    place: NDArray[np.int64]
    record: NDArray[np.int64]
    stands: Stands

    def at(self, row: int) -> NDArray[np.int64]:
        """Return the records that count at one place."""
        first, last = np.searchsorted(self.place, [row, row + 1])
        return self.record[first:last]


def expected_harm(ground: Ground, audience: Audience, *, reach_m: float) -> ExpectedHarm:
    """Fit the expected harm from incidents and answers whose time of day is known.

    A record weighs by its severity (``[severity]``) times its stream's weight (``[ranking]``). At a school
    or along a joyriding area traffic alone counts, at a square, a station or in a park all but traffic: a
    visit meets what is done something about there.

    Parameters
    ----------
    reach_m
        How far from where somebody stands harm is met.
    """
    records = ground.records
    week = ground.week
    known = np.asarray(week.sum(axis=1)) > 0
    asked = records.problems(Selection(audience, streams=TOLD)) & records.in_places & known
    place, record = ground.place_members
    met = asked[record] & _meets(ground)[place, _is_traffic(ground)[record].astype(np.int64)]
    place, record = place[met], record[met]
    by_part = _expected(ground, asked)
    expected = by_part.sum(axis=1)
    slot = _working_week(week[record]).argmax(axis=1) if len(record) else np.zeros(0, dtype=np.int64)
    slot = np.asarray(slot).ravel()
    holds = attribute(place, record, _part(slot), by_part)
    place, record, slot = place[holds], record[holds], slot[holds]
    stands = _stands(ground, (place, record, slot), reach_m)
    place, record, slot = place[stands.within], record[stands.within], slot[stands.within]
    scale = len(record) / max(float(expected.sum()), 1e-9)
    days, school = ground.school_days
    happened = Happened(
        place=place,
        day=_working_day(ground, record),
        week=csr_array(_working_week(week[record])),
        weight=weights(records, record, ground.project.severity) * _by_stream(ground, record),
    )
    kinds = list(PlaceKind)
    harm = fit_harm(
        happened,
        expected=expected * min(scale, 1.0),
        kind=np.array([kinds.index(one.kind) for one in ground.places], dtype=np.int64),
        days=marks(ground.project, days.tolist()) if len(days) else _none(school),
    )
    return ExpectedHarm(harm, place, record, stands)


def _is_traffic(ground: Ground) -> NDArray[np.bool_]:
    """Say which records are about traffic."""
    names = [GROUP_OF.get(name) == "traffic" for name in ground.records.category_names]
    # A record without a category has the code -1, which is the last.
    return np.array([*names, False])[ground.records.category_code]


def _meets(ground: Ground) -> NDArray[np.bool_]:
    """Say whether a visit to each place meets other things, and traffic, shape ``(places, 2)``."""
    other = [one.kind not in TRAFFIC for one in ground.places]
    traffic = [one.kind not in UNREST for one in ground.places]
    return np.column_stack([other, traffic]).astype(bool)


def _expected(ground: Ground, asked: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what is expected of what is met at each place in each part of the week."""
    cells, is_traffic, meets = ground.place_cells, _is_traffic(ground), _meets(ground)
    area = ground.place_area_m2 / cells.grid.area_m2
    expected = np.zeros((len(ground.places), 2 * len(PARTS)))
    for group, mine in enumerate((asked & ~is_traffic, asked & is_traffic)):
        whole = fit(cells.count(mine), cells.design).of(ground.place_design, cells=area)
        expected += (whole * meets[:, group])[:, None] * _shares(ground, mine)[None, :]
    return expected


def _stands(
    ground: Ground,
    laid: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    reach_m: float,
) -> Stands:
    """Choose where to stand; only what happens within reach of there is met."""
    place, record, slot = laid
    xy = np.column_stack([ground.records.x[record], ground.records.y[record]])
    return choose_stands(
        spots(ground),
        (place, PART_OF[slot % SLOTS_PER_DAY], xy),
        weights(ground.records, record, ground.project.severity),
        reach_m=np.array([np.inf if one.kind in COMES_BY else reach_m for one in ground.places]),
    )


def marks(project: Project, days: Sequence[date]) -> DayMarks:
    """Mark local days by the municipality's school year and the risk evenings."""
    risk = {evening for year in {day.year for day in days} for evening in risk_evenings(year)}
    return DayMarks.of(days, is_school_day=SchoolYear.of(project).is_school_day, risk=risk)


def _none(school: NDArray[np.bool_]) -> DayMarks:
    nothing = np.zeros(0, dtype=np.int64)
    return DayMarks(nothing, nothing, school, school)


def _working_week(week: csr_array) -> NDArray[np.float64]:
    """Turn half hours of the week so that they begin at Monday 05.00."""
    turned = np.zeros(week.shape)
    turned[:, from_week(np.arange(SLOTS_PER_WEEK))] = week.toarray()
    return turned


def _part(slot: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the part of the week in which each record's place is decided: parts of days, week-ends apart."""
    return np.asarray(PART_OF[slot % SLOTS_PER_DAY] + len(PARTS) * (slot // SLOTS_PER_DAY >= SATURDAY))


def _shares(ground: Ground, asked: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the share of each part of the week in what lies outside every place."""
    outside = asked.copy()
    outside[ground.place_members[1]] = False
    counts = np.asarray(ground.week[np.flatnonzero(outside)].sum(axis=0), dtype=np.float64)
    shares = np.zeros(SLOTS_PER_WEEK)
    shares[from_week(np.arange(SLOTS_PER_WEEK))] = reference(counts)
    of_part = np.bincount(_part(np.arange(SLOTS_PER_WEEK)), weights=shares, minlength=2 * len(PARTS))
    return np.asarray(of_part, dtype=np.float64)


def _working_day(ground: Ground, record: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of each record's working day among the days covered; -1 where it is not one."""
    days, _ = ground.school_days
    if not len(record):
        return np.zeros(0, dtype=np.int64)
    day = ground.records.day[record]
    slot = np.asarray(ground.week[record].toarray().argmax(axis=1)) % SLOTS_PER_DAY
    day = day - (slot < FIRST_SLOT).astype("timedelta64[D]")
    at = np.where(np.isnat(day), -1, (day - days[0]).astype(np.int64))
    return np.asarray(np.where((at >= 0) & (at < len(days)), at, -1))


def _by_stream(ground: Ground, record: NDArray[np.int64]) -> NDArray[np.float64]:
    ranking = ground.project.ranking.model_dump()
    weight = np.ones(len(record))
    for stream in TOLD:
        weight[ground.records.of_stream(stream)[record]] = float(ranking[str(stream)])
    return weight
