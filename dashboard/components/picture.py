"""The picture as a list of problems, what was chosen from it, and the forms that save and note it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.form_fields import area_field, box, choice_field, hidden, sending_form, text_field
from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.frame import Way
    from dashboard.views.picture import ChangeLine, PictureView, ProblemView
    from dashboard.views.picture_page import DecisionView, PicturePage

ROOM = "picture_form"
SHOWN = 10
"""Problems that stand open; the rest are folded."""


def picture_markup(texts: Catalogue, page: PicturePage) -> Markup:
    """Write the page."""
    view = page.view
    open_, folded = view.problems[:SHOWN], view.problems[SHOWN:]
    return join(
        [
            pills(page.rooms, label=texts("picture.rooms")),
            _lead(page),
            _ways(texts, page),
            _decisions(texts, page),
            _forms(texts, page) if page.may_keep else None,
            tag("h2", texts("picture.problems")),
            tag("p", view.empty, class_="empty") if view.empty else None,
            _problems(texts, open_, page),
            tag(
                "details",
                tag("summary", texts("picture.more", n=len(folded))),
                _problems(texts, folded, page),
                class_="picture-more",
            )
            if folded
            else None,
            _how(texts, view),
        ]
    )


def pills(ways: Sequence[Way], *, label: str) -> Markup | None:
    """Write ways side by side, the one where one stands marked."""
    if not ways:
        return None
    links = (
        tag("a", way.label, href=way.href, class_="pill", aria_current="page" if way.current else None)
        for way in ways
    )
    return tag("nav", links, class_="kinds", aria_label=label)


def _lead(page: PicturePage) -> Markup:
    return tag(
        "section",
        tag("p", page.title, class_="picture-name") if page.title else None,
        tag("h1", page.view.sentence),
        tag("p", " ".join(page.view.basis), class_="basis"),
        tag("p", page.saved_note, class_="basis") if page.saved_note else None,
        class_="lead",
    )


def _ways(texts: Catalogue, page: PicturePage) -> Markup | None:
    ways = []
    for name, found in (("saved", page.saved), ("periods", page.periods)):
        if found:
            ways.append(
                tag(
                    "div",
                    tag("p", texts(f"picture.{name}"), class_="small"),
                    pills(found, label=texts(f"picture.{name}")),
                )
            )
    return tag("div", ways, class_="picture-ways") if ways else None


def _decisions(texts: Catalogue, page: PicturePage) -> Markup | None:
    if not page.key:
        return None
    names = ("problem", "decision", "why", "promises")
    rows = (_decision_row(texts, one) for one in page.decisions)
    return tag(
        "section",
        tag("h2", texts("picture.decisions")),
        tag("p", page.gaps, class_="remark") if page.gaps else None,
        tag(
            "table",
            tag(
                "thead",
                tag("tr", (tag("th", texts(f"picture.column.{name}"), scope="col") for name in names)),
            ),
            tag("tbody", rows),
            class_="picture-decisions",
        )
        if page.decisions
        else tag("p", page.undecided, class_="empty"),
        tag(
            "details",
            tag("summary", texts("picture.replaced_heading", n=len(page.replaced))),
            tag("ul", (tag("li", one, class_="small") for one in page.replaced)),
        )
        if page.replaced
        else None,
        class_="sheet",
    )


def _decision_row(texts: Catalogue, one: DecisionView) -> Markup:
    promises = [tag("li", tag("a", way.label, href=way.href)) for way in one.promises]
    return tag(
        "tr",
        tag("th", one.name, tag("span", one.order, class_="small"), scope="row"),
        tag(
            "td",
            tag("span", one.decision, class_="chosen" if one.chosen else "left-aside"),
            tag("span", one.meeting, class_="small"),
            data_label=texts("picture.column.decision"),
        ),
        tag("td", one.why or "–", data_label=texts("picture.column.why")),
        tag(
            "td",
            tag("ul", promises) if promises else None,
            tag("strong", one.gap) if one.gap else None,
            tag("a", one.to_promise.label, href=one.to_promise.href) if one.to_promise else None,
            None if promises or one.gap else "–",
            data_label=texts("picture.column.promises"),
        ),
    )


def _problems(texts: Catalogue, problems: Sequence[ProblemView], page: PicturePage) -> Markup | None:
    if not problems:
        return None
    return tag("ol", (_problem(texts, one, page) for one in problems), class_="picture-problems")


def _problem(texts: Catalogue, one: ProblemView, page: PicturePage) -> Markup:
    facts = (
        ("says", one.says, "survey"),
        ("found", one.found, "review"),
        ("recorded", one.recorded, "incident"),
    )
    places = (
        tag("li", tag("a", place.name, href=page.place_href.format(place.place_id)), f" {place.words}")
        for place in one.places
    )
    return tag(
        "li",
        tag(
            "div",
            tag("span", one.order, class_="picture-rank"),
            tag("h3", one.name),
            tag("span", one.order_range, class_="small") if one.order_range else None,
            tag("span", one.sure, class_=f"sureness {one.sureness}"),
            class_="picture-heading",
        ),
        tag(
            "div",
            (
                tag(
                    "div",
                    tag("h4", texts(f"picture.column.{name}")),
                    (tag("p", line) for line in lines),
                    class_=f"fact {stream}",
                )
                for name, lines, stream in facts
                if lines
            ),
            tag(
                "div",
                tag("h4", texts("picture.column.changed")),
                (_change(change) for change in one.changes),
                class_="fact",
            )
            if one.changes
            else None,
            class_="picture-facts",
        ),
        tag("ul", places, class_="picture-places small") if one.places else None,
        tag("p", one.no_places, class_="small") if one.no_places else None,
        class_="sheet picture-problem",
    )


def _change(change: ChangeLine) -> Markup:
    return tag(
        "p",
        tag("span", change.words, class_=f"change {change.verdict}"),
        tag("span", f" ({change.numbers})", class_="small") if change.numbers else None,
    )


def _how(texts: Catalogue, view: PictureView) -> Markup:
    rules = (
        tag("li", tag("strong", texts(f"picture.sure.{word}")), f" {texts(f'picture.sure_rule.{word}')}")
        for word in ("well", "fairly", "one_sided", "weakly", "too_few")
    )
    return tag(
        "section",
        (tag("p", one, class_="small") for one in view.notices),
        tag(
            "details",
            tag("summary", texts("picture.how")),
            (tag("p", one, class_="small") for one in view.how),
            tag("p", texts("picture.how_sure"), class_="small"),
            tag("ul", rules, class_="small"),
        ),
        class_="picture-how",
    )


def _forms(texts: Catalogue, page: PicturePage) -> Markup:
    if not page.key:
        of = "picture-save"
        fields = [
            text_field(texts, "name", of=of, room=ROOM),
            text_field(texts, "key", of=of, room=ROOM, hint=True, longest=80),
            text_field(texts, "first", of=of, room=ROOM, kind="date", value=page.first),
            text_field(texts, "last", of=of, room=ROOM, kind="date", value=page.last),
        ]
        saving = [tag("p", texts("picture_form.save_lead")), tag("div", fields, class_="round-fields")]
        form = sending_form(texts, of, saving, save="save", store="picture-sent", do="save", room=ROOM)
        return join(
            [
                tag("p", texts("picture_form.priorities"), class_="remark"),
                _sheet(texts("picture_form.save_heading"), form),
                tag(
                    "details",
                    tag("summary", texts("picture.withdrawn", n=len(page.withdrawn))),
                    tag("ul", (tag("li", one, class_="small") for one in page.withdrawn)),
                    class_="sheet folded",
                )
                if page.withdrawn
                else None,
            ]
        )
    of = "picture-decide"
    choices = (("", texts("picture_form.pick")), *page.problems)
    chosen = (("yes", texts("picture.chosen")), ("no", texts("picture.not_chosen")))
    inside: list[Markup | None] = [
        tag(
            "div",
            choice_field(texts, "problem", choices, of=of, room=ROOM),
            choice_field(texts, "chosen", chosen, of=of, room=ROOM),
            text_field(texts, "meeting", of=of, room=ROOM, value=texts("picture_form.council")),
            text_field(texts, "meeting_on", of=of, room=ROOM, kind="date"),
            text_field(texts, "decided_by", of=of, room=ROOM, hint=True),
            class_="round-fields",
        ),
        area_field(texts, "why", of=of, room=ROOM, hint=True),
        box("replace", "yes", texts("picture_form.replace"), ticked=False) if page.seen else None,
        hidden("seen", page.seen),
        hidden("picture", page.key),
    ]
    form = sending_form(texts, of, inside, save="decide", store="picture-sent", do="decide", room=ROOM)
    return join(
        [
            _sheet(texts("picture_form.decide_heading"), form),
            _withdrawal(texts, page) if page.may_withdraw else None,
        ]
    )


def _withdrawal(texts: Catalogue, page: PicturePage) -> Markup:
    """Write the form by which a picture that was saved by mistake is taken back."""
    of = "picture-withdraw"
    inside = [
        tag("p", texts("picture_form.withdraw_lead")),
        text_field(texts, "why", of=of, room=ROOM, longest=400, label_of="withdraw_why"),
        hidden("picture", page.key),
    ]
    form = sending_form(texts, of, inside, save="withdraw", store="picture-sent", do="withdraw", room=ROOM)
    return _sheet(texts("picture_form.withdraw_heading"), form)


def _sheet(heading: str, form: Markup) -> Markup:
    return tag("details", tag("summary", heading), form, class_="sheet folded")
