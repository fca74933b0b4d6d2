"""``problembild accounts`` and what ``serve`` asks before it lets other machines in."""

import json
import shutil
import socket

import pytest
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.serving import Reach, settle
from dashboard.settings import LOOPBACK_NAMES, Settings
from dashboard.verbs import accounts as verb
from geodata.errors import ParameterError
from geodata.project import read_project

FINE, UNUSABLE = 0, 2
PASSWORD = "gatlyktor och en orm"
CHEAP = {"PROBLEMBILD_PASSWORD_MEMORY_KIB": "32", "PROBLEMBILD_PASSWORD_PASSES": "1"}


@pytest.fixture
def workspace(small_workspace, tmp_path):
    """A workspace before its first import."""
    shutil.copy(small_workspace / "problembild.toml", tmp_path)
    return tmp_path


@pytest.fixture
def run(workspace):
    def ask(*arguments, password=""):
        said = [*map(str, arguments), "--workspace", str(workspace)]
        return CliRunner().invoke(app, said, input=f"{password}\n", env=CHEAP)

    return ask


@pytest.fixture
def kept(run):
    for name, role in (("Anna", "administrator"), ("kim", "police")):
        assert run("accounts", "add", name, "--role", role, password=PASSWORD).exit_code == FINE
    return run


def listed(run):
    return {one["name"]: one for one in json.loads(run("accounts", "list", "--json").stdout)}


def test_the_first_is_an_administrator_and_nobody_sees_a_password(run):
    refused = run("accounts", "add", "kim", "--role", "police", password=PASSWORD)
    assert refused.exit_code == UNUSABLE
    assert "--role administrator" in refused.stderr
    added = run("accounts", "add", "Anna", "--role", "administrator", password=PASSWORD)
    assert added.stdout == "Kontot anna är tillagt: Administratör.\n"
    assert listed(run)["anna"].keys() == {"name", "role", "locked", "created_at", "password_set_at"}
    assert "hash" not in run("accounts", "list").stdout


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("KIM", PASSWORD, "Det finns redan ett konto som heter kim."),
        ("kim berg", PASSWORD, "kim berg går inte som namn"),
        ("../eva", PASSWORD, "går inte som namn"),
        ("eva", "fyrtorn", "Lösenordet är för kort."),
        ("eva", "", "Lösenordet är för kort."),
        ("eva", "exempelstad2026!!!", "Lösenordet är lätt att gissa."),
    ],
)
def test_what_will_not_do_is_said_and_adds_nothing(kept, name, password, words):
    refused = kept("accounts", "add", name, "--role", "council", password=password)
    assert refused.exit_code == UNUSABLE
    assert words in refused.stderr
    assert not password or password not in refused.stderr
    assert set(listed(kept)) == {"anna", "kim"}


def test_a_person_at_a_terminal_types_it_twice(kept, monkeypatch):
    typed = [PASSWORD, PASSWORD, PASSWORD, "annat"]
    asked = []
    monkeypatch.setattr(verb, "getpass", lambda prompt: asked.append(prompt) or typed.pop(0))
    monkeypatch.setattr(verb, "stands_before", lambda: True)
    assert kept("accounts", "add", "eva", "--role", "council").exit_code == FINE
    differ = kept("accounts", "add", "ali", "--role", "council")
    assert differ.exit_code == UNUSABLE
    assert "skrivet på två sätt" in differ.stderr
    assert asked[:2] == ["Lösenord: ", "Lösenordet en gång till: "]
    assert set(listed(kept)) == {"anna", "eva", "kim"}


def test_role_password_lock_and_unlock(kept):
    before = listed(kept)["kim"]["password_set_at"]
    assert kept("accounts", "role", "Kim", "planner").stdout == "kim är nu Planerare.\n"
    assert kept("accounts", "lock", "kim").exit_code == FINE
    assert (listed(kept)["kim"]["role"], listed(kept)["kim"]["locked"]) == ("planner", True)
    assert kept("accounts", "unlock", "kim").exit_code == FINE
    assert kept("accounts", "password", "kim", password="sju gula ballonger").exit_code == FINE
    assert not listed(kept)["kim"]["locked"]
    assert listed(kept)["kim"]["password_set_at"] > before


