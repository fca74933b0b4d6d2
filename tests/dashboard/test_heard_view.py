"""How it is said who has been heard."""

from dataclasses import replace

import pytest

from dashboard.components.heard import heard, heard_lead
from dashboard.views.heard import heard_view
from geodata.analyses.heard import HeardAnswer, PartHeard, ThemeHeard


@pytest.fixture
def answer():
    return HeardAnswer(
        division="schools",
        parts=(
            PartHeard(("Höglundaskolan",), 3000, 60, 0.45, 0.7, "less"),
            PartHeard(("Tegnérskolan", "Svanskogs skola"), 7000, 240, 1.0, 1.2, "as_many"),
        ),
        themes=(ThemeHeard("traffic", 0.5, 0.44),),
        bears=280,
        ages=(
            PartHeard(("0-14", "15-24"), 2800, 40, 0.3, 0.6, "less"),
            PartHeard(("65+",), 2200, 90, 0.9, 1.3, "as_many"),
        ),
        aged=320,
        weighted_by="part",
        collected=(("Stortorget <b>", 1200),),
        placed=300,
        answers=340,
    )


def test_it_opens_on_whom_little_is_heard_about(swedish, answer):
    view = heard_view(swedish, answer)
    assert view.sentence == (
        "Minst hörs om trakten kring Höglundaskolan: där bor 30\xa0% av de boende, "
        "men bara 20\xa0% av svaren handlar om platser där. "
        "Minst hörs åldrarna under 25 år, mot hur många de är."
    )
    assert view.basis[0] == "300 av 340 enkätsvar har en plats och räknas här."
    assert view.parts.rows[0] == ("Höglundaskolan", "3\xa0000", "60", "Hörs mindre (0,5–0,7 gånger)")
    assert view.parts.rows[1][0] == "Tegnérskolan och Svanskogs skola"
    assert any("sammanslagna" in caution for caution in view.cautions)
    assert view.ages.rows[0] == ("Under 25 år", "2\xa0800", "40", "Hörs mindre (0,3–0,6 gånger)")
    assert view.ages.rows[1][0] == "65 år och äldre"
    assert view.ages.notes[-1] == "320 av 340 svar anger ålder."


def test_onlookers_get_words_and_rounded_counts(swedish, answer):
    parts = tuple(replace(part, low=None, high=None) for part in answer.parts)
    view = heard_view(swedish, replace(answer, parts=parts, placed=None, answers=None, bears=None))
    assert view.sentence.startswith("Minst hörs om trakten kring Höglundaskolan, jämfört med hur många")
    assert view.parts.rows[0][3] == "Hörs mindre"
    assert "avrundade" in view.basis[-1]
    assert len(view.themes.notes) == 1


def test_without_ages_it_is_said_what_they_take(swedish, answer):
    view = heard_view(swedish, replace(answer, ages=(), aged=0))
    assert not view.ages.rows
    assert any("befolkning efter ålder" in caution for caution in view.cautions)
    assert "åldrarna" not in view.sentence


def test_even_and_impossible_are_said(swedish, answer):
    even = replace(answer, parts=tuple(replace(part, heard="as_many") for part in answer.parts))
    assert heard_view(swedish, even).sentence.startswith("Svaren handlar om olika delar")
    nothing = heard_view(swedish, replace(answer, division=None, parts=(), themes=(), bears=None, ages=()))
    assert nothing.sentence.startswith("Det går inte att jämföra svaren med befolkningen.")
    assert "stadsdelar" in nothing.cautions[0]


def test_the_page_escapes_and_leaves_empty_tables_out(swedish, answer):
    view = heard_view(swedish, answer)
    assert str(heard_lead(view)).startswith("<h1>Minst hörs")
    markup = str(heard(view))
    assert "Stortorget &lt;b&gt;" in markup
    assert markup.count("<table") == 4
    assert str(heard(heard_view(swedish, replace(answer, division=None, parts=())))).count("<table") == 3
