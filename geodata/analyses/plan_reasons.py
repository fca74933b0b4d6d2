"""Why a slot is where it is, as codes and values: window, expected harm, evening, promise, last visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.calendars import risk_evenings
from geodata.evidence.windows import SLOTS_PER_DAY
from geodata.targeting.slot import Reason
from geodata.targeting.working_day import EVENING, FIRST_SLOT

if TYPE_CHECKING:
    from datetime import date

    from geodata.analyses.windows import PlaceWindows
    from geodata.evidence.windows import Window
    from geodata.targeting.problem import Problem, Stop

WINDOWS = 3
RARELY = 21
"""A place with no visit in so many days is said to have had none lately."""


class Reasons:
    """Gives the reasons of the stops of one plan."""

    def __init__(self, problem: Problem, windows: PlaceWindows) -> None:
        self._problem = problem
        self._windows = windows
        self._found: dict[int, tuple[Window, ...]] = {}

    def of(self, stop: Stop, *, last_visit: date | None) -> tuple[Reason, ...]:
        """Return why a stop is in a plan that rests on evidence, the weightiest first."""
        return tuple(
            one
            for one in (
                self._window(stop),
                self._evening(stop),
                self._promised(stop),
                self._expected(stop),
                self._long_ago(stop, last_visit),
            )
            if one is not None
        )

    def of_turn(self, stop: Stop, moment: str) -> tuple[Reason, ...]:
        """Return why a stop is in a rotation: whose turn it is, and no more."""
        turn = Reason("turn", (("moment", moment),)) if moment else None
        return tuple(one for one in (self._promised(stop), turn, self._evening(stop)) if one is not None)

    def _window(self, stop: Stop) -> Reason | None:
        """Say in which recommended window it lies, with the records behind: 14 of 31."""
        if stop.place not in self._found:
            self._found[stop.place] = self._windows.at(stop.place, most=WINDOWS)
        weekday = int(self._problem.weekday[stop.day])
        slot = (weekday * SLOTS_PER_DAY + FIRST_SLOT + stop.slot) % (7 * SLOTS_PER_DAY)
        for window in self._found[stop.place]:
            if slot in window.slots:
                counts = {f"{one.stream}_count": one.count for one in window.evidence}
                of = {f"{one.stream}_of": one.of for one in window.evidence}
                return Reason(
                    "window",
                    (
                        ("weekdays", ",".join(str(day) for day in window.weekdays)),
                        ("from_minute", window.from_minute),
                        ("to_minute", window.to_minute),
                        *counts.items(),
                        *of.items(),
                    ),
                )
        return None

    def _expected(self, stop: Stop) -> Reason | None:
        """Say on how many such visits one record is expected."""
        met = float(self._problem.met[stop.place, stop.day, stop.slot])
        return Reason("expected", (("visits", max(round(1 / met), 1)),)) if met > 0 else None

    def _evening(self, stop: Stop) -> Reason | None:
        day = self._problem.days[stop.day]
        kind = risk_evenings(day.year).get(day)
        if kind is None or stop.slot < EVENING.start:
            return None
        return Reason("risk_evening", (("evening", str(kind)),))

    def _promised(self, stop: Stop) -> Reason | None:
        for binding in self._problem.bindings:
            if (binding.least or binding.per_week) and self._problem.fits(binding, stop):
                return Reason("promise", (("promise", binding.name), ("code", binding.code)))
        return None

    def _long_ago(self, stop: Stop, last_visit: date | None) -> Reason | None:
        if last_visit is None:
            return Reason("no_visit")
        days = (self._problem.days[stop.day] - last_visit).days
        return Reason("long_ago", (("days", days),)) if days >= RARELY else None