@pytest.mark.parametrize("change", [("lock", "anna"), ("role", "anna", "police")])
def test_the_last_administrator_stays(kept, change):
    refused = kept("accounts", *change)
    assert refused.exit_code == UNUSABLE
    assert "anna är den enda administratören" in refused.stderr
    kept("accounts", "role", "kim", "administrator")
    assert kept("accounts", *change).exit_code == FINE


@pytest.mark.parametrize(
    "change", [("lock", "eva"), ("unlock", "eva"), ("role", "eva", "police"), ("password", "eva")]
)
def test_an_account_that_is_not_there_is_said_to_be(kept, change):
    refused = kept("accounts", *change, password=PASSWORD)
    assert refused.exit_code == UNUSABLE
    assert "Det finns inget konto som heter eva." in refused.stderr


def settled(workspace, **reach):
    return settle(workspace, read_project(workspace), Reach(**reach))


def test_without_accounts_it_is_open_to_this_machine_alone(workspace):
    settings, certificate = settled(workspace)
    assert (settings.sign_in, settings.tls, settings.names) == (False, False, LOOPBACK_NAMES)
    assert certificate is None
    assert not (workspace / "store").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "problembild.kommun.test"])
def test_other_machines_are_let_in_only_where_people_sign_in(run, workspace, host):
    with pytest.raises(ParameterError) as told:
        settled(workspace, host=host)
    assert told.value.code == "no_accounts"
    refused = run("serve", "--host", host)
    assert refused.exit_code == UNUSABLE
    assert "problembild accounts add" in refused.stderr


def test_with_accounts_people_sign_in_on_this_machine_too_but_for_the_demo(kept, workspace):
    settings, certificate = settled(workspace)
    assert (settings.sign_in, settings.tls, certificate) == (True, False, None)
    assert not settled(workspace, open=True)[0].sign_in


def test_beyond_this_machine_there_is_tls_and_the_names_are_the_certificates(kept, workspace):
    settings, certificate = settled(workspace, host="192.0.2.7", names=("Problembild.kommun.test",))
    assert (settings.sign_in, settings.tls) == (True, True)
    wanted = {*LOOPBACK_NAMES, "192.0.2.7", "problembild.kommun.test", socket.gethostname().lower()}
    assert settings.names == certificate.names == wanted


def test_the_municipalitys_own_certificate_is_used_where_it_is_given(kept, workspace, tmp_path):
    _, made = settled(workspace, host="0.0.0.0", names=("egen.kommun.test",))
    folder = workspace / "access"
    own = {"certificate": folder / "certificate.pem", "key": folder / "certificate.key"}
    settings, given = settled(workspace, **own)
    assert (settings.tls, settings.sign_in, given.made_here) == (True, True, False)
    assert given.fingerprint == made.fingerprint
    with pytest.raises(ParameterError) as told:
        settled(workspace, certificate=own["certificate"])
    assert told.value.code == "certificate_alone"


def test_a_locked_workspace_is_not_opened(kept, workspace):
    """All accounts locked is no account at all: beyond this machine nobody could come in."""
    from geodata.store.register import Register

    register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    for name in ("anna", "kim"):
        register.accounts.set_locked(name, locked=True)
    register.close()
    assert settled(workspace)[0].sign_in
    with pytest.raises(ParameterError) as told:
        settled(workspace, host="0.0.0.0")
    assert told.value.code == "no_accounts"


@pytest.mark.parametrize("more", [{}, {"sign_in": True}, {"tls": True}])
def test_settings_never_open_it_beyond_this_machine(workspace, more):
    with pytest.raises(ValueError, match="sign-in and TLS"):
        Settings(workspace=workspace, names=frozenset({"problembild.kommun.test"}), **more)


def test_a_host_that_is_not_ours_is_said_to_be(kept):
    refused = kept("serve", "--host", "192.0.2.7")
    assert refused.exit_code == UNUSABLE
    assert "nås inte på 192.0.2.7" in refused.stderr
