import os
import sqlite3
import threading

import pytest
import shapely
from sqlalchemy import inspect, text

from geodata.errors import StoreError
from geodata.places.place import PlaceCandidate
from geodata.schema import PlaceKind
from geodata.store.connection import engine, sqlite_url
from geodata.store.register import Register
from geodata.store.tables import METADATA


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path / "store", municipality_code="9999", working_crs=3006)
    yield opened
    opened.close()


def square(name="Stortorget", key="areas:1", shift=0.0, kind=PlaceKind.SQUARE):
    return PlaceCandidate(kind, name, shapely.box(shift, 0, shift + 100, 50), key)


def test_every_change_gives_a_new_version(register):
    seen = [register.version()]
    for candidate in (square(), square(name="Stora torget"), square(name="Stora torget", shift=10)):
        register.propose([candidate])
        seen.append(register.version())
    assert len(set(seen)) == 4


def test_a_second_import_of_the_same_adds_nothing(register):
    first = register.propose([square(), square("Nytorget", "areas:2", 500)])
    version = register.version()
    second = register.propose([square("Nytorget", "areas:2", 500), square()])
    assert [(p.place_id, p.name) for p in first] == [(1, "Stortorget"), (2, "Nytorget")]
    assert [(p.place_id, p.name) for p in second] == [(1, "Stortorget"), (2, "Nytorget")]
    assert register.version() == version


def test_a_place_keeps_its_id_when_the_source_renumbers_it(register):
    register.propose([square()])
    (place,) = register.propose([square("Stora torget", "areas:99", shift=20)])
    assert (place.place_id, place.name, place.source_key) == (1, "Stora torget", "areas:99")
    assert place.geometry.bounds == (20, 0, 120, 50)


def test_little_common_ground_is_another_place(register):
    register.propose([square()])
    assert len(register.propose([square(key="areas:99", shift=60)])) == 2


def test_another_kind_on_the_same_ground_is_another_place(register):
    register.propose([square()])
    assert len(register.propose([square(kind=PlaceKind.PARK)])) == 2


def test_no_place_disappears_by_itself(register):
    register.propose([square()])
    assert [place.name for place in register.propose([])] == ["Stortorget"]


def test_opening_again_finds_what_was_written(tmp_path, register):
    register.propose([square()])
    again = Register(tmp_path / "store", municipality_code="9999", working_crs=3006)
    try:
        assert [place.name for place in again.places()] == ["Stortorget"]
    finally:
        again.close()


def test_migrations_make_the_tables_that_the_code_reads(tmp_path, register):
    database = engine(sqlite_url(tmp_path / "store" / "register.sqlite"))
    made = inspect(database)
    for table in METADATA.sorted_tables:
        assert [column["name"] for column in made.get_columns(table.name)] == [c.name for c in table.columns]
    database.dispose()


def test_a_transaction_rolled_back_leaves_no_table(tmp_path):
    database = engine(sqlite_url(tmp_path / "x.sqlite"))
    connection = database.connect()
    connection.execute(text("CREATE TABLE half (a INTEGER)"))
    connection.rollback()
    connection.close()
    assert inspect(database).get_table_names() == []
    database.dispose()


@pytest.mark.parametrize("content", [b"garbage" * 20, b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_register_is_named(tmp_path, content):
    (tmp_path / "register.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match=r"register\.sqlite") as raised:
        Register(tmp_path, municipality_code="9999", working_crs=3006)
    assert raised.value.code == "register_unreadable"


def test_a_register_of_a_newer_version_is_refused(tmp_path, register):
    database = engine(sqlite_url(tmp_path / "store" / "register.sqlite"))
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.dispose()
    with pytest.raises(StoreError, match="9999") as raised:
        Register(tmp_path / "store", municipality_code="9999", working_crs=3006)
    assert raised.value.code == "register_unreadable"


def test_a_register_that_breaks_while_it_is_open_is_named(tmp_path, register):
    register.propose([square()])
    database = engine(sqlite_url(tmp_path / "store" / "register.sqlite"))
    with database.begin() as connection:
        connection.execute(text("DROP TABLE place_geometry"))
    database.dispose()
    for ask in (register.version, register.places, lambda: register.propose([square()])):
        with pytest.raises(StoreError) as raised:
            ask()
        assert raised.value.code == "register_unreadable"


def test_two_imports_at_once_both_come_in(tmp_path):
    def propose(number):
        register = Register(tmp_path / "store", municipality_code="9999", working_crs=3006)
        register.propose([square(f"Torg {number}", f"areas:{number}", shift=1000 * number)])
        register.close()

    threads = [threading.Thread(target=propose, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    register = Register(tmp_path / "store", municipality_code="9999", working_crs=3006)
    assert sorted(place.name for place in register.places()) == [f"Torg {n}" for n in range(4)]
    register.close()


@pytest.fixture
def not_ours(tmp_path, monkeypatch):
    """A register with one place, in a folder that this user may read and not write."""
    folder = tmp_path / "får läsas # 100%"
    made = Register(folder, municipality_code="9999", working_crs=3006)
    made.propose([square()])
    made.close()
    return folder, lambda: monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)


def test_a_register_that_may_not_be_written_is_read(not_ours):
    folder, close = not_ours
    close()
    before = sorted(folder.iterdir())
    opened = Register(folder, municipality_code="9999", working_crs=3006)
    try:
        assert [place.name for place in opened.places()] == ["Stortorget"]
        with pytest.raises(StoreError) as raised:
            opened.propose([square("Nytorget", "areas:2", 500)])
        assert raised.value.code == "register_refused"
    finally:
        opened.close()
    assert sorted(folder.iterdir()) == before


def test_a_register_of_an_older_version_that_may_not_be_written_says_who_can_help(not_ours):
    folder, close = not_ours
    database = engine(sqlite_url(folder / "register.sqlite"))
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    database.dispose()
    close()
    with pytest.raises(StoreError) as raised:
        Register(folder, municipality_code="9999", working_crs=3006)
    assert raised.value.code == "register_old"


def test_who_opens_a_new_register_while_another_holds_it_waits(tmp_path):
    file = tmp_path / "new.sqlite"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # of this one SQLite tells at once, without the wait that was asked for
    letting_go = threading.Timer(0.2, lambda: other.execute("ROLLBACK"))
    letting_go.start()
    database = engine(sqlite_url(file))
    with database.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    letting_go.join()
    database.dispose()
    other.close()
