"""A small workspace for the tests of the import."""

from pathlib import Path

import pytest
from small_workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "inbox").mkdir()
    return Workspace(tmp_path)
