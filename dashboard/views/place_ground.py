"""What a place is made of and when it needs somebody, in sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.joyriding import GatheringPoint, JoyridingAnswer
    from geodata.analyses.place import ReviewNote
    from geodata.analyses.place_ground import PlaceGround, Surroundings
    from geodata.analyses.school_zone import Measured, SchoolZoneAnswer, Unit
    from geodata.analyses.when import WhenAnswer
    from geodata.evidence.rates import RateRatio
    from geodata.places.bells import BellDay

PUPILS_TO, FEWEST_PUPILS = 10, 5
"""Estimated pupils are said in tens, and fewer than five of them not at all."""

NAMES = 6
"""More names than this are counted, not listed."""


def ground_lines(
    texts: Catalogue, ground: PlaceGround, reviews: Sequence[ReviewNote] = ()
) -> tuple[str, ...]:
    """Say what a place is made of; empty where nothing is known of it.

    Parameters
    ----------
    reviews
        What reviews found there, newest first: where no file of measured speeds is imported theirs are told.
    """
    if ground.school is not None:
        return tuple(_school(texts, ground.school, reviews))
    if ground.joyriding is not None:
        return tuple(_joyriding(texts, ground.joyriding))
    return tuple(_surroundings(texts, ground.surroundings)) if ground.surroundings is not None else ()


def when_lines(texts: Catalogue, when: WhenAnswer) -> tuple[str, ...]:
    """Say season, school days and risk evenings, each with its base; empty where none may be told."""
    lines = []
    if when.season is not None:
        months = [texts.form.months[month - 1] for month in when.season.months]
        span = months[0] if len(months) == 1 else texts("when.months", first=months[0], last=months[-1])
        lines.append(texts("when.season", months=span, count=when.season.count, n=when.season.of))
    for name, rate in (("school_days", when.school_days), ("risk_evenings", when.risk_evenings)):
        if rate is not None:
            lines.append(compared(texts, name, rate))
    return tuple(lines)


def compared(texts: Catalogue, name: str, rate: RateRatio) -> str:
    """Say one rate against another, with its base."""
    base = texts(
        f"when.{name}_base",
        count=rate.count,
        days=rate.days,
        other_count=rate.other_count,
        other_days=rate.other_days,
    )
    if rate.ratio is None or rate.low is None or rate.high is None:
        said = texts(f"when.{name}_few")
    elif math.isinf(rate.high):
        said = texts(f"when.{name}_only", low=rate.low)
    else:
        said = texts(f"when.{name}", times=rate.ratio, range=texts.form.span(rate.low, rate.high, decimals=1))
    return f"{said} {base}"


def _school(texts: Catalogue, school: SchoolZoneAnswer, reviews: Sequence[ReviewNote]) -> list[str]:
    lines = [_unit(texts, unit) for unit in school.units]
    if school.limits:
        limits = [
            texts("ground.limit", limit=limit, metres=round(metres, -1))
            if limit
            else texts("ground.limit_unknown", metres=round(metres, -1))
            for limit, metres in school.limits
        ]
        lines.append(texts("ground.limits", limits=texts.form.listing(limits)))
    if school.flow is not None:
        lines.append(texts("ground.flow", flow=school.flow[0], street=school.flow[1]))
    lines += [_measured(texts, one) for one in school.measured]
    if not school.measured:
        lines += [texts("ground.not_measured"), *_reviewed(texts, reviews)]
    lines.append(texts("ground.on_foot", on_foot=tens(school.on_foot), n=tens(school.pupils)))
    used = [
        texts("ground.crossing", streets=texts.form.listing(one.streets), n=tens(one.pupils))
        for one in school.crossings
        if one.streets and one.pupils >= FEWEST_PUPILS
    ]
    if used:
        lines.append(texts("ground.crossings", crossings="; ".join(used)))
    if school.bus_stops:
        lines.append(texts("ground.bus_stops", n=school.bus_stops))
    lines += [
        texts("gap.terms_ended", day=school.calendar_ends) if code == "terms_ended" else texts(f"gap.{code}")
        for code in school.gaps
    ]
    return lines


def tens(pupils: float) -> int:
    """Round an estimate to tens: it comes from population squares, and no digit beyond them is known."""
    return int(pupils / PUPILS_TO + 0.5) * PUPILS_TO


def _unit(texts: Catalogue, unit: Unit) -> str:
    facts = [unit.stage or "", texts("ground.pupils", n=unit.pupils) if unit.pupils is not None else ""]
    head = ", ".join([unit.name, *filter(None, facts)])
    return f"{head}. {' '.join(_bells(texts, unit.bells))}"


def _bells(texts: Catalogue, days: Sequence[BellDay]) -> list[str]:
    """Say bells once for weekdays that have the same."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for day in days:
        alike.setdefault((day.start, day.lunch, day.end), []).append(day.weekday)
    said = []
    for (start, lunch, end), weekdays in alike.items():
        key = "ground.bells" if lunch is None else "ground.bells_lunch"
        words = {"start": start, "lunch": lunch, "end": end}
        spans = {name: _span(texts, one) for name, one in words.items() if isinstance(one, tuple)}
        said.append(texts(key, days=texts.form.week_part(weekdays), **spans))
    return said


