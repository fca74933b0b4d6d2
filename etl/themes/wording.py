"""Hits as a column holds them: codes with the words that decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.themes.tokens import core

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.themes.hits import Hits
    from etl.themes.tokens import Tokens


def with_words(
    hits: Hits, tokens: Tokens, codes: Sequence[str], *, texts: int
) -> tuple[pa.Array, pd.DataFrame]:
    """Write the codes of every text with the words that decided.

    Returns
    -------
    written
        ``code:word,word code:word``, the code with most hits first, of equals the one that came first; null
        for a text without any, shape ``(texts,)``.
    order
        One row a text and code, in that order: ``text``, ``code`` (its number), ``hits``, ``first`` (token).
    """
    here = np.zeros(len(tokens.words), dtype=bool)
    here[tokens.word[hits.token]] = True
    used = np.flatnonzero(here)
    cores = [core(word) for word in tokens.words.take(pa.array(used)).to_pylist()]
    same, names = pd.factorize(pd.Series(cores, dtype="object"))
    name_of = np.zeros(len(tokens.words), dtype=np.int64)
    name_of[used] = same
    # One whole number says text, code and token, in the order in which they are written.
    wide, deep = len(codes), len(tokens.word) + 1
    at = _once((tokens.text[hits.token] * wide + hits.code[hits.of]) * deep + hits.token)
    group, token = np.divmod(at, deep)
    name = name_of[tokens.word[token]]
    once = ~pd.Series(group * max(len(names), 1) + name).duplicated().to_numpy()
    group, name = group[once], name[once]
    # Two entries that fit the same word are one hit.
    hit = _once((tokens.text[hits.first] * wide + hits.code) * deep + hits.first)
    of = hit // deep
    groups = _once(of)
    start = np.searchsorted(of, groups)
    times = np.diff(start, append=len(of))
    sizes = np.diff(np.searchsorted(group, groups), append=len(group))
    words = _join(pa.array(names, pa.string()).take(pa.array(name)), sizes, ",")
    code = pa.array(codes, pa.string()).take(pa.array(groups % wide))
    theme = pc.binary_join_element_wise(code, words, ":")
    order = pd.DataFrame(
        {"text": groups // wide, "code": groups % wide, "hits": times, "first": hit[start] % deep}
    )
    order = order.sort_values(["text", "hits", "first"], ascending=[True, False, True])
    theme = theme.take(pa.array(order.index.to_numpy()))
    count = np.bincount(order["text"], minlength=texts)
    written = _join(theme, count, " ")
    return pc.if_else(pa.array(count > 0), written, pa.scalar(None, written.type)), order


def first_codes(order: pd.DataFrame, codes: Sequence[str], *, texts: int) -> NDArray[np.object_]:
    """Return the first code of every text, None for a text without any, shape ``(texts,)``."""
    first = order.drop_duplicates("text")
    found = np.full(texts, None, dtype=object)
    found[first["text"].to_numpy()] = np.array(codes, dtype=object)[first["code"].to_numpy()]
    return found


def _once(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sort numbers and leave each there once; numpy's own ``unique`` hashes first and takes twice as long."""
    numbers = np.sort(numbers)
    new = np.ones(len(numbers), dtype=bool)
    new[1:] = numbers[1:] != numbers[:-1]
    return numbers[new]


def _join(words: pa.Array, sizes: NDArray[np.int64], between: str) -> pa.Array:
    """Join words to one text a group."""
    offsets = pa.array(np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32))
    return pc.binary_join(pa.ListArray.from_arrays(offsets, words.cast(pa.string())), between)
