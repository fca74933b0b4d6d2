"""What one server works for: a workspace, and the one import of it that may be under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.importing import ImportRunner

if TYPE_CHECKING:
    from pathlib import Path


class Desk:
    """A workspace as the pages work with it.

    Parameters
    ----------
    workspace
        The municipality's folder.
    """

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.imports = ImportRunner(workspace)
