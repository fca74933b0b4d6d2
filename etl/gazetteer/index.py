"""The names of all entries, to look words up in: as written, in other forms, misspelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from etl.gazetteer.abbreviations import expansions
from etl.gazetteer.normalise import fold, indefinite, squeeze, tokens
from etl.gazetteer.spelling import MOST_EDITS, cost, near
from etl.gazetteer.words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.gazetteer.entries import Entry

EXACT = 1.0
INFLECTED = 0.98
"""Another form of the name: a genitive, without its article, written apart or together."""
SHORTENED = 0.96
MISSPELLED = 0.98
PER_EDIT = 0.06
"""Taken from `MISSPELLED` for each edit; more than the margin, so that the nearest name is not a tie."""
FEWEST_FOR_FUZZY = 3
LONG_SPOT = 9
"""Letters from which a spot is known when it is misspelled; shorter ones are too like names."""
LONG_WORD = 5
"""Letters from which a word among several bears two edits."""

Words = tuple[str, ...]
Hits = tuple[tuple[int, float], ...]
"""Numbers of entries, with how sure each is, best first. Below 0 stand the words that are no names."""

GENERIC_KINDS: tuple[str, ...] = tuple(place_words().generic)
"""Kinds that a noun may stand for: number -1 is the first."""
PASSED_OVER = -1 - len(GENERIC_KINDS)
"""The number of words that say nothing of where."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of writing an entry's name: squeezed, its first word if that tells namesakes apart."""

    text: str
    words: Words
    entry: int


class NameIndex:
    """Finds entries by what they are called.

    Words that were asked for together are kept, since the same words come again.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._inflected: dict[str, list[int]] = {}
        self._forms: list[_Form] = []
        for number, entry in enumerate(entries):
            for name in dict.fromkeys(entry.names):
                self._add(tokens(name), number)
        for number, kind in enumerate(GENERIC_KINDS):
            for noun in place_words().generic[kind]:
                self._add((noun,), -1 - number)
        passed_over = place_words().passed_over
        for word in passed_over.fill:
            _put(self._exact, word, PASSED_OVER)
        for word in passed_over.spots:
            if len(word) < LONG_SPOT:
                _put(self._exact, word, PASSED_OVER)
            else:
                self._add(tuple(word.split()), PASSED_OVER)
        self._written: dict[Words, Hits] = {}
        self._misspelled: dict[Words, Hits] = {}

    def _add(self, words: Words, number: int) -> None:
        if not words:
            return
        written = " ".join(word.rstrip(".") for word in words)
        _put(self._exact, written, number)
        for form in {squeeze(words), indefinite(words)}:
            _put(self._inflected, form, number)
        self._forms.append(_Form(squeeze(words), words, number))

    def as_written(self, words: Words) -> Hits:
        """Return the entries that are called so, in any form of their names; empty when there are none."""
        if words not in self._written:
            self._written[words] = self._look_up(words) if words else ()
        return self._written[words]

    def _look_up(self, words: Words) -> Hits:
        exact = self._exact.get(" ".join(word.rstrip(".") for word in words))
        if exact:
            return _named_first(exact, EXACT)
        found = _first(self._inflected, [squeeze(words), indefinite(words)])
        if found:
            return _named_first(found, INFLECTED)
        for longer in expansions(words):
            found = _first(self._inflected, [squeeze(longer), indefinite(longer)])
            if found:
                return _named_first(found, SHORTENED)
        return ()

    def prepare(self, asked: Iterable[Words]) -> None:
        """Look up many words as misspelled at once; `misspelled` then answers from what was found."""
        fresh = [words for words in dict.fromkeys(asked) if words not in self._misspelled]
        queries = [(text, words) for words in fresh for text in _spellings(words)]
        left, right = near([text for text, _ in queries], [form.text for form in self._forms])
        found: dict[Words, dict[int, float]] = {words: {} for words in fresh}
        for query, at in zip(left.tolist(), right.tolist(), strict=True):
            text, words = queries[query]
            form = self._forms[at]
            edits = cost(text, form.text) if _may_be(words, form.words) else None
            if edits is not None:
                sure = MISSPELLED - PER_EDIT * edits
                held = found[words]
                held[form.entry] = max(sure, held.get(form.entry, 0.0))
        for words, hits in found.items():
            self._misspelled[words] = tuple(sorted(hits.items(), key=lambda hit: -hit[1])[:12])

    def misspelled(self, words: Words) -> Hits:
        """Return the entries whose names are a few edits away, best first; `prepare` must know the words."""
        return self._misspelled.get(words, ())


def _put(forms: dict[str, list[int]], form: str, number: int) -> None:
    held = forms.setdefault(form, [])
    if form and number not in held:
        held.append(number)


def _first(forms: dict[str, list[int]], keys: Sequence[str]) -> list[int]:
    """Return what the first of the keys that is known stands for."""
    return next((forms[key] for key in keys if key in forms), [])


def _named_first(numbers: list[int], sure: float) -> Hits:
    """Return the hits; a name goes before a noun that is written the same."""
    names = [number for number in numbers if number >= 0]
    return tuple((number, sure) for number in names or numbers)


def _qualifier(words: Words) -> str:
    first = words[0].rstrip(".")
    return first if len(words) > 1 and first in place_words().names.qualifiers else ""


def _may_be(said: Words, name: Words) -> bool:
    """Say whether words can be a misspelled name, seen word by word where there are as many.

    Two that tell namesakes apart are never each other misspelled (norra, östra), and a short word bears
    one edit at most.
    """
    if len(said) != len(name) or len(said) == 1:
        return True
    if _qualifier(said) and _qualifier(name) and said[0] != name[0]:
        return False
    pairs = ((fold(one.rstrip(".")), fold(other)) for one, other in zip(said, name, strict=True))
    return all(
        one == other or OSA.distance(one, other) <= (1 if len(other) < LONG_WORD else MOST_EDITS)
        for one, other in pairs
        if other not in _folded_full(one)
    )


def _folded_full(word: str) -> tuple[str, ...]:
    """Return what a word may be in full, folded."""
    return tuple(fold(longer[0]) for longer in expansions((word,)) if len(longer) == 1)


def _spellings(words: Words) -> list[str]:
    """Return what to compare with names: as written, without a genitive, and with its end in full."""
    texts = [squeeze(words)]
    texts += [squeeze(longer) for longer in expansions(words)]
    texts += [text[:-1] for text in texts if text.endswith("s")]
    return [text for text in dict.fromkeys(texts) if len(text) >= FEWEST_FOR_FUZZY]
