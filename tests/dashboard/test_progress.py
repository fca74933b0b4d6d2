"""Progress on the command line: rows, rate and time left, of what takes over two seconds and of nothing else."""

import io

import pytest
from rich.console import Console

from dashboard.pace import Pace
from dashboard.progress import StepBars, StepLines
from dashboard.texts.catalogue import catalogue


class Clock:
    """A clock that goes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lines(clock: Clock) -> tuple[StepLines, list[str]]:
    written: list[str] = []
    return StepLines(catalogue("sv"), written.append, clock=clock), written


def test_a_rate_is_not_said_of_the_first_moment_nor_time_left_of_an_unknown_total():
    early = Pace("import_read", 5, 10, 0.5)
    assert (early.rate, early.left_seconds) == (None, None)
    later = Pace("import_read", 40, 100, 4.0)
    assert (later.rate, later.left_seconds) == (10.0, 6.0)
    endless = Pace("import_read", 40, 0, 4.0)
    assert (endless.rate, endless.left_seconds) == (10.0, None)


def test_nothing_is_said_of_what_takes_two_seconds_at_most(lines, clock):
    progress, written = lines
    for step in ("import_read", "import_merge", "import_publish"):
        progress.report(step, 0, 10)
        clock.now += 1.9
        progress.report(step, 10, 10)
    assert written == []


def test_a_log_gets_a_line_after_two_seconds_and_then_every_ten(lines, clock):
    progress, written = lines
    progress.report("import_read", 0, 0)
    for done in range(1, 16):
        clock.now += 1
        progress.report("import_read", done * 1000, 100_000)
    assert written == [
        "Läser filer · 2\xa0000 av 100\xa0000 rader · 1\xa0000 rader i sekunden · 2 minuter kvar",
        "Läser filer · 12\xa0000 av 100\xa0000 rader · 1\xa0000 rader i sekunden · 1 minut kvar",
    ]


def test_each_step_is_timed_by_itself(lines, clock):
    progress, written = lines
    progress.report("import_read", 0, 100)
    clock.now += 5
    progress.report("import_merge", 0, 100)
    progress.report("import_merge", 50, 100)
    assert written == []
    clock.now += 5
    progress.report("import_merge", 50, 100)
    assert written == [
        "Kopplar ihop uppgifter om samma händelse · 50 av 100 rader · 10 rader i sekunden · 5 sekunder kvar"
    ]


def bars_on(clock: Clock) -> tuple[StepBars, io.StringIO]:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=140, color_system=None)
    bars = StepBars(catalogue("en"), console, clock=clock)
    bars.live.auto_refresh = False
    return bars, screen


def test_a_terminal_shows_a_bar_for_long_steps_only(clock):
    bars, screen = bars_on(clock)
    bars.report("import_read", 0, 0)
    clock.now += 4
    bars.report("import_read", 20_000, 100_000)
    bars.refresh()
    assert (
        "Reading files · 20,000 of 100,000 rows · 5,000 rows a second · 16 seconds left" in screen.getvalue()
    )
    bars.report("import_merge", 0, 100_000)
    clock.now += 1
    bars.end()
    bars.stop()
    assert "Linking" not in screen.getvalue()


def test_a_step_that_tells_nothing_while_it_works_is_seen_all_the_same(clock):
    bars, screen = bars_on(clock)
    bars.report("import_publish", 0, 1)
    bars.refresh()
    assert "Publishing" not in screen.getvalue()
    clock.now += 3
    bars.refresh()
    assert "Publishing" in screen.getvalue()
    bars.stop()
