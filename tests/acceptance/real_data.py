"""Where real files are, and how a worked example is set up with them."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = ROOT / "docs" / "examples"


def real(*parts: str) -> Path:
    """Return a real file; skip the test by the file's name where it is missing."""
    path = DATA.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"../shared/data/{'/'.join(parts)} is not here")
    return path


def set_up(example: str, files: list[Path], *, workspace: Path) -> Path:
    """Make a workspace of a worked example with real files in its inbox."""
    shutil.copytree(EXAMPLES / example, workspace)
    (workspace / "inbox").mkdir()
    for file in files:
        shutil.copy(file, workspace / "inbox" / file.name)
    return workspace
