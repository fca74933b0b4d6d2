"""An import started from a page: one at a time, its progress and its end told."""

import threading

import pytest

from dashboard import pace
from dashboard.importing import ImportRunner, ImportState
from geodata.errors import StoreError


class Work:
    """An import that goes on until it is let go."""

    def __init__(self, error=None):
        self.error = error
        self.told, self.go = threading.Event(), threading.Event()
        self.starts = 0

    def __call__(self, workspace, progress):
        self.starts += 1
        progress("import_read", 30, 120)
        self.told.set()
        assert self.go.wait(10)
        if self.error is not None:
            raise self.error


def ended(runner):
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(10)
    return runner.state


def test_one_import_goes_on_at_a_time_and_says_how_far_it_has_come(tmp_path, monkeypatch):
    work = Work()
    runner = ImportRunner(tmp_path, work)
    assert runner.state == ImportState()
    assert runner.start()
    assert work.told.wait(10)
    assert not runner.start()
    state = runner.state
    assert (state.running, state.step, state.done, state.total) == (True, "import_read", 30, 120)
    monkeypatch.setattr(pace, "LEAST_SECONDS", 0.0)
    now = runner.state.pace
    assert now.left_seconds == pytest.approx(3 * now.seconds)
    work.go.set()
    after = ended(runner)
    assert (after.running, after.error, after.number, work.starts) == (False, None, 1, 1)
    work.go.set()
    assert runner.start()
    ended(runner)
    assert (runner.state.number, work.starts) == (2, 2)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StoreError("import_running", "Another import.", since="i dag"), StoreError),
        (OSError(28, "No space left on device"), str),
        (ZeroDivisionError("secret cell 191212-1212"), str),
    ],
)
def test_an_import_that_breaks_off_says_why_and_never_what_stood_in_a_file(tmp_path, error, told):
    work = Work(error)
    work.go.set()
    runner = ImportRunner(tmp_path, work)
    runner.start()
    state = ended(runner)
    assert isinstance(state.error, told)
    assert "191212" not in str(state.error)
