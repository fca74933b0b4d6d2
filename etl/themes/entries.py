"""The entries of a lexicon: one word or several in their order, each in all its forms or in one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]  # it has no types

GAP, WIDE_GAP = 1, 5
"""Other words that may stand between two of an entry: as it is written, and where ``..`` stands."""

EXACT, ANY, WIDE, EITHER = "=", "*", "..", "|"
"""How an entry is written; ``lexicon/sv.toml`` says it to those who write one."""

SHORTEST_STEM = 2

_STEMMERS = {"sv": snowballstemmer.stemmer("swedish"), "en": snowballstemmer.stemmer("english")}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an entry.

    Attributes
    ----------
    exact, stems, prefixes, suffixes, parts
        The word itself; the stem of its forms; how it begins; how it ends; what it holds.
    """

    exact: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """Words in their order, and how many others may stand before each (0 for the first)."""

    words: tuple[Word, ...]
    gaps: tuple[int, ...]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return what all forms of a word have in common, by the Snowball rules of its language."""
    stemmed: str = _STEMMERS[language].stemWord(word)
    return stemmed


def parse_entry(text: str, language: str) -> Entry:
    """Read one entry.

    Raises
    ------
    ValueError
        When it holds no word, or a word that would fit nearly everything.
    """
    words: list[Word] = []
    gaps: list[int] = []
    exact, gap = False, GAP
    for written in text.lower().split():
        if written == WIDE:
            gap = WIDE_GAP
            continue
        exact = exact or written.startswith(EXACT)
        words.append(_word(written.removeprefix(EXACT), language, exact=exact))
        gaps.append(gap if len(words) > 1 else 0)
        gap = GAP
    if not words:
        raise ValueError("an entry needs a word")
    return Entry(tuple(words), tuple(gaps))


def _word(written: str, language: str, *, exact: bool) -> Word:
    found: dict[str, set[str]] = {name: set() for name in Word.__slots__}
    for form in written.split(EITHER):
        bare = form.strip(ANY)
        if not bare or ANY in bare or (len(bare) < SHORTEST_STEM and bare != form):
            raise ValueError(f"{form or text_of_nothing()} fits too much; write a word, gäng* or *körning*")
        open_before, open_after = form.startswith(ANY), form.endswith(ANY)
        if open_before:
            found["parts" if open_after else "suffixes"].add(bare)
        elif open_after:
            found["prefixes"].add(bare)
        elif exact or not bare.isalpha():
            found["exact"].add(bare)
        else:
            found["stems"].add(stem(bare, language))
    return Word(**{name: frozenset(forms) for name, forms in found.items()})


def text_of_nothing() -> str:
    """Name what stands between two bars, or nowhere."""
    return "an empty word"
