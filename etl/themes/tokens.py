"""Texts cut into words, all at once: the same few thousand words stand in a hundred thousand texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_INNER = r"[^\s.,;:!?/()\"”“…–\x{a0}][.,;:!?/()\"”“…–\x{a0}]+[^\s.,;:!?/()\"”“…–\x{a0}]"
"""Words that were written together: ``mörkt/otryggt``, ``slut.Början``."""
_ENDS_SENTENCE = r"[.!?;…][)\"”'’]*$"
_ENDS_CLAUSE = r"[,:)–][)\"”'’]*$"
_STANDS_ALONE = r"^[–-]+$"
_PIECES = re.compile(r"[^\s.,;:!?/()\"”“…–]+[.,;:!?/()\"”“…–]*")
_RIM = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True)
class Tokens:
    """The words of many texts, in their order.

    Attributes
    ----------
    words
        Every different word, in small letters, with the signs that stand at it.
    word, text
        For each token which word it is and which text it stands in, shape ``(n,)``.
    clause, sentence
        For each token the number of its clause and of its sentence; none goes over the end of a text.
    """

    words: pa.Array
    word: NDArray[np.int32]
    text: NDArray[np.int64]
    clause: NDArray[np.int32]
    sentence: NDArray[np.int32]


def cut(texts: pd.Series[str]) -> Tokens:
    """Cut texts into tokens; a null text has none."""
    array = pa.array(texts, from_pandas=True)
    if pa.types.is_null(array.type):
        array = array.cast(pa.large_string())
    # A line that ends is a sentence that ends, whether or not a full stop says so.
    lines = pc.match_substring_regex(array, r"[\r\n]")
    if pc.any(lines).as_py():
        array = pc.replace_substring_regex(array, r"[\r\n]+", " . ")
    pieces = pc.ascii_split_whitespace(array)
    coded = pc.dictionary_encode(pc.list_flatten(pieces))
    text = pc.list_parent_indices(pieces).to_numpy()
    words = pc.utf8_lower(pc.utf8_normalize(coded.dictionary, "NFC"))
    word = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    words, word, text = _apart(words, word, text)
    ends_text = np.ones(len(text), dtype=bool)
    ends_text[:-1] = text[1:] != text[:-1]
    sentence = _fits(words, _ENDS_SENTENCE)[word] | ends_text
    clause = (_fits(words, _ENDS_CLAUSE) | _fits(words, _STANDS_ALONE))[word] | sentence
    return Tokens(words, word, text, _number(clause), _number(sentence))


def _apart(
    words: pa.Array, word: NDArray[np.int32], text: NDArray[np.int64]
) -> tuple[pa.Array, NDArray[np.int32], NDArray[np.int64]]:
    """Cut what was written together."""
    together = np.flatnonzero(_fits(words, _INNER))
    if not len(together):
        return words, word, text
    pieces = [_PIECES.findall(one) or [one] for one in words.take(pa.array(together)).to_pylist()]
    count = np.ones(len(words), dtype=np.int64)
    count[together] = [len(found) for found in pieces]
    first = np.arange(len(words), dtype=np.int32)
    first[together] = len(words) + np.cumsum([0, *count[together][:-1]])
    more = pa.array([piece for found in pieces for piece in found], type=words.type)
    times = count[word]
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    cut_word = np.repeat(first[word], times) + within.astype(np.int32)
    return pa.concat_arrays([words, more]), cut_word, np.repeat(text, times)


def core(word: str) -> str:
    """Return a word without the signs around it."""
    return _RIM.sub("", word)


def _fits(words: pa.Array, pattern: str) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = pc.match_substring_regex(words, pattern).to_numpy(zero_copy_only=False)
    return found.astype(bool)


def _number(ends: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Give each token the number of its stretch, by where stretches end."""
    return np.cumsum(ends, dtype=np.int32) - ends
