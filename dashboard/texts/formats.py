"""How numbers, days and hours are written in each language: rules as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.periods import ALL_WEEKDAYS, HOURS_PER_DAY, tertial, year

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from geodata.evidence.windows import Window
    from geodata.periods import Period, TimeWindow

NO_BREAK = "\N{NO-BREAK SPACE}"
EN_DASH = "–"
MINUTES_PER_HOUR = 60
WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Format:
    """The writing rules of one language.

    Attributes
    ----------
    thousands, decimal
        Marks in numbers.
    percent
        What follows a share.
    clock
        Between hour and minute.
    joined
        Before the last of several.
    """

    thousands: str
    decimal: str
    percent: str
    clock: str
    joined: str
    at_hour: str
    weekdays: str
    weekend: str
    every_day: str
    always: str
    tertial: str
    months: tuple[str, ...]
    days: tuple[str, ...]

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Write a number: ``1 234,5``."""
        # A whole number of any size is written: what was typed is repeated where it can't be.
        whole = isinstance(value, int) and decimals == 0
        text = (f"{value:,}" if whole else f"{value:,.{decimals}f}").replace("-", "\N{MINUS SIGN}")
        return text.translate({ord(","): self.thousands, ord("."): self.decimal})

    def share(self, value: float) -> str:
        """Write a share from 0 to 1 as whole per cent: ``45 %``."""
        return f"{self.number(100 * value)}{self.percent}"

    def chance(self, value: float) -> str:
        """Write a probability as whole per cent; never quite none and never quite all."""
        return self.share(min(max(value, 0.01), 0.99))

    def span(self, low: float, high: float, *, decimals: int = 0) -> str:
        """Write a range with an en dash, once where both ends read the same."""
        first, last = self.number(low, decimals=decimals), self.number(high, decimals=decimals)
        return first if first == last else f"{first}{EN_DASH}{last}"

    def day(self, value: date) -> str:
        """Write a day: ``3 mars 2026``."""
        return NO_BREAK.join([str(value.day), self.months[value.month - 1], str(value.year)])

    def time(self, text: str) -> str:
        """Write a clock time given as ``08:10``."""
        return text.replace(":", self.clock)

    def at(self, text: str) -> str:
        """Write when on a day something is, given as ``14:10``: ``kl. 14.10``, which reads as no date."""
        return f"{self.at_hour}{self.time(text)}"

    def period(self, period: Period) -> str:
        """Write a period: a year, a tertial, or from day to day."""
        first, last = period.first, period.last
        if period == year(first.year):
            return str(first.year)
        for part in (1, 2, 3):
            if period == tertial(part, first.year):
                return self.tertial.format(part=part, year=first.year)
        if first == last:
            return self.day(first)
        return f"{self.day(first)} {EN_DASH} {self.day(last)}"

    def week_part(self, weekdays: Collection[int]) -> str:
        """Write some weekdays: ``vardagar``, ``fredag–söndag``, ``måndag och onsdag``."""
        chosen = frozenset(weekdays)
        named = {ALL_WEEKDAYS: self.every_day, WEEKDAYS: self.weekdays, WEEKEND: self.weekend}
        if chosen in named:
            return named[chosen]
        days = sorted(chosen)
        if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
            return f"{self.days[days[0]]}{EN_DASH}{self.days[days[-1]]}"
        return self.listing([self.days[day] for day in days])

    def hours(self, from_hour: int, to_hour: int) -> str:
        """Write hours of the day: ``07–09``."""
        return f"{self.at_hour}{from_hour:02d}{EN_DASH}{to_hour:02d}"

    def window(self, window: TimeWindow) -> str:
        """Write weekdays and hours: ``vardagar kl. 07–09``."""
        if window.is_always:
            return self.always
        whole_day = (window.from_hour, window.to_hour) == (0, HOURS_PER_DAY)
        days = self.week_part(window.weekdays)
        return days if whole_day else f"{days} {self.hours(window.from_hour, window.to_hour)}"

    def pass_window(self, window: Window) -> str:
        """Write weekdays and times to be out: ``vardagar kl. 07.30–08.30``."""
        first, last = (
            f"{minute // MINUTES_PER_HOUR:02d}{self.clock}{minute % MINUTES_PER_HOUR:02d}"
            for minute in (window.from_minute, window.to_minute)
        )
        days = window.weekdays
        # Sunday to Wednesday runs past the end of the week: it is said in its own order.
        over = len(days) > 2 and list(days) != sorted(days)
        part = f"{self.days[days[0]]}{EN_DASH}{self.days[days[-1]]}" if over else self.week_part(days)
        return f"{part} {self.at_hour}{first}{EN_DASH}{last}"

    def listing(self, names: Collection[str]) -> str:
        """Write several: ``A, B och C``."""
        *most, last = names
        return f"{', '.join(most)} {self.joined} {last}" if most else last


FORMATS: dict[str, Format] = {
    "sv": Format(
        thousands=NO_BREAK,
        decimal=",",
        percent=f"{NO_BREAK}%",
        clock=".",
        joined="och",
        at_hour=f"kl.{NO_BREAK}",
        weekdays="vardagar",
        weekend="helger",
        every_day="alla dagar",
        always="hela dygnet, alla dagar",
        tertial=f"tertial{NO_BREAK}{{part}} {{year}}",
        months=(
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ),
        days=("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    ),
    "en": Format(
        thousands=",",
        decimal=".",
        percent="%",
        clock=":",
        joined="and",
        at_hour="",
        weekdays="weekdays",
        weekend="weekends",
        every_day="every day",
        always="all day, every day",
        tertial=f"tertial{NO_BREAK}{{part}}, {{year}}",
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ),
}
