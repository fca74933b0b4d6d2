"""When a file's rows happened: the time rule that its columns allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from etl.describe.lexicon import heading_score, lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.describe.layouts import Layouts
    from etl.describe.lexicon import Compound
    from etl.describe.profile import Profile
    from etl.describe.scoring import Guess

HALF = 0.5
KNOWN_TO_THE_DAY = frozenset({"survey", "review"})
"""Streams in which the clock tells when it was written down, not when it happened."""


@dataclass
class Timing:
    """A time rule and the headings that it uses.

    Attributes
    ----------
    rule
        As a mapping writes ``[time]``.
    used
        Heading → what of the rule it is.
    doubts
        Heading, its layout and another that reads the same cells as other days.
    order
        Of day and month, where a person told it: ``dmy``, ``mdy``, ``ymd``.
    """

    rule: dict[str, Any] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    order: str | None = None


def find_timing(
    guesses: Mapping[str, Guess],
    found: Mapping[str, Profile],
    *,
    stream: str,
    compound: tuple[str, Compound] | None,
    order: str | None,
) -> Timing | None:
    """Find when rows happened: parts of a date, a day with or without a clock, or a moment; else None.

    Where every date of a column can be read in two orders, both are written, so that the import asks,
    unless `order` tells which.
    """
    timing = Timing(order=order)
    if compound is not None and "published" in guesses:
        column, form = compound
        timing.rule = {part: f"{column}.{part}" for part in form.gives}
        timing.used[column] = "split"
        _publish(timing, found[guesses["published"].heading])
        return timing
    if not _begin(timing, guesses, found):
        return None
    if "clock" in guesses and "moment" not in timing.rule:
        _use(timing, "clock", guesses["clock"].heading)
    if "published" in guesses and "published" not in timing.rule:
        _publish(timing, found[guesses["published"].heading])
    elif "moment" in timing.rule and stream in KNOWN_TO_THE_DAY:
        _publish(timing, found[timing.rule["moment"]])
    if stream in KNOWN_TO_THE_DAY:
        timing.rule["precision"] = "day"
    elif "clock" in timing.rule and found[timing.rule["clock"]].hour_groups > HALF:
        timing.rule["precision"] = "hour"
    return timing


def _begin(timing: Timing, guesses: Mapping[str, Guess], found: Mapping[str, Profile]) -> bool:
    """Take the parts of a date, the date or the moment, whichever there is."""
    if _in_parts(guesses):
        for part in ("year", "month", "day"):
            if part in guesses:
                _use(timing, part, guesses[part].heading)
    elif "date" in guesses:
        _date(timing, found[guesses["date"].heading])
    elif "moment" in guesses or "published" in guesses:
        _moment(timing, found[(guesses.get("moment") or guesses["published"]).heading])
    else:
        return _any_time(timing, found)
    return True


def _any_time(timing: Timing, found: Mapping[str, Profile]) -> bool:
    """Take the only column of dates, whatever its heading says; several may each be anything."""
    able = [one for one in found.values() if one.layouts.share and one.filled > HALF]
    if len(able) != 1:
        return False
    (_date if able[0].layouts.days else _moment)(timing, able[0])
    return True


def _in_parts(guesses: Mapping[str, Guess]) -> bool:
    """Say whether year, month and day stand in columns of their own, or the year alone is known."""
    if "year" not in guesses:
        return False
    return "date" not in guesses and ("month" in guesses or "moment" not in guesses)


def _use(timing: Timing, part: str, heading: str) -> None:
    timing.rule[part] = heading
    timing.used.setdefault(heading, f"time.{part}")


def _date(timing: Timing, profile: Profile) -> None:
    _use(timing, "date", profile.heading)
    timing.rule["date_formats"] = list(_written(timing, profile).days)


def _moment(timing: Timing, profile: Profile) -> None:
    _use(timing, "moment", profile.heading)
    timing.rule["moment_formats"] = list(_written(timing, profile).moments)
    if _writes_utc(profile):
        timing.rule["moment_in"] = "utc"


def _publish(timing: Timing, profile: Profile) -> None:
    _use(timing, "published", profile.heading)
    timing.rule["published_formats"] = list(_written(timing, profile).moments)
    if _writes_utc(profile):
        timing.rule["published_in"] = "utc"


def _writes_utc(profile: Profile) -> bool:
    return heading_score(profile.folded, lexicon().utc) == 1.0


def _written(timing: Timing, profile: Profile) -> Layouts:
    """Return the layouts to write for a column, and note where they leave something open."""
    layouts = profile.layouts.in_order(timing.order)
    doubt = (profile.heading, ", ".join((*profile.layouts.days, *profile.layouts.moments)), layouts.or_else)
    if layouts.or_else is not None and doubt not in timing.doubts:
        timing.doubts.append((doubt[0], doubt[1], layouts.or_else))
    return layouts
