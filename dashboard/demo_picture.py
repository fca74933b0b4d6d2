"""The made-up municipality's picture of the year before its promises, with what its safety council chose."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geodata.analyses.ground import open_ground
from geodata.analyses.saved_pictures import save_picture
from geodata.errors import MissingError
from geodata.periods import year
from geodata.picture.decision import Choice, Choices

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.store.register import Register

KEY, NAME, BY = "bild-2025", "Problembild 2025", "exempel"
MEETING, MEETING_ON = "Trygghetsrådet", date(2026, 1, 22)

CHOICES = (
    Choice("traffic_speed", chosen=True, why="Flest invånare talar om det, och mätningar bekräftar det."),
    Choice("traffic_joyriding", chosen=True, why="Återkommer varje sommar på samma rundor."),
    Choice("substance_alcohol", chosen=True, why="Unga dricker på riskkvällar, och följs av våld och hot."),
    Choice("order_gathering", chosen=True, why="Många undviker torget och stationen på kvällen."),
    Choice(
        "environment_dark",
        chosen=False,
        why="Belysningen byts under 2026 enligt beslutad budget; följs upp när den är klar.",
    ),
    Choice(
        "traffic_parking",
        chosen=False,
        why="Skolorna och kommunen löser hämtning och lämning utanför löftet.",
    ),
)
"""What the council decided; a problem that a smaller picture lacks is left out."""

ANSWERS = {
    "skolor": ("traffic_speed",),
    "klagomal": ("traffic_speed",),
    "buskorning": ("traffic_joyriding",),
    "riskkvallar": ("substance_alcohol",),
}
"""The problems that each promise answers, by its file's name."""


def plant_picture(workspace: Path, register: Register) -> frozenset[str]:
    """Keep the picture and its decisions; return the problems that promises may answer.

    None where the workspace knows nothing of that year.
    """
    try:
        kept = save_picture(
            open_ground(workspace), register, key=KEY, name=NAME, period=year(2025), made_by=BY
        )
    except MissingError:
        return frozenset()
    there = {one.problem for one in kept.picture.problems}
    choices = tuple(one for one in CHOICES if one.problem in there)
    if choices:
        # A clock that is behind the made-up year must not refuse what was decided in it.
        register.pictures.choose(Choices(KEY, MEETING, MEETING_ON, choices), by=BY, today=MEETING_ON)
    return frozenset(there)


def answering(text: str, *, file: str, problems: frozenset[str]) -> str:
    """Return a promise's file with the line that names what it answers."""
    answered = ANSWERS.get(file.removesuffix(".toml"), ())
    named = [f'"{KEY}#{one}"' for one in answered if one in problems]
    return f"answers = [{', '.join(named)}]\n{text}" if named else text
