"""Names cut short, written out: "Storg." is Storgatan, "N. Skolg" is Norra Skolgatan."""

from __future__ import annotations

from functools import lru_cache

from etl.gazetteer.words import place_words

SHORTEST_STEM = 3
"""Letters before a short end that has no full stop: "Stor" in "Storg"."""

Words = tuple[str, ...]


@lru_cache(maxsize=65536)
def expansions(words: Words) -> tuple[Words, ...]:
    """Return the ways of writing words out, likeliest first; empty when nothing in them is short."""
    options = [_of_word(word, last=at == len(words) - 1) for at, word in enumerate(words)]
    found: list[Words] = [()]
    for choices in options:
        found = [(*head, choice) for head in found for choice in choices]
    bare = tuple(word.rstrip(".") for word in words)
    return tuple(option for option in dict.fromkeys(found) if option != bare)[:8]


def _of_word(word: str, *, last: bool) -> list[str]:
    """Return a word as it is, and written out where it may be short; one with a full stop is."""
    short = place_words().abbreviated
    bare = word.rstrip(".")
    dotted = word.endswith(".")
    found = []
    marked = dotted or ":" in bare or len(bare) > 1
    if bare in short.words and (marked or not last):
        found.append(short.words[bare])
    ended = _with_end(bare, dotted=dotted) if last or dotted else []
    starts = [
        full + way[len(start) :]
        for start, full in short.starts.items()
        for way in (bare, *ended)
        if _begins(way, start)
    ]
    return list(dict.fromkeys([*found, *ended, *starts, bare]))


@lru_cache(maxsize=1)
def _ends() -> tuple[tuple[str, str], ...]:
    ends = place_words().abbreviated.ends
    return tuple(sorted(ends.items(), key=lambda pair: -len(pair[0])))


def _with_end(bare: str, *, dotted: bool) -> list[str]:
    least = 2 if dotted else SHORTEST_STEM
    return [
        bare[: -len(end)] + full
        for end, full in _ends()
        if bare.endswith(end) and len(bare) - len(end) >= least
    ]


def _begins(word: str, start: str) -> bool:
    return word.startswith(start) and len(word) > len(start) + 1
