"""What the weekly page and the weekly sheet say of a week made by hand: the headline is that of its rows."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.reports.weekly import _sentence
from dashboard.views.week import week_view
from geodata.analyses.est import EstWeek
from geodata.analyses.est_coming import Coming
from geodata.analyses.est_counts import ProblemWeek, WeekCounts
from geodata.periods import Period
from geodata.picture.usual_week import Usual, WeekVerdict

NEXT = Period(date(2026, 10, 19), date(2026, 10, 25))
COMING = Coming(NEXT, evenings=(), holidays=(), school_days=5, dialogues=(), slots=(), slots_hidden=False)
WEEK = EstWeek(
    week=Period(date(2026, 10, 12), date(2026, 10, 18)),
    days=7,
    ends=(),
    counts=None,
    recorded=4,
    answers=(),
    done=(),
    lagging=(),
    coming=COMING,
    focus=(),
    next_focus=(),
    proposals=(),
)
PROBLEMS = ("traffic_speed", "theft_burglary", "damage_vandalism")


def counted(*verdicts, seasonal=True):
    problems = tuple(
        ProblemWeek(problem, Usual(3, 5.0, 1, 9, 1.0, seasonal=seasonal, p=0.5, verdict=verdict))
        for problem, verdict in zip(PROBLEMS, verdicts, strict=False)
    )
    return replace(WEEK, counts=WeekCounts(problems, (), (len(problems), 0), 47))


def seen(texts, police, week):
    return week_view(texts, police, week=week, names={}, language="sv")


@pytest.mark.parametrize(
    ("verdicts", "page", "sheet"),
    [
        ((WeekVerdict.LESS, WeekVerdict.USUAL), "mindre än vanligt: för hög fart.", "Mindre än vanligt:"),
        ((WeekVerdict.PERHAPS_LESS,), "kanske mindre än vanligt: för hög fart.", "Kanske mindre än vanligt,"),
        (
            (WeekVerdict.LESS, WeekVerdict.MORE, WeekVerdict.PERHAPS_MORE),
            "mer än vanligt: stöld och inbrott. Mindre än vanligt: för hög fart.",
            "Mer än vanligt: stöld och inbrott. Mindre än vanligt: för hög fart.",
        ),
        ((WeekVerdict.USUAL, WeekVerdict.USUAL), "Vecka 42 var som vanligt.", "Inget sticker ut"),
    ],
)
def test_the_headline_is_that_of_the_rows(swedish, police, verdicts, page, sheet):
    week = counted(*verdicts)
    assert page in seen(swedish, police, week).sentence
    assert sheet in _sentence(swedish, week)
    assert all(line.word for line in seen(swedish, police, week).problems)
