"""What stands of all decisions: the newest of each problem, by meeting, while it is new or a promise runs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

from geodata.analyses.standing_decisions import standing_decisions
from geodata.periods import year
from geodata.picture.decision import Decision
from geodata.promises.promise import Promise

TODAY = date(2026, 10, 31)
SPEED = Promise("fart", "Lugnare gator", "Trafik", date(2026, 1, 1), answers=("bild-2024#traffic_speed",))


def decision(number, picture, problem, on, *, chosen=True):
    return Decision(
        decision_id=number,
        picture=picture,
        problem=problem,
        chosen=chosen,
        why="",
        decided_by="Rådet",
        meeting="Rådet",
        meeting_on=on,
        noted_by="kim",
        noted_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def picture(key, of, *decisions):
    return SimpleNamespace(key=key, picture=SimpleNamespace(period=year(of)), decisions=decisions)


FIRST = picture(
    "bild-2024",
    2024,
    decision(1, "bild-2024", "traffic_speed", date(2025, 2, 1)),
    decision(2, "bild-2024", "environment_dark", date(2025, 2, 1), chosen=False),
)
NEXT = picture("bild-2025", 2025, decision(3, "bild-2025", "substance_alcohol", date(2026, 2, 1)))


def standing(*pictures, promises=(), today=TODAY):
    register = SimpleNamespace(
        pictures=SimpleNamespace(all=lambda: pictures),
        promises=SimpleNamespace(all=lambda: tuple(SimpleNamespace(promise=one) for one in promises)),
    )
    return [
        (
            one.kept.key,
            one.meeting_on,
            [(each.decision.problem, [key for key, _ in each.promises]) for each in one.answered],
        )
        for one in standing_decisions(register, today=today)
    ]


def test_a_new_picture_with_one_choice_leaves_the_earlier_choices_standing():
    assert standing(FIRST, NEXT, promises=[SPEED]) == [
        ("bild-2025", date(2026, 2, 1), [("substance_alcohol", [])]),
        ("bild-2024", date(2025, 2, 1), [("traffic_speed", ["fart"]), ("environment_dark", [])]),
    ]


def test_of_a_problem_the_newest_decision_stands_and_its_running_promise_with_it():
    again = picture("bild-2025", 2025, decision(3, "bild-2025", "traffic_speed", date(2026, 2, 1)))
    assert standing(FIRST, again, promises=[SPEED]) == [
        ("bild-2025", date(2026, 2, 1), [("traffic_speed", ["fart"])]),
        ("bild-2024", date(2025, 2, 1), [("environment_dark", [])]),
    ]
    ended = replace(SPEED, last=date(2026, 3, 1))
    assert standing(FIRST, again, promises=[ended])[0][2] == [("traffic_speed", [])]


def test_two_meetings_about_one_picture_stand_apart():
    both = picture("bild-2024", 2024, *FIRST.decisions[:1], decision(4, "bild-2024", "x", date(2025, 5, 1)))
    assert [(on, found) for _, on, found in standing(both)] == [
        (date(2025, 5, 1), [("x", [])]),
        (date(2025, 2, 1), [("traffic_speed", [])]),
    ]


def test_after_two_years_only_what_a_running_promise_answers_stands():
    later = date(2027, 2, 2)
    assert standing(FIRST, promises=[SPEED], today=later)[0][2] == [("traffic_speed", ["fart"])]
    assert standing(FIRST, today=date(2027, 2, 1))
    assert standing(FIRST, today=later) == []
    assert standing(FIRST, promises=[replace(SPEED, last=date(2027, 2, 1))], today=later) == []
    assert standing(FIRST, today=date(2028, 2, 29)) == []


def test_without_any_decision_nothing_stands():
    assert standing() == standing(picture("bild-2025", 2025)) == []
