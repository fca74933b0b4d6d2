"""What changed from one version of a promise to the next, in words: the rules too."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.views.promise_rule import responsible_words, rule_words, scope_words
from dashboard.views.signed import signed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.promises import VersionNote
    from geodata.promises.changes import Change
    from geodata.promises.promise import Activity

DAYS = frozenset({"first", "last"})
MARKS = frozenset({"made_up", "withdrawn"})
LONG = 120
"""Characters from which a text that changed is not repeated: the versions themselves hold it."""


def version_words(
    texts: Catalogue, note: VersionNote, *, places: Mapping[int, str]
) -> tuple[str, tuple[str, ...]]:
    """Say one version: when and by whom, why, and what changed in it.

    Parameters
    ----------
    places
        Names of the places that any version's rules name.
    """
    heading = (
        texts("promise.version", version=note.version, day=note.on)
        if note.by is None
        else texts("promise.version_by", version=note.version, day=note.on, by=signed(texts, note.by))
    )
    said = [texts("promise.change_why", why=note.why)] if note.why else []
    for change in note.changes:
        said += _change(texts, change, places)
    if note.version == 1:
        said.append(texts("promise.version_first"))
    return heading, tuple(said)


def _change(texts: Catalogue, change: Change, places: Mapping[int, str]) -> list[str]:
    field = _upper(texts(f"promise_field.{change.field.replace('.', '_')}"))
    if change.field in {"activity_added", "activity_removed"}:
        return [_whole(texts, field, change)]
    if change.was is not None and change.now is not None:
        return _of_activity(texts, field, change, change.was, change.now, places)
    if not (change.before or change.after) or max(len(change.before), len(change.after)) > LONG:
        return [texts("promise.change_plain", field=field)]
    before, after = (_plain(texts, change.field, one) for one in (change.before, change.after))
    return [texts("promise.change", field=field, before=before, after=after)]


def _whole(texts: Catalogue, field: str, change: Change) -> str:
    activity = change.now or change.was
    rule = "" if activity is None else rule_words(texts, activity)
    return texts("promise.change_activity", field=field, about=change.about, rule=rule)


def _of_activity(
    texts: Catalogue,
    field: str,
    change: Change,
    was: Activity,
    now: Activity,
    places: Mapping[int, str],
) -> list[str]:
    if change.field == "activity.scope":
        before, after = (scope_words(texts, one.scope, places=places) for one in (was, now))
        gone = [one for one in before if one not in after]
        come = [one for one in after if one not in before]
        said = [texts("promise.change_rule", field=field, about=change.about)]
        said += [texts("promise.change_gone", said=one) for one in gone]
        return said + [texts("promise.change_come", said=one) for one in come]
    words: dict[str, Callable[[Activity], str]] = {
        "activity.targets": lambda one: rule_words(texts, one).rstrip("."),
        "activity.responsible": lambda one: responsible_words(texts, one.responsible),
    }
    if change.field in words:
        before_words, after_words = (words[change.field](one) for one in (was, now))
    elif max(len(change.before), len(change.after)) <= LONG:
        before_words, after_words = change.before, change.after
    else:
        return [texts("promise.change_rule", field=field, about=change.about)]
    none = texts("promise.no_place")
    return [
        texts(
            "promise.change_of",
            field=field,
            about=change.about,
            before=before_words or none,
            after=after_words or none,
        )
    ]


def _plain(texts: Catalogue, field: str, said: str) -> str:
    if field in MARKS:
        return texts(f"promise.change_{said.lower()}")
    if field in DAYS:
        return texts.form.day(date.fromisoformat(said)) if said else texts("promise.until_further")
    return said or texts("promise.no_place")


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
