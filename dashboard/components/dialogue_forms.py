"""The forms of dialogues: the plan, its occasions, what they gave, and the steps to the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.form_fields import (
    area_field,
    boxes_field,
    choice_field,
    hidden,
    sending_form,
    text_field,
)
from dashboard.components.markup import join, tag
from dashboard.views.sources import source_word
from geodata.dialogues.course import MAY_FOLLOW, Step
from geodata.dialogues.dialogue import AskedGroup, Asker, DialogueKind, Method, Occasion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.dialogue import DialogueView, OccasionRow
    from geodata.dialogues.dialogue import Dialogue, Outcome
    from geodata.store.dialogues import KeptDialogue

ROOM = "dialogue_form"
STORE = "dialogue-sent"
PLAIN_STEPS = (Step.OPEN, Step.CLOSE, Step.REOPEN, Step.CANCEL)

Places = "Sequence[tuple[int, str]]"


def dialogue_form(texts: Catalogue, known: Dialogue | None = None, *, version: int = 0) -> Markup:
    """Write the form of a new dialogue, or of one that is changed."""
    of = "dialogue-new" if known is None else "dialogue-change"
    kinds = [(str(one), texts(f"dialogue_kind.{one}")) for one in DialogueKind]
    fields = [
        text_field(texts, "name", of=of, room=ROOM, value=known.name if known else "", hint=True),
        choice_field(texts, "kind", kinds, of=of, room=ROOM, chosen=str(known.kind) if known else ""),
        _day(texts, "first", of=of, value=known.first.isoformat() if known else ""),
        _day(texts, "last", of=of, value=known.last.isoformat() if known else ""),
        area_field(texts, "question", of=of, room=ROOM, value=known.question if known else ""),
        area_field(
            texts, "needs", of=of, room=ROOM, hint=True, value="\n".join(known.needs) if known else ""
        ),
        text_field(texts, "source", of=of, room=ROOM, value=known.source if known else "", longest=2000),
    ]
    inside: list[Child] = [tag("div", fields, class_="round-fields")]
    if known is not None:
        inside += [
            text_field(texts, "why", of=of, room=ROOM, longest=400),
            hidden("key", known.key),
            hidden("version", str(version)),
        ]
    do = "add" if known is None else "change"
    return _form(texts, of, inside, save="save" if known is None else "save_change", do=do)


def dialogue_forms(
    texts: Catalogue,
    view: DialogueView,
    *,
    kept: KeptDialogue,
    places: Sequence[tuple[int, str]],
    sources: Sequence[str],
    today: str,
) -> Markup:
    """Write every form that the state of a dialogue allows.

    Parameters
    ----------
    places
        Those that an occasion can be at: id and name.
    sources
        Names of the project's sources.
    today
        ISO day.
    """
    dialogue, course = kept.dialogue, kept.course

    def allowed(step: Step) -> bool:
        return course.state in MAY_FOLLOW[step]

    steps = [_step(texts, view, step) for step in PLAIN_STEPS if allowed(step)]
    parts: list[Child] = []
    if allowed(Step.SET_DUE):
        due = course.result_due.isoformat() if course.result_due is not None else ""
        parts.append(_folded(texts, "due", _due(texts, view, due=due), is_open=course.result_due is None))
    if allowed(Step.PUBLISH) or allowed(Step.UNPUBLISH):
        parts += [_publish(texts, view, one.reader, done=one.done, today=today) for one in view.given_back]
    occasions: list[Child] = []
    for row in view.rows:
        one = dialogue.occasion(row.key)
        if one is None:
            continue
        inside: list[Child] = []
        if allowed(Step.RECORD):
            inside.append(_record(texts, view, row, course.outcome(one.key), sources=sources))
        if allowed(Step.CHANGE):
            inside.append(_occasion(texts, view, one, places=places, at=row.number))
            if course.outcome(one.key) is None:
                inside.append(_remove(texts, view, row))
        title = texts("dialogue_form.occasion_of", number=row.number, where=row.where)
        occasions.append(tag("details", tag("summary", title), inside, class_="sheet folded"))
    if allowed(Step.CHANGE):
        parts.append(_folded(texts, "change", dialogue_form(texts, dialogue, version=view.version)))
        occasions.append(
            _folded(
                texts,
                "occasion_add",
                _occasion(texts, view, None, places=places, at="new"),
                is_open=not view.rows,
            )
        )
    return tag(
        "section",
        tag("h2", texts("dialogue_form.heading")),
        tag("div", steps, class_="buttons dialogue-steps") if steps else None,
        parts,
        tag("h3", texts("dialogue_form.occasions")) if occasions else None,
        occasions,
        class_="dialogue-forms",
    )


def _step(texts: Catalogue, view: DialogueView, step: Step) -> Markup:
    return _form(texts, f"dialogue-{step}", _of(view), save=str(step), do=str(step))


def _due(texts: Catalogue, view: DialogueView, *, due: str) -> Markup:
    of = "dialogue-due"
    inside = [_day(texts, "due", of=of, value=due), _of(view)]
    return _form(texts, of, inside, save="save_due", do="due")


def _publish(texts: Catalogue, view: DialogueView, reader: str, *, done: bool, today: str) -> Markup:
    of = f"dialogue-publish-{reader}"
    given = [_of(view), hidden("to", reader)]
    if done:
        inside: list[Child] = [*given, text_field(texts, "why", of=of, room=ROOM, longest=400)]
        form = _form(texts, of, inside, save="unpublish", do="unpublish")
        return _folded(texts, f"unpublish_{reader}", form)
    fields = [
        _day(texts, "day", of=of, value=today),
        text_field(texts, "where", of=of, room=ROOM, label_of="told_where"),
        text_field(texts, "link", of=of, room=ROOM, longest=400, hint=True),
    ]
    form = _form(
        texts, of, [tag("div", fields, class_="round-fields"), *given], save="save_told", do="publish"
    )
    return _folded(texts, f"publish_{reader}", form)


def _record(
    texts: Catalogue,
    view: DialogueView,
    row: OccasionRow,
    known: Outcome | None,
    *,
    sources: Sequence[str],
) -> Markup:
    of = f"dialogue-record-{row.number}"
    counts = {"talks": known.talks, "answers": known.answers} if known is not None else {}
    fields: list[Child] = [
        text_field(
            texts,
            name,
            of=of,
            room=ROOM,
            inputmode="numeric",
            value="" if counts.get(name) is None else str(counts[name]),
        )
        for name in ("talks", "answers")
    ]
    if sources:
        named = [(one, source_word(texts, one, {})) for one in sources]
        ticked = known.sources if known is not None else ()
        fields.append(boxes_field(texts, "sources", named, of=of, room=ROOM, ticked=ticked, hint=True))
    fields.append(area_field(texts, "note", of=of, room=ROOM, hint=True, value=known.note if known else ""))
    inside = [tag("div", fields, class_="round-fields"), _of(view), hidden("occasion", row.key)]
    return join(
        [tag("h4", texts("dialogue_form.gave")), _form(texts, of, inside, save="save_gave", do="record")]
    )


def _occasion(
    texts: Catalogue,
    view: DialogueView,
    known: Occasion | None,
    *,
    places: Sequence[tuple[int, str]],
    at: str,
) -> Markup:
    of = f"dialogue-occasion-{at}"
    one = known or Occasion(key="x", askers=(), groups=(), method=Method.TALK)
    nowhere = [("", texts("dialogue_form.place_none")), *((str(number), name) for number, name in places)]
    if one.place is not None and one.place not in dict(places):
        nowhere.append((str(one.place), texts("dialogues.retired")))
    fields = [
        choice_field(
            texts,
            "place",
            nowhere,
            of=of,
            room=ROOM,
            hint=True,
            chosen="" if one.place is None else str(one.place),
        ),
        text_field(texts, "where", of=of, room=ROOM, value=one.where, hint=True),
        _day(texts, "day", of=of, value=one.day.isoformat() if one.day else "", label_of="occasion_day"),
        choice_field(
            texts,
            "method",
            _words(texts, "dialogue_method", Method),
            of=of,
            room=ROOM,
            chosen=str(one.method),
        ),
        text_field(texts, "start", of=of, room=ROOM, kind="time", value=one.start or ""),
        text_field(texts, "end", of=of, room=ROOM, kind="time", value=one.end or ""),
        boxes_field(
            texts, "askers", _words(texts, "dialogue_asker", Asker), of=of, room=ROOM, ticked=one.askers
        ),
        text_field(texts, "with_whom", of=of, room=ROOM, value=one.with_whom),
        boxes_field(
            texts, "groups", _words(texts, "dialogue_group", AskedGroup), of=of, room=ROOM, ticked=one.groups
        ),
        text_field(texts, "group_note", of=of, room=ROOM, value=one.group_note, hint=True),
        area_field(texts, "needs", of=of, room=ROOM, value="\n".join(one.needs), hint=True),
        area_field(texts, "collected_as", of=of, room=ROOM, value="\n".join(one.collected_as), hint=True),
    ]
    inside: list[Child] = [tag("div", fields, class_="round-fields"), _of(view)]
    if known is None:
        return _form(texts, of, inside, save="save_occasion", do="occasion")
    form = _form(texts, of, [*inside, hidden("occasion", known.key)], save="save_change", do="occasion")
    return join([tag("h4", texts("dialogue_form.planned")), form])


def _remove(texts: Catalogue, view: DialogueView, row: OccasionRow) -> Markup:
    inside = [_of(view), hidden("occasion", row.key)]
    return _form(texts, f"dialogue-remove-{row.number}", inside, save="remove", do="remove")


def _of(view: DialogueView) -> Markup:
    return join([hidden("key", view.key), hidden("version", str(view.version))])


def _words(texts: Catalogue, room: str, codes: type[Asker | AskedGroup | Method]) -> list[tuple[str, str]]:
    return [(str(one), texts(f"{room}.{one}")) for one in codes]


def _day(texts: Catalogue, name: str, *, of: str, value: str, label_of: str = "") -> Markup:
    return text_field(texts, name, of=of, room=ROOM, kind="date", value=value, label_of=label_of)


def _form(texts: Catalogue, of: str, inside: Child, *, save: str, do: str) -> Markup:
    return sending_form(texts, of, inside, save=save, store=STORE, do=do, room=ROOM, sheet=do == "add")


def _folded(texts: Catalogue, name: str, inside: Markup, *, is_open: bool = False) -> Markup:
    summary = tag("summary", texts(f"dialogue_form.fold_{name}"))
    return tag("details", summary, inside, class_="sheet folded", open=is_open)
