"""The journal outlives what happens to it, and the lock says who has it."""

import os
import threading
import time
from pathlib import Path

import pytest

from etl import journal
from etl.journal import BEFORE_FILE, JOURNAL_FILE, Journal
from etl.lock import LOCK_FILE, only_import
from geodata.errors import StoreError


def events(store: Path) -> list[str]:
    return [entry.event for entry in Journal(store).entries()]


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_torn_line_is_passed_over_and_the_next_stands_alone(tmp_path, cut):
    Journal(tmp_path).write("started")
    Journal(tmp_path).write("file", file="å.csv", outcome="12")
    path = tmp_path / JOURNAL_FILE
    path.write_bytes(path.read_bytes()[:-cut])
    Journal(tmp_path).write("started")
    Journal(tmp_path).write("published", outcome="x")
    assert events(tmp_path)[-2:] == ["started", "published"]
    assert len(events(tmp_path)) in {3, 4}


def test_bytes_that_are_no_journal_are_passed_over(tmp_path):
    (tmp_path / JOURNAL_FILE).write_bytes(b'\xff\x00\n[1]\n{"at": 1}\n')
    Journal(tmp_path).write("started")
    assert events(tmp_path) == ["started"]


def test_the_journal_is_turned_over_and_never_grows_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "LARGEST", 400)
    for number in range(20):
        Journal(tmp_path).write("started")
        Journal(tmp_path).write("published", outcome=str(number))
    sizes = [(tmp_path / name).stat().st_size for name in (JOURNAL_FILE, BEFORE_FILE)]
    assert max(sizes) < 700
    assert Journal(tmp_path).entries()[-1].outcome == "19"
    assert events(tmp_path)[:2] == ["started", "published"]


def test_a_journal_that_can_not_be_written_says_so(tmp_path):
    (tmp_path / JOURNAL_FILE).mkdir()
    with pytest.raises(StoreError) as caught:
        Journal(tmp_path).write("started")
    assert (caught.value.code, caught.value.values["file"]) == ("store_not_writable", JOURNAL_FILE)


def test_who_holds_the_lock_is_said_at_once(tmp_path):
    with only_import(tmp_path):
        with pytest.raises(StoreError) as caught, only_import(tmp_path):
            pass
        assert caught.value.code == "import_running"
        assert caught.value.values["process"] == str(os.getpid())
        assert str(caught.value.values["since"]).startswith("20")
    with only_import(tmp_path):
        pass


def test_who_waits_comes_in_when_the_other_is_done(tmp_path):
    held, order = threading.Event(), []

    def first():
        with only_import(tmp_path):
            held.set()
            time.sleep(0.3)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    held.wait()
    with only_import(tmp_path, wait_s=30):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_who_has_waited_in_vain_is_told(tmp_path):
    with only_import(tmp_path), pytest.raises(StoreError) as caught, only_import(tmp_path, wait_s=0.25):
        pass
    assert caught.value.code == "import_running"


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path):
    child = os.fork()
    if not child:
        with only_import(tmp_path):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert (tmp_path / LOCK_FILE).read_text().startswith(str(child))
    with only_import(tmp_path):
        pass
