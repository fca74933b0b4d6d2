"""A small workspace with one account a role, and its server with sign-in; hashing costs little here."""

import shutil

import pytest
from closed_site import NAME_OF, PASSWORD, Browser, closed_app

from dashboard.access.account_keeping import AccountKeeper
from dashboard.access.passwords import Passwords
from dashboard.access.roles import Role
from geodata.store.register import Register


@pytest.fixture(scope="session")
def kept_workspace(small_workspace, tmp_path_factory):
    """The small workspace with an account for each role; tests copy it before they change anything."""
    workspace = tmp_path_factory.mktemp("kept") / "workspace"
    shutil.copytree(small_workspace, workspace)
    register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    keeper = AccountKeeper(register.accounts, Passwords(memory_kib=32, passes=1), municipality="Exempelstad")
    for role in reversed(Role):
        keeper.add(NAME_OF[role], role, PASSWORD)
    register.close()
    return workspace


@pytest.fixture
def workspace(kept_workspace, tmp_path):
    return shutil.copytree(kept_workspace, tmp_path / "workspace")


@pytest.fixture(scope="session")
def app(kept_workspace):
    """The dashboard with sign-in, for tests that leave accounts as they are."""
    return closed_app(kept_workspace)


@pytest.fixture
def browser(app):
    return Browser(app)


@pytest.fixture(scope="session")
def signed_in(app):
    """Browsers that are signed in, one a role, each with its page open."""
    found = {}
    for role in Role:
        found[role] = Browser(app)
        assert found[role].sign_in(NAME_OF[role]).status_code == 303
        assert found[role].get("/").status_code == 200
    return found
