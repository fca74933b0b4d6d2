"""Columns of code words: what each word of the file means, and which rows are no events of their own."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from etl.describe.lexicon import END, heading_score, lexicon
from etl.masking.mask import mask_text, mask_value
from etl.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from etl.describe.drafts import Draft
    from etl.describe.profile import Profile
    from etl.readers.raw_table import RawTable

MANY_UNKNOWN = 0.34
"""Share of the different words from which the column holds more kinds than ours: the rest count as other."""
FEW = 3
NAMED = 6
EMPTY = {"severity": "unknown", "category": "other"}
"""What an empty cell means, for the columns where it means something."""
CHECKED_ENOUGH = 0.8
CHECKED_COLUMNS = 3


def words_of(draft: Draft, target: str, heading: str, raw: RawTable) -> dict[str, Any]:
    """Return the rule of a column of codes: every known word of the file with its code."""
    cells = raw.cells[heading]
    # A word that points to a person must not stand in a mapping; its rows are rejected, and say so masked.
    words = [str(word) for word in cells.unique() if word and mask_text(str(word)) == word]
    aside = draft.mapping.get("set_aside", {}).get(heading, ())
    words = [word for word in words if not _fits(word, aside)]
    codes = {word: lexicon().code(target, word) for word in words}
    values = {word: code for word, code in codes.items() if code in VOCABULARY[target]}
    rule: dict[str, Any] = {"column": heading}
    unknown = [word for word in words if word not in values]
    shown = ", ".join(mask_value(word) for word in unknown[:NAMED])
    if unknown and target == "category" and len(unknown) >= FEW and len(unknown) > MANY_UNKNOWN * len(words):
        rule["unmatched"] = "other"
        draft.doubt("doubt_other", column=heading, value=shown)
    elif unknown:
        draft.open_words[target] = unknown
        draft.doubt("doubt_words", column=heading, value=shown)
    if target in EMPTY and (cells == "").any():
        rule["empty"] = EMPTY[target]
    return rule | {"values": values}


def find_aside(found: Mapping[str, Profile], category: str | None) -> dict[str, list[str]]:
    """Find the columns whose cells tell rows that are set aside, with all values that do."""
    aside: dict[str, list[str]] = {}
    for known in lexicon().aside:
        for heading, profile in found.items():
            by_category = "category" in known.headings and heading == category
            if not by_category and heading_score(profile.folded, known.headings) < END:
                continue
            if any(_fits(value, known.values) for value in profile.distinct):
                aside.setdefault(heading, []).extend(known.values)
    return aside


def find_checklist(found: Mapping[str, Profile]) -> dict[str, dict[str, str]] | None:
    """Find the columns of a checklist, in the order that its items weigh; None where there are few."""
    items: dict[str, str] = {}
    for known in lexicon().checked:
        for heading, profile in found.items():
            marked = profile.vocabularies.get("checked", 0.0) >= CHECKED_ENOUGH
            if marked and heading_score(profile.folded, known.headings) >= END and known.item not in items:
                items[known.item] = heading
    if len(items) < CHECKED_COLUMNS:
        return None
    words = {word for heading in items.values() for word in found[heading].distinct}
    codes = {word: lexicon().code("checked", word) for word in sorted(words)}
    return {
        "items": items,
        "categories": {known.item: known.category for known in lexicon().checked if known.item in items},
        "values": {word: code for word, code in codes.items() if code},
    }


def _fits(value: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(value.casefold(), pattern.casefold()) for pattern in patterns)
