"""Answers from paper, telephone and talk, keyed in by a person: what a round and an answer must hold.

They become files in ``inbox/inmatning/`` (``etl.keyed_files``) in the layouts of the shipped mappings
``paper_survey`` and ``paper_batches``, and are imported like every other file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.mapping import SHIPPED, read_mapping
from geodata.age_groups import group_codes
from geodata.crs import area_of_use
from geodata.errors import ParameterError
from geodata.said_when import ALWAYS, check_said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geodata.project import Project

ANSWERS_MAPPING = "paper_survey"
BATCHES_MAPPING = "paper_batches"

LONGEST_WORD = 120
LONGEST_TEXT = 2000
MOST_PEOPLE = 1_000_000

_CODE = re.compile(r"[0-9A-ZÅÄÖ]([0-9A-ZÅÄÖ-]{0,18}[0-9A-ZÅÄÖ])?")
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Batch:
    """One round of answers: where and when they were collected, and how many there are.

    Attributes
    ----------
    batch
        Its code, which also stands on the printed survey.
    collected_at, collected_on
        Where and on which day people were asked; never taken for the place that an answer is about.
    handed_out, returned
        How many were asked and how many answered; None where nobody counted, or not yet.
    respondent
        Code of who all of them are, ``""`` where they differ.
    keyed
        How many answers of it are keyed in.
    """

    batch: str
    collected_at: str
    collected_on: date
    handed_out: int | None = None
    returned: int | None = None
    respondent: str = ""
    keyed: int = 0


@dataclass(frozen=True, slots=True)
class KeyedAnswer:
    """One answer as it was keyed in.

    Attributes
    ----------
    number
        Its number within the round; 0 for one that has not been written yet.
    place
        The words for the place that it is about.
    longitude, latitude
        Degrees, where a person pointed at the map.
    category, respondent
        Codes; ``""`` where nothing is ticked.
    said_when
        When it happens, as ``geodata.said_when`` writes it.
    age_group
        One of the workspace's age groups.
    """

    batch: str
    respondent: str = ""
    place: str = ""
    longitude: float | None = None
    latitude: float | None = None
    category: str = ""
    comment: str = ""
    proposal: str = ""
    number: int = 0
    said_when: str = ""
    age_group: str = ""


def checked_batch(batch: Batch, *, today: date) -> Batch:
    """Return a round as it may be written: trimmed, its code in capitals.

    Raises
    ------
    ParameterError
        ``keyed_code``, ``keyed_missing``, ``keyed_too_long``, ``keyed_day_future``, ``keyed_count`` or
        ``keyed_returned``, each with the value ``field``.
    """
    code = clean(batch.batch).upper()
    if not code:
        raise ParameterError("keyed_missing", "A value is needed.", field="batch")
    if not _CODE.fullmatch(code):
        raise ParameterError(
            "keyed_code", f"{code[:40]!r} can't be the code of a round.", field="batch", value=code[:40]
        )
    place = _short(batch.collected_at, field="collected_at", most=LONGEST_WORD)
    if not place:
        raise ParameterError("keyed_missing", "A value is needed.", field="collected_at")
    if batch.collected_on > today:
        raise ParameterError(
            "keyed_day_future",
            f"{batch.collected_on} has not come yet.",
            field="collected_on",
            value=batch.collected_on.isoformat(),
        )
    for field, count in (("handed_out", batch.handed_out), ("returned", batch.returned)):
        if count is not None and not 0 <= count <= MOST_PEOPLE:
            raise ParameterError(
                "keyed_count", f"{count} is not a number of people.", field=field, value=str(count)
            )
    if batch.handed_out is not None and batch.returned is not None and batch.returned > batch.handed_out:
        raise ParameterError(
            "keyed_returned",
            f"{batch.returned} were returned of {batch.handed_out} handed out.",
            field="returned",
            returned=batch.returned,
            handed_out=batch.handed_out,
        )
    _known(batch.respondent, respondent_words(), field="respondent")
    return replace(batch, batch=code, collected_at=place)


def checked_answer(answer: KeyedAnswer, *, project: Project) -> KeyedAnswer:
    """Return an answer as it may be written: trimmed, on one line.

    Raises
    ------
    ParameterError
        ``keyed_too_long``, ``keyed_choice``, ``keyed_point_half``, ``keyed_point_outside`` or
        ``keyed_nothing``, each with the value ``field``.
    """
    _known(answer.respondent, respondent_words(), field="respondent")
    _known(answer.category, category_words(), field="category")
    ages = dict.fromkeys(group_codes(project.survey.age_groups), "")
    _known(answer.age_group, ages, field="age_group")
    try:
        check_said(answer.said_when or ALWAYS)
    except ValueError as error:
        raise ParameterError(
            "keyed_choice", str(error), field="said_when", value=answer.said_when[:40]
        ) from error
    cleaned = replace(
        answer,
        place=_short(answer.place, field="place", most=LONGEST_WORD),
        comment=_short(answer.comment, field="comment", most=LONGEST_TEXT),
        proposal=_short(answer.proposal, field="proposal", most=LONGEST_TEXT),
    )
    if not (cleaned.category or cleaned.comment or cleaned.proposal):
        raise ParameterError("keyed_nothing", "The answer says nothing.", field="category")
    _check_point(cleaned, project)
    return cleaned


def _check_point(answer: KeyedAnswer, project: Project) -> None:
    longitude, latitude = answer.longitude, answer.latitude
    if (longitude is None) != (latitude is None):
        raise ParameterError("keyed_point_half", "Only one of two coordinates is given.", field="place")
    if longitude is None or latitude is None:
        return
    geography = project.geography
    west, south, east, north = geography.extent or area_of_use(geography.working_crs)
    if not (west <= longitude <= east and south <= latitude <= north):
        raise ParameterError("keyed_point_outside", "The point lies outside the municipality.", field="place")


def clean(text: str) -> str:
    """Return words as they may stand in a cell: composed, on one line, nothing that can't be seen."""
    return " ".join(_NOT_PRINTED.sub(" ", unicodedata.normalize("NFC", text)).split())


def _short(text: str, *, field: str, most: int) -> str:
    cleaned = clean(text)
    if len(cleaned) > most:
        raise ParameterError(
            "keyed_too_long", f"At most {most} characters.", field=field, most=most, found=len(cleaned)
        )
    return cleaned


def _known(code: str, words: Mapping[str, str], *, field: str) -> None:
    if code and code not in words:
        raise ParameterError("keyed_choice", f"There is no {code[:40]}.", field=field, value=code[:40])


def category_words() -> Mapping[str, str]:
    """Return what is written in the file for each category: words that its mapping reads."""
    return _words(ANSWERS_MAPPING, "category")


def respondent_words() -> Mapping[str, str]:
    """Return what is written in the file for each kind of respondent."""
    return _words(ANSWERS_MAPPING, "respondent")


def when_words() -> Mapping[str, str]:
    """Return what is written in the file for each part of the week that the survey asks for."""
    return _words(ANSWERS_MAPPING, "said_when")


@lru_cache
def _words(mapping: str, target: str) -> Mapping[str, str]:
    """Turn a mapping's table of values round; of several words for one code the last is written."""
    values = read_mapping(SHIPPED / f"{mapping}.toml").fields[target].values
    return {code: word for word, code in values.items()}


@lru_cache
def codes_of(target: str) -> Mapping[str, str]:
    """Return the code of every word that the mapping reads, by the word in small letters."""
    values = read_mapping(SHIPPED / f"{ANSWERS_MAPPING}.toml").fields[target].values
    return {word.casefold(): code for word, code in values.items()}
