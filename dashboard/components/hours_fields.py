"""Clock times with their weekdays, as one row of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.form_fields import boxes_field, text_field
from dashboard.components.markup import tag
from geodata.promises.scope import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue


def hours_row(texts: Catalogue, typed: Mapping[str, str], row: str, *, of: str) -> Markup:
    """Write a row of clock times with their weekdays."""
    weekdays = [(code, texts.form.days[number]) for number, code in enumerate(WEEKDAYS)]
    return tag(
        "div",
        tag(
            "div",
            (
                text_field(
                    texts,
                    f"{row}_{end}",
                    of=of,
                    kind="time",
                    label_of=end,
                    value=typed.get(f"{row}_{end}", ""),
                )
                for end in ("start", "end")
            ),
            class_="round-fields hours-row",
        ),
        boxes_field(
            texts,
            f"{row}_weekdays",
            weekdays,
            of=of,
            ticked=typed.get(f"{row}_weekdays", "").split(","),
            label_of="weekdays",
        ),
        class_="hours-fields",
    )
