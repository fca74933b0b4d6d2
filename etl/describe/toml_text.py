"""A proposed mapping written as TOML, with its reasons beside what they are about."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from etl.describe.drafts import Column, Draft
    from etl.describe.reasons import Say

BARE = re.compile(r"[A-Za-z0-9_-]+")
FIRST = ("title", "table", "stream", "id", "optional", "ignored")
"""Settings that stand before all sections."""
SECTIONS = ("reader", "split", "scope", "set_aside", "time", "location", "constants")
ON_ONE_LINE = 4
"""Headings in a list from which each stands on a line of its own, with its reason."""


def as_toml(draft: Draft, *, say: Say) -> str:
    """Write the mapping; what a person should look at stands first."""
    mapping = draft.mapping
    lines = [f"# {_line(say(one.code, one.values))}" for one in draft.doubts]
    lines += [""] if lines else []
    for name in FIRST:
        if name in mapping:
            lines += (
                _list(name, mapping[name], draft, say) if name == "ignored" else [_set(name, mapping[name])]
            )
    for name in SECTIONS:
        if mapping.get(name):
            lines += ["", f"[{name}]", *_settings(mapping[name], draft, say, at=name)]
    if "checklist" in mapping:
        lines += ["", "[checklist]"]
        for part in ("items", "categories", "values"):
            lines += ["", f"[checklist.{part}]", *(_set(*one) for one in mapping["checklist"][part].items())]
    for target, rule in mapping.get("fields", {}).items():
        lines += ["", f"[fields.{target}]", *_field(target, rule, draft, say)]
    for row in mapping.get("acceptance", ()):
        lines += ["", "[[acceptance]]", *(_set(name, value) for name, value in row.items())]
    return "\n".join(lines) + "\n"


def _settings(section: Mapping[str, Any], draft: Draft, say: Say, *, at: str) -> Iterator[str]:
    for name, value in section.items():
        column = draft.columns.get(value) if isinstance(value, str) else None
        if column is not None and column.becomes.startswith(at):
            yield f"# {_why(column, say)}"
        yield _set(name, value)


def _field(target: str, rule: Mapping[str, Any], draft: Draft, say: Say) -> Iterator[str]:
    heading = rule["column"][0] if isinstance(rule["column"], list) else rule["column"]
    yield f"# {_why(draft.columns[heading], say)}"
    values = rule.get("values")
    for name, value in rule.items():
        if name != "values":
            yield _set(name, value)
    for word in draft.open_words.get(target, ()):
        yield f"# {_key(word)} = ?"
    if values:
        yield ""
        yield f"[fields.{target}.values]"
        yield from (_set(word, code) for word, code in values.items())


def _list(name: str, values: list[str], draft: Draft, say: Say) -> Iterator[str]:
    yield f"{name} = ["
    for value in values:
        yield f"    {_value(value)}, # {_why(draft.columns[value], say)}"
    yield "]"


def _why(column: Column, say: Say) -> str:
    return _line("; ".join(say(one.code, one.values) for one in column.reasons))


def _line(text: str) -> str:
    """Keep a comment on one line: cells may hold line breaks and signs that TOML refuses."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _set(name: str, value: Any) -> str:
    return f"{_key(name)} = {_value(value)}"


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return repr(value)


def _text(value: str) -> str:
    """Write a string; a pattern stays readable within single quotes."""
    if "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
