"""Säger, Ser, Händer: three bars on one scale, each against what is expected, with its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import tag
from dashboard.views.evidence import EXPECTED_AT, on_scale

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.evidence import StreamBar

STEPS = (0.25, 0.5, 2, 4)
"""Times the expected that have a thin line on the scale."""


def stream_bars(texts: Catalogue, bars: tuple[StreamBar, ...]) -> Markup:
    """Write the three bars with their words."""
    return tag(
        "div",
        (_row(bar) for bar in bars),
        _axis(texts),
        tag("p", texts("method.scale"), class_="small"),
        class_="bars",
    )


def bars_key(texts: Catalogue, bars: tuple[StreamBar, ...]) -> Markup:
    """Write the key to the bars without words."""
    expected = tag("span", tag("span", class_="tick-key", aria_hidden="true"), texts("evidence.key"))
    streams = (tag("span", _mark(), bar.label, class_=bar.stream) for bar in bars)
    return tag("p", streams, expected, class_="bars-key small")


def small_bars(bars: tuple[StreamBar, ...]) -> Markup:
    """Write the three bars without words, for a list; what they show is read out as one line."""
    words = ". ".join(f"{bar.label}: {bar.reading}" for bar in bars)
    drawn = (tag("div", _expected(), _filled(bar), class_=f"small-bar {bar.stream}") for bar in bars)
    return tag("div", drawn, class_="small-bars", role="img", aria_label=words, title=words)


def _row(bar: StreamBar) -> Markup:
    steps = (tag("span", class_="step", style=f"left:{_percent(on_scale(times))}") for times in STEPS)
    return tag(
        "div",
        tag("div", _mark(), bar.label, class_="bar-label"),
        tag("div", steps, _expected(), _filled(bar), _range(bar), class_="bar-track", aria_hidden="true"),
        tag("div", tag("strong", bar.reading), " ", tag("span", bar.count), class_="bar-words"),
        class_=f"bar-row {bar.stream}",
    )


FIRM = frozenset({1, 4})
"""What of the axis a narrow screen has room for."""


def _axis(texts: Catalogue) -> Markup:
    words = {0.5: texts("evidence.axis_half"), 1: texts("evidence.axis_expected")}
    words |= {times: texts("evidence.axis_times", n=times) for times in (2, 4)}
    ticks = (
        tag(
            "span",
            word,
            class_="tick" if times in FIRM else "tick between",
            style=f"left:{_percent(on_scale(times))}",
        )
        for times, word in words.items()
    )
    return tag("div", tag("div", ticks, class_="axis"), class_="bar-row", aria_hidden="true")


def _mark() -> Markup:
    return tag("span", class_="mark", aria_hidden="true")


def _expected() -> Markup:
    return tag("span", class_="expected", style=f"left:{_percent(EXPECTED_AT)}")


def _filled(bar: StreamBar) -> Markup | None:
    if bar.ratio is None:
        return None
    start, end = sorted((EXPECTED_AT, bar.ratio))
    return tag("span", class_="filled", style=f"left:{_percent(start)};width:{_percent(end - start)}")


def _range(bar: StreamBar) -> Markup | None:
    if bar.low is None or bar.high is None:
        return None
    return tag("span", class_="range", style=f"left:{_percent(bar.low)};width:{_percent(bar.high - bar.low)}")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
