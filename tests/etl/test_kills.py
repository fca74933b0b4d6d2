"""An import that is killed loses nothing and leaves nothing half: the last good snapshot reads, and the next
import gives what an undisturbed one would have given."""

import os
import random
import signal
import time
from collections.abc import Iterator

import pytest
from disturbed import FINE, Counted, Twofold, forked, in_memory, kill, watch
from small_workspace import Workspace

from etl.pipeline import run
from geodata.store.snapshots import _read_table
from geodata.store.sweep import KEPT

RANDOM_KILLS = 100


@pytest.fixture(scope="module")
def twofold() -> Iterator[Twofold]:
    with in_memory() as folder:
        (folder / "inbox").mkdir()
        yield Twofold(Workspace(folder))


def killed_at(twofold: Twofold, at: int) -> bool:
    """Break an import off before one change of a file; whether it came that far."""

    def work() -> None:
        watch(Counted(kill, at), twofold.workspace.folder)
        twofold.import_now()

    ended = forked(work)
    assert ended.code in {FINE, -signal.SIGKILL}, ended.told
    return ended.code != FINE


@pytest.mark.slow
def test_killed_before_every_other_change_of_a_file(twofold: Twofold) -> None:
    at = 0
    while True:
        twofold.other()
        if not killed_at(twofold, at):
            break
        twofold.check_next()
        at += 2  # a write is an opening, a sync and a renaming: every second change comes to all three
    assert at > 25


def test_killed_before_and_after_every_step(twofold: Twofold) -> None:
    told: list[str] = []
    run(twofold.workspace.folder, progress=lambda step, done, total: told.append(step))
    assert len(set(told)) >= 4
    for at in range(len(told)):
        twofold.other()
        step = Counted(kill, at)
        assert forked(lambda step=step: run(twofold.workspace.folder, progress=step)).code == -signal.SIGKILL
        twofold.check_next()


@pytest.mark.slow
def test_killed_at_random_moments(twofold: Twofold) -> None:
    chance = random.Random(3)
    twofold.other()
    started = time.perf_counter()
    assert forked(twofold.import_now).code == FINE
    took = time.perf_counter() - started
    killed = 0
    for number in range(RANDOM_KILLS):
        twofold.other()

        def later(child: int) -> None:
            time.sleep(chance.uniform(0, took))
            os.kill(child, signal.SIGKILL)

        killed += forked(twofold.import_now, then=later).code == -signal.SIGKILL
        twofold.published()
        if number % 5 == 4:  # now and then one is left to end; the others begin on what was left half done
            twofold.check_next()
    assert killed > RANDOM_KILLS / 4  # on a machine that is busy elsewhere many end before they are hit


@pytest.mark.slow
def test_the_first_import_killed_anywhere(twofold: Twofold) -> None:
    store = twofold.workspace.folder / "store"
    at = 0
    while True:
        store.rename(store.with_name(f"store before {at}"))
        if not killed_at(twofold, at):
            break
        if (store / "CURRENT").exists():
            assert twofold.held() == twofold.rows[twofold.state]
        run(twofold.workspace.folder)
        assert twofold.held() == twofold.rows[twofold.state]
        assert twofold.places() == ["Stortorget"]
        at += 5
    assert at > 20


@pytest.mark.slow
def test_a_reader_reads_on_while_imports_are_killed_and_redone(twofold: Twofold) -> None:
    read = twofold.workspace.snapshot
    rows = twofold.held()
    for at in range(0, 25, 4):
        twofold.other()
        killed_at(twofold, at)
        twofold.check_next()
    _read_table.cache_clear()
    assert len(read.table("observations")) == len(rows)
    assert len(list((read.folder / "snapshots").iterdir())) <= KEPT + 2
