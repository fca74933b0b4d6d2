"""What the form of an activity says back while one types: the rule in words, what counts, what is lacking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.activity_reading import scope_of
from dashboard.views.promise_rule import rule_words, scope_words
from dashboard.views.target_reading import readable_targets
from geodata.errors import ParameterError, ProblembildError
from geodata.promises.reading import made_activity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.promise_draft import Draft
    from geodata.promises.promise import Activity

ASKED = ("activity_name", "responsible")
"""Fields that have to be filled in, whatever the rule."""

NAMED = 2
"""On how many things what does not count fell, of those named."""


@dataclass(frozen=True, slots=True)
class Read:
    """What can be read of what is typed so far.

    Attributes
    ----------
    activity
        With what is filled in; None where nothing can be made of it.
    has_target
        Whether any target is filled in.
    faults
        What is lacking or wrong.
    """

    activity: Activity | None
    has_target: bool
    faults: tuple[ParameterError, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The words beside the form."""

    rule: str
    scope: tuple[str, ...]
    facts: tuple[str, ...]
    cannot: tuple[str, ...]
    lacks: tuple[str, ...]


def read_so_far(
    typed: Mapping[str, str], texts: Catalogue, *, key: str, place_ids: Mapping[str, int]
) -> Read:
    """Read what is typed so far, as far as that goes; nothing is refused.

    Parameters
    ----------
    key
        A key for the activity, so that its lines of the log are known; any will do for a new one.
    place_ids
        The places in use by name in small letters.
    """
    faults = [
        ParameterError("form_missing", f"Fill in {name}.", field=name)
        for name in ASKED
        if not typed.get(name, "").strip()
    ]
    targets, wrong = readable_targets(typed, texts)
    if not targets and not wrong:
        wrong = [ParameterError("form_no_target", "Choose at least one target.", field="targets")]
    try:
        values = {
            "key": key,
            "name": typed.get("activity_name", "").strip() or "–",
            "responsible": [{"party": "police"}],
            "scope": scope_of(typed),
            "targets": targets or [{"kind": "no_number"}],
        }
        activity = made_activity(values, file="", place_ids=place_ids)
    except ParameterError as error:
        return Read(None, bool(targets), (*faults, *wrong, error))
    return Read(activity, bool(targets), (*faults, *wrong))


def said_so_far(texts: Catalogue, read: Read, draft: Draft | None, *, places: Mapping[int, str]) -> Said:
    """Say what would count.

    Parameters
    ----------
    draft
        What the rule would mean; None where it can't be made of what is typed.
    """
    activity = read.activity
    lacks = tuple(dict.fromkeys(_lack(texts, fault) for fault in read.faults))
    if activity is None or draft is None:
        return Said("", (), (), (), lacks)
    return Said(
        rule=rule_words(texts, activity) if read.has_target else "",
        scope=scope_words(texts, activity.scope, places=places),
        facts=_facts(texts, draft),
        cannot=tuple(
            texts("promise.cannot", why=texts(f"cannot.{one.code}", **dict(one.values)))
            for one in draft.contradictions
        ),
        lacks=lacks,
    )


def _facts(texts: Catalogue, draft: Draft) -> tuple[str, ...]:
    said = []
    if draft.days < draft.of:
        said.append(texts("promise_says.days", n=draft.days, of=draft.of))
        if draft.next_day is not None:
            said.append(texts("promise_says.next_day", day=draft.next_day))
    if draft.logged:
        said.append(texts("promise_says.log", n=draft.logged, counted=draft.counted))
        fell = [
            texts("promise_says.fell_one", n=n, why=texts(f"why.{why}").rpartition(": ")[2])
            for why, n in draft.fell[:NAMED]
        ]
        if fell:
            said.append(texts("promise_says.fell", why=texts.form.listing(fell)))
    else:
        said.append(texts("promise_says.log_none"))
    return tuple(said)


def _lack(texts: Catalogue, fault: ParameterError) -> str:
    """Name the field, and what is wrong with it where something stands there."""
    field = str(fault.values.get("field", ""))
    label = f"promise_form.{field}"
    if fault.code == "form_no_target":
        return texts("promise_says.no_target")
    if label not in texts:
        return texts.error(fault)
    if fault.code == "form_missing":
        return texts("promise_says.missing", field=texts(label))
    return texts("promise_says.wrong", field=texts(label), why=fault_words(texts, fault))


def fault_words(texts: Catalogue, error: ProblembildError) -> str:
    """Say a fault as a form has it: which file and key would tell a person at a form nothing."""
    if error.code == "promise_target_zero":
        return texts("promise_form.zero")
    if error.code == "promise_invalid":
        return texts("promise_form.invalid", value=str(error.values.get("value", "")))
    return texts.error(error)
