"""An import of what changed that is killed loses nothing either, and what it leaves misleads no later one."""

import signal
from collections.abc import Iterator

import pytest
from disturbed import FINE, Counted, Twofold, forked, in_memory, kill, watch
from small_workspace import Workspace, incident

from etl.incremental import changes, following, keeping
from etl.journal import Journal
from etl.pipeline import run


class Lines(Twofold):
    """Two states of one file that differ in some lines, and nothing else."""

    def put(self, state: str) -> None:
        if not self.state:
            super().put(state)
        self.workspace.put_incidents(
            incident("K1", text=state),
            incident(f"K2{state}"),
            incident("K3", day="2025-02-30"),
            *(incident(f"L{at}", clock=f"1{at}.30") for at in range(8)),
            *([incident("L3", clock="13.30")] if state == "a" else []),
        )
        self.state = state

    def followed(self) -> bool:
        """Say whether the last import that was published went by what changed."""
        entries = Journal(self.workspace.folder / "store").entries()
        last = max(at for at, one in enumerate(entries) if one.event == "started")
        return "changes" in {one.event for one in entries[last:]}


@pytest.fixture(scope="module")
def lines() -> Iterator[Lines]:
    with pytest.MonkeyPatch.context() as patch, in_memory() as folder:
        patch.setattr(keeping, "LEAST", 1)
        patch.setattr(changes, "MOST", 0.9)
        patch.setattr(following, "MOST_AGAIN", 1.0)
        (folder / "inbox").mkdir()
        yield Lines(Workspace(folder))


def test_killed_before_and_after_every_step(lines: Lines) -> None:
    told: list[str] = []
    lines.other()
    run(lines.workspace.folder, progress=lambda step, done, total: told.append(step))
    assert lines.followed()
    for at in range(len(told)):
        lines.other()
        step = Counted(kill, at)
        assert forked(lambda step=step: run(lines.workspace.folder, progress=step)).code == -signal.SIGKILL
        lines.check_next()


@pytest.mark.slow
def test_killed_before_every_change_of_a_file(lines: Lines) -> None:
    at, by_lines = 0, 0
    while True:
        lines.other()

        def work(at: int = at) -> None:
            watch(Counted(kill, at), lines.workspace.folder)
            lines.import_now()

        ended = forked(work)
        assert ended.code in {FINE, -signal.SIGKILL}, ended.told
        if ended.code == FINE:
            break
        lines.check_next()
        by_lines += lines.followed()
        at += 1
    assert at > 15
    # One that was killed once it was published left nothing to do, or nothing to go by.
    assert by_lines > at / 2
