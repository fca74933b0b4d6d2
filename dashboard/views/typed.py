"""What a person typed into a form, field by field; each fault names its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.encodable import require_encodable
from geodata.errors import ParameterError
from geodata.iso_time import iso_clock, iso_day
from geodata.promises.validation import COUNT_DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

SHOWN = 20
"""Characters of what was typed that a fault repeats."""


def typed_of(sent: object) -> dict[str, str]:
    """Return what a form sent, field by field; what is no text, which none of our forms sends, is left out.

    Raises
    ------
    ParameterError
        ``text_not_encodable`` with the value ``field``.
    """
    found = {
        field: said
        for field, said in (sent.items() if isinstance(sent, dict) else ())
        if isinstance(field, str) and isinstance(said, str)
    }
    for field, said in found.items():
        require_encodable(said, field=field)
    return found


def words_of(typed: Mapping[str, str], field: str) -> str:
    """Return what was typed, without the blanks around it."""
    return typed.get(field, "").strip()


def required(typed: Mapping[str, str], field: str) -> str:
    """Return what was typed; raises ``form_missing`` where nothing was."""
    said = words_of(typed, field)
    if not said:
        raise ParameterError("form_missing", f"Fill in {field}.", field=field)
    return said


def chosen(typed: Mapping[str, str], field: str) -> list[str]:
    """Return the boxes that were ticked."""
    return [one for one in typed.get(field, "").split(",") if one]


def lines_of(typed: Mapping[str, str], field: str) -> list[str]:
    """Return the lines that were typed, without empty ones and doubles."""
    return list(dict.fromkeys(line.strip() for line in typed.get(field, "").splitlines() if line.strip()))


def day_of(typed: Mapping[str, str], field: str) -> date | None:
    """Read a day; None where none was typed; raises ``form_day``."""
    said = words_of(typed, field)
    return _day(said, field) if said else None


def days_of(typed: Mapping[str, str], field: str) -> list[date]:
    """Read days between commas, blanks or lines; raises ``form_day``."""
    return sorted({_day(said, field) for said in re.split(r"[\s,;]+", typed.get(field, "")) if said})


def clock_of(typed: Mapping[str, str], field: str) -> time | None:
    """Read a time of day; None where none was typed; raises ``form_clock``."""
    said = words_of(typed, field)
    if not said:
        return None
    try:
        return iso_clock(said)
    except ValueError as error:
        raise ParameterError(
            "form_clock", f"{said[:SHOWN]} is not a time.", field=field, value=said[:SHOWN]
        ) from error


def count_of(typed: Mapping[str, str], field: str) -> int | None:
    """Read a count; None where none was typed; raises ``form_count``, ``form_count_large``."""
    said = "".join(typed.get(field, "").split())
    if not said:
        return None
    if said.isascii() and said.isdecimal() and len(said) > COUNT_DIGITS:
        raise ParameterError("form_count_large", "The number is too large.", field=field, value=said[:SHOWN])
    if not (said.isascii() and said.isdecimal()):
        raise ParameterError(
            "form_count", f"{said[:SHOWN]} is not a number.", field=field, value=said[:SHOWN]
        )
    return int(said)


def within(typed: Mapping[str, str], field: str, *, least: int, most: int) -> int | None:
    """Read a count that lies between two; raises ``form_between`` too."""
    count = count_of(typed, field)
    if count is not None and not least <= count <= most:
        raise ParameterError(
            "form_between",
            f"{field} is {count}; from {least} to {most} will do.",
            field=field,
            value=count,
            least=least,
            most=most,
        )
    return count


def _day(said: str, field: str) -> date:
    try:
        return iso_day(said)
    except ValueError as error:
        raise ParameterError(
            "form_day", f"{said[:SHOWN]} is not a day.", field=field, value=said[:SHOWN]
        ) from error
