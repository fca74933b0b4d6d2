"""How many records of each kind are of each problem in a period, and who gave them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.reached import last_of, missed
from geodata.periods import Period
from geodata.picture.focus import WEEK_DAYS
from geodata.picture.usual_week import spread_of
from geodata.picture.voices import Who, who_answered
from geodata.privacy import Audience
from geodata.schema import GROUP_OF, Severity, Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.evidence.source_end import SourceEnd

OTHER = "other"
"""A category and a group that names no problem."""

LATE_DAYS = 31
"""A source of incidents that begins so many days into a time does not cover it."""


@dataclass(frozen=True, eq=False)
class PictureCounts:
    """The records of a period.

    Attributes
    ----------
    codes
        Every problem that occurs, at any time.
    problem
        Position in `codes` of every record of the ground; -1 for none.
    asked
        Records of the period.
    who
        Who gave each survey answer, as a position in ``Who``.
    """

    ground: Ground
    period: Period
    codes: tuple[str, ...]
    problem: NDArray[np.int64]
    asked: NDArray[np.bool_]
    who: NDArray[np.int64]

    def said(self, code: str, who: Who) -> int:
        """Count one kind of people's answers of a problem."""
        return int(self._said[list(Who).index(who), self.codes.index(code)])

    def answers(self, who: Who) -> int:
        """Count all answers of one kind of people."""
        return int(self._said[list(Who).index(who)].sum())

    def rank(self, code: str, who: Who) -> int | None:
        """Return a problem's place in one kind of people's own order; None where nobody named it."""
        counts = self._said[list(Who).index(who), :-1]
        own = counts[self.codes.index(code)]
        return 1 + int((counts > own).sum()) if own else None

    def found(self, code: str) -> int:
        """Count reviews' findings of a problem."""
        return self._of(Stream.REVIEW, code)

    def recorded(self, code: str) -> int:
        """Count incidents of a problem."""
        return self._of(Stream.INCIDENT, code)

    def serious(self, code: str) -> int:
        """Count incidents of a problem with death or serious injury."""
        worst = {str(Severity.DEATH), str(Severity.SERIOUS)}
        return int(
            self.ground.observations["severity"].iloc[self._rows(Stream.INCIDENT, code)].isin(worst).sum()
        )

    def statuses(self, code: str) -> tuple[tuple[str, int], ...]:
        """Count what became of the findings of a problem."""
        told = self.ground.observations["status"].iloc[self._rows(Stream.REVIEW, code)].dropna().astype(str)
        return tuple(sorted(Counter(told).items(), key=lambda one: (-one[1], one[0])))

    def of_stream(self, stream: Stream) -> int:
        """Count all records of a stream."""
        return int(self._told[list(Stream).index(stream)].sum())

    def unsorted(self, stream: Stream) -> int:
        """Count the records of a stream that are of no named problem."""
        return int(self._told[list(Stream).index(stream), -1])

    def spoken(self, code: str) -> dict[str, int]:
        """Count the records of a problem by kind of source; empty where there are none."""
        spoken = {str(who): self.said(code, who) for who in Who}
        spoken |= {"reviews": self.found(code), "records": self.recorded(code)}
        return {kind: count for kind, count in spoken.items() if count}

    def not_comparable(self, before: PictureCounts) -> tuple[str, ...]:
        """Name the sources of answers and incidents that must be in no comparison with the time before.

        They have something in one of the two times alone, or their incidents begin when the time before has
        run for more than ``LATE_DAYS``: a new source is no rise.
        """
        found: set[int] = set()
        records = self.ground.records
        for stream in (Stream.SURVEY, Stream.INCIDENT):
            here, there = (
                set(self._source[records.of_stream(stream) & one.asked].tolist()) for one in (self, before)
            )
            found |= here ^ there
        started = np.datetime64(before.period.first) + LATE_DAYS
        old = records.of_stream(Stream.INCIDENT) & (records.last_day <= started)
        found |= set(self._source[self.asked & records.of_stream(Stream.INCIDENT)]) - set(self._source[old])
        return tuple(sorted(str(self._sources[at]) for at in found))

    def without(self, sources: tuple[str, ...]) -> PictureCounts:
        """Return the same without some sources."""
        return replace(self, asked=self.asked & ~self._from(sources))

    def ends(self) -> tuple[SourceEnd, ...]:
        """Return the sources of incidents that end inside the period."""
        return missed(self.ground, self.period, among=self.asked)

    def until(self, code: str, before: PictureCounts) -> date:
        """Return the last day of the period that all sources of a problem's incidents reach, now or then."""
        rows = (self.asked | before.asked) & (self.problem == self.codes.index(code))
        ends = missed(self.ground, self.period, among=rows & self.ground.records.of_stream(Stream.INCIDENT))
        return last_of((one for one in ends if one.last >= self.period.first), self.period.last)

    def up_to(self, last: date) -> PictureCounts:
        """Return the same up to a day of the period, which ends there."""
        if last >= self.period.last:
            return self
        asked = self.asked & (self.ground.records.last_day <= np.datetime64(last))
        return replace(self, asked=asked, period=Period(self.period.first, last))

    def spread(self, code: str, *, since: date, without: tuple[str, ...] = ()) -> float:
        """Return how much more than by luck a problem's incidents vary from week to week, at least 1.

        Parameters
        ----------
        since
            The first local day that is looked at; the last is the period's.
        without
            Sources that are not looked at.
        """
        records = self.ground.records
        first, last = np.datetime64(since), np.datetime64(self.period.last)
        rows = (self.problem == self.codes.index(code)) & records.of_stream(Stream.INCIDENT)
        rows &= records.problems(Selection(Audience.POLICE)) & ~self._from(without)
        day = records.day[rows]
        day = day[~np.isnat(day) & (day >= first) & (day <= last)]
        weeks = int((last - first).astype(int) + 1) // WEEK_DAYS
        at = (day - first).astype(int) // WEEK_DAYS
        counts = np.bincount(at[at < weeks], minlength=weeks)
        return spread_of(counts, first + WEEK_DAYS * np.arange(weeks))

    @cached_property
    def _said(self) -> NDArray[np.int64]:
        """Answers by who and problem, those of none last."""
        rows = np.flatnonzero(self.asked & self.ground.records.of_stream(Stream.SURVEY))
        return self._counted(self.who[rows], rows, len(Who))

    @cached_property
    def _told(self) -> NDArray[np.int64]:
        """Records by stream and problem, those of none last."""
        counts = [
            self._counted(np.zeros(len(rows), dtype=np.int64), rows, 1)[0]
            for stream in Stream
            for rows in [np.flatnonzero(self.asked & self.ground.records.of_stream(stream))]
        ]
        return np.array(counts)

    def _counted(self, kind: NDArray[np.int64], rows: NDArray[np.int64], kinds: int) -> NDArray[np.int64]:
        width = len(self.codes) + 1
        at = kind * width + np.where(self.problem[rows] < 0, width - 1, self.problem[rows])
        return np.bincount(at, minlength=kinds * width).reshape(kinds, width)

    def _of(self, stream: Stream, code: str) -> int:
        return int(self._told[list(Stream).index(stream), self.codes.index(code)])

    def _rows(self, stream: Stream, code: str) -> NDArray[np.int64]:
        of_code = self.problem == self.codes.index(code)
        return np.flatnonzero(self.asked & of_code & self.ground.records.of_stream(stream))

    @property
    def _source(self) -> NDArray[np.int64]:
        return self.ground.records.series

    @property
    def _sources(self) -> tuple[str, ...]:
        return self.ground.records.series_names

    def _from(self, sources: tuple[str, ...]) -> NDArray[np.bool_]:
        return np.isin(self._source, [self._sources.index(name) for name in sources if name in self._sources])


