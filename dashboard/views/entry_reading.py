"""What a person typed on the entry page, read: a choice by its number or its word, a count, a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.survey import (
    AGE,
    COMMENT,
    PLACE,
    PROBLEM,
    PROPOSAL,
    RESPONDENT,
    WHEN,
    Choice,
    respondent_choices,
    when_choices,
)
from etl.pipeline import Batch, KeyedAnswer
from geodata.errors import ParameterError
from geodata.iso_time import iso_day
from geodata.schema import GROUP_OF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.survey import Asked, SurveyForm


def read_answer(texts: Catalogue, form: SurveyForm, typed: Mapping[str, str], *, batch: str) -> KeyedAnswer:
    """Read the fields of an answer; questions without a column go with the comment, under their words.

    Raises
    ------
    ParameterError
        ``keyed_choice``, ``keyed_count`` or ``keyed_point_half``, with the value ``field``.
    """
    extras = [
        f"{question.text.rstrip('.:')}: {said}"
        for question in form.questions
        if question.is_extra and (said := _extra(question, typed.get(question.name, "").strip()))
    ]
    comment = typed.get(COMMENT, "").strip()
    return KeyedAnswer(
        batch=batch,
        number=_whole(typed.get("number", ""), field="number") or 0,
        respondent=read_choice(respondent_choices(texts), typed.get(RESPONDENT, ""), field=RESPONDENT),
        place=typed.get(PLACE, ""),
        longitude=_degrees(typed.get("longitude", "")),
        latitude=_degrees(typed.get("latitude", "")),
        category=read_choice(_problems(texts, form), typed.get(PROBLEM, ""), field=PROBLEM),
        comment=". ".join(part for part in (comment.rstrip(".") if extras else comment, *extras) if part),
        proposal=typed.get(PROPOSAL, ""),
        said_when=read_choice(_whens(texts, typed.get(WHEN, "")), typed.get(WHEN, ""), field=WHEN),
        age_group=read_choice(_ages(form), typed.get(AGE, ""), field=AGE),
    )


def read_batch(typed: Mapping[str, str]) -> Batch:
    """Read the fields of a round.

    Raises
    ------
    ParameterError
        ``keyed_day`` or ``keyed_count``, with the value ``field``.
    """
    day = typed.get("collected_on", "").strip()
    try:
        collected_on = iso_day(day)
    except ValueError as error:
        raise ParameterError(
            "keyed_day", f"{day[:20]} is not a day.", field="collected_on", value=day[:20]
        ) from error
    return Batch(
        batch=typed.get("batch", ""),
        collected_at=typed.get("collected_at", ""),
        collected_on=collected_on,
        handed_out=_whole(typed.get("handed_out", ""), field="handed_out"),
        returned=_whole(typed.get("returned", ""), field="returned"),
        respondent=typed.get("respondent", ""),
    )


def read_choice(choices: Sequence[Choice], typed: str, *, field: str) -> str:
    """Return the code of what was typed: a number, a whole label, or the beginning of one alone.

    Where no label begins so, the beginning of a later word in one label alone is enough: ``fart``.

    Raises
    ------
    ParameterError
        ``keyed_choice`` when it is none of the choices, or the beginning of several.
    """
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return ""
    exact = [
        choice for choice in choices if wanted in {str(choice.number), choice.label.casefold(), choice.code}
    ]
    begun = [choice for choice in choices if choice.label.casefold().startswith(wanted)]
    inside = [choice for choice in choices if f" {wanted}" in choice.label.casefold()]
    found = exact or begun or inside
    if len({choice.code for choice in found}) != 1:
        raise ParameterError(
            "keyed_choice", f"There is no choice {typed[:40]}.", field=field, value=typed.strip()[:40]
        )
    return found[0].code


def _problems(texts: Catalogue, form: SurveyForm) -> list[Choice]:
    """Return the survey's own choices, and after them every category by its word, for what is corrected."""
    asked = form.question(PROBLEM)
    own = list(asked.choices) if asked else []
    return [*own, *(Choice(0, texts(f"category.{code}"), code) for code in GROUP_OF)]


def _whens(texts: Catalogue, typed: str) -> list[Choice]:
    """Return what is asked; what is none of it may stand as it is kept, to be corrected."""
    asked = list(when_choices(texts))
    wanted = " ".join(typed.split()).casefold()
    if wanted.isdecimal() or any(wanted in one.label.casefold() for one in asked):
        return asked
    return [*asked, Choice(0, typed.strip(), typed.strip())]


def _ages(form: SurveyForm) -> tuple[Choice, ...]:
    asked = form.question(AGE)
    return asked.choices if asked else ()


def _extra(question: Asked, typed: str) -> str:
    return read_choice(question.choices, typed, field=question.name) if question.choices else typed


def _whole(typed: str, *, field: str) -> int | None:
    text = "".join(typed.split())
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ParameterError(
            "keyed_count", f"{typed[:20]} is not a number.", field=field, value=typed.strip()[:20]
        )
    return int(text)


def _degrees(typed: str) -> float | None:
    if not typed.strip():
        return None
    try:
        return float(typed)
    except ValueError as error:
        raise ParameterError("keyed_point_half", "The point can't be read.", field=PLACE) from error
