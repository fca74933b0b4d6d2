"""Promises and the log brought from files into the register: a promise with its plan, a log's table."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from geodata.errors import ParameterError, ProblembildError
from geodata.promises.action_plan import ActionLine, ActionStatus, check_line
from geodata.promises.doubles import doubles
from geodata.promises.log_file import read_log
from geodata.promises.reading import made_promise, require_feasible
from geodata.promises.setting import Setting
from geodata.promises.strict import STRICT
from geodata.school_year import SchoolYear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geodata.places.place import Place
    from geodata.project import Project
    from geodata.promises.log_entry import LogEntry
    from geodata.promises.promise import Promise
    from geodata.store.promises import KeptPromise
    from geodata.store.register import Register


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the action plan as the file has it; `activity` is the key of one of the promise's."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    what: Annotated[str, Field(min_length=1, max_length=400)]
    responsible: Annotated[str, Field(max_length=200)] = ""
    due_on: date | None = None
    remind_on: date | None = None
    status: ActionStatus = ActionStatus.PLANNED
    activity: str = ""


@dataclass(frozen=True, slots=True)
class LogImport:
    """What became of a log's rows: new, known already, and stopped with the row's number and why.

    Attributes
    ----------
    cells
        Of each row that was stopped, by its number: column → what stands there.
    doubles
        Numbers of the rows that are kept, and are of an activity that was logged otherwise: counted once.
    """

    new: int
    known: int
    faults: tuple[tuple[int, ProblembildError], ...]
    cells: Mapping[int, Mapping[str, str]]
    doubles: tuple[int, ...] = ()


_LAST = datetime.max.replace(tzinfo=UTC)

_PLAN: TypeAdapter[tuple[PlanLine, ...]] = TypeAdapter(tuple[PlanLine, ...])


def keep_promise(
    register: Register, project: Project, text: str, *, file: str, by: str, why: str | None = None
) -> KeptPromise:
    """Keep a promise of a TOML file, with the lines of ``[[plan]]`` where it is new.

    Parameters
    ----------
    file
        As the person calls it.
    why
        Why it is changed; None where it is new.

    Raises
    ------
    ParameterError
        As `geodata.promises.reading.read_promise` and `require_feasible`, and as `Promises.add` or `change`;
        nothing is kept then.
    """
    promise, plan = _read(text, register.places(), file=file)
    for line in plan:  # all of them before any is kept
        check_line(ActionLine(line.what, line.responsible, line.due_on, line.remind_on, line.status, None))
    setting = Setting(
        zone=project.zone,
        school_year=SchoolYear.of(project),
        places={place.place_id: place for place in register.places()},
    )
    require_feasible(promise, setting=setting)
    if why is not None:
        before = register.promises.find(promise.key)
        # A file that says nothing of it leaves a promise withdrawn that was.
        promise = replace(promise, withdrawn=promise.withdrawn or before.promise.withdrawn)
        return register.promises.change(promise, seen_version=before.version, why=why, by=by)
    kept = register.promises.add(promise, by=by)
    for line in plan:
        register.action_plans.add(
            kept.promise_id,
            ActionLine(
                line.what,
                line.responsible,
                line.due_on,
                line.remind_on,
                line.status,
                kept.activity_ids.get(line.activity),
            ),
            by=by,
        )
    return kept


def import_log(
    register: Register,
    project: Project,
    text: str,
    *,
    file: str,
    by: str,
    mask: Callable[[str], str],
    now: datetime | None = None,
    keep: bool = True,
) -> LogImport:
    """Add the rows of a table to the log; a row that won't do is told and stops none of the others.

    Parameters
    ----------
    mask
        Takes out of free text what points to a person.
    now
        UTC; the clock's own when None.
    keep
        Whether anything is kept; else it is only said what would become of the rows.

    Raises
    ------
    ParameterError
        As `geodata.promises.log_file.read_log`.
    """
    now = now or datetime.now(UTC)
    activities = {
        f"{kept.promise.key}/{key}": number
        for kept in register.promises.all()
        for key, number in kept.activity_ids.items()
    }
    rows = read_log(
        text,
        file=file,
        zone=project.zone,
        place_ids=ids_by_name(register.places()),
        activity_ids=activities,
        by=by,
        mask=mask,
        now=now,
    )
    before = register.log.entries()
    faults: list[tuple[int, ProblembildError]] = [
        (row.number, row.fault) for row in rows if row.fault is not None
    ]
    firsts: dict[str, tuple[int, LogEntry]] = {}
    known = 0
    for row in rows:
        if row.entry is None:
            continue
        _, first = firsts.setdefault(row.entry.entry_key, (row.number, row.entry))
        if first is row.entry:
            continue
        if first == row.entry:
            known += 1
        else:
            faults.append((row.number, _key_again()))
    told = register.log.add_each((entry for _, entry in firsts.values()), now=now, keep=keep)
    new: dict[str, tuple[int, LogEntry]] = {}
    for (key, (number, entry)), what in zip(firsts.items(), told, strict=True):
        if isinstance(what, ParameterError):
            faults.append((number, what))
        elif what:
            new[key] = (number, entry)
        else:
            known += 1
    faults.sort(key=lambda one: one[0])
    # What comes from a file was written down after all that stands there, whatever its clock says.
    found = doubles([*before, *(replace(entry, logged_at=_LAST) for _, entry in new.values())])
    return LogImport(
        len(new),
        known,
        tuple(faults),
        {row.number: row.cells for row in rows if row.number in dict(faults)},
        tuple(number for key, (number, _) in new.items() if key in found),
    )


def _key_again() -> ParameterError:
    return ParameterError("log_key_taken", "Another row of the file has this key.", field="key")


def ids_by_name(places: Sequence[Place]) -> dict[str, int]:
    """Return the places in use by name in small letters; a name of several is left out."""
    names = [place.name.casefold() for place in places if not place.retired]
    return {
        place.name.casefold(): place.place_id
        for place in places
        if not place.retired and names.count(place.name.casefold()) == 1
    }


def _values(text: str, *, file: str) -> dict[str, Any]:
    """Read TOML, or the JSON that ``promise show --json`` writes."""
    try:
        if not text.lstrip().startswith("{"):
            return tomllib.loads(text)
        values = json.loads(text)
        return dict(values.get("promise", values))
    except ValueError as error:  # of both kinds
        raise ParameterError(
            "promise_not_toml", f"{file} is not valid TOML: {error}.", file=file, problem=str(error)
        ) from error


def _made(data: dict[str, Any], places: Sequence[Place], *, file: str) -> Promise:
    """Make a promise; a place that is no longer in use is told from one that never was."""
    try:
        return made_promise(data, file=file, place_ids=ids_by_name(places))
    except ParameterError as error:
        name = str(error.values.get("place", ""))
        retired = {place.name.casefold() for place in places if place.retired}
        if error.code != "promise_place_unknown" or name.strip().casefold() not in retired:
            raise
        raise ParameterError(
            "promise_place_retired",
            f"{file}: {error.values['key']}: {name} is retired; no work is planned or counted there.",
            file=file,
            key=error.values["key"],
            place=name,
        ) from error


def _read(text: str, places: Sequence[Place], *, file: str) -> tuple[Promise, tuple[PlanLine, ...]]:
    data = _values(text, file=file)
    plan = data.pop("plan", [])
    promise = _made(data, places, file=file)
    try:
        lines = _PLAN.validate_python(plan)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in ("plan", *first["loc"]))
        value = str(first.get("input"))[:80]
        raise ParameterError(
            "promise_invalid",
            f"{file}: {key}: {first['msg']} (found {value}).",
            file=file,
            key=key,
            problem=first["msg"],
            value=value,
        ) from error
    keys = {one.key for one in promise.activities}
    for number, line in enumerate(lines):
        if line.activity and line.activity not in keys:
            raise ParameterError(
                "promise_plan_activity",
                f"{file}: plan.{number}.activity: the promise has no activity {line.activity}.",
                file=file,
                key=f"plan.{number}.activity",
                activity=line.activity,
            )
    return promise, lines
