"""What was chosen from a picture and what was not, why, by whom and at which meeting."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, datetime  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geodata.picture.picture import Picture

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)

LONGEST_WHY, LONGEST_NAME = 1000, 200
LONGEST_VALUE = 80

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]

ANSWERS = re.compile(r"([a-z0-9][a-z0-9-]{0,79})#([a-z_]{1,40})")
"""How a promise names the problem that it answers: the picture's key and the problem's code."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A problem chosen, or left aside, and why."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    problem: Annotated[str, Field(min_length=1, max_length=40)]
    chosen: bool
    why: Annotated[str, Field(max_length=LONGEST_WHY)] = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What one meeting decided of one picture.

    Attributes
    ----------
    picture
        The picture's key.
    meeting, meeting_on
        Which meeting, as it is called, and its local day.
    decided_by
        Who decided; empty where the meeting itself did.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    picture: Annotated[str, Field(min_length=1, max_length=80)]
    meeting: Name
    meeting_on: date
    decision: Annotated[tuple[Choice, ...], Field(min_length=1)]
    decided_by: Annotated[str, Field(max_length=LONGEST_NAME)] = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice as the register keeps it.

    Attributes
    ----------
    decision_id
        Its number in the register.
    decided_by, meeting, meeting_on
        Who decided, at which meeting, on which local day.
    noted_by, noted_at
        The account that wrote it down, and when (UTC).
    withdrawn_by, withdrawn_at
        Who replaced it, and when (UTC); None while it holds.
    """

    decision_id: int
    picture: str
    problem: str
    chosen: bool
    why: str
    decided_by: str
    meeting: str
    meeting_on: date
    noted_by: str
    noted_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = field(default=None)


_CHOICES: TypeAdapter[Choices] = TypeAdapter(Choices)


def read_choices(text: str, *, file: str) -> Choices:
    """Read what a meeting decided from TOML.

    Parameters
    ----------
    file
        As the person calls it, for what is said.

    Raises
    ------
    ParameterError
        ``choices_not_toml``; ``choices_invalid`` with ``file``, ``key``, ``problem`` and ``value``.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParameterError(
            "choices_not_toml", f"{file} is not valid TOML: {error}.", file=file, problem=str(error)
        ) from error
    return made_choices(data, file=file)


def made_choices(data: Mapping[str, Any], *, file: str) -> Choices:
    """Make what a meeting decided of plain values; raises ``choices_invalid`` as `read_choices`."""
    try:
        return _CHOICES.validate_python(dict(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        value = "" if first["type"] == "missing" else str(first.get("input"))[:LONGEST_VALUE]
        raise ParameterError(
            "choices_invalid",
            f"{file}: {key}: {first['msg']} (found {value}).",
            file=file,
            key=key,
            problem=first["msg"],
            value=value,
        ) from error


def masked(choices: Choices, mask: Callable[[str], str]) -> Choices:
    """Return the same with what points to a person taken out of every why."""
    return replace(choices, decision=tuple(replace(one, why=mask(one.why)) for one in choices.decision))


def check_choices(choices: Choices, picture: Picture, *, today: date) -> None:
    """Refuse what can't have been decided of this picture.

    Parameters
    ----------
    today
        Local day.

    Raises
    ------
    ParameterError
        ``choice_meeting_future``, ``choice_meeting_early`` (before the picture's period is over),
        ``choice_not_in_picture``, ``choice_twice``, ``choice_without_why`` (left aside without a why).
    """
    on = choices.meeting_on
    if on > today:
        raise ParameterError(
            "choice_meeting_future",
            f"The meeting is on {on}, which has not come; note what it decided afterwards.",
            on=on,
            field="meeting_on",
        )
    if on < picture.period.last:
        raise ParameterError(
            "choice_meeting_early",
            f"The meeting was on {on}, before the picture's period ended ({picture.period.last}).",
            on=on,
            last=picture.period.last,
            field="meeting_on",
        )
    _check_problems(choices.decision, picture)


def _check_problems(made: Sequence[Choice], picture: Picture) -> None:
    seen: set[str] = set()
    for one in made:
        if picture.problem(one.problem) is None:
            raise ParameterError(
                "choice_not_in_picture",
                f"The picture has no problem {one.problem}; it has: "
                f"{', '.join(known.problem for known in picture.problems)}.",
                problem=one.problem,
                known=", ".join(known.problem for known in picture.problems),
                field="problem",
            )
        if one.problem in seen:
            raise ParameterError(
                "choice_twice", f"{one.problem} is decided twice.", problem=one.problem, field="problem"
            )
        if not one.chosen and not one.why.strip():
            raise ParameterError(
                "choice_without_why",
                f"{one.problem} is left aside: residents are to be told why.",
                problem=one.problem,
                field="why",
            )
        seen.add(one.problem)
