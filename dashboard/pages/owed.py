"""What dialogues still owe, on the page where whoever keeps them lands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.components.dialogues import owed_list
from dashboard.components.markup import fragment
from dashboard.views.dialogues import owed_lines
from geodata.analyses.dialogues import looked_at_on, owed
from geodata.analyses.ground import open_register

if TYPE_CHECKING:
    from typing import Any

    from dashboard.pages.visit import Visit


def owed_dialogues(visit: Visit) -> list[Any]:
    """Build the list of what is owed; nothing for those who don't keep dialogues, and where nothing is."""
    if not may(visit.address.audience, Action.KEEP_DIALOGUES):
        return []
    register = open_register(visit.desk.workspace)
    found = owed(register, today=looked_at_on(visit.ground, visit.project))
    if not found:
        return []
    return fragment("owed", owed_list(owed_lines(visit.texts, found, search=visit.search)))
