"""A picture, a meeting's choices and a focus, made by hand."""

from datetime import date

from geodata.periods import Period
from geodata.picture.change import change_of
from geodata.picture.decision import Choice, Choices
from geodata.picture.focus import FocusLine
from geodata.picture.picture import Against, Picture, ProblemPicture, ProblemPlace, Recorded, Reviewed, Voice
from geodata.picture.voices import Who
from geodata.promises.activity import Party

ANSWERS = {"traffic_speed": 136, "substance_alcohol": 25, "environment_dark": 24, "theft_burglary": 0}


def problem(code, answers, rank):
    return ProblemPicture(
        problem=code,
        rank=rank,
        rank_low=rank,
        rank_high=rank,
        voices=(Voice(Who.RESIDENTS, answers, 300, rank), Voice(Who.STAFF, 3, 12, 1)),
        reviewed=Reviewed(4, 9, (("decided", 4),)),
        recorded=Recorded(7, 90, 1),
        changes=(change_of("incident", (40, 365), (0, 365)), change_of("survey", (1, 30), (1, 30))),
        places=(
            ProblemPlace(1, "Torget", 1, 1, 2, 26, 0, 3, "felt_only", 0.9),
            ProblemPlace(2, "Parken", 2, 1, 3, 24, 0, 3, "too_few", None),
        ),
        sureness="well",
    )


PICTURE = Picture(
    period=Period(date(2026, 1, 1), date(2026, 10, 31)),
    by="category",
    snapshot_id="s",
    made_on=date(2026, 11, 1),
    problems=tuple(
        problem(code, answers, None if not answers else at + 1)
        for at, (code, answers) in enumerate(ANSWERS.items())
    ),
    against=Against(Period(date(2025, 1, 1), date(2025, 10, 31)), "year_before"),
    answers=((Who.RESIDENTS, 300), (Who.STAFF, 12)),
    unsorted=(3, 4),
    compared=2,
    warnings=(),
)
MEETING = Choices("bild", "Trygghetsrådet", date(2026, 11, 12), (Choice("traffic_speed", chosen=True),))
TODAY = date(2026, 11, 20)
LINE = FocusLine(
    week=date(2026, 11, 23),
    what="Fart vid skolan",
    problem="traffic_speed",
    place_id=None,
    parties=frozenset({Party.POLICE}),
    why="",
    met_on=date(2026, 11, 19),
)
