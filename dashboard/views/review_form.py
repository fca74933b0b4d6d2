"""The form of a review: its questions as data, and what a telephone sent read back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from dashboard.views.review import ITEMS
from geodata.crs import WGS84, area_of_use, to_lonlat, to_working
from geodata.errors import ParameterError
from geodata.iso_time import iso_day
from geodata.promises.activity import Party
from geodata.reviews.change import AT, fields_of
from geodata.reviews.checklist import CATEGORY_OF, Verdict
from geodata.reviews.review import (
    FindingDraft,
    Light,
    MeasureDraft,
    ReviewDraft,
    ReviewResult,
    RoadKeeper,
    Season,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from enum import StrEnum

    from dashboard.texts.catalogue import Catalogue
    from geodata.places.place import Place
    from geodata.reviews.review import Review
    from geodata.sections import Geography

    Word = TypeVar("Word", bound=StrEnum)

REVIEW, REVISION = "review", "revision"
"""Fields of a correction: which review, and how it was when it was seen."""

MEASURES = 4
"""Measures that the form has room for; more are added on the review's own page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its code and its words."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ReviewFormView:
    """The form in words.

    Attributes
    ----------
    places
        Kind, and its places by name; the one that is asked about comes chosen.
    items
        Item of the checklist, and what to look for.
    season
        Code of the season that today is in.
    key
        Under what the browser keeps what is written until it is saved.
    filled
        Field → what it holds to begin with; empty for a new review.
    """

    sentence: str
    places: tuple[tuple[str, tuple[Choice, ...]], ...]
    place_id: str
    today: str
    season: str
    seasons: tuple[Choice, ...]
    lights: tuple[Choice, ...]
    items: tuple[tuple[Choice, str], ...]
    verdicts: tuple[Choice, ...]
    parties: tuple[Choice, ...]
    keepers: tuple[Choice, ...]
    results: tuple[Choice, ...]
    key: str
    filled: Mapping[str, str]


def review_form_view(
    texts: Catalogue, places: Sequence[Place], *, place_id: int | None, today: date, season: Season
) -> ReviewFormView:
    """Say the form's questions."""

    def choices(kind: type[StrEnum], group: str) -> tuple[Choice, ...]:
        return tuple(Choice(str(one), texts(f"{group}.{one}")) for one in kind)

    by_kind: dict[str, list[Choice]] = {}
    for place in sorted(places, key=lambda one: one.name):
        by_kind.setdefault(texts(f"kinds.{place.kind}"), []).append(Choice(str(place.place_id), place.name))
    chosen = next((place for place in places if place.place_id == place_id), None)
    return ReviewFormView(
        sentence=texts("review_form.sentence_at", place=chosen.name)
        if chosen
        else texts("review_form.sentence"),
        places=tuple((kind, tuple(found)) for kind, found in sorted(by_kind.items())),
        place_id=str(chosen.place_id) if chosen else "",
        today=today.isoformat(),
        season=str(season),
        seasons=choices(Season, "review.season"),
        lights=choices(Light, "review.light"),
        items=tuple(
            (Choice(item, texts(f"review.item.{item}")), texts(f"review.look_for.{item}"))
            for item in CATEGORY_OF
        ),
        verdicts=choices(Verdict, "review.verdict"),
        parties=choices(Party, "party"),
        keepers=(*choices(RoadKeeper, "review.keeper"), Choice("", texts("review.keeper.unknown"))),
        results=choices(ReviewResult, "review.result"),
        key=str(chosen.place_id) if chosen else "",
        filled={},
    )


def correction_view(
    texts: Catalogue, places: Sequence[Place], review: Review, *, geography: Geography
) -> ReviewFormView:
    """Say the form's questions with what a review answered to them.

    Its measures are changed on its own page, so that here it comes to what it has: measures, or none.

    Parameters
    ----------
    places
        All that it may be about, its own among them.
    """
    form = review_form_view(texts, places, place_id=review.place_id, today=review.day, season=review.season)
    may_come_to = [
        one for one in form.results if (one.code == ReviewResult.MEASURES) == bool(review.measures)
    ]
    named = next((one.name for one in places if one.place_id == review.place_id), texts("reviews.no_place"))
    filled = fields_of(review)
    points = [name for name in filled if name.startswith(AT)]
    lon, lat = to_lonlat(
        [float(filled[name].split()[0]) for name in points],
        [float(filled[name].split()[1]) for name in points],
        working=geography.working_crs,
    )
    degrees = {name: f"{lon[at]:.7f} {lat[at]:.7f}" for at, name in enumerate(points)}
    number, revision = str(review.review_id), str(review.revision)
    return replace(
        form,
        sentence=texts("review_form.correct", place=named, day=review.day),
        results=tuple(may_come_to),
        key=f"andra-{number}-{revision}",
        filled={**filled, **degrees, REVIEW: number, REVISION: revision},
    )