def _span(texts: Catalogue, span: tuple[str, str]) -> str:
    first, last = (texts.form.time(one) for one in span)
    return first if first == last else f"{first}–{last}"


def _measured(texts: Catalogue, one: Measured) -> str:
    facts = [
        texts("ground.v85", v85=one.v85_kmh) if one.v85_kmh is not None else "",
        texts("ground.measured_limit", limit=one.limit_kmh) if one.limit_kmh is not None else "",
        texts("ground.share_above", share=one.share_above) if one.share_above is not None else "",
        texts("ground.vehicles", n=round(one.vehicles)) if one.vehicles is not None else "",
        texts.form.day(one.last_day) if one.last_day is not None else "",
    ]
    return texts("ground.measured", site=one.site, facts=", ".join(filter(None, facts)))


def _reviewed(texts: Catalogue, reviews: Sequence[ReviewNote]) -> tuple[str, ...]:
    """Say the newest speed that a review tells, as the review's own."""
    newest = next((one for one in reviews if one.v85 is not None), None)
    if newest is None:
        return ()
    if newest.day is None:
        return (texts("ground.reviewed_undated", v85=newest.v85),)
    return (texts("ground.reviewed", v85=newest.v85, day=newest.day),)


def _joyriding(texts: Catalogue, area: JoyridingAnswer) -> list[str]:
    lines = [
        texts(
            "ground.driven",
            metres=round(area.length_m, -1),
            streets=texts.form.listing(area.streets[:NAMES]) if area.streets else texts("ground.unnamed"),
        )
    ]
    if area.round_m is None:
        lines.append(texts("ground.no_round"))
    else:
        lines.append(texts("ground.round", metres=round(area.round_m, -1)))
    points = [_gathering(texts, point) for point in area.gathering]
    if points:
        lines.append(texts("ground.gatherings", points=texts.form.listing(points)))
    else:
        lines.append(texts("ground.no_gathering"))
    return lines


def _gathering(texts: Catalogue, point: GatheringPoint) -> str:
    name = point.name or texts(f"found_kind.{point.kind}").lower()
    return name if point.records is None else texts("ground.gathering", name=name, n=point.records)


def _surroundings(texts: Catalogue, near: Surroundings) -> list[str]:
    lines = []
    if near.licensed is None:
        lines.append(texts("ground.licensed_unknown"))
    else:
        names = near.licensed_names[:NAMES]
        said = texts("ground.licensed", n=near.licensed)
        lines.append(f"{said[:-1]}: {texts.form.listing(names)}." if names else said)
    if near.reviews:
        lines.append(texts("ground.dark", dark=near.dark_reviews or 0, n=near.reviews))
    return lines
