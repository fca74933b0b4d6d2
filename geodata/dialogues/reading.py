"""A dialogue read from a file or a form: names of places become ids, what is wrong is said with its key."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from geodata.dialogues.dialogue import NOWHERE, Course, Dialogue, Outcome, Publication, Reader
from geodata.errors import ParameterError
from geodata.iso_time import require_plausible

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geodata.dialogues.dialogue import Occasion

_DIALOGUE: TypeAdapter[Dialogue] = TypeAdapter(Dialogue)
_COURSE: TypeAdapter[Course] = TypeAdapter(Course)
_OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome)
_PUBLICATION: TypeAdapter[Publication] = TypeAdapter(Publication)
COURSE_KEYS = ("state", "result_due", "outcomes", "publications")
LONGEST_VALUE = 80


def read_dialogue(
    text: str, *, file: str, place_ids: Mapping[str, int], retired: Collection[str] = ()
) -> Dialogue:
    """Read a dialogue from TOML.

    Parameters
    ----------
    file
        As the person calls it, for what is said.
    place_ids
        The places in use by name in small letters; a name of several is left out.
    retired
        Names in small letters of places that are no longer in use.

    Raises
    ------
    ParameterError
        ``dialogue_not_toml``, and what `made_dialogue` raises.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParameterError(
            "dialogue_not_toml", f"{file} is not valid TOML: {error}.", file=file, problem=str(error)
        ) from error
    return made_dialogue(data, file=file, place_ids=place_ids, retired=retired)


def made_dialogue(
    data: Mapping[str, Any], *, file: str, place_ids: Mapping[str, int], retired: Collection[str] = ()
) -> Dialogue:
    """Make a dialogue of plain values; parameters as `read_dialogue`.

    Raises
    ------
    ParameterError
        ``dialogue_invalid`` with ``file``, ``key``, ``problem`` and ``value``; ``dialogue_course_in_file``;
        ``dialogue_place_unknown``, ``dialogue_place_retired``; and what `require_sound` raises.
    """
    written = next((key for key in COURSE_KEYS if key in data), None)
    if written is not None:
        raise ParameterError(
            "dialogue_course_in_file",
            f"{file}: {written}: a file says what is planned; how far it has come is set by steps.",
            file=file,
            key=written,
        )
    try:
        dialogue = _DIALOGUE.validate_python(
            _with_ids(dict(data), file=file, place_ids=place_ids, retired=retired)
        )
    except ValidationError as error:
        raise _fault(error, file=file) from error
    require_sound(dialogue, file=file)
    return dialogue


def made_outcome(data: Mapping[str, Any]) -> Outcome:
    """Make what an occasion gave of plain values; raises ``dialogue_field``."""
    try:
        return _OUTCOME.validate_python(dict(data))
    except ValidationError as error:
        raise _field_fault(error) from error


def made_publication(data: Mapping[str, Any]) -> Publication:
    """Make a publication of plain values.

    Raises
    ------
    ParameterError
        ``dialogue_reader``; ``dialogue_field`` with ``field``, ``problem`` and ``value``.
    """
    made_reader(str(data.get("to")))
    try:
        return _PUBLICATION.validate_python(dict(data))
    except ValidationError as error:
        raise _field_fault(error) from error


def made_reader(said: str) -> Reader:
    """Return to whom a result is given; raises ``dialogue_reader``."""
    try:
        return Reader(said)
    except ValueError as error:
        raise ParameterError(
            "dialogue_reader",
            f"A result is given to {' or '.join(Reader)}, not to {said[:LONGEST_VALUE]}.",
            field="to",
            value=said[:LONGEST_VALUE],
        ) from error


def require_sound(dialogue: Dialogue, *, file: str) -> None:
    """Refuse a dialogue whose days, times or occasions contradict each other.

    Raises
    ------
    ParameterError
        ``dialogue_backwards``; ``dialogue_occasion_outside``, ``dialogue_occasion_backwards``,
        ``dialogue_occasion_hours``, ``dialogue_occasion_nowhere``, each with ``occasion``;
        ``dialogue_key_twice``, ``dialogue_occasion_twice``; ``form_day``.
    """
    for field, day in (("first", dialogue.first), ("last", dialogue.last)):
        require_plausible(field, day)
    if dialogue.last < dialogue.first:
        raise ParameterError(
            "dialogue_backwards",
            f"{file}: the dialogue ends ({dialogue.last}) before it starts ({dialogue.first}).",
            file=file,
            field="last",
            first=dialogue.first,
            last=dialogue.last,
        )
    keys: set[str] = set()
    held: set[tuple[Any, ...]] = set()
    for one in dialogue.occasions:
        _require_occasion(dialogue, one, file=file)
        if one.key in keys:
            raise ParameterError(
                "dialogue_key_twice",
                f"{file}: two occasions have the key {one.key}.",
                file=file,
                occasion=one.key,
            )
        same = (one.place, one.where.casefold(), one.day, one.start, one.method, one.groups, one.group_note)
        if same in held:
            raise ParameterError(
                "dialogue_occasion_twice",
                f"{file}: {one.key}: another occasion has the same place, day, time, method and group.",
                file=file,
                occasion=one.key,
            )
        keys.add(one.key)
        held.add(same)


