"""The made-up municipality's dialogues, kept in its register and taken as far as a coordinator had come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.demo_promises import BY, names_of
from etl.pipeline import mask_text
from geodata.analyses.dialogue_files import keep_dialogue
from geodata.analyses.dialogue_steps import publish_result, record_outcome, set_due, take_step
from geodata.analyses.dialogues import follow_dialogue
from geodata.analyses.ground import open_ground, open_register
from geodata.dialogues.course import Step
from geodata.dialogues.dialogue import Outcome, Publication, Reader
from geodata.privacy import Audience
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

FOLDER = "dialoger"
HELD = "maj-2026"
AFTER = date(2026, 12, 1)
"""What is written down is looked at from then: a clock that is behind the made-up year must not refuse it."""

LOST = "marknaden"
"""Where more answers were given than were brought in."""

NOTES = {
    "torget": "Många pratade om farten på genomfartsgatorna och om mörka gångvägar.",
    LOST: "Några formulär blev liggande i tältet.",
}


def plant_dialogues(workspace: Path, write: Callable[[Path, Sequence[str], Sequence[str]], None]) -> bool:
    """Let the dialogues be written, and keep them, unless the register has dialogues already.

    One is planned. The other was held in May and its result given back to residents, but not to staff, though
    the day for it is past: that is what the coordinator then sees.

    Parameters
    ----------
    write
        Writes ``dialoger/`` for a workspace with these school zones and squares, by name.

    Returns
    -------
    bool
        Whether any were kept.
    """
    ground, register = open_ground(workspace), open_register(workspace)
    if register.dialogues.all():
        return False
    places = register.places()
    write(workspace, names_of(places, PlaceKind.SCHOOL_ZONE), names_of(places, PlaceKind.SQUARE))
    for file in sorted((workspace / FOLDER).glob("*.toml")):
        keep_dialogue(register, file.read_text(encoding="utf-8"), file=file.name, by=BY)
    project = ground.project
    take_step(register, HELD, Step.OPEN, by=BY)
    held = follow_dialogue(register, project, HELD, Audience.COORDINATOR, ground=ground)
    for one in held.occasions:
        answers = (one.imported or 0) + (4 if one.occasion.key == LOST else 0)
        talks = answers * 2 if one.occasion.method == "talk" else None
        outcome = Outcome(one.occasion.key, talks, answers, NOTES.get(one.occasion.key, ""))
        record_outcome(register, project, HELD, outcome, by=BY, mask=mask_text, today=AFTER)
    take_step(register, HELD, Step.CLOSE, by=BY)
    set_due(register, HELD, date(2026, 9, 15), by=BY)
    told = Publication(Reader.RESIDENTS, date(2026, 9, 10), "Kommunens webbplats och biblioteket")
    publish_result(register, project, HELD, told, by=BY, today=AFTER)
    return True
