"""Dialogues kept from files and forms, against the places that the register has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.analyses.promise_files import ids_by_name
from geodata.dialogues.reading import made_dialogue, read_dialogue
from geodata.errors import MissingError, ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.dialogues.dialogue import Dialogue
    from geodata.store.dialogues import KeptDialogue
    from geodata.store.register import Register


def keep_dialogue(
    register: Register, text: str, *, file: str, by: str, why: str | None = None
) -> KeptDialogue:
    """Keep what a TOML file plans.

    Parameters
    ----------
    file
        As the person calls it.
    why
        Why it is changed; None where it is new.

    Raises
    ------
    ParameterError
        As `geodata.dialogues.reading.read_dialogue`, and as `Dialogues.add` or `change`; nothing is kept.
    MissingError
        ``no_dialogue`` when there is none to change.
    """
    places = register.places()
    retired = {place.name.casefold(): place.place_id for place in places if place.retired}
    ids = ids_by_name(places)
    if why is not None:  # whether one may stand is told below, by what stood before
        ids = {**retired, **ids}
    dialogue = read_dialogue(text, file=file, place_ids=ids, retired=retired)
    seen = None if why is None else register.dialogues.find(dialogue.key).version
    return _keep(register, dialogue, file=file, by=by, why=why or "", seen_version=seen)


def keep_planned(
    register: Register, data: Mapping[str, Any], *, file: str, by: str, why: str, seen_version: int | None
) -> KeptDialogue:
    """Keep what a form plans, as plain values; raises as `keep_dialogue`.

    Parameters
    ----------
    seen_version
        The version that the person changed; None where the dialogue is new.
    """
    dialogue = made_dialogue(data, file=file, place_ids=ids_by_name(register.places()))
    return _keep(register, dialogue, file=file, by=by, why=why, seen_version=seen_version)


def _keep(
    register: Register, dialogue: Dialogue, *, file: str, by: str, why: str, seen_version: int | None
) -> KeptDialogue:
    if seen_version is None:
        _require_places(register, dialogue, None, file=file)
        return register.dialogues.add(dialogue, by=by)
    before = register.dialogues.find(dialogue.key)
    _require_places(register, dialogue, before.dialogue, file=file)
    return register.dialogues.change(dialogue, seen_version=seen_version, why=why, by=by)


def _require_places(register: Register, dialogue: Dialogue, before: Dialogue | None, *, file: str) -> None:
    """Refuse a place that is not there; one that is no longer in use stays where it stood before."""
    places = {place.place_id: place for place in register.places()}
    stood = {one.place for one in before.occasions} if before is not None else set()
    for one in dialogue.occasions:
        if one.place is None:
            continue
        place = places.get(one.place)
        if place is None:
            raise MissingError("no_place", f"There is no place {one.place}.", place_id=one.place)
        if place.retired and one.place not in stood:
            raise ParameterError(
                "dialogue_place_retired",
                f"{file}: {one.key}: {place.name} is no longer in use; use where for a place in words.",
                file=file,
                key=one.key,
                field="place",
                place=place.name,
            )
