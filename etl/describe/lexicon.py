"""What headings and cells usually mean: the words of ``lexicon.toml`` and ``words.toml``, folded."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOM = Path(__file__).parent
LONG_ENOUGH = 4
"""Letters from which a word may be looked for within another: ``insamlingsdatum`` ends with ``datum``."""

EXACT, END, AMONG, WITHIN = 1.0, 0.85, 0.75, 0.6
"""What a heading is worth that is a word, ends or begins with it, has it among others, or within another."""
WEAK = 0.7
"""What a word of the role's weak ones is worth of a strong one."""

LONGEST_WORD = 60
"""Characters beyond which a cell is no word of a vocabulary."""

_HUMP = re.compile(r"(?<=[a-zåäöé])(?=[A-ZÅÄÖ])")
_SIGNS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return small letters without accents, with single spaces for everything else."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", text).casefold())
    return _SIGNS.sub(" ", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip()


def heading_score(heading: str, words: tuple[str, ...]) -> float:
    """Say how well a folded heading is one of some folded words, 0 to 1."""
    return max((_likeness(heading, word) for word in words), default=0.0)


def _likeness(heading: str, word: str) -> float:
    if heading == word:
        return EXACT
    tokens = heading.split()
    if heading.startswith(f"{word} ") or heading.endswith(f" {word}"):
        return END
    if f" {word} " in f" {heading} ":
        return AMONG
    within = len(word) >= LONG_ENOUGH and any(
        token.endswith(word) or token.startswith(word) for token in tokens
    )
    return WITHIN if within else 0.0


@dataclass(frozen=True, slots=True)
class Role:
    """What a column may be: the words of its heading, and what its cells must look like."""

    name: str
    kind: str
    headings: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    tables: tuple[str, ...] = ("observations",)
    vocabulary: str = ""
    low: float = 0.0
    high: float = 0.0
    pattern: str = ""
    """A regular expression whose one group is the value, for cells that hold more."""

    def heading(self, heading: str) -> float:
        """Say how well a folded heading suits the role, 0 to 1."""
        return max(heading_score(heading, self.headings), WEAK * heading_score(heading, self.weak))


@dataclass(frozen=True, slots=True)
class TableSign:
    """What tells that a file belongs to a table."""

    name: str
    geometry: str = ""
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """Words of which one must be in a heading."""


@dataclass(frozen=True, slots=True)
class Compound:
    """Several things in one cell: a pattern with named groups, and the roles that groups give."""

    name: str
    pattern: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One item of a checklist."""

    item: str
    category: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """Values, or a category, that go with words in headings."""

    headings: tuple[str, ...]
    values: tuple[str, ...] = ()
    category: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Files that a reader of their own knows: by their suffix or the name of a layer."""

    mappings: tuple[str, ...]
    suffix: str = ""
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that `describe` knows of words."""

    roles: tuple[Role, ...]
    tables: tuple[TableSign, ...]
    east: tuple[str, ...]
    north: tuple[str, ...]
    utc: tuple[str, ...]
    streams: dict[str, tuple[str, ...]]
    constants: tuple[Worded, ...]
    aside: tuple[Worded, ...]
    compounds: tuple[Compound, ...]
    checked: tuple[Checked, ...]
    districts: tuple[str, ...]
    known: tuple[Known, ...]
    safe: dict[str, str]
    """Regular expressions of folded text: headings that ask for safe places, cells that say either."""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """Vocabulary → folded word → code."""

    def code(self, vocabulary: str, cell: str) -> str | None:
        """Return the code of a cell's word, or of what stands before its comma; None for an unknown one."""
        words = self.words[vocabulary]
        if len(cell) > LONGEST_WORD:
            return None
        return words.get(fold(cell)) or words.get(fold(cell.split(",", maxsplit=1)[0]))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the lexicon."""
    data = _read("lexicon.toml")
    words = {
        name: {word: code for code, known in codes.items() for word in known}
        for name, codes in _read("words.toml").items()
    }
    return Lexicon(
        roles=tuple(Role(**_tuples(one)) for one in data["role"]),
        tables=tuple(TableSign(**_tuples(one)) for one in data["table"]),
        east=tuple(data["coordinates"]["east"]),
        north=tuple(data["coordinates"]["north"]),
        utc=tuple(data["clocks"]["utc"]),
        streams={name: tuple(known) for name, known in data["streams"].items()},
        constants=tuple(Worded(**_tuples(one)) for one in data["constant"]),
        aside=tuple(Worded(**_tuples(one)) for one in data["aside"]),
        compounds=tuple(Compound(**_tuples(one)) for one in data["compound"]),
        checked=tuple(Checked(**_tuples(one)) for one in data["checked"]),
        districts=tuple(data["districts"]["headings"]),
        known=tuple(Known(**_tuples(one)) for one in data["known"]),
        safe=dict(data["safe"]),
        words=words,
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOM / name).read_text(encoding="utf-8"))


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
