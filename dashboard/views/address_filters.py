"""The filters of an address: streams, categories, period and hours, read for an audience and written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.views.address_values import format_weekdays, parse_weekdays, unreadable
from geodata.iso_time import iso_day
from geodata.periods import ALL_WEEKDAYS, HOURS_PER_DAY, Period, TimeWindow
from geodata.privacy import RULES
from geodata.schema import Stream
from geodata.selection import ALL_STREAMS, Selection, fixed_periods

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geodata.privacy import Audience

STREAM_WORDS: dict[str, Stream] = {
    "sager": Stream.SURVEY,
    "ser": Stream.REVIEW,
    "hander": Stream.INCIDENT,
}
"""What stands after ``strom=``: says, sees, happens."""

_HOUR = re.compile(r"[0-9]{1,18}")


def read_filters(args: Mapping[str, str], audience: Audience) -> tuple[Selection, bool]:
    """Read a selection as far as the audience may make it, and say whether more was asked for.

    Raises
    ------
    ParameterError
        ``address_unreadable`` with the key and the value, or what `Selection` raises.
    """
    period = _period(args)
    if RULES[audience].free_filters:
        return (
            Selection(
                audience=audience,
                streams=_streams(args),
                categories=frozenset(filter(None, args.get("vad", "").split(","))),
                period=period,
                window=_window(args),
            ),
            False,
        )
    kept = period if is_fixed(period) else None
    free = any(args.get(key) for key in ("strom", "vad", "dagar", "tid"))
    return Selection(audience=audience, period=kept), free or kept != period


def is_fixed(period: Period | None) -> bool:
    """Say whether a period is one that everybody may choose."""
    return period is not None and period in fixed_periods(period.first, period.last)


def _period(args: Mapping[str, str]) -> Period | None:
    if not args.get("fran") and not args.get("till"):
        return None
    return Period(_day(args, "fran"), _day(args, "till"))


def _day(args: Mapping[str, str], key: str) -> date:
    text = args.get(key, "")
    try:
        return iso_day(text)
    except ValueError as error:
        raise unreadable(key, text) from error


def _streams(args: Mapping[str, str]) -> frozenset[Stream]:
    text = args.get("strom", "")
    if not text:
        return ALL_STREAMS
    words = text.split(",")
    if any(word not in STREAM_WORDS for word in words):
        raise unreadable("strom", text)
    return frozenset(STREAM_WORDS[word] for word in words)


def _window(args: Mapping[str, str]) -> TimeWindow:
    weekdays = parse_weekdays(args["dagar"]) if args.get("dagar") else ALL_WEEKDAYS
    if not args.get("tid"):
        return TimeWindow(weekdays=weekdays)
    first, dash, last = args["tid"].partition("-")
    if not (dash and _HOUR.fullmatch(first) and _HOUR.fullmatch(last)):
        raise unreadable("tid", args["tid"])
    return TimeWindow(weekdays=weekdays, from_hour=int(first), to_hour=int(last))


def write_filters(chosen: Selection) -> dict[str, str]:
    """Return what of a selection is not as it comes, by its key in the address."""
    query: dict[str, str] = {}
    if chosen.period is not None:
        query["fran"] = chosen.period.first.isoformat()
        query["till"] = chosen.period.last.isoformat()
    if chosen.streams != ALL_STREAMS:
        query["strom"] = ",".join(word for word, stream in STREAM_WORDS.items() if stream in chosen.streams)
    if chosen.categories:
        query["vad"] = ",".join(sorted(chosen.categories))
    if chosen.window.weekdays != ALL_WEEKDAYS:
        query["dagar"] = format_weekdays(chosen.window.weekdays)
    if (chosen.window.from_hour, chosen.window.to_hour) != (0, HOURS_PER_DAY):
        query["tid"] = f"{chosen.window.from_hour}-{chosen.window.to_hour}"
    return query
