"""A traffic-environment review's checklist: what was looked at, what was lacking, and what weighs most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from etl.parse import code_words

if TYPE_CHECKING:
    from etl.rules import ChecklistRule
    from etl.validate import Findings

LACKING = "lacking"
NOTHING_LACKS = "other"
"""The category of a review that found nothing lacking."""
NOTHING_CALLED_FOR = "nothing_called_for"


def read_checklist(
    cells: pd.DataFrame, rule: ChecklistRule, findings: Findings
) -> tuple[pd.Series[str], pd.Series[str]]:
    """Read the items of every row; a word that the mapping does not know rejects the row.

    Returns
    -------
    checklist
        ``sight:lacking crossing:good`` in the order of the rule, items that were not looked at left out; null
        where none was; shape ``(n,)``.
    category
        That of the first item of the rule that lacks, `NOTHING_LACKS` where none does, null where nothing was
        looked at; shape ``(n,)``.
    """
    written = pd.Series([""] * len(cells), index=cells.index, dtype="str")
    category = pd.Series([None] * len(cells), index=cells.index, dtype="str")
    for item, column in rule.items.items():
        text = cells[column]
        found = code_words(text, rule.values)
        findings.reject(found.isna() & (text != ""), code="value_unknown", columns=[column])
        known = found.notna()
        written = written.where(~known, (written + f" {item}:" + found.fillna("")).str.strip())
        category = category.where(category.notna() | (found != LACKING) | ~known, rule.categories[item])
    looked_at = written != ""
    category = category.where(category.notna() | ~looked_at, NOTHING_LACKS)
    return written.where(looked_at, None), category


def settle_review(
    fields: dict[str, pd.Series], cells: pd.DataFrame, rule: ChecklistRule | None, findings: Findings
) -> None:
    """Put the checklist into `fields`, with the category and the status that follow where none is written."""
    if rule is None:
        fields["checklist"] = pd.Series([None] * len(cells), dtype="str")
        return
    checklist, category = read_checklist(cells, rule, findings)
    fields["checklist"] = checklist
    fields["category"] = fields["category"].fillna(category)
    findings.reject(fields["category"].isna(), code="value_missing", columns=list(rule.items.values()))
    nothing = checklist.notna() & ~checklist.fillna("").str.contains(f":{LACKING}", regex=False)
    fields["status"] = fields["status"].where(fields["status"].notna() | ~nothing, NOTHING_CALLED_FOR)