def to_document(dialogue: Dialogue) -> str:
    """Return what is planned as JSON, whole."""
    return _DIALOGUE.dump_json(dialogue).decode()


def from_document(document: str) -> Dialogue:
    """Return the dialogue that `to_document` wrote."""
    return _DIALOGUE.validate_json(document)


def course_to_document(course: Course) -> str:
    """Return how far a dialogue has come as JSON, whole."""
    return _COURSE.dump_json(course).decode()


def course_from_document(document: str) -> Course:
    """Return the course that `course_to_document` wrote."""
    return _COURSE.validate_json(document)


def plain(dialogue: Dialogue) -> dict[str, Any]:
    """Return what is planned as plain values, as `made_dialogue` takes them."""
    values: dict[str, Any] = _DIALOGUE.dump_python(dialogue, mode="json")
    return values


def _require_occasion(dialogue: Dialogue, one: Occasion, *, file: str) -> None:
    about = {"file": file, "occasion": one.key}
    if one.day is not None and not dialogue.first <= one.day <= dialogue.last:
        raise ParameterError(
            "dialogue_occasion_outside",
            f"{file}: {one.key}: {one.day} is outside the dialogue ({dialogue.first} to {dialogue.last}).",
            **about,
            field="day",
            day=one.day,
            first=dialogue.first,
            last=dialogue.last,
        )
    if one.start is not None and one.end is not None and one.end <= one.start:
        raise ParameterError(
            "dialogue_occasion_backwards",
            f"{file}: {one.key}: it ends ({one.end}) before it starts ({one.start}).",
            **about,
            field="end",
            start=one.start,
            end=one.end,
        )
    if (one.end is not None and one.start is None) or (one.start is not None and one.day is None):
        raise ParameterError(
            "dialogue_occasion_hours",
            f"{file}: {one.key}: a time needs its day, and an end its start.",
            **about,
            field="start" if one.day is not None else "day",
        )
    if one.place is None and not one.where and one.method not in NOWHERE:
        raise ParameterError(
            "dialogue_occasion_nowhere",
            f"{file}: {one.key}: say where: a place of the register, or words.",
            **about,
            field="where",
        )


def _fault(error: ValidationError, *, file: str) -> ParameterError:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    value = str(first.get("input"))[:LONGEST_VALUE]
    return ParameterError(
        "dialogue_invalid",
        f"{file}: {key}: {first['msg']} (found {value}).",
        file=file,
        key=key,
        field=key.rsplit(".", 1)[-1],
        problem=first["msg"],
        value=value,
    )


def _field_fault(error: ValidationError) -> ParameterError:
    first = error.errors(include_url=False)[0]
    field, value = str(first["loc"][0]), str(first.get("input"))[:LONGEST_VALUE]
    return ParameterError(
        "dialogue_field",
        f"{field}: {first['msg']} (found {value}).",
        field=field,
        problem=first["msg"],
        value=value,
    )


def _with_ids(
    data: dict[str, Any], *, file: str, place_ids: Mapping[str, int], retired: Collection[str]
) -> dict[str, Any]:
    """Put ids where names of places stand; what is no dialogue at all is left for pydantic to say."""
    occasions = data.get("occasions")
    if not isinstance(occasions, list):
        return data
    made = []
    for number, one in enumerate(occasions):
        if not isinstance(one, dict) or not isinstance(one.get("place"), str):
            made.append(one)
            continue
        name = one["place"].strip().casefold()
        if name not in place_ids:
            code = "dialogue_place_retired" if name in retired else "dialogue_place_unknown"
            why = "is no longer in use" if name in retired else "is not in the register, or several are"
            raise ParameterError(
                code,
                f"{file}: occasions.{number}.place: {one['place']} {why}; use where for a place in words.",
                file=file,
                key=f"occasions.{number}.place",
                field="place",
                place=one["place"][:LONGEST_VALUE],
            )
        made.append({**one, "place": place_ids[name]})
    return {**data, "occasions": made}
