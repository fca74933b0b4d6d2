"""The fields of a mapping from the columns taken for them, and ids that need two columns."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from etl.describe.coding import words_of
from etl.describe.lexicon import lexicon
from etl.describe.scoring import ABOUT, ID_LENGTH, reasons
from etl.vocabulary import DAYS, NUMBERS, TARGETS, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from etl.describe.drafts import Draft
    from etl.describe.profile import Profile
    from etl.describe.scoring import Guess
    from etl.readers.raw_table import RawTable

SHORT = 2
"""Letters of what tells two columns of one text apart: ``(P)`` and ``(S)``."""


def fill_fields(
    draft: Draft,
    guesses: Mapping[str, Guess],
    found: Mapping[str, Profile],
    raw: RawTable,
    *,
    order: str | None,
) -> None:
    """Put every guess that is a field of the table into the mapping; `order` of days where it was told."""
    fields: dict[str, dict[str, Any]] = {}
    for target in TARGETS[draft.mapping["table"]]:
        guess = guesses.get(target)
        if guess is None:
            continue
        heading = guess.heading
        if target in VOCABULARY:
            rule = words_of(draft, target, heading, raw)
            if not rule["values"]:
                continue
        else:
            rule = {"column": heading}
        pattern = _pattern(target, found[heading])
        if pattern:
            rule["pattern"] = pattern
        if target in DAYS:
            rule["formats"] = list(found[heading].layouts.in_order(order).days)
        fields[target] = rule
        why = reasons(target, found[heading])
        draft.use(heading, f"fields.{target}", *why, score=guess.score, others=guess.others)
    draft.mapping["fields"] = fields


def _pattern(target: str, profile: Profile) -> str:
    """Return what takes a number out of cells that hold more than one; empty where they hold it alone."""
    if target not in NUMBERS:
        return ""
    known = next((role.pattern for role in lexicon().roles if role.name == target), "")
    if known and profile.share(rf".*(?:{known}).*"):
        return known
    return r"([0-9][0-9 ]*)" if profile.share(ABOUT) else ""


def join_texts(draft: Draft, found: Mapping[str, Profile]) -> None:
    """Join texts that stand in columns of one name but for a letter or two at the end."""
    rule = draft.mapping["fields"].get("text")
    if rule is None:
        return
    stem = _stem(found[rule["column"]].folded)
    alike = [
        heading
        for heading, profile in found.items()
        if stem
        and _stem(profile.folded) == stem
        and (heading == rule["column"] or heading not in draft.columns)
    ]
    if len(alike) > 1:
        why = reasons("text", found[rule["column"]])
        rule["column"] = alike
        for heading in alike:
            draft.use(heading, "fields.text", *why)


def _stem(folded: str) -> str:
    tokens = folded.split()
    return " ".join(tokens[:-1]) if len(tokens) > 1 and len(tokens[-1]) <= SHORT else ""


def find_pair(
    raw: RawTable, found: Mapping[str, Profile], *, taken: Collection[str]
) -> tuple[str, str] | None:
    """Find two columns that make an id together: a number within a group, and the group."""
    known = next(role for role in lexicon().roles if role.name == "id")
    able = [
        one
        for one in found.values()
        if one.filled == 1.0
        and one.length <= ID_LENGTH
        and not one.layouts.share
        and one.heading not in taken
    ]
    order = list(found)
    pairs = sorted(
        (
            (known.heading(first.folded) + known.heading(second.folded), first.heading, second.heading)
            for first, second in combinations(able, 2)
            if known.heading(first.folded) or known.heading(second.folded)
        ),
        key=lambda one: (-one[0], order.index(one[1])),
    )
    for _, first, second in pairs:
        if not raw.cells.duplicated([first, second]).any():
            return first, second
    return None