def read_review(typed: Mapping[str, str], *, geography: Geography, mask: Callable[[str], str]) -> ReviewDraft:
    """Read what the form sent.

    Parameters
    ----------
    typed
        Field → what was typed or chosen; several of one field are parted by blanks.
    mask
        Takes out of free text what points to a person.

    Raises
    ------
    ParameterError
        ``choice_missing``, ``review_day_wrong``, ``measure_cost_wrong``, ``point_outside``, each but the last
        with the ``field`` that it is about.
    """
    typed = {key: value for key, value in typed.items() if isinstance(value, str)}
    checks = tuple(
        (item, _one_of(Verdict, typed, f"check-{item}")) for item in CATEGORY_OF if typed.get(f"check-{item}")
    )
    findings = tuple(
        FindingDraft(item, mask(typed[f"found-{item}"]), _point(typed, f"at-{item}", geography))
        for item in ITEMS
        if typed.get(f"found-{item}", "").strip()
    )
    result = _one_of(ReviewResult, typed, "result")
    called_for = result is ReviewResult.MEASURES
    place = typed.get("place", "")
    return ReviewDraft(
        entry_key=typed.get("entry_key", ""),
        place_id=int(place) if place.isdecimal() else None,
        point=_point(typed, "at-place", geography),
        day=read_day(typed, "day"),
        light=_one_of(Light, typed, "light"),
        season=_one_of(Season, typed, "season") if typed.get("season") else None,
        parties=frozenset(Party(one) for one in typed.get("parties", "").split() if one in set(Party)),
        with_whom=mask(typed.get("with_whom", "")),
        road_keeper=_one_of(RoadKeeper, typed, "road_keeper") if typed.get("road_keeper") else None,
        result=result,
        note=mask(typed.get("note", "")),
        checks=checks,
        findings=findings,
        measures=tuple(
            read_measure(typed, f"-{number}", mask=mask)
            for number in range(1, MEASURES + 1)
            if called_for and typed.get(f"measure-{number}", "").strip()
        ),
    )


def read_measure(typed: Mapping[str, str], which: str = "", *, mask: Callable[[str], str]) -> MeasureDraft:
    """Read one measure; `which` is the end of its fields' names.

    Raises
    ------
    ParameterError
        ``measure_cost_wrong``.
    """
    written = "".join(typed.get(f"cost{which}", "").split()).lower().removesuffix("kr")
    if written and not written.isdecimal():
        raise ParameterError("measure_cost_wrong", f"{written[:20]} is no cost.", field=f"cost{which}")
    return MeasureDraft(
        text=mask(typed.get(f"measure{which}", "")),
        responsible=mask(typed.get(f"responsible{which}", "")),
        cost=int(written) if written else None,
    )


def read_day(typed: Mapping[str, str], field: str) -> date:
    """Read a day as the browser writes it.

    Raises
    ------
    ParameterError
        ``review_day_wrong``.
    """
    text = typed.get(field, "")
    try:
        return iso_day(text)
    except ValueError as error:
        raise ParameterError(
            "review_day_wrong", f"{text[:20]} is no day.", field=field, day=text[:20]
        ) from error


def _one_of(kind: type[Word], typed: Mapping[str, str], field: str) -> Word:
    text = typed.get(field, "")
    if text not in set(kind):
        raise ParameterError("choice_missing", f"Choose one for {field}.", field=field)
    return kind(text)


def _point(typed: Mapping[str, str], field: str, geography: Geography) -> tuple[float, float] | None:
    """Read ``longitude latitude`` as the telephone tells them; None where it told nothing."""
    text = typed.get(field, "").strip()
    if not text:
        return None
    try:
        lon, lat = (float(part) for part in text.split())
    except ValueError as error:
        raise ParameterError("choice_missing", f"{text[:40]} is no point.", field=field) from error
    west, south, east, north = geography.extent or area_of_use(geography.working_crs)
    if not (west <= lon <= east and south <= lat <= north):
        raise ParameterError(
            "point_outside", f"{lon}, {lat} lies outside the municipality.", longitude=lon, latitude=lat
        )
    x, y = to_working([lon], [lat], source=WGS84, working=geography.working_crs)
    return float(x[0]), float(y[0])
