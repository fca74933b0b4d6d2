"""The plain way: a phrase is the one name that stands in it, letter case apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.gazetteer.candidates import Candidate
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.phrases.ground import Ground
    from benchmarks.phrases.writing import Written


def plain_lookup(ground: Ground, written: Sequence[Written]) -> list[Candidate | None]:
    """Return the place of the longest name in each phrase; of namesakes the first, None without a name."""
    known: dict[str, Candidate] = {}
    for street in ground.streets:
        at = street.line.representative_point()
        known.setdefault(
            street.name.lower(),
            Candidate(street.name, "street", LocationPrecision.STREET, at.x, at.y, 1.0),
        )
    for spot in ground.spots:
        known[spot.name.lower()] = Candidate(
            spot.name, spot.kind, LocationPrecision.NAMED_PLACE, spot.x, spot.y, 1.0
        )
    names = sorted(known, key=len, reverse=True)
    texts = [phrase.text.lower() for phrase in written]
    return [known.get(next((name for name in names if name in text), "")) for text in texts]
