"""Entries of the log read from a table that people keep: local times, words of this house or of the field."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from geodata.errors import ParameterError, ProblembildError
from geodata.iso_time import iso_clock, iso_day
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.clock_span import clock_span
from geodata.promises.log_entry import LogEntry
from geodata.promises.validation import COUNT_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime, time
    from zoneinfo import ZoneInfo

NEEDED = ("day", "start", "kind", "parties")
COLUMNS = (*NEEDED, "end", "place", "with_whom", "car", "activity", "checked", "reported", "note", "key")
"""Headings of the file; those not needed may be left out or empty."""

SWEDISH = {
    "datum": "day",
    "dag": "day",
    "börjar": "start",
    "slutar": "end",
    "insats": "kind",
    "plats": "place",
    "vilka": "parties",
    "tillsammans med": "with_whom",
    "fordon": "car",
    "aktivitet": "activity",
    "kontrollerade": "checked",
    "rapporterade": "reported",
    "anteckning": "note",
    "nyckel": "key",
}
KINDS = {
    "trafikkontroll": ActivityKind.TRAFFIC_CHECK,
    "närvaro": ActivityKind.PRESENCE,
    "riktad insats": ActivityKind.TARGETED_OPERATION,
    "krogtillsyn": ActivityKind.PREMISES_INSPECTION,
    "hastighetsmätning": ActivityKind.SPEED_MEASUREMENT,
    "trafikmiljööversyn": ActivityKind.ENVIRONMENT_REVIEW,
    "trygghetsvandring": ActivityKind.SAFETY_WALK,
    "möte": ActivityKind.MEETING,
    "dokument": ActivityKind.DOCUMENT,
    "annat": ActivityKind.OTHER,
} | {str(one): one for one in ActivityKind}
PARTIES = {"polisen": Party.POLICE, "polis": Party.POLICE, "kommunen": Party.MUNICIPALITY} | {
    "kommun": Party.MUNICIPALITY,
    "annan": Party.OTHER,
    "andra": Party.OTHER,
    **{str(one): one for one in Party},
}
CARS = {"målat": CarType.MARKED, "civilt": CarType.UNMARKED, "till fots": CarType.ON_FOOT} | {
    str(one): one for one in CarType
}
DIGEST = 24
MOST_ROWS = 5000
"""Of a longer file each year is brought by itself."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of the file: its entry, or what is wrong with it; `cells` by column, as they stand there."""

    number: int
    entry: LogEntry | None
    fault: ProblembildError | None
    cells: Mapping[str, str]


def read_log(
    text: str,
    *,
    file: str,
    zone: ZoneInfo,
    place_ids: Mapping[str, int],
    activity_ids: Mapping[str, int],
    by: str,
    mask: Callable[[str], str],
    now: datetime,
) -> tuple[LogRow, ...]:
    """Read the rows of a table with a heading, divided by semicolon, tab or comma.

    The same file gives the same entries when it is read again: a row's key is its own, or made of what it
    says, with a number where two rows say the same.

    Parameters
    ----------
    place_ids, activity_ids
        By name in small letters; ``promise/activity`` for an activity.
    by, now
        Who imports, and when (UTC).
    mask
        Takes out of free text what points to a person.

    Raises
    ------
    ParameterError
        ``log_file_columns`` when a heading that is needed is missing, one is unknown, or one comes twice;
        ``log_file_long``; ``log_file_broken`` when it is no table.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    heading = lines[0] if lines else ""
    delimiter = max(";\t,", key=heading.count)
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)
    table = _table(reader, file)
    columns = [_column(name) for name in table[0]] if table else []
    unknown = [name for at, name in enumerate(columns) if name not in COLUMNS or name in columns[:at]]
    missing = [name for name in NEEDED if name not in columns]
    if unknown or missing:
        raise ParameterError(
            "log_file_columns",
            f"{file}: the headings won't do: missing {missing}, unknown {unknown}.",
            file=file,
            missing=", ".join(missing) or "–",
            unknown=", ".join(unknown) or "–",
        )
    found, seen = [], dict[str, int]()
    for number, cells in enumerate(table[1:], start=2):
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        more = [cell.strip() for cell in cells[len(columns) :] if cell.strip()]
        if not any(row.values()) and not more:
            continue
        said = "|".join(row.get(name, "") for name in COLUMNS)
        seen[said] = seen.get(said, 0) + 1
        digest = hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest()[:DIGEST]
        try:
            if more:  # a divider in a note that stands in no quotes: what follows would be dropped
                raise ParameterError(
                    "log_file_cells", f"{more[0][:40]!r} stands under no heading.", value=more[0][:40]
                )
            entry = _entry(row, digest, zone, place_ids, activity_ids, by=by, mask=mask, now=now)
            found.append(LogRow(number, entry, None, row))
        except ProblembildError as error:
            found.append(LogRow(number, None, error, row))
    return tuple(found)


def _table(reader: Iterable[list[str]], file: str) -> list[list[str]]:
    try:
        rows = list(islice(reader, MOST_ROWS + 2))
    except csv.Error as error:
        raise ParameterError("log_file_broken", f"{file} is no table: {error}.", file=file) from error
    if len(rows) > MOST_ROWS + 1:
        raise ParameterError(
            "log_file_long", f"{file} has more than {MOST_ROWS} rows.", file=file, most=MOST_ROWS
        )
    return rows


def _column(heading: str) -> str:
    name = heading.strip().casefold()
    return SWEDISH.get(name, name)


def _entry(
    row: Mapping[str, str],
    digest: str,
    zone: ZoneInfo,
    place_ids: Mapping[str, int],
    activity_ids: Mapping[str, int],
    *,
    by: str,
    mask: Callable[[str], str],
    now: datetime,
) -> LogEntry:
    day, start = _day(row.get("day", "")), _clock(row.get("start", ""), "start")
    end = _clock(row["end"], "end") if row.get("end") else start
    started, ended = clock_span(day, start, end, zone=zone)
    place, activity = row.get("place", ""), row.get("activity", "")
    return LogEntry(
        entry_key=row.get("key") or f"file:{digest}",
        kind=_word(row.get("kind", ""), KINDS, "kind"),
        started_at=started,
        ended_at=ended,
        place_id=_word(place, place_ids, "place") if place else None,
        x=None,
        y=None,
        parties=frozenset(_word(one, PARTIES, "parties") for one in row.get("parties", "").split(",")),
        with_whom=mask(row.get("with_whom", "")),
        car=_word(row["car"], CARS, "car") if row.get("car") else None,
        slot_id=None,
        activity_id=_word(activity, activity_ids, "activity") if activity else None,
        checked=_count(row.get("checked", ""), "checked"),
        reported=_count(row.get("reported", ""), "reported"),
        note=mask(row.get("note", "")),
        logged_by=by,
        logged_at=now,
    )


def _word(said: str, words: Mapping[str, _T], column: str) -> _T:
    found = words.get(said.strip().casefold())
    if found is None:
        raise _wrong(column, said)
    return found


def _day(said: str) -> date:
    try:
        return iso_day(said)
    except ValueError as error:
        raise _wrong("day", said) from error


def _clock(said: str, column: str) -> time:
    try:
        return iso_clock(said)
    except ValueError as error:
        raise _wrong(column, said) from error


def _count(said: str, column: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= COUNT_DIGITS):
        raise _wrong(column, said)
    return int(said)


def _wrong(column: str, said: str) -> ParameterError:
    return ParameterError(
        "log_file_value", f"{column} can't be {said[:40]!r}.", column=column, value=said[:40]
    )