def count_problems(ground: Ground, period: Period, *, by: str) -> PictureCounts:
    """Gather the records of a period by problem.

    Parameters
    ----------
    by
        ``category`` or ``group``.
    """
    records = ground.records
    names = [GROUP_OF.get(name, name) if by == "group" else name for name in records.category_names]
    codes = tuple(sorted({name for name in names if name != OTHER}))
    position = np.array([codes.index(name) if name != OTHER else -1 for name in names] + [-1], dtype=np.int64)
    return PictureCounts(
        ground=ground,
        period=period,
        codes=codes,
        problem=position[records.category_code],  # -1, no category, is the last position
        asked=records.problems(Selection(Audience.POLICE, period=period)),
        who=_who(ground),
    )


def _who(ground: Ground) -> NDArray[np.int64]:
    """Say who gave each answer; what is no survey answer stands as the first, which nobody looks at."""
    asks = {source.name: source.asks for source in ground.project.sources}
    survey = ground.records.of_stream(Stream.SURVEY)
    frame = ground.observations.loc[survey, ["source", "respondent"]].astype(object)
    known: dict[tuple[object, object], int] = {}
    found = np.zeros(len(survey), dtype=np.int64)
    told = []
    for source, respondent in zip(frame["source"], frame["respondent"], strict=True):
        pair = (source, respondent if isinstance(respondent, str) else None)
        if pair not in known:
            known[pair] = list(Who).index(who_answered(pair[1], asks=asks.get(str(source))))
        told.append(known[pair])
    found[survey] = told
    return found
