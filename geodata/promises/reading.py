"""A promise read from a file or a form: names of places become ids, what is wrong is said with its key."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from geodata.errors import ParameterError
from geodata.iso_time import require_plausible
from geodata.promises.feasibility import contradictions
from geodata.promises.promise import Activity, Promise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.promises.setting import Setting

_PROMISE: TypeAdapter[Promise] = TypeAdapter(Promise)
_ACTIVITY: TypeAdapter[Activity] = TypeAdapter(Activity)
LONGEST_VALUE = 80


def read_promise(text: str, *, file: str, place_ids: Mapping[str, int]) -> Promise:
    """Read a promise from TOML.

    Parameters
    ----------
    file
        As the person calls it, for what is said.
    place_ids
        The places in use by name; a name of several is left out, and then the id has to be written.

    Raises
    ------
    ParameterError
        ``promise_not_toml``; ``promise_invalid`` with ``file``, ``key``, ``problem`` and ``value``;
        ``promise_place_unknown``; ``promise_key_twice``; ``promise_backwards``; ``form_day``.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParameterError(
            "promise_not_toml", f"{file} is not valid TOML: {error}.", file=file, problem=str(error)
        ) from error
    return made_promise(data, file=file, place_ids=place_ids)


def made_promise(data: Mapping[str, Any], *, file: str, place_ids: Mapping[str, int]) -> Promise:
    """Make a promise of plain values; raises as `read_promise`."""
    named = _with_ids(dict(data), file=file, place_ids=place_ids)
    if isinstance(named.get("answers"), str):  # one is written without brackets
        named["answers"] = [named["answers"]] if named["answers"] else []
    try:
        promise = _PROMISE.validate_python(named)
    except ValidationError as error:
        raise _fault(error, file=file) from error
    for field, day in (("first", promise.first), ("last", promise.last)):
        require_plausible(field, day)
    keys = [one.key for one in promise.activities]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ParameterError(
            "promise_key_twice", f"{file}: two activities have the key {twice[0]}.", file=file, key=twice[0]
        )
    if promise.last is not None and promise.last < promise.first:
        raise ParameterError(
            "promise_backwards",
            f"{file}: the promise ends ({promise.last}) before it starts ({promise.first}).",
            file=file,
            first=promise.first,
            last=promise.last,
        )
    return promise


def require_feasible(promise: Promise, *, setting: Setting) -> None:
    """Refuse a promise with a rule that can never be met.

    Raises
    ------
    ParameterError
        ``promise_`` and the code of `geodata.promises.feasibility`, with the activity and what it is about.
    """
    for activity in promise.activities:
        for broken in contradictions(promise, activity, setting=setting):
            about = dict(broken.values)
            raise ParameterError(
                f"promise_{broken.code}",
                f"{activity.name}: this can never be met: {broken.code} {about}.",
                activity=activity.name,
                **about,
            )


def made_activity(data: Mapping[str, Any], *, file: str, place_ids: Mapping[str, int]) -> Activity:
    """Make one activity of plain values; raises as `read_promise`."""
    (named,) = _with_ids({"activities": [dict(data)]}, file=file, place_ids=place_ids)["activities"]
    try:
        return _ACTIVITY.validate_python(named)
    except ValidationError as error:
        raise _fault(error, file=file) from error


def plain(promise: Promise) -> dict[str, Any]:
    """Return a promise as the plain values that `made_promise` takes."""
    values: dict[str, Any] = _PROMISE.dump_python(promise, mode="json")
    return values


def with_activity(promise: Promise, activity: Mapping[str, Any]) -> dict[str, Any]:
    """Return a promise as plain values, with an activity added, or in the place of the one of its key."""
    values = plain(promise)
    before: list[dict[str, Any]] = values["activities"]
    if all(one["key"] != activity["key"] for one in before):
        return {**values, "activities": [*before, dict(activity)]}
    return {
        **values,
        "activities": [dict(activity) if one["key"] == activity["key"] else one for one in before],
    }


def without_activity(promise: Promise, key: str) -> dict[str, Any]:
    """Return a promise as plain values, without the activity of a key."""
    values = plain(promise)
    return {**values, "activities": [one for one in values["activities"] if one["key"] != key]}


def to_document(promise: Promise) -> str:
    """Return a promise as JSON, whole."""
    return _PROMISE.dump_json(promise).decode()


def from_document(document: str) -> Promise:
    """Return the promise that `to_document` wrote."""
    return _PROMISE.validate_json(document)


def _fault(error: ValidationError, *, file: str) -> ParameterError:
    first = error.errors(include_url=False)[0]
    # The tag of a union stands in the location, where no key of the file does.
    kinds = {"count", "rate", "part", "presence", "balance", "preference", "each", "document", "way"}
    key = ".".join(str(part) for part in first["loc"] if part not in {*kinds, "no_number"})
    value = str(first.get("input"))[:LONGEST_VALUE]
    if key.endswith("at_least") and value in {"0", "0.0"}:
        return ParameterError(
            "promise_target_zero",
            f"{file}: {key}: a target of zero promises nothing; use kind no_number where none was agreed.",
            file=file,
            key=key,
        )
    return ParameterError(
        "promise_invalid",
        f"{file}: {key}: {first['msg']} (found {value}).",
        file=file,
        key=key,
        problem=first["msg"],
        value=value,
    )


def _with_ids(data: dict[str, Any], *, file: str, place_ids: Mapping[str, int]) -> dict[str, Any]:
    """Put ids where names of places stand; what is no promise at all is left for pydantic to say."""
    activities = data.get("activities")
    if not isinstance(activities, list):
        return data
    made = []
    for number, activity in enumerate(activities):
        if not isinstance(activity, dict):
            made.append(activity)
            continue
        copy, at = dict(activity), f"activities.{number}"
        scope = copy.get("scope")
        if isinstance(scope, dict) and isinstance(scope.get("places"), list):
            places = [_id(one, place_ids, file=file, key=f"{at}.scope.places") for one in scope["places"]]
            copy["scope"] = {**scope, "places": places}
        targets = copy.get("targets")
        if isinstance(targets, list):
            copy["targets"] = [_target(one, place_ids, file=file, key=f"{at}.targets") for one in targets]
        made.append(copy)
    return {**data, "activities": made}


def _target(target: Any, place_ids: Mapping[str, int], *, file: str, key: str) -> Any:
    if not isinstance(target, dict) or not isinstance(target.get("items"), list):
        return target
    items = []
    for item in target["items"]:
        if isinstance(item, str):  # a name alone is a thing, and a place where there is one of that name
            items.append({"name": item, "place": place_ids.get(item.strip().casefold())})
        elif isinstance(item, dict) and "place" in item:
            items.append({**item, "place": _id(item["place"], place_ids, file=file, key=f"{key}.items")})
        else:
            items.append(item)
    return {**target, "items": items}


def _id(value: Any, place_ids: Mapping[str, int], *, file: str, key: str) -> Any:
    if not isinstance(value, str):
        return value
    found = place_ids.get(value.strip().casefold())
    if found is None:
        raise ParameterError(
            "promise_place_unknown",
            f"{file}: {key}: there is no place {value}, or several; write its number.",
            file=file,
            key=key,
            place=value[:LONGEST_VALUE],
        )
    return found
