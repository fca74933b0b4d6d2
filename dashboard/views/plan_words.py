"""Why a slot is where it is, in words: for the page, the command line and the patrol sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.evidence.windows import SAID, Window
from geodata.schema import Stream

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.targeting.slot import Reason


def reason_words(texts: Catalogue, reason: Reason) -> str:
    """Say one reason; empty for a code that the catalogue does not know."""
    values = dict(reason.values)
    if reason.code == "window":
        return _window(texts, values)
    if reason.code == "risk_evening":
        return texts("plan_reasons.risk_evening", evening=texts(f"risk_evening_one.{values['evening']}"))
    if reason.code == "turn":
        return texts("plan_reasons.turn", moment=texts(f"plan_moment.{values['moment']}"))
    if reason.code in {"expected", "long_ago"}:
        return texts(f"plan_reasons.{reason.code}", n=int(next(iter(values.values()))))
    key = f"plan_reasons.{reason.code}"
    return texts(key, **values) if key in texts else ""


def _window(texts: Catalogue, values: dict[str, str | float | int]) -> str:
    """Say the window and what lies in it: ``Vardagar kl. 07.30–08.30: 14 av 31 svar och 5 av 9 tillbud``."""
    window = Window(
        weekdays=tuple(int(day) for day in str(values["weekdays"]).split(",")),
        from_minute=int(values["from_minute"]),
        to_minute=int(values["to_minute"]),
    )
    counts = [
        texts(f"place.window_{stream}", count=int(values[f"{stream}_count"]), n=int(values[f"{stream}_of"]))
        for stream in (*Stream, SAID)
        if f"{stream}_of" in values
    ]
    if not counts:
        return texts("plan_reasons.window_bare", window=window)
    said = texts("plan_reasons.window", window=window, counts=texts.form.listing(counts))
    return said[:1].upper() + said[1:]
