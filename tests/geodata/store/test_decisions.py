"""What people decided is kept, replaced by what they say later, and withdrawn; never lost."""

import pytest
from pyproj import Transformer
from sqlalchemy import text

from geodata.errors import StoreError
from geodata.precision import LocationPrecision
from geodata.store.connection import engine, sqlite_url
from geodata.store.register import Register

SAFFLE = (382096.43, 6556218.25)
SAFFLE_LONLAT = (12.939890467118953, 59.12884026836468)


def opened(tmp_path, *, code="9999", crs=3006):
    return Register(tmp_path / "store", municipality_code=code, working_crs=crs)


@pytest.fixture
def register(tmp_path):
    register = opened(tmp_path)
    yield register
    register.close()


def answer(register, key="torget", *, label="Stortorget", point=SAFFLE, by="Kim"):
    register.decisions.answer_location(
        key, phrase="Torget", precision=LocationPrecision.NAMED_PLACE, label=label, point=point, by=by
    )


def rows(tmp_path, table):
    database = engine(sqlite_url(tmp_path / "store" / "register.sqlite"))
    with database.connect() as connection:
        found = connection.execute(text(f"SELECT * FROM {table}")).all()
    database.dispose()
    return found


def test_an_answer_is_found_when_the_register_is_opened_again(tmp_path, register):
    answer(register)
    again = opened(tmp_path)
    (found,) = again.decisions.location_answers().values()
    again.close()
    assert (found.phrase_key, found.phrase, found.label) == ("torget", "Torget", "Stortorget")
    assert (found.precision, (found.x, found.y)) == (LocationPrecision.NAMED_PLACE, SAFFLE)
    assert (found.decided_by, str(found.decided_at.tzinfo)) == ("Kim", "UTC")


def test_the_newest_answer_holds_and_the_earlier_one_is_kept(tmp_path, register):
    answer(register)
    answer(register, label="Lilla torget", by="Robin")
    (found,) = register.decisions.location_answers().values()
    assert (found.label, found.decided_by) == ("Lilla torget", "Robin")
    assert [row.withdrawn_at is None for row in rows(tmp_path, "location_answer")] == [False, True]


def test_an_answer_that_is_withdrawn_holds_no_longer(register):
    answer(register)
    assert register.decisions.withdraw_location("torget")
    assert register.decisions.location_answers() == {}
    assert not register.decisions.withdraw_location("torget")


def test_a_place_that_cannot_be_told_has_no_point(register):
    answer(register, label="", point=None)
    assert register.decisions.location_answers()["torget"].x is None


def test_a_point_follows_the_working_crs(tmp_path, register):
    answer(register)
    moved = opened(tmp_path, crs=3007)
    found = moved.decisions.location_answers()["torget"]
    moved.close()
    # From longitude and latitude, so by another way than the register's own.
    there = Transformer.from_crs(4326, 3007, always_xy=True).transform(*SAFFLE_LONLAT)
    assert (found.x, found.y) == pytest.approx(there, abs=0.05)


def test_another_municipality_answers_for_itself(tmp_path, register):
    answer(register)
    register.decisions.undo_merge("9999:a:1", "9999:b:1", by="Kim")
    other = opened(tmp_path, code="1785")
    assert other.decisions.location_answers() == {}
    assert other.decisions.undone_merges() == ()
    other.close()


def test_what_is_too_long_is_cut_to_what_the_table_holds(register):
    answer(register, label="x" * 500, by="y" * 500)
    found = register.decisions.location_answers()["torget"]
    assert (len(found.label), len(found.decided_by)) == (200, 80)


def test_a_merge_is_undone_once_in_either_order(register):
    register.decisions.undo_merge("9999:a:1", "9999:b:1", by="Kim")
    register.decisions.undo_merge("9999:b:1", "9999:a:1", by="Robin")
    (found,) = register.decisions.undone_merges()
    assert (found.observation_id, found.linked_to, found.decided_by) == ("9999:b:1", "9999:a:1", "Robin")


def test_an_undone_merge_is_withdrawn(register):
    register.decisions.undo_merge("9999:a:1", "9999:b:1", by="Kim")
    register.decisions.undo_merge("9999:a:2", "9999:b:2", by="Kim")
    assert register.decisions.withdraw_undone_merge("9999:b:1", "9999:a:1")
    assert [merge.observation_id for merge in register.decisions.undone_merges()] == ["9999:a:2"]
    assert not register.decisions.withdraw_undone_merge("9999:a:1", "9999:b:1")


def test_decisions_in_a_register_that_breaks_name_the_file(tmp_path, register):
    database = engine(sqlite_url(tmp_path / "store" / "register.sqlite"))
    with database.begin() as connection:
        connection.execute(text("DROP TABLE location_answer"))
        connection.execute(text("DROP TABLE merge_undone"))
    database.dispose()
    decisions = register.decisions
    for ask in (
        decisions.location_answers,
        lambda: answer(register),
        lambda: decisions.withdraw_location("torget"),
        decisions.undone_merges,
        lambda: decisions.undo_merge("a", "b", by="Kim"),
        lambda: decisions.withdraw_undone_merge("a", "b"),
    ):
        with pytest.raises(StoreError, match=r"register\.sqlite") as raised:
            ask()
        assert raised.value.code == "register_unreadable"
