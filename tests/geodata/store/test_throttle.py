"""Waits grow with failures, are counted for a name and an address apart, and survive a restart."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from geodata.store.register import Register
from geodata.store.throttle import Patience

NOW = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)
PATIENCE = {"account": Patience(3, 10.0, 900.0), "address": Patience(5, 10.0, 900.0)}
KIM = {"account": "kim", "address": "here"}


@pytest.fixture
def open_throttle(tmp_path):
    opened = []

    def throttle(code="9999"):
        opened.append(Register(tmp_path / "store", municipality_code=code, working_crs=3006))
        return opened[-1].throttle(PATIENCE)

    yield throttle
    for register in opened:
        register.close()


def fail(throttle, times, *, who=KIM, now=NOW):
    return [throttle.attempt(who, now=now) for _ in range(times)]


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, 0), (2, 0), (3, 10), (4, 20), (5, 40), (9, 640), (10, 900), (5000, 900)]
)
def test_the_wait_doubles_up_to_the_longest(failures, wait):
    assert PATIENCE["account"].wait_s(failures) == wait


def test_a_few_tries_are_free_and_the_next_has_to_wait(open_throttle):
    throttle = open_throttle()
    assert fail(throttle, 4) == [0, 0, 0, 10]
    assert throttle.attempt(KIM, now=NOW + timedelta(seconds=9)) == 1
    assert throttle.attempt(KIM, now=NOW + timedelta(seconds=10)) == 0
    assert throttle.attempt(KIM, now=NOW + timedelta(seconds=10)) == 20


def test_knocking_while_one_waits_makes_it_no_longer(open_throttle):
    throttle = open_throttle()
    fail(throttle, 50)
    assert throttle.attempt(KIM, now=NOW + timedelta(seconds=10)) == 0


def test_a_restart_forgives_nothing(open_throttle):
    fail(open_throttle(), 3)
    assert open_throttle().attempt(KIM, now=NOW) == 10


def test_many_names_from_one_address_have_to_wait_too(open_throttle):
    throttle = open_throttle()
    waits = [throttle.attempt({"account": f"{n}", "address": "here"}, now=NOW) for n in range(7)]
    assert waits == [0, 0, 0, 0, 0, 10, 10]
    assert throttle.attempt({"account": "kim", "address": "elsewhere"}, now=NOW) == 0


def test_many_addresses_against_one_name_have_to_wait_too(open_throttle):
    throttle = open_throttle()
    waits = [throttle.attempt({"account": "kim", "address": f"{n}"}, now=NOW) for n in range(5)]
    assert waits == [0, 0, 0, 10, 10]


def test_who_comes_in_begins_anew_and_an_address_gets_its_one_try_back(open_throttle):
    throttle = open_throttle()
    fail(throttle, 3)
    later = NOW + timedelta(seconds=10)
    assert throttle.attempt(KIM, now=later) == 0
    throttle.forgive("account", "kim", whole=True)
    throttle.forgive("address", "here", whole=False)
    assert throttle.attempt(KIM, now=later) == 0  # the address has failed three times, of five
    assert throttle.attempt({"account": "eva", "address": "here"}, now=later) == 0
    assert throttle.attempt({"account": "ali", "address": "here"}, now=later) == 10


def test_a_day_without_failures_is_a_new_beginning(open_throttle):
    throttle = open_throttle()
    fail(throttle, 3)
    tomorrow = NOW + timedelta(days=1, seconds=1)
    assert fail(throttle, 4, now=tomorrow) == [0, 0, 0, 10]


def test_municipalities_are_counted_apart(open_throttle):
    fail(open_throttle(), 3)
    assert open_throttle("1785").attempt(KIM, now=NOW) == 0


def test_a_clock_set_back_does_not_wait_for_ever(open_throttle):
    throttle = open_throttle()
    fail(throttle, 3)
    then = NOW - timedelta(days=400)
    assert throttle.attempt(KIM, now=then) == 10
    assert throttle.attempt(KIM, now=then + timedelta(seconds=10)) == 0


def test_many_tries_at_once_are_no_way_round(open_throttle):
    throttle = open_throttle()
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: throttle.attempt(KIM, now=NOW), range(24)))
    assert sorted(waits)[:4] == [0, 0, 0, 10]
