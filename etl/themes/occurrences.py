"""Where the words and entries of a lexicon stand in many texts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.themes.entries import stem
from etl.themes.tokens import core

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from etl.themes.entries import Entry, Word
    from etl.themes.tokens import Tokens


class Vocabulary:
    """Which of a lexicon's words a word of a text is; nothing is looked at twice.

    Parameters
    ----------
    words
        The words of all entries.
    language
        Whose rules of stemming hold.
    """

    def __init__(self, words: Iterable[Word], language: str) -> None:
        self._words = list(dict.fromkeys(words))
        self._language = language
        self._forms: dict[str, dict[str, list[int]]] = {
            kind: defaultdict(list) for kind in ("exact", "stems", "prefixes", "suffixes", "parts")
        }
        for number, word in enumerate(self._words):
            for kind, forms in self._forms.items():
                for form in getattr(word, kind):
                    forms[form].append(number)
        begins = [*self._forms["exact"], *self._forms["stems"], *self._forms["prefixes"]]
        self._begins = r"^\W*(?:" + "|".join(map(re.escape, sorted(begins))) + ")"
        inside = [*self._forms["suffixes"], *self._forms["parts"]]
        self._inside = "|".join(map(re.escape, sorted(inside))) or "^$"
        self._seen: dict[str, tuple[int, ...]] = {}
        self._lengths = {
            kind: sorted({len(form) for form in self._forms[kind]}) for kind in ("stems", "prefixes")
        }

    def find(self, tokens: Tokens) -> Occurrences:
        """Find which of the texts' different words are words of the lexicon."""
        inside = pc.match_substring_regex(tokens.words, self._inside)
        likely = pc.or_(inside, pc.match_substring_regex(tokens.words, self._begins))
        at = np.flatnonzero(likely.to_numpy(zero_copy_only=False))
        spellings: defaultdict[Word, list[int]] = defaultdict(list)
        for place, written in zip(at.tolist(), tokens.words.take(pa.array(at)).to_pylist(), strict=True):
            word = core(written)
            if word not in self._seen:
                self._seen[word] = tuple(self._which(word))
            for number in self._seen[word]:
                spellings[self._words[number]].append(place)
        return Occurrences(
            tokens, {word: np.array(places, dtype=np.int64) for word, places in spellings.items()}
        )

    def _which(self, word: str) -> set[int]:
        found = set(self._forms["exact"].get(word, ()))
        for length in self._lengths["prefixes"]:
            found.update(self._forms["prefixes"].get(word[:length], ()))
        for length in self._lengths["stems"]:
            # Stemming takes away from the end alone, so only a word that begins so can have this stem.
            numbers = self._forms["stems"].get(word[:length])
            if numbers is not None and stem(word, self._language) == word[:length]:
                found.update(numbers)
        for form, numbers in self._forms["parts"].items():
            if form in word:
                found.update(numbers)
        for form, numbers in self._forms["suffixes"].items():
            if form in word and (word.endswith(form) or stem(word, self._language).endswith(form)):
                found.update(numbers)
        return found


@dataclass
class Occurrences:
    """Where the words of a lexicon stand in some texts.

    Attributes
    ----------
    tokens
        The texts.
    spellings
        Word of an entry → which of the texts' different words are it; without those that are none.
    """

    tokens: Tokens
    spellings: dict[Word, NDArray[np.int64]]
    _found: dict[Word, NDArray[np.int64]] = field(default_factory=dict)
    _rarest: dict[Entry, int] = field(default_factory=dict)

    def index(self, entries: Iterable[Entry]) -> None:
        """Look up where the rarest word of each entry stands, all at once."""
        times = np.bincount(self.tokens.word, minlength=len(self.tokens.words))
        often = {word: int(times[spelled].sum()) for word, spelled in self.spellings.items()}
        for entry in entries:
            rates = [often.get(word, 0) for word in entry.words]
            if all(rates):
                self._rarest[entry] = rates.index(min(rates))
        if not self._rarest:
            return
        words = list(dict.fromkeys(entry.words[rarest] for entry, rarest in self._rarest.items()))
        number = np.zeros(len(self.tokens.words), dtype=np.uint16)
        different = np.flatnonzero(np.bincount(np.concatenate([self.spellings[word] for word in words])))
        number[different] = np.arange(1, len(different) + 1)
        numbered = number[self.tokens.word]
        at = np.flatnonzero(numbered)
        # Numbers of 16 bits are sorted by counting, many times faster than by comparing.
        at = at[np.argsort(numbered[at], kind="stable")]
        ends = np.cumsum(np.bincount(numbered, minlength=len(different) + 1)[1:])
        slices = np.split(at, ends[:-1])
        for word in words:
            self._found[word] = np.concatenate([slices[number[one] - 1] for one in self.spellings[word]])

    def match(self, entry: Entry, stretch: NDArray[np.int32]) -> NDArray[np.int64]:
        """Find an entry: its words in their order, close enough, within one stretch of tokens.

        Parameters
        ----------
        stretch
            The number of each token's clause (or sentence), shape ``(tokens,)``.

        Returns
        -------
        ndarray of int64
            The tokens of every place where it stands, shape ``(places, words)``.
        """
        rarest = self._rarest.get(entry)
        if rarest is None:
            return np.zeros((0, len(entry.words)), dtype=np.int64)
        found = self._found[entry.words[rarest]][:, None]
        for at in range(rarest + 1, len(entry.words)):
            found = self._beside(found, entry.words[at], entry.gaps[at], stretch, ahead=True)
        for at in range(rarest, 0, -1):
            found = self._beside(found, entry.words[at - 1], entry.gaps[at], stretch, ahead=False)
        return found

    def _beside(
        self, found: NDArray[np.int64], word: Word, gap: int, stretch: NDArray[np.int32], *, ahead: bool
    ) -> NDArray[np.int64]:
        """Keep the places that have a word close enough, ahead or behind, with the nearest of them."""
        fits = np.zeros(len(self.tokens.words), dtype=bool)
        fits[self.spellings[word]] = True
        rim = found[:, -1 if ahead else 0]
        nearest = np.full(len(found), -1, dtype=np.int64)
        for step in range(gap + 1, 0, -1):
            there = np.clip(rim + (step if ahead else -step), 0, len(stretch) - 1)
            good = fits[self.tokens.word[there]] & (stretch[there] == stretch[rim]) & (there != rim)
            nearest[good] = there[good]
        kept = nearest >= 0
        both = (found[kept], nearest[kept]) if ahead else (nearest[kept], found[kept])
        return np.column_stack(both)
