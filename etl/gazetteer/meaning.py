"""From a phrase and what its words name to the places that the whole of it may mean."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.gazetteer.combining import NEAR_M, alone, beside, crossings, gap, stretch
from etl.gazetteer.entries import BOUNDARY, DISTRICT, LOCALITIES, NAMED_PLACE, STREET
from etl.gazetteer.index import GENERIC_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.gazetteer.candidates import Candidate
    from etl.gazetteer.combining import Choice
    from etl.gazetteer.entries import Entries, Entry
    from etl.gazetteer.grammar import Phrase
    from etl.gazetteer.index import Hits
    from etl.gazetteer.reading import Item, Reading

ONLY_ONE = 0.95
"""How sure "torget" is where there is but one."""
HOUSE_NUMBER = 0.01
"""Taken off a house number: the layers hold no addresses, so the street is all that is known."""
DIRECTION = 0.01
"""Taken off "mot X", which tells which end and not where."""
UNKNOWN_WORD = 0.4
"""Taken off for words that nothing is known of: they may change what is meant."""
OTHER_KIND = 0.2
"""Taken off when the noun beside a name says another kind of thing."""
NOT_TOGETHER = 0.4
"""Taken off single names of a phrase that the map does not bear out as a whole."""
MOST_CHOICES = 60

SCHOOL_OF_AGE = {"gymnasium": "school"}
"""Nouns that name a kind by a narrower word: only an entry whose name holds the word is meant."""


class Meaning:
    """Works out what phrases mean among the entries of a workspace."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries.entries
        self._streets = entries.streets
        self._of_kind: dict[str, list[Entry]] = {}
        for entry in entries.entries:
            self._of_kind.setdefault(entry.kind, []).append(entry)
        self._namesakes = Counter((entry.kind, entry.name) for entry in entries.entries)

    def candidates(self, phrase: Phrase, readings: Sequence[Reading]) -> list[Candidate]:
        """Return every place that a phrase may mean, with how sure each is.

        Parameters
        ----------
        readings
            What the words of each chunk of the phrase name.
        """
        named = [
            (chunk.role if number == 0 else "same", item)
            for chunk, reading in zip(phrase.chunks, readings, strict=True)
            for number, item in enumerate(reading.items)
        ]
        off = UNKNOWN_WORD * min(
            1,
            sum(
                reading.unknown
                for chunk, reading in zip(phrase.chunks, readings, strict=True)
                if chunk.role != "toward"
            ),
        )
        toward = [role for role, _ in named if role == "toward"]
        named = [(role, item) for role, item in named if role != "toward"]
        off += DIRECTION * bool(toward) + HOUSE_NUMBER * any(item.number for _, item in named)
        named, missed = self._with_kinds(named)
        off += OTHER_KIND * missed
        found = list(self._of(phrase, named))
        if not found:  # together they mean nothing, but each is worth showing
            off += NOT_TOGETHER
            found = [alone(*choice) for _, item in named for choice in self._choices(item, [])]
        return [replace(one, confidence=one.confidence - off) for one in found]

    def of_hits(self, hits: Hits) -> list[Candidate]:
        """Return entries by themselves, for a phrase that is a name."""
        return [
            alone(self._entries[number], sure, label=self._label(self._entries[number]))
            for number, sure in hits
        ]

    def _of(self, phrase: Phrase, named: list[tuple[str, Item]]) -> Iterator[Candidate]:
        left, within = self._localities(named, all_kinds=False)
        found = list(self._within(phrase, left, within))
        if not found:
            left, within = self._localities(named, all_kinds=True)
            found = list(self._within(phrase, left, within))
        yield from found

    def _within(
        self, phrase: Phrase, named: list[tuple[str, Item]], within: list[Choice]
    ) -> Iterator[Candidate]:
        roles = [role for role, _ in named]
        choices = [self._choices(item, within) for _, item in named]
        if not named:
            yield from (alone(entry, sure) for entry, sure in within)
        elif ("between" in roles and not (phrase.crossing and len(named) == 2)) or {"from", "to"} <= {*roles}:
            yield from self._between(roles, choices)
        elif len(named) == 1:
            yield from (alone(entry, sure, label=self._label(entry)) for entry, sure in choices[0])
        elif phrase.crossing or set(roles[1:]) & {"slash"}:
            yield from self._crossing(choices)
        elif set(roles[1:]) & {"and"}:
            return
        else:
            yield from self._beside(choices)

    def _crossing(self, choices: list[list[Choice]]) -> Iterator[Candidate]:
        """Yield where the streets cross; what else is named must lie near."""
        streets = [which for which in choices if any(entry.kind == STREET for entry, _ in which)]
        others = [which for which in choices if not any(entry.kind == STREET for entry, _ in which)]
        if len(streets) < 2:
            yield from self._beside(choices) if streets else ()
            return
        for one, other in itertools.product(*streets[:2]):
            for found in crossings(one, other, self._streets):
                point = shapely.Point(found.x, found.y)
                if all(any(_near(entry, point) for entry, _ in which) for which in [*streets[2:], *others]):
                    yield found

    def _between(self, roles: list[str], choices: list[list[Choice]]) -> Iterator[Candidate]:
        start = roles.index("between") if "between" in roles else roles.index("from")
        ends = choices[start : start + 2]
        rest = choices[:start] + choices[start + 2 :]
        if len(ends) < 2 or len(rest) > 1:
            return
        for one, other in itertools.product(*ends):
            if rest:
                for street in rest[0]:
                    yield from stretch(street, one, other, self._streets)
            else:
                yield from gap(one, other)

    def _beside(self, choices: list[list[Choice]]) -> Iterator[Candidate]:
        """Yield the first place by the others; each of the others must lie near it."""
        for main, anchor in itertools.product(*choices[:2]):
            for found in beside(main, anchor, self._streets):
                here = main[0].geometry if np.isnan(found.x) else shapely.Point(found.x, found.y)
                if all(any(_near(entry, here) for entry, _ in which) for which in choices[2:]):
                    yield found

    def _choices(self, item: Item, within: list[Choice]) -> list[Choice]:
        """Return the entries that an item may be, in the locality that was named."""
        found: list[Choice] = []
        for number, sure in item.hits:
            if number >= 0:
                found.append((self._entries[number], sure))
            else:
                found += [(entry, min(sure, ONLY_ONE)) for entry in self._generic(number)]
        if within:
            found = [
                (entry, sure)
                for entry, sure in found
                if entry.geometry is not None and any(place.holds(entry.geometry) for place, _ in within)
            ]
        return found[:MOST_CHOICES]

    def _generic(self, number: int) -> list[Entry]:
        if not -len(GENERIC_KINDS) <= number < 0:
            return []
        kind = GENERIC_KINDS[-1 - number]
        if kind in SCHOOL_OF_AGE:
            return [
                one for one in self._of_kind.get(SCHOOL_OF_AGE[kind], []) if kind[:-2] in one.name.casefold()
            ]
        return self._of_kind.get(kind, [])

    def _with_kinds(self, named: list[tuple[str, Item]]) -> tuple[list[tuple[str, Item]], int]:
        """Let a noun beside a name say which kind the name is of: "hållplatsen Skolgatan".

        Returns the names that are left, and how many nouns said a kind that their name is not of.
        """
        left: list[tuple[str, Item]] = []
        missed = 0
        for role, item in named:
            if role == "same" and left and left[-1][1].generic and not item.generic:
                before, noun = left[-1]
                kinds = {
                    GENERIC_KINDS[-1 - number] for number, _ in noun.hits if number >= -len(GENERIC_KINDS)
                }
                kinds |= {SCHOOL_OF_AGE[kind] for kind in kinds & SCHOOL_OF_AGE.keys()}
                of_kind = tuple(
                    hit for hit in item.hits if hit[0] >= 0 and self._entries[hit[0]].kind in kinds
                )
                only_there = all(
                    hit[0] >= 0 and self._entries[hit[0]].kind in LOCALITIES for hit in item.hits
                )
                if of_kind or not only_there:
                    missed += not of_kind
                    left[-1] = (before, replace(item, hits=of_kind or item.hits))
                    continue
            left.append((role, item))
        return left, missed

    def _localities(
        self, named: list[tuple[str, Item]], *, all_kinds: bool
    ) -> tuple[list[tuple[str, Item]], list[Choice]]:
        """Take out the localities that say which of several is meant; of those, the smaller kind goes first.

        A district beside another name is one. A named place may be the place itself: it is a locality
        after "i", or where the phrase makes sense in no other way.
        """
        left: list[tuple[str, Item]] = []
        within: list[Choice] = []
        for role, item in named:
            places = [
                (self._entries[number], sure)
                for number, sure in item.hits
                if number >= 0 and self._entries[number].kind in LOCALITIES
            ]
            points = all(entry.kind == NAMED_PLACE for entry, _ in places)
            inside = all_kinds or not points or (role == "in" and bool(left))
            if len(named) > 1 and places and len(places) == len(item.hits) and inside and not within:
                within = [choice for choice in places if choice[0].kind != BOUNDARY] or places
            else:
                left.append((role, item))
        return left, within

    def _label(self, entry: Entry) -> str:
        """Return a name; with its district when another entry bears it too."""
        if entry.geometry is None or self._namesakes[entry.kind, entry.name] < 2:
            return entry.name
        districts = self._of_kind.get(DISTRICT, [])
        there = next((one.name for one in districts if one.holds(entry.geometry)), "")
        return f"{entry.name} ({there})" if there else entry.name


def _near(entry: Entry, here: shapely.Geometry | None) -> bool:
    if entry.geometry is None or here is None:
        return True
    return bool(shapely.dwithin(entry.geometry, here, NEAR_M))
