"""What one server works for: a workspace, who asks, and the one import that may be under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.access.roles import ON_THIS_MACHINE, Actor
from dashboard.importing import ImportRunner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Desk:
    """A workspace as the pages work with it.

    Parameters
    ----------
    workspace
        The municipality's folder.
    actor
        Says who sends the request that is being answered; without it, whoever sits at this machine.
    """

    def __init__(self, workspace: Path, actor: Callable[[], Actor] = lambda: ON_THIS_MACHINE) -> None:
        self.workspace = workspace
        self.actor = actor
        self.imports = ImportRunner(workspace)
