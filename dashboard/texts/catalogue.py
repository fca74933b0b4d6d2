"""The text catalogue: a key and its values in, a finished sentence out."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING, Any

from dashboard.texts.formats import FORMATS, Format
from geodata.evidence.windows import Window
from geodata.periods import Period, TimeWindow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.errors import ProblembildError

_PLURAL = frozenset({"one", "other"})
_COUNT = "n"


class _Writer(Formatter):
    """Writes a value as the language does, by its type.

    ``{x:1}`` with one decimal, ``{x:share}`` as a share, ``{x:chance}`` as a probability.
    """

    def __init__(self, form: Format) -> None:
        self.form = form

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self._write_other(value)
        if format_spec == "share":
            return self.form.share(value)
        if format_spec == "chance":
            return self.form.chance(value)
        if format_spec == "plain":
            return str(value)
        return self.form.number(value, decimals=int(format_spec or 0))

    def _write_other(self, value: Any) -> str:
        match value:
            case date():
                return self.form.day(value)
            case Period():
                return self.form.period(value)
            case TimeWindow():
                return self.form.window(value)
            case Window():
                return self.form.pass_window(value)
        return str(value)


class Catalogue:
    """The words of one language.

    Parameters
    ----------
    language
        ``sv`` or ``en``.
    entries
        Key (``map.title``) → text with ``{placeholders}``, or ``{"one": …, "other": …}`` chosen by ``n``.
    """

    def __init__(self, language: str, entries: Mapping[str, str | dict[str, str]]) -> None:
        self.language = language
        self.form = FORMATS[language]
        self._entries = entries
        self._writer = _Writer(self.form)

    def __call__(self, key: str, /, **values: object) -> str:
        """Say the text of `key`.

        Raises
        ------
        KeyError
            When the catalogue lacks the key, or the text a value.
        """
        entry = self._entries[key]
        if isinstance(entry, dict):
            entry = entry["one" if values[_COUNT] == 1 else "other"]
        return self._writer.vformat(entry, (), values)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    @property
    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(self._entries)

    def entry(self, key: str) -> str | dict[str, str]:
        """Return the text of `key` as it stands in the file, placeholders and all."""
        return self._entries[key]

    def group(self, prefix: str) -> dict[str, str]:
        """Say every text below `prefix` that needs no values, keyed by the rest of its key."""
        start = f"{prefix}."
        return {key.removeprefix(start): self(key) for key in self._entries if key.startswith(start)}

    def error(self, error: ProblembildError) -> str:
        """Say what went wrong; an error that is not in the catalogue says it in its own English."""
        key = f"errors.{error.code}"
        return self(key, **error.values) if key in self else error.sentence


@lru_cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language, read once."""
    text = files("dashboard.texts").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return Catalogue(language, _flat(tomllib.loads(text), ""))


def _flat(table: dict[str, Any], prefix: str) -> dict[str, str | dict[str, str]]:
    found: dict[str, str | dict[str, str]] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, str) or (isinstance(value, dict) and set(value) == _PLURAL):
            found[key] = value
        else:
            found.update(_flat(value, f"{key}."))
    return found
