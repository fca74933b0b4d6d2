"""What the words of one part of a phrase may name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.gazetteer.index import EXACT, PASSED_OVER
from etl.gazetteer.words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.gazetteer.index import Hits, NameIndex

Words = tuple[str, ...]

NUMBER = re.compile(r"^\d{1,4}\s?[a-zåäö]?\.?$|^\d{1,4}[a-zåäö]?-\d{1,4}[a-zåäö]?\.?$")
"""A house number, with a letter or up to another."""
LETTER = re.compile(r"^[a-zåäö]\.?$")
LONGEST_GUESS = 4
"""Words in a row that are tried together as a misspelled name."""


@dataclass(frozen=True, slots=True)
class Item:
    """A name in a phrase: what it may be, whether a house number follows."""

    hits: Hits
    number: bool = False

    @property
    def generic(self) -> bool:
        """Whether it is a noun ("torget"), not a name."""
        return bool(self.hits) and self.hits[0][0] < 0


@dataclass(frozen=True, slots=True)
class Reading:
    """The names in one part of a phrase, and how many of its words nothing is known of."""

    items: tuple[Item, ...]
    unknown: int


def read(words: Words, index: NameIndex) -> Reading:
    """Read words as names: as they are written where that explains all of them, else as misspelled.

    `NameIndex.prepare` must have been given `guesses` of the words.
    """
    pieces = _pieces(words, index)
    if not any(isinstance(piece, tuple) for piece in pieces):
        return _reading(pieces)
    whole = _name_alone(_core(words, index))
    hits = index.misspelled(whole)
    if hits and len(whole) > 1 and hits[0][0] != PASSED_OVER:
        return Reading((Item(hits, number=len(whole) < len(words)),), 0)
    return _reading([guess for piece in pieces for guess in _guessed(piece, index)])


def guesses(words: Words, index: NameIndex) -> Iterator[Words]:
    """Yield what of the words must be looked up as misspelled."""
    pieces = _pieces(words, index)
    unknown = [piece for piece in pieces if isinstance(piece, tuple)]
    if unknown:
        yield _name_alone(_core(words, index))
    for run in unknown:
        yield from _spans(run)


def _spans(run: Words) -> Iterator[Words]:
    for start in range(len(run)):
        for end in range(min(len(run), start + LONGEST_GUESS), start, -1):
            yield run[start:end]


def _pieces(words: Words, index: NameIndex) -> list[Item | Words]:
    """Divide words into names as they are written, longest first, and runs of unknown words."""
    pieces: list[Item | Words] = []
    at = 0
    while at < len(words):
        length, item = _written_at(words, at, index)
        if item is not None and item.hits[0][0] == PASSED_OVER:
            pass
        elif item is not None:
            pieces.append(item)
        elif _beside_spot(words[at : at + 2], index):
            pass
        elif pieces and _is_number(words, at) and _takes_number(pieces[-1]):
            pieces[-1] = _numbered(pieces[-1])
        elif pieces and isinstance(pieces[-1], tuple):
            pieces[-1] = (*pieces[-1], *words[at : at + length])
        else:
            pieces.append(words[at : at + length])
        at += length
    return pieces


def _written_at(words: Words, at: int, index: NameIndex) -> tuple[int, Item | None]:
    for end in range(len(words), at, -1):
        hits = index.as_written(words[at:end])
        if hits:
            return end - at, Item(hits)
    return 1, None


def _beside_spot(words: Words, index: NameIndex) -> bool:
    """Say whether the first of two words only says which side of a spot: "norra sidan"."""
    return len(words) > 1 and words[0] in place_words().passed_over.sides and _passed_over(words[1:2], index)


def _is_number(words: Words, at: int) -> bool:
    return bool(NUMBER.match(words[at])) or (at > 0 and bool(LETTER.match(words[at])))


def _takes_number(piece: Item | Words) -> bool:
    return isinstance(piece, Item) and piece.hits[0][0] >= 0


def _numbered(piece: Item | Words) -> Item | Words:
    return Item(piece.hits, number=True) if isinstance(piece, Item) else piece


def _core(words: Words, index: NameIndex) -> Words:
    """Return the words without those at both ends that say nothing of where."""
    start, end = 0, len(words)
    while start < end and _passed_over(words[start : start + 1], index):
        start += 1
    while end > start and _passed_over(words[end - 1 : end], index):
        end -= 1
        while end > start and words[end - 1] in place_words().passed_over.sides:
            end -= 1
    return words[start:end]


def _passed_over(word: Words, index: NameIndex) -> bool:
    return index.as_written(word)[:1] == ((PASSED_OVER, EXACT),)


def _name_alone(words: Words) -> Words:
    """Return the words without a house number at their end."""
    end = len(words)
    while end > 1 and _is_number(words, end - 1):
        end -= 1
    return words[:end]


def _guessed(piece: Item | Words, index: NameIndex) -> Iterator[Item | Words]:
    """Read a run of unknown words as misspelled names, longest first; what stays unknown stays."""
    if isinstance(piece, Item):
        yield piece
        return
    at = 0
    last: Item | None = None
    while at < len(piece):
        for end in range(min(len(piece), at + LONGEST_GUESS), at, -1):
            hits = index.misspelled(piece[at:end])
            if hits:
                last = Item(hits, number=end < len(piece) and _is_number(piece, end))
                yield last
                at = end
                break
        else:
            if not (last is not None and _is_number(piece, at)):
                yield piece[at : at + 1]
            at += 1


def _reading(pieces: list[Item | Words]) -> Reading:
    items = tuple(piece for piece in pieces if isinstance(piece, Item) and piece.hits[0][0] != PASSED_OVER)
    return Reading(items, sum(len(piece) for piece in pieces if isinstance(piece, tuple)))
