"""The made-up municipality's words, read once from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StreetWords(_Model):
    """Names of streets: whole ones, and first parts by theme with endings."""

    main: tuple[str, ...]
    industry: tuple[str, ...]
    endings: tuple[str, ...]
    themes: dict[str, tuple[str, ...]]


class SchoolWords(_Model):
    """Names of schools."""

    names: tuple[str, ...]
    gymnasium: str


class SquareWords(_Model):
    """Names of squares, the main one first."""

    names: tuple[str, ...]
    by_railway: str
    by_river: str


class Problem(_Model):
    """One problem of the survey: how often it is named, where, and in what words."""

    share: float
    near: Literal["flow", "people", "schools"]
    comments: tuple[str, ...]


class Felt(_Model):
    """What is answered about a planted place of one kind."""

    problems: dict[str, float]
    when: tuple[str, ...]


class AnswerWords(_Model):
    """Who answers, and where they were asked."""

    ages: tuple[str, ...]
    age_share: tuple[float, ...]
    sexes: tuple[str, ...]
    sex_share: tuple[float, ...]
    collected: tuple[str, ...]
    identities: tuple[str, ...]


class ReviewWords(_Model):
    """One deficiency of the traffic-environment reviews."""

    share: float
    texts: tuple[str, ...]
    measures: tuple[str, ...]


class IncidentWords(_Model):
    """Notes by kind of incident."""

    notes: dict[str, tuple[str, ...]]
    digest: str


class Words(_Model):
    """The whole of ``words.toml``."""

    towns: tuple[str, ...]
    villages: tuple[str, ...]
    lakes: tuple[str, ...]
    river: str
    parks: tuple[str, ...]
    shopping_centre: str
    streets: StreetWords
    schools: SchoolWords
    squares: SquareWords
    problems: dict[str, Problem]
    felt: dict[str, Felt]
    answers: AnswerWords
    reviews: dict[str, ReviewWords]
    incidents: IncidentWords


@lru_cache(maxsize=1)
def words() -> Words:
    """Read the shipped words, once."""
    text = (files("etl.synthetic") / "words.toml").read_text(encoding="utf-8")
    return Words.model_validate(tomllib.loads(text))
