"""Whether something helped: a sentence a stream, its range on a scale, its base, and the form to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.desk import field, text_input
from dashboard.components.markup import join, tag
from dashboard.views.asked_work import AGAINST, BEGAN, DONE, MONTHS, PLACE
from dashboard.views.effect_range import MIDDLE

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.effect import EffectItem, EffectView
    from dashboard.views.effect_range import DrawnRange
    from dashboard.views.effects import AskForm, Choice, EffectsView

FORM = "ask"


def effect_lead(view: EffectsView) -> Markup:
    """Write the page's first sentence, and when the work was that it speaks of."""
    when = view.asked.when if view.asked else None
    return join([tag("h1", view.sentence), tag("p", when, class_="basis") if when else None])


def effects(texts: Catalogue, view: EffectsView) -> Markup:
    """Write what is asked, the recorded work and the form."""
    asked = (
        tag("section", _work(texts, view.asked, open_=True), class_="effect-asked") if view.asked else None
    )
    works = [tag("article", _titled(texts, one), class_="effect-work") for one in view.works]
    recorded = tag(
        "section",
        tag("h2", texts("effect.list_heading")),
        tag("p", texts("effect.list_note"), class_="small") if works else None,
        works or tag("p", view.empty, class_="empty"),
    )
    form = _form(texts, view.form) if view.form else None
    first = asked or (view.form is not None and view.form.fault)
    return join([asked, form, recorded] if first else [recorded, form])


def _titled(texts: Catalogue, view: EffectView) -> Markup:
    head = join([tag("h3", view.title), tag("p", view.when, class_="small")])
    return join([head, _work(texts, view, open_=False)])


def _work(texts: Catalogue, view: EffectView, *, open_: bool) -> Markup:
    """Write one answer; in a list the first sentence stands as text, as a page's it is the heading."""
    return join(
        [
            tag("p", view.empty, class_="remark") if view.empty else None,
            tag(
                "div",
                [_item(item, heads=open_ and at == 0) for at, item in enumerate(view.items)],
                class_="effect-items",
            ),
            tag(
                "details",
                tag("summary", texts("effect.how")),
                (
                    tag("p", tag("strong", f"{item.label}: "), " ".join(item.method), class_="small")
                    for item in view.items
                ),
                (tag("p", line, class_="small") for line in view.method),
                class_="effect-how",
            ),
        ]
    )


def _item(item: EffectItem, *, heads: bool) -> Markup:
    """Write one stream; a sentence that is the page's heading is not said twice."""
    return tag(
        "div",
        tag(
            "p",
            tag("span", tag("span", class_="mark", aria_hidden="true"), item.label, class_="effect-label"),
            " ",
            tag("span", item.verdict_word, class_=f"effect-verdict {item.verdict}"),
        ),
        None if heads else tag("p", item.sentence, class_="effect-sentence"),
        _scale(item.drawn, item.sentence) if item.drawn else None,
        tag("p", " ".join(item.basis), class_="small") if item.basis else None,
        (tag("p", caution, class_="remark") for caution in item.cautions),
        class_=f"effect-item {item.code} {item.verdict}",
    )


def _scale(drawn: DrawnRange, words: str) -> Markup:
    ticks = (
        tag("span", word, class_=f"tick {_end(at)}", style=f"left:{_percent(at)}") for word, at in drawn.ticks
    )
    lines = (tag("span", class_="step", style=f"left:{_percent(at)}") for _, at in drawn.ticks)
    dot = (
        tag("span", class_="effect-at", style=f"left:{_percent(drawn.at)}") if drawn.at is not None else None
    )
    reach = f"left:{_percent(drawn.low)};width:{_percent(drawn.high - drawn.low)}"
    return tag(
        "div",
        tag(
            "div",
            lines,
            tag("span", class_="expected", style="left:50.0%"),
            tag("span", class_="effect-range", style=reach),
            dot,
            class_="effect-track",
        ),
        tag("div", ticks, class_="axis"),
        class_="effect-scale",
        role="img",
        aria_label=words,
    )


def _end(at: float) -> str:
    """Say to which side the words of a tick are set, so that none reaches out of the scale."""
    return "first" if at <= 0 else "last" if at >= 1 else "between" if at != MIDDLE else ""


def _form(texts: Catalogue, form: AskForm) -> Markup:
    return tag(
        "section",
        tag("h2", texts("effect.form.heading")),
        tag(
            "form",
            (tag("input", type="hidden", name=key, value=value) for key, value in form.hidden),
            field(PLACE, texts("effect.form.place"), _select(PLACE, form.places, required=True), of=FORM),
            tag(
                "div",
                field(BEGAN, texts("effect.form.began"), _day(BEGAN, form.began, required=True), of=FORM),
                field(
                    DONE,
                    texts("effect.form.done"),
                    _day(DONE, form.done),
                    of=FORM,
                    hint=texts("effect.form.done_hint"),
                ),
                field(MONTHS, texts("effect.form.months"), _select(MONTHS, form.months), of=FORM),
                field(AGAINST, texts("effect.form.against"), _select(AGAINST, form.against), of=FORM),
                class_="round-fields",
            ),
            tag("p", form.fault, class_="fault", role="alert") if form.fault else None,
            tag("button", texts("effect.form.ask"), type="submit", class_="button primary"),
            method="get",
            action="/effekt",
            id=FORM,
            class_="sheet",
        ),
    )


def _select(name: str, choices: tuple[Choice, ...], *, required: bool = False) -> Markup:
    options = (tag("option", one.label, value=one.value, selected=one.chosen) for one in choices)
    return tag("select", options, id=f"{FORM}-{name}", name=name, required=required)


def _day(name: str, value: str, *, required: bool = False) -> Markup:
    if required:
        return tag("input", type="date", id=f"{FORM}-{name}", name=name, value=value, required=True)
    return text_input(name, of=FORM, value=value, kind="date")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
