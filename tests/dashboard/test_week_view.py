"""What the weekly page and the weekly sheet say of a week made by hand: the headline is that of its rows."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard.reports.weekly import _calendar, _entry, _sentence
from dashboard.views.plan_words import reason_words
from dashboard.views.week import week_view
from geodata.analyses.est import Done, EstWeek
from geodata.analyses.est_coming import Coming
from geodata.analyses.est_counts import ProblemWeek, WeekCounts
from geodata.calendars import RiskEvening
from geodata.periods import Period
from geodata.picture.usual_week import Usual, WeekVerdict
from geodata.promises.activity import ActivityKind, Party
from geodata.targeting.slot import Reason

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
DONE = Done(
    started=datetime(2026, 10, 14, 14, 10, tzinfo=UTC),
    kind=ActivityKind.TRAFFIC_CHECK,
    place="Torget",
    parties=(Party.POLICE,),
    with_whom="",
    car=None,
    checked=5,
    reported=None,
    counts_for=(),
)


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


def test_the_time_of_year_is_named_only_where_it_is_reckoned_with(swedish, police):
    few, many = (
        " ".join(seen(swedish, police, counted(WeekVerdict.USUAL, seasonal=one)).basis)
        for one in (False, True)
    )
    assert "47 veckor före" in few
    assert "inräknad" not in few
    assert "med tiden på året inräknad" in many


@pytest.mark.parametrize(
    ("reported", "said"), [(None, "5 kontrollerade"), (0, "5 kontrollerade, 0 rapporterade")]
)
def test_what_nobody_noted_is_not_said_to_be_none(swedish, police, reported, said):
    done = replace(DONE, reported=reported)
    (line,) = seen(swedish, police, replace(WEEK, done=(done,))).done
    assert f"{said}." in line
    assert _entry(swedish, done)[1].small[0].endswith(said)
    assert ("rapporterade" in line) == (reported is not None)


def test_a_clock_is_not_read_as_a_day(swedish, english, police):
    week = replace(WEEK, done=(DONE,))
    assert seen(swedish, police, week).done[0].startswith("onsdag kl.\u00a014.10: ")
    assert _entry(swedish, DONE)[0] == "onsdag kl.\u00a014.10"
    assert seen(english, police, week).done[0].startswith("Wednesday 14:10: ")


def test_one_evening_is_said_in_the_singular(swedish, police):
    evenings = tuple((NEXT.last, kind) for kind in RiskEvening)
    coming = replace(COMING, evenings=evenings)
    said = " ".join(seen(swedish, police, replace(WEEK, coming=coming)).coming)
    assert "Riskkväll söndag 25\u00a0oktober\u00a02026: lönehelg." in said
    assert "skolavslutning." in said
    assert _calendar(swedish, coming).count("lönehelg.") == 1
    assert reason_words(swedish, Reason("risk_evening", (("evening", "payday"),))).endswith("lönehelg.")
