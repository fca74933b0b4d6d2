"""An import that is started from a page: in a thread of its own, one at a time, looked at by polling."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from threading import Lock, Thread
from typing import TYPE_CHECKING

from dashboard.pace import Pace
from dashboard.workflow import import_and_cut
from geodata.errors import ProblembildError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geodata.account import ImportReport

    Progress = Callable[[str, int, int], None]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far an import has come.

    Attributes
    ----------
    number
        How many this server has started; 0 before the first.
    running
        Whether it goes on.
    step, done, total
        What it is doing now (``steps.<step>``), and how much of that is done.
    seconds, step_seconds
        How long the import and the step have taken.
    error
        Why it ended without a result: an error with words, else what broke in the program.
    """

    number: int = 0
    running: bool = False
    step: str = ""
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    step_seconds: float = 0.0
    error: ProblembildError | str | None = None

    @property
    def pace(self) -> Pace:
        """How far the step has come, and how fast."""
        return Pace(self.step, self.done, self.total, self.step_seconds)


class ImportRunner:
    """Starts imports of a workspace and says how far the last one has come.

    Parameters
    ----------
    work
        What an import is; it is told what to call with step, done and total.
    """

    def __init__(self, workspace: Path, work: Callable[..., ImportReport] = import_and_cut) -> None:
        self._workspace = workspace
        self._work = work
        self._lock = Lock()
        self._state = ImportState()
        self._started = 0.0
        self._step_started = 0.0

    @property
    def state(self) -> ImportState:
        """How far the last import has come."""
        with self._lock:
            if not self._state.running:
                return self._state
            now = time.monotonic()
            return replace(self._state, seconds=now - self._started, step_seconds=now - self._step_started)

    def start(self) -> bool:
        """Start an import, unless one of this server's is under way.

        Returns
        -------
        bool
            Whether it was started.
        """
        with self._lock:
            if self._state.running:
                return False
            self._started = self._step_started = time.monotonic()
            self._state = ImportState(number=self._state.number + 1, running=True)
        Thread(target=self._run, name="import", daemon=True).start()
        return True

    def _run(self) -> None:
        error: ProblembildError | str | None = None
        try:
            self._work(self._workspace, progress=self._tell)
        except ProblembildError as told:
            error = told
        except OSError as told:
            error = told.strerror or type(told).__name__
        except Exception as told:  # noqa: BLE001  a thread has nobody else to tell
            # The trace may hold what stands in a file; the kind of fault is enough for the page.
            _LOG.error("The import broke off: %s", type(told).__name__)
            error = type(told).__name__
        with self._lock:
            took = time.monotonic() - self._started
            self._state = replace(self._state, running=False, seconds=took, error=error)

    def _tell(self, step: str, done: int, total: int) -> None:
        with self._lock:
            if step != self._state.step:
                self._step_started = time.monotonic()
            self._state = replace(self._state, step=step, done=done, total=total)
