"""A lexicon: which words tell what a text is about, shipped by language and changed by a municipality."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.themes.entries import parse_entry
from etl.themes.occurrences import Vocabulary
from geodata.codelists import PROPOSALS
from geodata.errors import ProjectError
from geodata.schema import GROUP_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.themes.entries import Entry

SHIPPED = Path(__file__).parents[1] / "lexicon"
OWN_FILE = "lexicon.toml"
"""A municipality's own words, in its workspace."""

REMOVED = "removed"
"""The list, in any table of a municipality's own file, of shipped entries that shall not hold."""

GRAMMAR = ("negators", "excused", "being", "breaks", "lacking", "asking", "places", "nothing")
LISTS = {"problems": ("says", "lacks"), "proposals": ("says", "asks")}
"""What a table may hold: words that say it, and things whose lack, or that being asked for, says it."""

CODES = {"problems": tuple(GROUP_OF), "proposals": PROPOSALS}

Written = dict[tuple[str, str, str], list[str]]
"""Table (``problems``), code (``traffic_speed``) and list (``says``) → entries as they are written."""


@dataclass(frozen=True)
class Lexicon:
    """Entries by table, code and list; the grammar's stand under ``grammar`` and no code."""

    entries: dict[tuple[str, str, str], tuple[Entry, ...]]
    language: str

    def grammar(self, name: str) -> tuple[Entry, ...]:
        """Return one of the lists of `GRAMMAR`."""
        return self.entries.get(("grammar", "", name), ())

    def rules(self, table: str, name: str) -> Iterator[tuple[str, Entry]]:
        """Return code and entry of every list `name` in `table`."""
        for (where, code, which), entries in self.entries.items():
            if where == table and which == name:
                yield from ((code, entry) for entry in entries)

    @cached_property
    def every(self) -> tuple[Entry, ...]:
        """All entries."""
        return tuple(entry for entries in self.entries.values() for entry in entries)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all entries, ready to be found."""
        return Vocabulary((word for entry in self.every for word in entry.words), self.language)


@lru_cache(maxsize=4)
def shipped_lexicon(language: str = "sv") -> Lexicon:
    """Return the shipped lexicon of a language, read once."""
    return read_lexicon(language=language)


def read_lexicon(workspace: Path | None = None, *, language: str = "sv") -> Lexicon:
    """Read the shipped lexicon of a language, with a municipality's own changes.

    Raises
    ------
    ProjectError
        ``mapping_not_toml``, ``mapping_invalid``.
    """
    own = workspace / OWN_FILE if workspace is not None else None
    changes = own.read_bytes() if own is not None and own.is_file() else None
    return _lexicon((SHIPPED / f"{language}.toml").read_bytes(), changes, language)


@lru_cache(maxsize=4)
def _lexicon(shipped: bytes, own: bytes | None, language: str) -> Lexicon:
    """Read a lexicon once for as long as its files hold the same."""
    written: Written = {}
    file = f"{language}.toml"
    _add(written, _read(shipped, file=file), file=file)
    if own is not None:
        file = OWN_FILE
        _add(written, _read(own, file=file), file=file)
    return Lexicon(
        {
            where: tuple(_entry(text, language, where, file=file) for text in texts)
            for where, texts in written.items()
        },
        language,
    )


def _read(content: bytes, *, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except ValueError as error:  # broken TOML, or bytes that are no UTF-8
        raise ProjectError(
            "mapping_not_toml", f"{file} is not valid TOML: {error}.", file=file, problem=str(error)
        ) from error


def _add(written: Written, data: dict[str, Any], *, file: str) -> None:
    """Add a file's entries to those that are there, and take out those that it removes."""
    for table, content in data.items():
        if table not in {"grammar", *LISTS} or not isinstance(content, dict):
            raise _invalid(file, table, "there is no such table; use grammar, problems, proposals", content)
        if table == "grammar":
            _add_lists(written, content, table, "", GRAMMAR, file=file)
            continue
        for code, lists in content.items():
            if code not in CODES[table] or not isinstance(lists, dict):
                known = ", ".join(CODES[table])
                raise _invalid(file, f"{table}.{code}", f"there is no such code; known: {known}", lists)
            _add_lists(written, lists, table, code, LISTS[table], file=file)


def _add_lists(
    written: Written, lists: dict[str, Any], table: str, code: str, known: tuple[str, ...], *, file: str
) -> None:
    for name, texts in lists.items():
        setting = ".".join(part for part in (table, code, name) if part)
        if name not in (*known, REMOVED):
            raise _invalid(file, setting, f"there is no such list; use {', '.join(known)}, {REMOVED}", name)
        if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
            raise _invalid(file, setting, "write a list of entries in quotation marks", texts)
        if name != REMOVED:
            written.setdefault((table, code, name), []).extend(texts)
    for text in lists.get(REMOVED, ()):
        holding = [written.get((table, code, name), []) for name in known]
        if not any(text in entries for entries in holding):
            raise _invalid(file, f"{table}.{code}.{REMOVED}", "there is no such entry to take out", text)
        for entries in holding:
            entries[:] = [entry for entry in entries if entry != text]


def _entry(text: str, language: str, where: tuple[str, str, str], *, file: str) -> Entry:
    try:
        return parse_entry(text, language)
    except ValueError as error:
        raise _invalid(file, ".".join(part for part in where if part), str(error), text) from error


def _invalid(file: str, setting: str, problem: str, value: object) -> ProjectError:
    return ProjectError(
        "mapping_invalid",
        f"{file}: {setting}: {problem} (found {value!r}).",
        file=file,
        setting=setting,
        problem=problem,
        value=str(value)[:80],
    )
