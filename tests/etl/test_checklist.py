"""A review's checklist gives its category and its status, and nothing is read that is not written."""

import pandas as pd
import pytest
from pydantic import ValidationError

from etl.checklist import settle_review
from etl.rules import ChecklistRule
from etl.validate import Findings

RULE = {
    "items": {"speed": "Fart", "sight": "Sikt"},
    "categories": {"speed": "traffic_speed", "sight": "environment_no_overview"},
    "values": {"Bra": "good", "Brist": "lacking", "Ej aktuellt": "not_relevant"},
}


def settled(
    speed: str, sight: str, *, category: str | None = None, status: str | None = None
) -> tuple[dict[str, object], Findings]:
    cells = pd.DataFrame({"Fart": [speed], "Sikt": [sight]}, dtype="str")
    findings = Findings(cells, excused=cells["Fart"] == "-")
    fields = {"category": pd.Series([category], dtype="str"), "status": pd.Series([status], dtype="str")}
    settle_review(fields, cells, ChecklistRule(**RULE), findings)
    return {
        name: values.astype(object).where(values.notna(), None)[0] for name, values in fields.items()
    }, findings


@pytest.mark.parametrize(
    ("speed", "sight", "checklist", "category", "status"),
    [
        ("Brist", "Brist", "speed:lacking sight:lacking", "traffic_speed", None),
        ("bra", "BRIST", "speed:good sight:lacking", "environment_no_overview", None),
        ("Bra", "Ej aktuellt", "speed:good sight:not_relevant", "other", "nothing_called_for"),
        ("", "Bra", "sight:good", "other", "nothing_called_for"),
    ],
)
def test_the_first_item_that_lacks_gives_the_category(
    speed: str, sight: str, checklist: str, category: str, status: str | None
) -> None:
    fields, findings = settled(speed, sight)
    assert fields == {"checklist": checklist, "category": category, "status": status}
    assert not findings.rejected.any()


def test_a_category_and_a_status_that_are_written_stand() -> None:
    fields, _ = settled("Bra", "Bra", category="traffic_heavy", status="built")
    assert (fields["category"], fields["status"]) == ("traffic_heavy", "built")


@pytest.mark.parametrize(("speed", "sight"), [("", ""), ("sådär", "Bra")])
def test_a_review_that_says_nothing_or_says_it_otherwise_is_rejected(speed: str, sight: str) -> None:
    _, findings = settled(speed, sight)
    assert findings.rejected.tolist() == [True]


@pytest.mark.parametrize(
    "change",
    [
        {"items": {"speed": "Fart", "noise": "Buller"}},
        {"items": {"speed": "Fart"}},
        {"categories": {"speed": "traffic_speed", "sight": "ufo"}},
        {"values": {"Bra": "fine"}},
    ],
)
def test_a_checklist_that_does_not_hold_together_is_refused(change: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        ChecklistRule(**(RULE | change))
