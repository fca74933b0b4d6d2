"""The weights of the three streams: one slider each, read by ``assets/problembild.js``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.weights import Slider, WeightsView


def weights_form(texts: Catalogue, view: WeightsView | None) -> Markup | str:
    """Write the sliders; nothing where there is nothing to move."""
    if view is None:
        return ""
    back = tag(
        "button", texts("weights.usual"), type="button", class_="tool", data_usual=True, hidden=not view.moved
    )
    return tag(
        "form",
        tag(
            "fieldset",
            tag("legend", texts("weights.heading")),
            tag("p", texts("weights.note"), class_="small"),
            tag("div", (_slider(texts, one, view) for one in view.sliders), class_="sliders"),
            back,
        ),
        class_="weights",
        data_usual_weights=view.usual,
    )


def _slider(texts: Catalogue, one: Slider, view: WeightsView) -> Markup:
    idle = tag("span", texts("weights.idle"), class_="small") if one.idle else None
    return tag(
        "label",
        tag("span", one.label),
        tag(
            "span",
            tag(
                "input",
                type="range",
                name=one.word,
                min="0",
                max=view.top,
                step=view.step,
                value=one.value,
                disabled=one.idle,
            ),
            tag("output", one.shown),
            class_="slider",
        ),
        idle,
        class_="weigh",
    )
