"""Progress on the command line: a bar a step where somebody looks, else a line now and then."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, ProgressColumn
from rich.text import Text

from dashboard.pace import LEAST_SECONDS, Pace
from dashboard.views.pace import pace_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console, RenderableType
    from rich.progress import Task

    from dashboard.texts.catalogue import Catalogue

BETWEEN = " · "
LINE_SECONDS = 10.0
"""How often a line is written where nobody looks: in a log, once is enough."""


class StepBars(Progress):
    """A bar for each step that has taken over `LEAST_SECONDS`, with rows, rate and time left.

    Parameters
    ----------
    console
        A terminal.
    clock
        Seconds, from any beginning.
    """

    def __init__(
        self, texts: Catalogue, console: Console, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(BarColumn(), _Words(texts), console=console, get_time=clock)

    def report(self, step: str, done: int, total: int) -> None:
        """Take what long work tells; another step ends the one before."""
        if not self.tasks or self.tasks[-1].description != step:
            self.start()  # only now: a start that fails shows no empty bar
            self.end()
            self.add_task(step, total=None)
        # The step is over when the next one begins: what it does after its last word is still its own.
        self.update(self.tasks[-1].id, completed=done, total=total or None)

    def end(self) -> None:
        """Let the last step be done."""
        for task in self.tasks[-1:]:
            self.update(task.id, completed=task.total or task.completed)
            self.stop_task(task.id)

    def get_renderables(self) -> Iterable[RenderableType]:
        """Yield the bars that are to be seen."""
        yield self.make_tasks_table([task for task in self.tasks if (task.elapsed or 0.0) >= LEAST_SECONDS])


class _Words(ProgressColumn):
    def __init__(self, texts: Catalogue) -> None:
        super().__init__()
        self._texts = texts

    def render(self, task: Task) -> Text:
        pace = Pace(task.description, int(task.completed), int(task.total or 0), task.elapsed or 0.0)
        return Text(BETWEEN.join(pace_words(self._texts, pace)))


class StepLines:
    """A line for each step that has taken over `LEAST_SECONDS`, and another every `LINE_SECONDS`.

    Parameters
    ----------
    write
        Takes a line.
    clock
        Seconds, from any beginning.
    """

    def __init__(
        self, texts: Catalogue, write: Callable[[str], object], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._texts = texts
        self._write = write
        self._clock = clock
        self._pace = Pace("", 0, 0, 0.0)
        self._since = self._next = 0.0

    def report(self, step: str, done: int, total: int) -> None:
        """Take what long work tells."""
        now = self._clock()
        if step != self._pace.step:
            self._since, self._next = now, now + LEAST_SECONDS
        self._pace = replace(self._pace, step=step, done=done, total=total, seconds=now - self._since)
        if now >= self._next:
            self._next = now + LINE_SECONDS
            self._write(BETWEEN.join(pace_words(self._texts, self._pace)))
