"""The weekly view: what was unusual, what was done, what comes, what to focus on, and the meeting's form."""

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
from dashboard.components.picture import pills
from geodata.promises.activity import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.week import CountLine, FocusView, ProposalView, WeekView

ROOM = "week_form"


def week_markup(
    texts: Catalogue,
    view: WeekView,
    *,
    problems: Sequence[tuple[str, str]],
    places: Sequence[tuple[int, str]],
    today: str,
) -> Markup:
    """Write the page.

    Parameters
    ----------
    problems, places
        What a focus can be on: code and name, id and name.
    today
        The local day, as the form has it to begin with.
    """
    return join(
        [
            pills(view.rooms, label=texts("picture.rooms")),
            tag(
                "section",
                tag("h1", view.sentence),
                tag("p", " ".join(view.basis), class_="basis"),
                class_="lead",
            ),
            pills(view.weeks, label=texts("week.weeks")),
            tag(
                "div",
                tag("div", _focus_sheet(texts, view), _proposals(texts, view), class_="week-column"),
                tag("div", _coming(view), _lagging(texts, view), class_="week-column"),
                class_="week-columns",
            ),
            _form(texts, view, problems=problems, places=places, today=today) if view.may_set else None,
            tag("h2", texts("week.counts")),
            tag(
                "div",
                _table(texts, "problem", view.problems),
                _table(texts, "place", view.places, rest=view.places_rest),
                class_="week-columns",
            )
            if view.problems
            else tag("p", texts("week.no_counts"), class_="empty"),
            tag("p", view.answers, class_="small"),
            (tag("p", one, class_="small") for one in view.notices),
            tag("h2", texts("week.done_heading")),
            tag("ul", (tag("li", one) for one in view.done), class_="week-list")
            if view.done
            else tag("p", texts("week.done_none"), class_="empty"),
            tag(
                "details",
                tag("summary", texts("picture.how")),
                tag("p", texts("week.how"), class_="small"),
                tag("p", texts("week.how_proposals"), class_="small"),
            ),
        ]
    )


def _focus_sheet(texts: Catalogue, view: WeekView) -> Markup:
    return tag(
        "section",
        tag("h2", view.next_heading),
        tag(
            "ul",
            (_focus(texts, one, monday=view.next_monday) for one in view.next_focus),
            class_="week-focus",
        )
        if view.next_focus
        else tag("p", texts("week.focus_none")),
        tag("h3", view.focus_heading) if view.focus else None,
        tag("ul", (_focus(texts, one, monday=view.next_monday) for one in view.focus), class_="week-focus")
        if view.focus
        else None,
        class_="sheet",
    )


def _focus(texts: Catalogue, one: FocusView, *, monday: str) -> Markup:
    form = None
    if one.focus_id is not None:
        form = sending_form(
            texts,
            f"week-withdraw-{one.focus_id}",
            [hidden("focus", str(one.focus_id)), hidden("week", monday)],
            save="withdraw",
            store="week-sent",
            do="withdraw",
            room=ROOM,
        )
    return tag(
        "li",
        tag("strong", one.what),
        tag("p", one.where),
        tag("p", one.why) if one.why else None,
        tag("p", one.meeting, class_="small"),
        form,
    )


def _proposals(texts: Catalogue, view: WeekView) -> Markup:
    return tag(
        "section",
        tag("h2", texts("week.proposals")),
        tag("ol", (_proposal(one) for one in view.proposals), class_="week-proposals")
        if view.proposals
        else tag("p", texts("week.proposals_none")),
        tag("p", texts("week.proposals_note"), class_="small"),
        class_="sheet",
    )


def _proposal(one: ProposalView) -> Markup:
    name = tag("a", one.name, href=one.href) if one.href else tag("strong", one.name)
    return tag("li", name, tag("ul", (tag("li", reason) for reason in one.reasons)))


def _coming(view: WeekView) -> Markup:
    return tag(
        "section",
        tag("h2", view.coming_heading),
        tag("ul", (tag("li", one) for one in view.coming), class_="week-list"),
        class_="sheet",
    )


def _lagging(texts: Catalogue, view: WeekView) -> Markup:
    lines = (tag("li", tag("a", name, href=href), tag("p", words)) for name, href, words in view.lagging)
    return tag(
        "section",
        tag("h2", texts("week.lagging_heading")),
        tag("ul", lines, class_="week-list") if view.lagging else tag("p", texts("week.lagging_none")),
        class_="sheet",
    )


def _table(texts: Catalogue, name: str, lines: Sequence[CountLine], *, rest: str = "") -> Markup:
    rows = (
        tag(
            "tr",
            tag("th", tag("a", one.name, href=one.href) if one.href else one.name, scope="row"),
            tag("td", one.count, class_="number"),
            tag("td", one.usual, class_="number"),
            tag("td", tag("span", one.word, class_=f"change {one.verdict}")),
        )
        for one in lines
    )
    names = (name, "count", "usual", "word")
    table = tag(
        "table",
        tag("thead", tag("tr", (tag("th", texts(f"week.column.{one}"), scope="col") for one in names))),
        tag("tbody", rows),
        class_="week-table",
    )
    return tag(
        "div",
        table if lines else tag("p", texts("week.places_none"), class_="empty"),
        tag("p", rest, class_="small") if rest else None,
    )


def _form(
    texts: Catalogue,
    view: WeekView,
    *,
    problems: Sequence[tuple[str, str]],
    places: Sequence[tuple[int, str]],
    today: str,
) -> Markup:
    of = "week-focus"
    everywhere = [("", texts("week.everywhere")), *((str(one), name) for one, name in places)]
    parties = [(str(party), texts(f"party.{party}")) for party in Party]
    fields = [
        text_field(texts, "what", of=of, room=ROOM),
        choice_field(texts, "problem", [("", texts("week_form.no_problem")), *problems], of=of, room=ROOM),
        choice_field(texts, "place", everywhere, of=of, room=ROOM),
        text_field(texts, "met_on", of=of, room=ROOM, kind="date", value=today),
    ]
    inside = [
        tag("div", fields, class_="round-fields"),
        boxes_field(texts, "parties", parties, of=of, room=ROOM),
        area_field(texts, "why", of=of, room=ROOM),
        hidden("week", view.next_monday),
    ]
    form = sending_form(texts, of, inside, save="save", store="week-sent", do="set", room=ROOM)
    return tag("details", tag("summary", texts("week_form.heading")), form, class_="sheet folded")
