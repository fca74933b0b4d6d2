"""The plan page's markup: figures, promises, weeks as columns with cards, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.components.markup import join, tag
from dashboard.field.addresses import FILE_PATH, PAGE

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.plan import DayColumn, PlanView, SlotCard, WeekRow
    from dashboard.views.plan_promises import PromiseRow


def plan_body(texts: Catalogue, view: PlanView, *, search: str, said: str = "", fault: str = "") -> Markup:
    """Write the whole page.

    Parameters
    ----------
    search
        The query of the address, for the links to places.
    said, fault
        What came of the last click.
    """
    return join(
        [
            tag(
                "section",
                tag("h1", view.sentence),
                (tag("p", one, class_="basis") for one in view.basis),
                (tag("p", one, class_="remark") for one in view.notices if one != fault),
                class_="lead",
            ),
            tag("p", said, class_="said", role="status") if said else None,
            tag("p", fault, class_="fault", role="alert") if fault else None,
            _making(texts, view),
            _out(texts, view, search),
            tag("div", _figures(texts, view), _promises(texts, view), class_="plan-facts"),
            (_week(texts, week, search) for week in view.weeks),
        ]
    )


def _making(texts: Catalogue, view: PlanView) -> Markup:
    """Write how a plan is made and made anew; while it is worked out the button says so."""
    busy = texts("plan.busy")
    start = tag(
        "label",
        tag("span", texts("plan.starts")),
        tag(
            "select",
            (tag("option", words, value=value) for value, words in view.first_days),
            id="plan-first",
        ),
    )
    make = tag(
        "button",
        texts("plan.make"),
        type="button",
        class_="button" if view.can_replan else "button primary",
        data_act="make",
        data_busy=busy,
        data_sure=view.sure or None,
    )
    again = tag(
        "button",
        texts("plan.replan"),
        type="button",
        class_="button primary",
        data_act="replan",
        data_busy=busy,
    )
    return tag(
        "section",
        tag("div", again if view.can_replan else None, class_="buttons") if view.can_replan else None,
        tag("p", texts("plan.replan_note"), class_="small") if view.can_replan else None,
        tag("div", start, make, class_="plan-make"),
        tag("p", "", class_="remark", role="status", data_working=texts("plan.working")),
        class_="plan-making",
        aria_label=texts("plan.making"),
    )


def _out(texts: Catalogue, view: PlanView, search: str) -> Markup | None:
    """Write how the plan is taken along: on the telephone, in a calendar, in a navigator, on a map."""
    if view.span is None:
        return None
    first, last = view.span
    files = (
        tag(
            "a",
            texts(f"plan.out.{form}"),
            href=_with(f"{FILE_PATH}.{form}", search, dag=first, till_dag=last),
            download=True,
        )
        for form in ("ics", "gpx", "geojson")
    )
    return tag(
        "section",
        tag("h2", texts("plan.out_heading")),
        tag(
            "p",
            tag("a", texts("plan.out.telephone"), href=f"{PAGE}{search}", target="_self"),
            files,
            class_="plan-out",
        ),
        tag("p", texts("plan.out_note"), class_="small"),
    )


def _with(path: str, search: str, **more: str) -> str:
    return f"{path}{search or '?'}{'&' if search else ''}{urlencode(more)}"


def _figures(texts: Catalogue, view: PlanView) -> Markup | None:
    if not view.bars:
        return None
    rows = (
        tag(
            "li",
            tag("span", bar.label),
            tag("span", tag("span", style=f"width:{100 * bar.share:.0f}%"), class_="meter"),
            tag("strong", bar.value),
            class_="own" if bar.own else None,
        )
        for bar in view.bars
    )
    return tag(
        "section",
        tag("h2", texts("plan.figures")),
        tag("ul", rows, class_="plan-bars"),
        tag("p", view.bars_note, class_="small"),
        tag("p", texts("plan.figures_note"), class_="small"),
    )


def _promises(texts: Catalogue, view: PlanView) -> Markup | None:
    if not view.promises:
        return None
    return tag(
        "section",
        tag("h2", texts("plan.promises")),
        tag("ul", (_promise(one) for one in view.promises), class_="plan-promises"),
    )


def _promise(row: PromiseRow) -> Markup:
    return tag(
        "li",
        tag("span", row.name),
        tag("span", tag("span", style=f"width:{100 * row.share:.0f}%"), class_="meter"),
        tag("strong", row.planned),
        tag("p", row.hindrance, class_="remark") if row.hindrance else None,
    )


def _week(texts: Catalogue, week: WeekRow, search: str) -> Markup:
    inside = (
        tag("div", (_day(texts, day, search) for day in week.days), class_="plan-week")
        if week.days
        else tag("p", texts("plan.week_empty"), class_="empty")
    )
    return tag(
        "details",
        tag("summary", tag("h2", week.heading), tag("span", week.summary, class_="small")),
        inside,
        open=week.is_open,
        class_="plan-weeks",
    )


def _day(texts: Catalogue, day: DayColumn, search: str) -> Markup:
    return tag(
        "section",
        tag("h3", tag("span", day.name, class_="weekday"), tag("span", day.day, class_="small")),
        tag("ul", (_card(texts, card, search) for card in day.cards)),
        tag(
            "a",
            texts("plan.sheet"),
            href=_with(f"{FILE_PATH}.pdf", search, dag=day.sheet),
            target="_blank",
            aria_label=texts("plan.sheet_of", day=f"{day.name} {day.day}"),
            class_="onward",
        )
        if day.sheet
        else None,
        class_="plan-day",
    )


def _card(texts: Catalogue, card: SlotCard, search: str) -> Markup:
    buttons = (
        tag(
            "button",
            texts(f"plan.act.{act}"),
            type="button",
            class_="link",
            data_act=act,
            data_slot=card.slot_id,
            data_revision=card.revision,
            aria_label=texts("plan.act_of", act=texts(f"plan.act.{act}"), time=card.time, place=card.place),
        )
        for act in card.acts
    )
    why = tag(
        "details",
        tag("summary", texts("plan.why")),
        tag("ul", (tag("li", one) for one in card.why)),
        class_="small",
    )
    return tag(
        "li",
        tag(
            "p",
            tag("strong", card.time),
            tag("span", card.status, class_="state") if card.state != "planned" else None,
            class_="when",
        ),
        tag("a", card.place, href=f"/platser/{card.place_id}{search}"),
        tag("p", card.what),
        tag("p", card.how, class_="small"),
        tag("p", card.stand, class_="small") if card.stand else None,
        why if card.why else None,
        tag("div", buttons, class_="acts") if card.acts else None,
        class_=f"plan-card {card.state}",
    )
