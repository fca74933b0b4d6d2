"""What a patrol sheet says: when and where, what to look for, what residents say, what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.filters import category_word
from dashboard.views.place_ground import FEWEST_PUPILS, tens
from dashboard.views.plan_words import reason_words
from geodata.periods import HOURS_PER_DAY
from geodata.promises.activity import CarType, Party

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.patrol import Bell, Heard, Stop
    from geodata.analyses.promised import Promised
    from geodata.analyses.school_zone import SchoolZoneAnswer
    from geodata.targeting.passes import Pass
    from geodata.targeting.slot import Slot

MINUTES_PER_HOUR = 60
MOST_REASONS = 3
MOST_MEASURED = 2


@dataclass(frozen=True, slots=True)
class StopView:
    """One stop in words; a part about which nothing is known is empty.

    Attributes
    ----------
    number
        In driving order, from 1.
    time, what, place
        "07.30–07.45", "Trafikkontroll", "Tegnérskolan".
    stand, safe
        The stretch to stand on, and whether one can stop there.
    how
        Car, and who takes part.
    look_for, said, promised, why
        Sentences.
    map_label
        What the map shows, for those who hear it.
    """

    number: int
    time: str
    what: str
    place: str
    stand: str
    safe: str
    how: str
    look_for: tuple[str, ...]
    said: str
    promised: tuple[str, ...]
    why: tuple[str, ...]
    map_label: str
    stop: Stop


@dataclass(frozen=True, slots=True)
class SheetView:
    """The sheet of a pass, or of one of its slots.

    Attributes
    ----------
    cars
        What one ticks as having been used; the municipality has no marked and unmarked cars.
    """

    title: str
    day: str
    party: str
    who: str
    span: str
    stops: tuple[StopView, ...]
    cars: tuple[str, ...]
    secrecy: str
    made: str
    sources: str


def sheet_view(
    texts: Catalogue,
    stops: Sequence[Stop],
    *,
    work: Pass,
    promised: Sequence[Sequence[Promised]],
    today: date,
    sources: Sequence[str],
) -> SheetView:
    """Say what stands on a sheet.

    Parameters
    ----------
    stops
        In driving order, at least one.
    work
        The pass that they are of.
    promised
        What was promised of each stop.
    sources
        Whose data the map is drawn from.
    """
    first, last, day, party = stops[0].slot, stops[-1].slot, work.day, work.party
    number = texts("sheet.number", number=work.number, of=work.of) if work.of > 1 else ""
    return SheetView(
        title=texts("sheet.title", day=day_words(texts, day)),
        day=day_words(texts, day),
        party=texts(f"party.{party}"),
        who=" · ".join(filter(None, [texts(f"party.{party}"), number])),
        span=texts(
            "sheet.span",
            n=len(stops),
            time=f"{clock(texts, first.from_minute)}–{clock(texts, last.to_minute)}",
        ),
        stops=tuple(
            _stop(texts, number, stop, promised=serves)
            for number, (stop, serves) in enumerate(zip(stops, promised, strict=True), start=1)
        ),
        cars=tuple(texts(f"car_type.{one}") for one in CarType) if party is Party.POLICE else (),
        secrecy=texts(f"sheet.secrecy.{'police' if party is Party.POLICE else 'others'}"),
        made=texts("sheet.made", day=today),
        sources=" · ".join(sources),
    )


def day_words(texts: Catalogue, day: date) -> str:
    """Write a day with its weekday: ``lördag 28 november 2026``."""
    return f"{texts.form.days[day.weekday()]} {texts.form.day(day)}"


def clock(texts: Catalogue, minute: int) -> str:
    """Write a minute of the day as a clock does: ``07.30``; past midnight it begins anew."""
    hour, rest = divmod(minute, MINUTES_PER_HOUR)
    return texts.form.time(f"{hour % HOURS_PER_DAY:02d}:{rest:02d}")


def slot_time(texts: Catalogue, slot: Slot) -> str:
    """Write when a slot is: ``07.30–07.45``."""
    return f"{clock(texts, slot.from_minute)}–{clock(texts, slot.to_minute)}"


def slot_how(texts: Catalogue, slot: Slot) -> str:
    """Say what a slot is done from and who takes part: ``Målad bil · polisen och kommunen``."""
    who = texts.form.listing([texts(f"party_short.{one}") for one in sorted(slot.parties, reverse=True)])
    return f"{texts(f'car_type.{slot.car}')} · {who}"


def _stop(texts: Catalogue, number: int, stop: Stop, *, promised: Sequence[Promised]) -> StopView:
    slot = stop.slot
    stand = slot.stand.name if slot.stand is not None else ""
    return StopView(
        number=number,
        time=slot_time(texts, slot),
        what=texts(f"activity_kind.{slot.kind}"),
        place=stop.place.name,
        stand=stand or texts("sheet.stand_unknown"),
        safe=_safe(texts, stop),
        how=slot_how(texts, slot),
        look_for=tuple(_look_for(texts, stop)),
        said=_said(texts, stop.said),
        promised=tuple(_promised(texts, one) for one in promised),
        why=reasons(texts, slot),
        map_label=texts("sheet.map", place=stop.place.name, stand=stand or stop.place.name),
        stop=stop,
    )


def _promised(texts: Catalogue, one: Promised) -> str:
    return f"{one.name} ({texts.form.listing(one.ways)})." if one.ways else f"{one.name}."


def _safe(texts: Catalogue, stop: Stop) -> str:
    if stop.slot.stand is not None and stop.slot.stand.is_safe_stop:
        return texts("sheet.safe_stop")
    if not stop.safe:
        return texts("sheet.no_safe_stop")
    names = [one.name for one in stop.safe if one.name]
    return texts("sheet.safe_named", names=texts.form.listing(names)) if names else texts("sheet.safe_near")


def reasons(texts: Catalogue, slot: Slot) -> tuple[str, ...]:
    """Say why a slot is where it is, the weightiest reasons first."""
    return tuple(filter(None, (reason_words(texts, one) for one in slot.why)))[:MOST_REASONS]


def _look_for(texts: Catalogue, stop: Stop) -> list[str]:
    lines = []
    if stop.recorded.themes:
        lines.append(
            texts("sheet.recorded", themes=_themes(texts, stop.recorded, inside=True), of=stop.recorded.of)
        )
    elif stop.recorded.of is None:
        lines.append(texts("sheet.recorded_few", least=stop.recorded.least))
    if stop.bells:
        lines.append(texts("sheet.bells", bells="; ".join(_bell(texts, one) for one in stop.bells)))
    if stop.speed_limit_kmh is not None:
        lines.append(texts("sheet.limit", limit=stop.speed_limit_kmh))
    if stop.ground.school is not None:
        lines += _school(texts, stop.ground.school)
    return lines


def _school(texts: Catalogue, school: SchoolZoneAnswer) -> list[str]:
    measured = [
        texts("sheet.measured", site=one.site, v85=one.v85_kmh, limit=one.limit_kmh)
        for one in school.measured
        if one.v85_kmh is not None and one.limit_kmh is not None
    ]
    crossing = next((one for one in school.crossings if one.streets and one.pupils >= FEWEST_PUPILS), None)
    lines = measured[:MOST_MEASURED]
    if crossing is not None:
        streets = texts.form.listing(crossing.streets[:2])
        lines.append(texts("sheet.crossing", streets=streets, n=tens(crossing.pupils)))
    return lines


def _bell(texts: Catalogue, bell: Bell) -> str:
    first, last = texts.form.time(bell.first), texts.form.time(bell.last)
    span = first if first == last else f"{first}–{last}"
    return texts(f"sheet.bell.{bell.what}{'_assumed' if bell.assumed else ''}", span=span)


def _said(texts: Catalogue, said: Heard) -> str:
    if said.of is None:
        return texts("sheet.said_few", least=said.least)
    years = sorted({day.year for day in (said.first, said.last) if day is not None})
    when = "–".join(str(year) for year in years)
    if not said.themes:
        return texts("sheet.said_spread", of=said.of, when=when, least=said.least)
    return texts("sheet.said", themes=_themes(texts, said), of=said.of, when=when)


def _themes(texts: Catalogue, heard: Heard, *, inside: bool = False) -> str:
    said = ", ".join(
        texts("sheet.theme", theme=category_word(texts, name).lower(), n=count)
        for name, count in heard.themes
    )
    return said if inside else f"{said[:1].upper()}{said[1:]}"
