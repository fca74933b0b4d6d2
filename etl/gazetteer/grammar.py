"""The build of a place phrase: its names, and what stands between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from etl.gazetteer.normalise import tokens
from etl.gazetteer.words import place_words

Words = tuple[str, ...]

LONG_NAME = 7
"""Letters from which what stands before a hyphen may be a misspelled street, and no Christian name."""

CONNECTORS = frozenset({"and", "slash", "with"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that belong together, and how they are meant: a role of ``words.toml``, "" for the first."""

    role: str
    words: Words


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in its parts.

    Attributes
    ----------
    whole
        All its words but those before the first name, for names that hold such words themselves.
    chunks
        Its parts in order.
    crossing
        Whether a word in it speaks of a crossing.
    """

    whole: Words
    chunks: tuple[Chunk, ...]
    crossing: bool


@lru_cache(maxsize=1)
def _roles() -> dict[str, list[tuple[Words, str]]]:
    """Return what may begin with a word: the words and their role, the longest first."""
    found: dict[str, list[tuple[Words, str]]] = {}
    for role, ways in place_words().roles.items():
        for way in ways:
            words = tuple(way.split())
            found.setdefault(words[0], []).append((words, role))
    for spot in (*place_words().passed_over.spots, *place_words().passed_over.fill):
        words = tuple(spot.split())
        if len(words) > 1:
            found.setdefault(words[0], []).append((words, "spot"))
    for ways_of in found.values():
        ways_of.sort(key=lambda way: -len(way[0]))
    return found


def parse(text: str) -> Phrase:
    """Divide a phrase into its parts."""
    found = tokens(text)
    written = tuple(part for token in found for part in _two_streets(token))
    bare = tuple(token.rstrip(".") for token in written)
    chunks: list[Chunk] = []
    role, words = "", list[str]()
    crossing = False
    first = len(written)
    at = 0
    while at < len(written):
        length, meant = _role_at(bare, at)
        if meant in {"", "spot"}:
            first = min(first, at)
            words.append(" ".join(bare[at : at + length]) if meant else written[at])
        else:
            if words:
                chunks.append(Chunk(role, tuple(words)))
            role, words = _follows(role if not words else "", meant), []
            crossing |= meant == "crossing"
        at += length
    if words:
        chunks.append(Chunk(role, tuple(words)))
    return Phrase(written[first:], tuple(chunks), crossing)


def _follows(before: str, meant: str) -> str:
    """Return the role of what comes next, when two such words stand beside each other.

    "i korsningen", "vid hörnet av": what speaks of the crossing is kept; "mellan" keeps what it is about.
    """
    if before in {"between", "from", "to", "toward"} and meant in {"at", "on", "in", "crossing"}:
        return before
    if before in CONNECTORS and meant in {"at", "on", "in", "crossing"}:
        return before
    return meant


def _role_at(bare: Words, at: int) -> tuple[int, str]:
    """Return how many words from here on are one expression, and its role; one word without is a name's."""
    for words, role in _roles().get(bare[at], ()):
        if bare[at : at + len(words)] == words:
            return len(words), role
    return 1, ""


def _two_streets(token: str) -> tuple[str, ...]:
    """Divide ``storgatan-skolgatan``, which is a crossing and no name."""
    one, _, other = token.partition("-")
    ends = place_words().names.street_ends
    if other and (one.endswith(ends) or (len(one) >= LONG_NAME and other.endswith(ends))):
        return one, "/", other
    return (token,)
