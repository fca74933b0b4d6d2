"""The filters: what can be chosen, what is chosen, and the one line that says so when they are folded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from dashboard.access.audiences import is_staff
from dashboard.views.address import DEFAULT_METHOD, LAYERS
from dashboard.views.address_filters import STREAM_WORDS
from dashboard.views.address_values import format_weekdays
from geodata.hotspots.methods import METHODS
from geodata.periods import ALL_WEEKDAYS, HOURS_PER_DAY, TimeWindow
from geodata.schema import CATEGORIES
from geodata.selection import ALL_STREAMS, Selection, fixed_periods

if TYPE_CHECKING:
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.coverage import Coverage
    from geodata.periods import Period

WEEKDAY_CHOICES = ("", "0-4", "5-6", "4-5")
HOUR_CHOICES = ("", "7-9", "9-14", "14-17", "18-22", "22-5")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what the address says, and what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """One question with its options.

    Attributes
    ----------
    key
        Key in the address; ``period`` stands for ``fran`` and ``till``.
    form
        ``many`` (tick any), ``one`` (pick one of few), ``menu`` (pick one of many).
    """

    key: str
    part: str
    label: str
    form: Literal["many", "one", "menu"]
    options: tuple[Option, ...]
    value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiltersView:
    """What the filter line says, and the controls that it unfolds to."""

    summary: str
    controls: tuple[Control, ...]
    dates: tuple[str, str] | None
    note: str | None


def filters_view(
    texts: Catalogue, address: Address, *, first: date, last: date, on_map: bool = False
) -> FiltersView:
    """Say what can be chosen.

    Parameters
    ----------
    first, last
        The days between which there is anything.
    on_map
        Whether the page shows a map, so that its method and its layers can be chosen.
    """
    chosen = address.selection
    period = _period_control(texts, chosen.period, first=first, last=last)
    if not is_staff(address.audience):
        return FiltersView(
            summary=selection_words(texts, chosen),
            controls=(period,),
            dates=None,
            note=texts("filters.dropped" if address.filters_dropped else "filters.fixed"),
        )
    return FiltersView(
        summary=selection_words(texts, chosen),
        controls=(
            period,
            _stream_control(texts, chosen),
            *_category_controls(texts, chosen),
            *_window_controls(texts, chosen.window),
            *(_map_controls(texts, address) if on_map else ()),
        ),
        dates=(
            (chosen.period.first.isoformat(), chosen.period.last.isoformat()) if chosen.period else ("", "")
        ),
        note=None,
    )


def filters_of(
    texts: Catalogue, address: Address, coverage: Coverage, *, on_map: bool = False
) -> FiltersView:
    """Say what can be chosen in a workspace that holds `coverage`."""
    today = datetime.now(UTC).date()
    first, last = coverage.first or today, coverage.last or today
    return filters_view(texts, address, first=first, last=last, on_map=on_map)


def chosen_words(texts: Catalogue, address: Address) -> str:
    """Say the selection in one line, with the method and the layer where they are not as they come."""
    parts = [selection_words(texts, address.selection)]
    if address.method != DEFAULT_METHOD:
        parts.append(texts(f"method_choice.{address.method}").lower())
    if address.layer is not None:
        parts.append(texts(f"filters.layer.{address.layer}").lower())
    return " · ".join(parts)


def selection_words(texts: Catalogue, selection: Selection) -> str:
    """Say a selection in one line: ``2025 · trafik · vardagar kl. 07–16``."""
    parts = [texts.form.period(selection.period) if selection.period else texts("filters.all_time")]
    if selection.streams != ALL_STREAMS:
        ordered = [stream for stream in STREAM_WORDS.values() if stream in selection.streams]
        parts.append(texts.form.listing([texts(f"stream.{stream}.source") for stream in ordered]))
    if selection.categories:
        names = sorted(category_word(texts, code).lower() for code in selection.categories)
        few = 3
        parts.append(
            texts.form.listing(names)
            if len(names) <= few
            else texts("filters.many_categories", n=len(names), first=names[0])
        )
    if not selection.window.is_always:
        parts.append(texts.form.window(selection.window))
    if len(parts) == 1:
        parts.append(texts("filters.everything"))
    return " · ".join(parts)


def category_word(texts: Catalogue, code: str) -> str:
    """Say a group or a category."""
    return texts(f"group.{code}" if code in CATEGORIES else f"category.{code}")


def _period_control(texts: Catalogue, period: Period | None, *, first: date, last: date) -> Control:
    def value(one: Period) -> str:
        return f"{one.first.isoformat()},{one.last.isoformat()}"

    offered = sorted(fixed_periods(first, last), key=lambda one: (one.last, one.days), reverse=True)
    if period is not None and period not in offered:
        offered.insert(0, period)
    return Control(
        key="period",
        part="whole",
        label=texts("filters.period"),
        form="menu",
        options=(
            Option("", texts("filters.all_time")),
            *(Option(value(one), texts.form.period(one)) for one in offered),
        ),
        value=(value(period) if period else "",),
    )


def _stream_control(texts: Catalogue, chosen: Selection) -> Control:
    return Control(
        key="strom",
        part="all",
        label=texts("filters.stream"),
        form="many",
        options=tuple(
            Option(word, texts(f"stream.{stream}.choice")) for word, stream in STREAM_WORDS.items()
        ),
        value=tuple(word for word, stream in STREAM_WORDS.items() if stream in chosen.streams),
    )


def _map_controls(texts: Catalogue, address: Address) -> tuple[Control, Control]:
    methods = {"" if name == DEFAULT_METHOD else name: texts(f"method_choice.{name}") for name in METHODS}
    layers = {"": texts("filters.layer.all")} | {
        word: texts(f"filters.layer.{layer}") for word, layer in LAYERS.items()
    }
    shown = next((word for word, layer in LAYERS.items() if layer == address.layer), "")
    return (
        Control(
            "metod",
            "whole",
            texts("filters.method"),
            "menu",
            tuple(Option(*one) for one in methods.items()),
            ("" if address.method == DEFAULT_METHOD else address.method,),
        ),
        Control(
            "lager",
            "whole",
            texts("filters.layer_label"),
            "one",
            tuple(Option(*one) for one in layers.items()),
            (shown,),
        ),
    )


def _category_controls(texts: Catalogue, chosen: Selection) -> tuple[Control, ...]:
    groups = Control(
        key="vad",
        part="group",
        label=texts("filters.category"),
        form="many",
        options=tuple(Option(group, texts(f"group.{group}")) for group in CATEGORIES),
        value=tuple(group for group in CATEGORIES if group in chosen.categories),
    )
    single = tuple(
        code for codes in CATEGORIES.values() if len(codes) > 1 for code in codes if code not in CATEGORIES
    )
    return (
        groups,
        Control(
            key="vad",
            part="single",
            label=texts("filters.single_category"),
            form="many",
            options=tuple(Option(code, texts(f"category.{code}")) for code in single),
            value=tuple(code for code in single if code in chosen.categories),
        ),
    )


def _window_controls(texts: Catalogue, window: TimeWindow) -> tuple[Control, Control]:
    days = "" if window.weekdays == ALL_WEEKDAYS else format_weekdays(window.weekdays)
    whole_day = (window.from_hour, window.to_hour) == (0, HOURS_PER_DAY)
    hours = "" if whole_day else f"{window.from_hour}-{window.to_hour}"
    weekdays = {
        "": texts.form.every_day,
        "0-4": texts.form.weekdays,
        "5-6": texts.form.weekend,
        "4-5": texts.form.week_part({4, 5}),
        days: texts.form.week_part(window.weekdays),
    }
    named = {value: texts(f"filters.hours.{value}") for value in HOUR_CHOICES if value}
    times = {
        "": texts("filters.all_hours"),
        **named,
        hours: named.get(hours) or texts.form.hours(window.from_hour, window.to_hour),
        **({"": texts("filters.all_hours")} if not hours else {}),
    }
    return (
        Control(
            "dagar",
            "all",
            texts("filters.weekdays"),
            "one",
            tuple(Option(*one) for one in weekdays.items()),
            (days,),
        ),
        Control(
            "tid",
            "whole",
            texts("filters.hours_label"),
            "one",
            tuple(Option(*one) for one in times.items()),
            (hours,),
        ),
    )
