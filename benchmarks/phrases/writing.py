"""Phrases with what they are about: of every form, misspelled and cut short, some of them hopeless."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from benchmarks.phrases.hopeless import several, unknown
from benchmarks.phrases.pen import Pen
from benchmarks.phrases.spelling import case, genitive
from benchmarks.phrases.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.phrases.ground import Ground, Point, Spot, Street

BESIDE_M = 120.0


@dataclass(frozen=True)
class Truth:
    """Where a phrase is: a point, how precisely, and on which line where it is a street."""

    precision: str
    point: Point
    line: shapely.Geometry | None = None
    reach_m: float = np.inf
    """How far from the point along a street still is the stretch that was said."""


@dataclass(frozen=True)
class Written:
    """A phrase; no truth where nobody could tell."""

    text: str
    form: str
    truth: Truth | None


class Writer:
    """Writes phrases about a ground."""

    def __init__(self, ground: Ground, rng: np.random.Generator) -> None:
        self._ground = ground
        self._pen = Pen(sorted({*names_of(ground), *ground.villages}), rng)
        self._names = Counter(street.name for street in ground.streets)
        self._spots = [spot for spot in ground.spots if spot.kind != "shop"]
        self._pairs = list(ground.crossings)
        self._pair_names = Counter(self._key(pair) for pair in self._pairs)
        self._of_street: dict[int, list[int]] = {}
        for one, other in self._pairs:
            self._of_street.setdefault(one, []).append(other)
            self._of_street.setdefault(other, []).append(one)
        self._forms: dict[str, tuple[float, Callable[[], Written | None]]] = {
            "place": (0.15, self._place),
            "street": (0.17, self._street),
            "house number": (0.08, self._number),
            "direction": (0.02, self._toward),
            "crossing": (0.17, self._crossing),
            "stretch": (0.05, self._between),
            "street by a place": (0.05, self._street_first),
            "place by a street": (0.03, self._place_first),
            "noun": (0.02, self._noun),
            "locality": (0.06, self._locality),
            "alias": (0.02, self._alias),
            "several of the name": (0.07, self._several),
            "unknown": (0.11, self._unknown),
        }

        if not ground.streets:
            self._forms = {form: self._forms[form] for form in ("place", "unknown")}

    def phrases(self, count: int) -> list[Written]:
        """Return `count` different phrases."""
        found: dict[str, Written] = {}
        shares = np.array([share for share, _ in self._forms.values()])
        makers = [make for _, make in self._forms.values()]
        while len(found) < count:
            made = makers[int(self._pen.rng.choice(len(makers), p=shares / shares.sum()))]()
            if made is not None:
                found.setdefault(made.text, made)
        return list(found.values())

    def _made(self, form: str, text: str, truth: Truth | None) -> Written:
        return Written(case(text, self._pen.rng), form, truth)

    def _spot(self) -> Spot:
        return self._spots[int(self._pen.rng.integers(len(self._spots)))]

    def _lone_street(self) -> Street:
        """Return a street that has its name alone."""
        while True:
            street = self._ground.streets[int(self._pen.rng.integers(len(self._ground.streets)))]
            if self._names[street.name] == 1:
                return street

    def _place(self) -> Written:
        spot = self._spot()
        name, told = self._pen.name(spot.name)
        ways = words()["place"]["stop" if spot.kind == "bus_stop" and self._pen.rng.random() < 0.5 else "at"]
        text = self._pen.one(ways).format(name=name, genitive=genitive(name))
        return self._made("place", text, _at(spot) if told else None)

    def _street(self) -> Written:
        street = self._lone_street()
        name, told = self._pen.name(street.name)
        text = self._pen.one(words()["street"]["along"]).format(name=name, genitive=genitive(name))
        return self._made("street", text, _along(street) if told else None)

    def _number(self) -> Written:
        street = self._lone_street()
        name, told = self._pen.name(street.name)
        number = int(self._pen.rng.integers(1, 90))
        text = self._pen.one(words()["street"]["numbered"]).format(
            name=name, number=number, next=number + 2, letter=self._pen.one("ABC")
        )
        return self._made("house number", text, _along(street) if told else None)

    def _toward(self) -> Written:
        street = self._lone_street()
        name, told = self._pen.name(street.name)
        to = self._pen.one([*self._ground.villages, self._spot().name])
        text = self._pen.one(words()["street"]["toward"]).format(name=name, to=to)
        return self._made("direction", text, _along(street) if told else None)

    def _key(self, pair: tuple[int, int]) -> tuple[str, str]:
        one, other = sorted(self._ground.streets[number].name for number in pair)
        return one, other

    def _crossing(self) -> Written:
        pair = self._pairs[int(self._pen.rng.integers(len(self._pairs)))]
        first, last = pair if self._pen.rng.random() < 0.5 else pair[::-1]
        streets = self._ground.streets
        one, told = self._pen.name(streets[first].name, self._across(streets[last].name))
        other, also = self._pen.name(streets[last].name, self._across(streets[first].name))
        text = self._pen.one(words()["crossing"]["ways"]).format(one=one, two=other)
        sure = told and also and self._pair_names[self._key(pair)] == 1
        return self._made("crossing", text, Truth("address", self._ground.crossings[pair]) if sure else None)

    def _across(self, name: str) -> list[str]:
        """Return the names of the streets that cross one of a name: a reader knows which they are."""
        return [
            self._ground.streets[other].name
            for number, others in self._of_street.items()
            if self._ground.streets[number].name == name
            for other in others
        ]

    def _between(self) -> Written | None:
        number = self._one_of([n for n, others in self._of_street.items() if len(others) > 1])
        street = self._ground.streets[number]
        first, last = (int(n) for n in self._pen.rng.choice(self._of_street[number], 2, replace=False))
        ends = [self._ground.crossings[min(number, end), max(number, end)] for end in (first, last)]
        names = [self._ground.streets[end].name for end in (first, last)]
        keys = [self._key((number, end)) for end in (first, last)]
        length = float(np.hypot(*(np.array(ends[0]) - np.array(ends[1]))))
        if length < 60 or self._names[street.name] > 1 or any(self._pair_names[key] > 1 for key in keys):
            return None
        written = [self._pen.name(name, self._across(street.name)) for name in names]
        name, told = self._pen.name(street.name)
        way = self._pen.one(words()["between"]["ways"])
        text = way.format(street=name, one=written[0][0], two=written[1][0])
        middle = (float(np.mean([end[0] for end in ends])), float(np.mean([end[1] for end in ends])))
        sure = told and written[0][1] and written[1][1] and names[0] != names[1]
        truth = Truth("street", middle, street.line, reach_m=length)
        return self._made("stretch", text, truth if sure else None)

    def _one_of(self, of: Sequence[int]) -> int:
        return int(of[int(self._pen.rng.integers(len(of)))])

    def _pair_beside(self) -> tuple[Spot, Street] | None:
        spot = self._spot()
        at = shapely.Point(spot.x, spot.y)
        near = [street for street in self._ground.streets if shapely.dwithin(street.line, at, BESIDE_M)]
        return (spot, near[int(self._pen.rng.integers(len(near)))]) if near else None

    def _street_first(self) -> Written | None:
        pair = self._pair_beside()
        if pair is None:
            return None
        spot, street = pair
        (place, told), (name, also) = self._pen.name(spot.name), self._pen.name(street.name)
        text = self._pen.one(words()["beside"]["street_first"]).format(street=name, place=place)
        point = shapely.shortest_line(street.line, shapely.Point(spot.x, spot.y)).coords[0]
        return self._made("street by a place", text, Truth("named_place", point) if told and also else None)

    def _place_first(self) -> Written | None:
        pair = self._pair_beside()
        if pair is None:
            return None
        spot, street = pair
        (place, told), (name, also) = self._pen.name(spot.name), self._pen.name(street.name)
        text = self._pen.one(words()["beside"]["place_first"]).format(street=name, place=place)
        return self._made("place by a street", text, _at(spot) if told and also else None)

    def _noun(self) -> Written:
        nouns = [(kind, of) for kind, of in words()["generic"].items() if kind != "ways"]
        kind, of = nouns[int(self._pen.rng.integers(len(nouns)))]
        spots = [spot for spot in self._ground.spots if spot.kind == kind]
        text = self._pen.one(words()["generic"]["ways"]).format(noun=self._pen.one(of))
        if kind == "school" and self._pen.rng.random() < 0.6:
            village = self._pen.one(self._ground.villages)
            spots = [spot for spot in spots if spot.village == village]
            text = f"{text} i {village}"
        return self._made("noun", text, _at(spots[0]) if len(spots) == 1 else None)

    def _locality(self) -> Written:
        if self._pen.rng.random() < 0.3:
            street = self._lone_street()
            where = street.village or self._ground.project.municipality.name
        else:
            streets = [street for street in self._ground.streets if street.village]
            street = streets[int(self._pen.rng.integers(len(streets)))]
            where = street.village
        there = [one.name for one in self._ground.streets if one.village == street.village]
        name, told = self._pen.name(street.name, there if street.village else None)
        number = f" {int(self._pen.rng.integers(1, 40))}" if self._pen.rng.random() < 0.3 else ""
        text = self._pen.one(words()["locality"]["ways"]).format(it=name + number, where=where)
        return self._made("locality", text, _along(street) if told else None)

    def _several(self) -> Written:
        return self._made("several of the name", several(self._pen, self._ground), None)

    def _unknown(self) -> Written:
        return self._made("unknown", unknown(self._pen, self._ground), None)

    def _alias(self) -> Written:
        added = words()["added"]
        known = {spot.name: spot for spot in self._ground.spots}
        choices = [(known[shop], alias) for shop, of in added["shops"].items() for alias in (shop, *of)]
        for kind, aliases in added["aliases"].items():
            first = next(spot for spot in self._ground.spots if spot.kind == kind)
            choices += [(first, alias) for alias in aliases]
        spot, alias = choices[int(self._pen.rng.integers(len(choices)))]
        text = self._pen.one(words()["place"]["at"]).format(name=alias, genitive=genitive(alias))
        return self._made("alias", text, _at(spot))


def names_of(ground: Ground) -> list[str]:
    """Return every name of streets and spots."""
    return [*(street.name for street in ground.streets), *(spot.name for spot in ground.spots)]


def _at(spot: Spot) -> Truth:
    return Truth("named_place", (spot.x, spot.y))


def _along(street: Street) -> Truth:
    middle = shapely.point_on_surface(street.line)
    return Truth("street", (middle.x, middle.y), street.line)
