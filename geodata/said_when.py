"""When people say that it happens: parts of the week by code, or windows of the local week.

A column of them holds ``;`` between: ``weekday_morning;fri-sat 22:00-02:00``. It is what an answer is about,
and has nothing to do with when the answer was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.periods import MINUTES_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN = ";"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = tuple(range(7))

_WINDOW = re.compile(
    r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? )?"
    r"(?P<start>[0-2][0-9]:[0-5][0-9])-(?P<end>[0-2][0-9]:[0-5][0-9])"
)

ALWAYS = "always"
"""Said to be so at any hour: an answer, and no hour of its own."""

SCHOOL_START, SCHOOL_END = "school_start", "school_end"
"""Said of the bells; which hours that is follows from the municipality's own."""

BELL_MINUTES: dict[str, tuple[int, int]] = {SCHOOL_START: (-40, 20), SCHOOL_END: (-20, 40)}
"""Minutes round the bell in which pupils come, or leave."""

PARTS: dict[str, str] = {
    "morning": "06:00-09:00",
    "daytime": "09:00-14:00",
    "afternoon": "14:00-18:00",
    "evening": "18:00-22:00",
    "night": "22:00-05:00",
    "weekday_morning": "mon-fri 06:00-09:00",
    "weekday_daytime": "mon-fri 09:00-14:00",
    "weekday_afternoon": "mon-fri 14:00-18:00",
    "weekday_evening": "mon-thu 18:00-22:00",
    "weekday_night": "sun-thu 22:00-05:00",
    "weekend": "fri 18:00-24:00;sat-sun 00:00-24:00",
    "weekend_daytime": "sat-sun 09:00-18:00",
    "weekend_evening": "fri-sat 18:00-22:00",
    "weekend_night": "fri-sat 22:00-05:00",
}
"""Parts of the week that surveys ask for by a word, and the local windows that they are taken for."""

CODES = (*PARTS, SCHOOL_START, SCHOOL_END, ALWAYS)


@dataclass(frozen=True, slots=True)
class SaidWindow:
    """Some weekdays, Monday 0, and minutes of the local day; at or below `from_minute` it passes midnight."""

    weekdays: tuple[int, ...]
    from_minute: int
    to_minute: int

    @property
    def minutes(self) -> int:
        """How long it lasts on each of its days."""
        return (self.to_minute - self.from_minute - 1) % MINUTES_PER_DAY + 1

    def written(self) -> str:
        """Return it as a column holds it; weekdays must follow one another."""
        first, last = self.weekdays[0], self.weekdays[-1]
        days = "" if len(self.weekdays) == len(DAYS) else DAYS[first]
        days += f"-{DAYS[last]}" if days and first != last else ""
        hours = f"{_clock(self.from_minute)}-{_clock(self.to_minute)}"
        return f"{days} {hours}".lstrip()


def check_said(said: str) -> str:
    """Return a column's text when it can be read.

    Raises
    ------
    ValueError
        For a part that is neither a code of ``CODES`` nor a window like ``fri-sat 22:00-02:00``.
    """
    for part in said.split(BETWEEN):
        if part not in CODES:
            read_window(part)
    return said


@lru_cache(maxsize=4096)
def read_window(text: str) -> SaidWindow:
    """Read one window.

    Raises
    ------
    ValueError
        When it is none.
    """
    found = _WINDOW.fullmatch(text)
    if found is None or not {found["first"], found["last"]} <= {*DAYS, None}:
        raise ValueError(f"{text} is no part of the week; write a code ({', '.join(CODES)}) or a window")
    start, end = (_minute(found[name]) for name in ("start", "end"))
    if max(start + 1, end) > MINUTES_PER_DAY:
        raise ValueError(f"{text}: a day ends at 24:00")
    return SaidWindow(_days(found["first"], found["last"]), start, end)


def windows_of(said: str, *, bells: tuple[str, str]) -> tuple[SaidWindow, ...]:
    """Return the windows that a column's text stands for; none for ``always`` and for an empty one.

    Parameters
    ----------
    bells
        When school starts and ends, ``08:10``: what is said of the bells is said of these.
    """
    found: list[SaidWindow] = []
    for part in filter(None, said.split(BETWEEN)):
        if part in BELL_MINUTES:
            found.append(_round_bell(part, bells[part == SCHOOL_END]))
        elif part != ALWAYS:
            found += map(read_window, PARTS.get(part, part).split(BETWEEN))
    return tuple(found)


def named(parts: Iterable[str]) -> str:
    """Join parts as a column holds them: each once, in the order of ``CODES``, windows after them."""
    order = {code: number for number, code in enumerate(CODES)}
    return BETWEEN.join(sorted(set(parts), key=lambda part: (order.get(part, len(order)), part)))


def _round_bell(code: str, bell: str) -> SaidWindow:
    before, after = BELL_MINUTES[code]
    rings = _minute(bell)
    return SaidWindow(tuple(range(5)), max(rings + before, 0), min(rings + after, MINUTES_PER_DAY))


def _days(first: str | None, last: str | None) -> tuple[int, ...]:
    if first is None:
        return EVERY_DAY
    start, end = DAYS.index(first), DAYS.index(last or first)
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
