"""The entry page's forms: the round, and one answer after another, filled in without a mouse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dashboard.components.desk import field, text_input
from dashboard.components.markup import join, tag
from dashboard.views.survey import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.entry import EntryView, LatestAnswer
    from dashboard.views.survey import Asked

KEYING, ROUND, NAMES = "keying", "round", "place-names"


def batch_form(texts: Catalogue, view: EntryView) -> Markup:
    """Write the form of the round, folded away while its answers are keyed."""
    known = view.fields
    options = (
        tag("option", label, value=code, selected=known.respondent == code)
        for code, label in (
            ("", texts("entry.they_differ")),
            *((choice.code, choice.label) for choice in view.respondents),
        )
    )
    select = tag(
        "select",
        options,
        id=f"{ROUND}-respondent",
        name="respondent",
        aria_describedby=f"{ROUND}-respondent-fault",
    )
    texted = {
        "batch": text_input("batch", of=ROUND, value=known.batch, longest=20, readonly=not known.is_new),
        "collected_at": text_input(
            "collected_at", of=ROUND, value=known.collected_at, longest=120, names=NAMES
        ),
        "collected_on": text_input("collected_on", of=ROUND, value=known.collected_on, kind="date"),
        "handed_out": text_input(
            "handed_out", of=ROUND, value=known.handed_out, inputmode="numeric", longest=9
        ),
        "returned": text_input("returned", of=ROUND, value=known.returned, inputmode="numeric", longest=9),
        "respondent": select,
    }
    fields = (
        field(name, texts(f"entry.round.{name}"), inside, of=ROUND, hint=texts(f"entry.round_hint.{name}"))
        for name, inside in texted.items()
    )
    form = tag(
        "form",
        tag("div", fields, class_="round-fields"),
        tag("p", "", class_="fault", data_fault="", role="alert"),
        tag("button", texts("entry.save_batch"), type="submit", class_="button primary"),
        id=ROUND,
        data_focus=view.fields.is_new,
        novalidate=True,
        autocomplete="off",
        data_new="1" if known.is_new else None,
    )
    if known.is_new:
        return tag("section", tag("h2", texts("entry.new_batch")), form, class_="sheet")
    return tag("details", tag("summary", texts("entry.change_batch")), form, class_="sheet folded")


def answer_form(texts: Catalogue, view: EntryView) -> Markup:
    """Write the form of one answer."""
    return tag(
        "form",
        tag("h2", texts("entry.next_answer"), id=f"{KEYING}-heading", data_new=texts("entry.next_answer")),
        tag("p", texts("entry.keys"), class_="small"),
        (_question(texts, one) for one in view.questions),
        tag("input", type="hidden", name="number"),
        tag("input", type="hidden", name="longitude"),
        tag("input", type="hidden", name="latitude"),
        tag("p", "", class_="fault", data_fault="", role="alert"),
        tag(
            "div",
            tag("button", texts("entry.save"), type="submit", class_="button primary", id=f"{KEYING}-save"),
            tag(
                "button",
                texts("entry.cancel"),
                type="button",
                class_="button",
                id=f"{KEYING}-cancel",
                hidden=True,
            ),
            class_="buttons",
        ),
        tag("p", "", id=f"{KEYING}-said", class_="said", role="status"),
        id=KEYING,
        class_="sheet",
        data_focus=True,
        novalidate=True,
        autocomplete="off",
        aria_labelledby=f"{KEYING}-heading",
        data_correct=texts("entry.correct_answer", number="{number}"),
        data_failed=texts("entry.failed"),
    )


def _question(texts: Catalogue, question: Asked) -> Markup:
    if question.choices:
        return _choice(texts, question)
    if question.name == PLACE:
        point = tag(
            "p",
            tag("span", texts("entry.pointed"), class_="point-set"),
            tag("button", texts("entry.unpoint"), type="button", class_="link", id="unpoint"),
            class_="small point",
            hidden=True,
            id="point",
        )
        written = text_input(PLACE, of=KEYING, names=NAMES, longest=120)
        return field(PLACE, question.text, written, point, of=KEYING, hint=texts("entry.place_hint"))
    return field(question.name, question.text, text_input(question.name, of=KEYING), of=KEYING)


def _choice(texts: Catalogue, question: Asked) -> Markup:
    """Write a question that is answered by a number: the numbers stand under it, and can be clicked too."""
    rows = (
        tag(
            "li",
            tag(
                "button",
                tag("span", str(one.number), class_="key"),
                one.label,
                type="button",
                tabindex="-1",
                data_choice=one.label,
                data_number=str(one.number),
            ),
        )
        for one in question.choices
    )
    typed = text_input(question.name, of=KEYING, longest=60)
    chosen = tag("output", "", for_=f"{KEYING}-{question.name}", class_="chosen")
    return field(
        question.name,
        question.text,
        tag("div", typed, chosen, class_="by-number"),
        tag("ul", rows, class_="choices", data_for=question.name),
        of=KEYING,
        hint=texts("entry.choice_hint"),
    )


def names_list(names: Iterable[str]) -> Markup:
    """Write the names that the fields for places offer."""
    return tag("datalist", (tag("option", value=name) for name in names), id=NAMES)


def latest_list(texts: Catalogue, answers: Iterable[LatestAnswer]) -> Markup:
    """Write the answers that were keyed last, each to correct or take away."""
    rows = [_latest(texts, answer) for answer in answers]
    if not rows:
        return tag("p", texts("entry.none_yet"), class_="empty")
    return tag("ol", rows, class_="latest")


def _latest(texts: Catalogue, answer: LatestAnswer) -> Markup:
    number = str(answer.number)
    return tag(
        "li",
        tag("p", tag("strong", texts("entry.number", number=number)), " ", answer.line),
        tag(
            "button",
            texts("entry.correct"),
            type="button",
            class_="link",
            data_correct=json.dumps(answer.fields, ensure_ascii=False),
            aria_label=texts("entry.correct_number", number=number),
        ),
        tag(
            "button",
            texts("entry.remove"),
            type="button",
            class_="link",
            data_remove=number,
            data_ask=texts("entry.remove_sure", number=number),
            aria_label=texts("entry.remove_number", number=number),
        ),
    )


def progress(view: EntryView) -> Markup:
    """Write how far the round has come, as the page's first sentence."""
    bar = (
        tag(
            "div",
            tag("span", style=f"width:{100 * view.share:.0f}%"),
            class_="meter",
            aria_hidden="true",
        )
        if view.share is not None
        else None
    )
    return join([tag("h1", view.sentence), tag("p", view.basis, class_="basis"), bar])
