"""Words for when, as people write and tick them, into parts of the week: ``fredag kväll``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.periods import MINUTES_PER_DAY
from geodata.said_when import CODES, DAYS, PARTS, SaidWindow, named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DATA = Path(__file__).parent / "lexicon" / "said_when.toml"
ENDINGS = r"(?:arnas|arna|ernas|erna|ens|en|ar|er|s)?"
"""Swedish endings of a word for a day or a part of it: ``kvällarna``, ``fredags``."""

NIGHT_FROM = 22 * 60
NIGHT_TO = 5 * 60
"""What begins after ten in the evening ends in the morning, and not at midnight."""
AROUND = 30
"""Minutes on either side of a single time of day."""

_CLOCK = r"(?:[01]?[0-9]|2[0-4])(?:[.:][0-5][0-9])?"
_SPAN = re.compile(rf"(?P<first>{_CLOCK})\s*(?:-|–|—|till|to)\s*(?P<until>{_CLOCK})(?![0-9.:])")
_TIME = re.compile(rf"(?P<first>{_CLOCK})(?![0-9.:])")
_GAP = re.compile(r"[\s,;/+&.()]+|-\s|och\b|eller\b|samt\b|and\b|or\b")
_DASH = re.compile(r"\s*(?:-|–|—|till|to)\s*")
NONE = "none"


class _UnknownError(ValueError):
    """The words mean nothing that is known."""


@dataclass(frozen=True)
class _Words:
    """The lexicon, its words folded, longest first."""

    days: re.Pattern[str]
    parts: re.Pattern[str]
    fillers: re.Pattern[str]
    clock: re.Pattern[str]
    after: re.Pattern[str]
    code: dict[str, str]
    phrases: dict[str, str]


@dataclass
class _Group:
    """Days, and the parts of them that follow."""

    days: list[str] = field(default_factory=list)
    hours: list[str | tuple[int, int]] = field(default_factory=list)


def said_parts(cell: str, own: Mapping[str, str]) -> str | None:
    """Return what a cell says of when, as ``geodata.said_when`` writes it.

    Parameters
    ----------
    own
        The mapping's own words, folded, and what they stand for.

    Returns
    -------
    str or None
        ``""`` where nothing is said, None where it is not understood.
    """
    text = fold(cell)
    if not text:
        return ""
    if text in own:
        return own[text]
    ticked = text.split()
    if len(ticked) > 1 and own.keys() >= set(ticked):  # several ticks in one cell, as Kobo and ODK write them
        return named(part for one in ticked for part in own[one].split(";") if part)
    try:
        return _read(text, own)
    except _UnknownError:
        return None


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return small letters without accents, underscores as spaces, each gap one space."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def _read(text: str, own: Mapping[str, str]) -> str:
    words = _words()
    whole = words.phrases.get(text)
    if whole is not None:
        return "" if whole == NONE else whole
    found: list[str] = []
    groups = [_Group()]
    rest = text
    while rest:
        gap = _GAP.match(rest)
        if gap:
            rest = rest[gap.end() :]
            continue
        rest = _step(rest, groups, found, own)
    for group in groups:
        found += _resolved(group)
    if not found:
        raise _UnknownError(text)
    return named(found)


def _step(rest: str, groups: list[_Group], found: list[str], own: Mapping[str, str]) -> str:
    """Read what stands first, and return the rest."""
    words = _words()
    for phrase, code in (*own.items(), *words.phrases.items()):
        if rest.startswith(phrase) and not rest[len(phrase) :][:1].isalpha() and code != NONE:
            found += [part for part in code.split(";") if part]
            return rest[len(phrase) :]
    day = words.days.match(rest)
    if day:
        return _days(rest, day, groups)
    hours = _hours(rest)
    if hours is not None:
        groups[-1].hours.append(hours[0])
        return hours[1]
    part = words.parts.match(rest)
    if part:
        groups[-1].hours.append(words.code[part[1]])
        return rest[part.end() :]
    filler = words.fillers.match(rest)
    if filler:
        return rest[filler.end() :]
    raise _UnknownError(rest)


def _days(rest: str, day: re.Match[str], groups: list[_Group]) -> str:
    """Read a day, or a run of them, into the group that it belongs to."""
    words = _words()
    if groups[-1].hours:  # what came before has its hours: a new day begins anew
        groups.append(_Group())
    code, rest = words.code[day[1]], rest[day.end() :]
    dash = _DASH.match(rest)
    until = words.days.match(rest[dash.end() :]) if dash else None
    last = words.code[until[1]] if until else code
    if dash is None or until is None or not {code, last} <= set(DAYS):
        groups[-1].days.append(code)
        return rest
    first = DAYS.index(code)
    run = (DAYS.index(last) - first) % 7 + 1
    groups[-1].days += [DAYS[(first + step) % 7] for step in range(run)]
    return rest[dash.end() + until.end() :]


def _hours(rest: str) -> tuple[tuple[int, int], str] | None:
    """Read a span of clock times, or one, or what is after one."""
    words = _words()
    after = words.after.match(rest)
    at = after.end() if after else 0
    kl = words.clock.match(rest[at:])
    at += kl.end() if kl else 0
    span = _SPAN.match(rest[at:])
    if span:
        return (_minute(span["first"]), _minute(span["until"])), rest[at + span.end() :]
    one = _TIME.match(rest[at:])
    if one is None or not (after or kl or len(one["first"]) > 2):
        return None
    minute = _minute(one["first"])
    if after:
        return (minute, NIGHT_TO if minute >= NIGHT_FROM else MINUTES_PER_DAY), rest[at + one.end() :]
    return (max(minute - AROUND, 0), min(minute + AROUND, MINUTES_PER_DAY)), rest[at + one.end() :]


def _resolved(group: _Group) -> list[str]:
    """Return the parts of the week of some days and the hours said of them."""
    if not group.days:
        return [part if isinstance(part, str) else _window((), part) for part in group.hours]
    hours: Sequence[str | tuple[int, int]] = group.hours or [(0, MINUTES_PER_DAY)]
    if not group.hours and group.days == ["weekend"]:
        return ["weekend"]
    found = []
    for part in hours:
        for days in _runs(group.days, part):
            code = f"{days}_{part}"
            found.append(code if code in PARTS else _window(_numbers(days), _minutes(part)))
    return found


def _runs(days: list[str], part: str | tuple[int, int]) -> list[str]:
    """Return names of runs of days: ``weekday``, ``weekend``, ``fri-sat``."""
    named_days: list[str] = [day for day in ("weekday", "weekend") if day in days]
    if named_days and not isinstance(part, str) and "weekend" in named_days:
        named_days[named_days.index("weekend")] = "sat-sun"
    single = sorted({DAYS.index(day) for day in days if day in DAYS})
    runs: list[list[int]] = []
    for day in single:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == 6:
        runs = [[*runs.pop(), *runs[0]], *runs[1:]]
    return [*named_days, *(f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)]


def _numbers(days: str) -> tuple[int, ...]:
    spelled = {"weekday": "mon-fri", "weekend": "sat-sun"}.get(days, days)
    first, _, last = spelled.partition("-")
    start, end = DAYS.index(first), DAYS.index(last)
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def _minutes(part: str | tuple[int, int]) -> tuple[int, int]:
    if not isinstance(part, str):
        return part
    first, _, until = PARTS[part].partition("-")
    return _minute(first), _minute(until)


def _window(days: tuple[int, ...], hours: tuple[int, int]) -> str:
    return SaidWindow(days or tuple(range(7)), *hours).written()


def _minute(clock: str) -> int:
    hour, _, minute = clock.replace(".", ":").partition(":")
    at = int(hour) * 60 + int(minute or 0)
    if at > MINUTES_PER_DAY:
        raise _UnknownError(clock)
    return at


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: dict[str, Any] = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    days = {fold(word): code for code, words in data["days"].items() for word in words}
    parts = {fold(word): code for code, words in data["parts"].items() for word in words}
    phrases = {fold(word): code for code, words in data["phrases"].items() for word in words}
    unknown = {*phrases.values(), *parts.values()} - {*CODES, NONE}
    if unknown:
        raise AssertionError(f"{_DATA.name} names {unknown}")
    return _Words(
        days=_any(days, endings=ENDINGS, whole=False),
        parts=_any(parts, endings=ENDINGS, whole=True),
        fillers=_any([fold(word) for word in data["fillers"]["words"]], endings="", whole=True),
        clock=_any([fold(word) for word in data["clock"]["words"]], endings=r"\.?\s*", whole=False),
        after=_any([fold(word) for word in data["clock"]["after"]], endings=r"\s+", whole=False),
        code=days | parts,
        phrases=dict(sorted(phrases.items(), key=lambda one: -len(one[0]))),
    )


def _any(words: Mapping[str, str] | Sequence[str], *, endings: str, whole: bool) -> re.Pattern[str]:
    """Return what matches any of some words, the longest first; `whole` ones end where letters do."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest))}){endings}{r'(?![a-z])' if whole else ''}")
