"""The words of place phrases, read once from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PassedOver(_Part):
    """Words that say nothing of where: spots, fill, and the sides of a spot."""

    spots: tuple[str, ...]
    fill: tuple[str, ...]
    sides: tuple[str, ...]


class Abbreviated(_Part):
    """How names are cut short: their ends, whole words, their starts."""

    ends: dict[str, str]
    words: dict[str, str]
    starts: dict[str, str]


class Names(_Part):
    """What names are made of."""

    qualifiers: frozenset[str]
    definite: dict[str, str]
    street_ends: tuple[str, ...]
    school_official: str


class Spelling(_Part):
    """Pairs of letters that are taken for each other, and the rows of keys."""

    alike: tuple[str, ...]
    keys: tuple[str, ...]


class PlaceWords(_Part):
    """The whole of ``words.toml``."""

    roles: dict[str, tuple[str, ...]]
    passed_over: PassedOver
    generic: dict[str, tuple[str, ...]]
    abbreviated: Abbreviated
    names: Names
    spelling: Spelling


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """Read the shipped words, once."""
    text = (files("etl.gazetteer") / "words.toml").read_text(encoding="utf-8")
    return PlaceWords.model_validate(tomllib.loads(text))
