"""The small made-up town with its promises and its log, and one into which nothing has been imported."""

import shutil

import pytest

from dashboard.demo_promises import plant_promises
from dashboard.starter import make_workspace
from etl.synthetic.promises import write_promises


@pytest.fixture(scope="package")
def town(tmp_path_factory, small_workspace):
    folder = tmp_path_factory.mktemp("reports") / "town"
    shutil.copytree(small_workspace, folder)

    def write(into, schools, squares):
        write_promises(into, schools=schools, squares=squares, seed=1)

    assert plant_promises(folder, write)
    return folder


@pytest.fixture(scope="package")
def bare(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bare") / "town"
    make_workspace(folder, name="Provköping", code="9998", language="sv")
    return folder
