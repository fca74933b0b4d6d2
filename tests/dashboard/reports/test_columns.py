"""Columns of a report's tables: no word is broken where the line has room for all."""

import pytest

from dashboard.reports.columns import LINE_EM, PADDING_EM, fitted
from dashboard.reports.document import lay_report
from dashboard.reports.report import Cell, Report, Section, Table
from dashboard.texts.catalogue import catalogue

SWEDISH = catalogue("sv")
HEADINGS = ("Problem", "Invånarnas ordning", "Beslut", "Varför")
ROWS = (("Buskörning", "2", "Inte valt", Cell("Återkommer.", small=("Svarar på det: Buskörning.",))),)


def table(headings=HEADINGS, rows=ROWS, widths=(24, 12, 14, 50)):
    return Table("Valt och inte valt", headings, rows, widths)


def lines_of(made):
    """The lines of text as they are laid on paper."""
    laid = lay_report(SWEDISH, Report("T", "S", (), (Section("H", (made,)),), "F"))
    found = []

    def walk(box):
        if type(box).__name__ == "TextBox":
            found.append(box.text)
        for child in getattr(box, "children", ()):
            walk(child)

    for page in laid.pages:
        walk(page._page_box)
    return found


def test_a_heading_is_not_broken_inside_a_word():
    found = lines_of(table())
    assert "Invånarnas" in " ".join(found).split()
    assert not any(one.endswith("Invånarna") for one in found)


def test_what_one_column_gets_the_others_lose_and_all_stays_one_line():
    before, after = table().widths, fitted(table())
    assert sum(after) == pytest.approx(sum(before))
    assert after[1] > before[1]
    assert all(new <= old for at, (new, old) in enumerate(zip(after, before, strict=True)) if at != 1)
    enough = table(widths=(24, 20, 14, 42))
    assert fitted(enough) == pytest.approx(enough.widths)


def test_days_and_ranges_stay_whole_and_compounds_may_break_at_their_hyphen():
    day = "17\N{NO-BREAK SPACE}november\N{NO-BREAK SPACE}2026"
    rows = (("x", f"Tisdag {day}"), ("y", "(40–71)"), ("kvälls- och nattarbete", "z"))
    left, right = fitted(table(("A", "B"), rows, widths=(95, 5)))
    assert right > 100 * (8 + PADDING_EM) / LINE_EM
    assert left + right == pytest.approx(100)


def test_words_too_long_for_the_line_are_left_as_they_were():
    long = "Barnkonsekvensanalysförfarandena" * 2
    made = table(("A", "B"), ((long, long),), widths=(50, 50))
    assert fitted(made) == (50.0, 50.0)
    assert any(one.startswith("Barnkonsekvens") for one in lines_of(made))  # broken, never cut off


def test_without_widths_the_words_decide():
    assert fitted(table(widths=())) == ()
