"""The small town with a plan, in a folder of its own."""

import shutil

import pytest
from planned import keep_usual_plan


@pytest.fixture(scope="module")
def planned(small_workspace, tmp_path_factory):
    """The workspace and its slots; what a test changes the next one sees."""
    workspace = tmp_path_factory.mktemp("planned") / "workspace"
    shutil.copytree(small_workspace, workspace)
    return workspace, keep_usual_plan(workspace)
