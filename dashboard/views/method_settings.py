"""What a method was run with and what it chose itself, in words: a setting is a code and a value."""

from __future__ import annotations

from ast import literal_eval
from typing import TYPE_CHECKING, Any

from geodata.codes import SHARES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts.catalogue import Catalogue

NOTHING = frozenset({"None", "–", ""})
"""Values that set nothing: what was chosen in their stead is a setting of its own."""

SEVERITY = "weight_"


def setting_words(texts: Catalogue, settings: Iterable[tuple[str, str]]) -> str:
    """Say settings after one another; what sets nothing is left out."""
    return "; ".join(_said(texts, code, value) for code, value in settings if value not in NOTHING)


def _said(texts: Catalogue, code: str, value: str) -> str:
    if code.startswith(SEVERITY):
        severity = texts(f"severity.{code.removeprefix(SEVERITY)}").lower()
        return texts("setting.weight", severity=severity, value=_written(texts, code, value))
    return texts(f"setting.{code}", value=_written(texts, code, value))


def _written(texts: Catalogue, code: str, value: str) -> str:
    """Write a value as the language does; text that is no value of Python's stands as it is."""
    try:
        read = literal_eval(value)
    except (ValueError, SyntaxError):
        return texts(f"setting_value.{value}") if f"setting_value.{value}" in texts else value
    return _value(texts, code, read)


def _value(texts: Catalogue, code: str, read: Any) -> str:
    if isinstance(read, bool):
        return texts("setting_value.yes" if read else "setting_value.no")
    if isinstance(read, tuple):
        return texts.form.listing([_value(texts, code, one) for one in read])
    if code in SHARES:
        return texts.form.share(read)
    decimals = 0 if float(read).is_integer() or read >= 100 else 1
    return texts.form.number(read, decimals=decimals)
