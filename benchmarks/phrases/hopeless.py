"""Phrases that nobody could place: several things bear the name, or nothing does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.phrases.spelling import genitive
from benchmarks.phrases.words import words

if TYPE_CHECKING:
    from benchmarks.phrases.ground import Ground
    from benchmarks.phrases.pen import Pen


def several(pen: Pen, ground: Ground) -> str:
    """Write what fits several: a street that two localities have, two streets at once, a bare noun."""
    chance = pen.rng.random()
    if chance < 0.35:
        counts = Counter(street.name for street in ground.streets)
        name, _ = pen.name(pen.one([name for name, count in counts.items() if count > 1]))
        return _street(pen, name, ("along", "numbered")[int(chance < 0.15)])
    if chance < 0.6:
        pairs = list(ground.crossings)
        one, other = pairs[int(pen.rng.integers(len(pairs)))]
        # Both of them, or where they cross?
        return f"{ground.streets[one].name} och {ground.streets[other].name}"
    kinds = Counter(spot.kind for spot in ground.spots)
    kind = pen.one([kind for kind in ("square", "school", "park") if kinds[kind] > 1])
    return _place(pen, pen.one(words()["generic"][kind]))


def unknown(pen: Pen, ground: Ground) -> str:
    """Write what no layer holds: shops, feelings, made-up streets, other towns."""
    known = [*(street.name for street in ground.streets), *(spot.name for spot in ground.spots)]
    of = words()["unknown"]
    made = known[0]
    while made in known:
        made = pen.one(of["first"]) + pen.one(of["last"])
    chance = pen.rng.random()
    if chance < 0.03:
        return pen.one(of["vague"])
    if chance < 0.3:
        return _place(pen, pen.one(of["things"]))
    if chance < 0.6:
        return _place(pen, made)
    if chance < 0.75:
        return _street(pen, made, "numbered")
    if chance < 0.85:
        return pen.one(words()["crossing"]["ways"]).format(one=pen.one(known), two=made)
    it = pen.one([pen.one(known), "torget", "skolan", "stationen"])
    return pen.one(words()["locality"]["ways"]).format(it=it, where=pen.one(of["elsewhere"]))


def _place(pen: Pen, name: str) -> str:
    return pen.one(words()["place"]["at"]).format(name=name, genitive=genitive(name))


def _street(pen: Pen, name: str, way: str) -> str:
    number = int(pen.rng.integers(1, 60))
    return pen.one(words()["street"][way]).format(
        name=name, genitive=genitive(name), number=number, next=number + 2, letter="B"
    )
