"""Accounts are kept and never lost; a browser is signed in until it is signed out, runs out, or is shut out."""

from datetime import UTC, datetime, timedelta

import pytest

from geodata.errors import MissingError, ParameterError
from geodata.store.register import Register

NOW = datetime.now(UTC)
LONG_AGO, YESTERDAY = NOW - timedelta(days=9), NOW - timedelta(days=1)


def opened(tmp_path, code="9999"):
    return Register(tmp_path / "store", municipality_code=code, working_crs=3006)


@pytest.fixture
def register(tmp_path):
    register = opened(tmp_path)
    yield register
    register.close()


@pytest.fixture
def accounts(register):
    register.accounts.add("kim", role="police", password_hash="hash")
    return register.accounts


def sign_in(accounts, token="digest"):
    accounts.sign_in(accounts.find("kim").account_id, token, forget_before=LONG_AGO)


def test_an_account_is_found_by_its_name_in_its_own_municipality(tmp_path, register):
    before = datetime.now(UTC)
    accounts = register.accounts
    accounts.add("kim", role="police", password_hash="hash")
    kim = accounts.find("kim")
    assert (kim.name, kim.role, kim.password_hash, kim.locked) == ("kim", "police", "hash", False)
    assert before <= kim.created_at <= datetime.now(UTC)
    assert accounts.find("Kim") is None
    neighbour = opened(tmp_path, "1785")
    assert neighbour.accounts.find("kim") is None
    neighbour.accounts.add("kim", role="council", password_hash="other")
    assert [one.role for one in accounts.all()] == ["police"]
    neighbour.close()


def test_a_name_is_taken_once(accounts):
    with pytest.raises(ParameterError) as told:
        accounts.add("kim", role="council", password_hash="other")
    assert told.value.code == "account_taken"
    assert accounts.find("kim").role == "police"


@pytest.mark.parametrize("change", ["set_role", "set_password"])
def test_what_is_not_there_is_not_changed(accounts, change):
    with pytest.raises(MissingError, match="no account eva"):
        getattr(accounts, change)("eva", "council")


def test_a_browser_is_signed_in_until_it_is_signed_out(accounts):
    assert accounts.signed_in("digest", since=YESTERDAY) is None
    sign_in(accounts)
    assert accounts.signed_in("digest", since=YESTERDAY).name == "kim"
    accounts.sign_out("digest")
    assert accounts.signed_in("digest", since=YESTERDAY) is None


def test_it_runs_out_however_often_it_is_used(accounts):
    sign_in(accounts)
    assert accounts.signed_in("digest", since=datetime.now(UTC) + timedelta(seconds=1)) is None


def test_what_has_run_out_is_removed_when_somebody_signs_in(accounts):
    sign_in(accounts, "old")
    kim = accounts.find("kim").account_id
    accounts.sign_in(kim, "new", forget_before=datetime.now(UTC) + timedelta(seconds=1))
    assert accounts.signed_in("old", since=LONG_AGO) is None
    assert accounts.signed_in("new", since=LONG_AGO).name == "kim"


@pytest.mark.parametrize(
    "shut_out",
    [
        lambda accounts: accounts.set_password("kim", "new"),
        lambda accounts: accounts.set_locked("kim", locked=True),
        lambda accounts: accounts.sign_out_everywhere(accounts.find("kim").account_id),
    ],
)
def test_every_browser_is_signed_out_at_once(accounts, shut_out):
    accounts.add("eva", role="council", password_hash="hash")
    accounts.sign_in(accounts.find("eva").account_id, "hers", forget_before=LONG_AGO)
    for token in ("telephone", "laptop"):
        sign_in(accounts, token)
    shut_out(accounts)
    assert [accounts.signed_in(token, since=YESTERDAY) for token in ("telephone", "laptop")] == [None, None]
    assert accounts.signed_in("hers", since=YESTERDAY).name == "eva"


def test_opening_a_locked_account_lets_no_old_browser_in(accounts):
    sign_in(accounts)
    accounts.set_locked("kim", locked=True)
    accounts.set_locked("kim", locked=False)
    assert accounts.signed_in("digest", since=YESTERDAY) is None
    assert not accounts.find("kim").locked


def test_another_role_or_cost_holds_at_once_and_signs_nobody_out(accounts):
    sign_in(accounts)
    accounts.set_role("kim", "planner")
    accounts.rehash("kim", "dearer")
    kim = accounts.signed_in("digest", since=YESTERDAY)
    assert (kim.role, kim.password_hash) == ("planner", "dearer")


def test_accounts_outlive_the_program(tmp_path, accounts):
    sign_in(accounts)
    again = opened(tmp_path)
    assert again.accounts.signed_in("digest", since=YESTERDAY).name == "kim"
    again.close()
