"""What an import costs against the plain pipeline: time, memory, many rows, few changes.

Every run is a process of its own on the same file, ours and the plain one by turns, and the median of
several counts. Time is CPU time, user and system, of the whole process, Python's start and every import among
it: what else the machine does adds little to that. Only where many rows are held against few is the start
left out, which would otherwise flatter the many. This process stays small: what it holds would count as its
children's peak. Our own modules are compiled first, as installing them does: where Python may write no byte
code, every run would compile them anew.
"""

from __future__ import annotations

import compileall
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.etl_run import swap
from benchmarks.frame import Row

ROOT = Path(__file__).parents[1]
OURS = ("geodata", "etl", "benchmarks")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is, and what must hold there.

    Attributes
    ----------
    rows
        Of the file that both import.
    many, few
        Rows of two files whose cost a row is compared.
    rounds
        Runs of each; `many` is run once.
    time, memory, growth, change
        At most so many times the plain pipeline's; `growth` of few rows'.
    """

    rows: int
    many: int
    few: int
    rounds: int
    time: float
    memory: float
    growth: float
    change: float


FULL = Size(1_000_000, 5_000_000, 100_000, 3, time=3.0, memory=1.5, growth=1.15, change=0.6)
"""The bars of the issue."""

QUICK = Size(100_000, 100_000, 25_000, 1, time=4.5, memory=2.0, growth=1.15, change=5.0)
"""Here the start of Python weighs more than the rows, and ours imports more: it only shows what got lost."""


def rows(*, quick: bool) -> list[Row]:
    """Time the import of a file of answers, of larger and smaller ones, and of one that changed a little."""
    size = QUICK if quick else FULL
    for folder in OURS:
        compileall.compile_dir(str(ROOT / folder), quiet=2)
    with tempfile.TemporaryDirectory() as made_in:
        made = _do("make", Path(made_in) / "size", str(size.rows))
        ours, plain, changed = _compare(Path(made_in) / "size", rounds=size.rounds)
    few = _work_us(size.few, rounds=size.rounds)
    many = _us(ours, size.rows) if size.many == size.rows else _work_us(size.many, rounds=1)
    where = f"{size.rows:,} rows, {made['municipalities']} municipalities"
    return [
        _row(f"import of {where}, CPU s", ours["cpu_s"], plain["cpu_s"], size.time),
        _row(f"import of {where}, peak MB", ours["peak_mb"], plain["peak_mb"], size.memory),
        _row(f"CPU µs a row of {size.many:,} against {size.few:,} rows", many, few, size.growth),
        _row(f"import after 1 % changed of {where}, CPU s", changed["cpu_s"], plain["cpu_s"], size.change),
    ]


def _row(task: str, ours: float, other: float, bar: float) -> Row:
    return Row(task=task, ours=ours, other=other, bar=f"at most {bar:g} times", holds=ours <= bar * other)


def _compare(workspace: Path, *, rounds: int) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Return the median full import, plain run and import of a changed file."""
    ours, plain, changed = [], [], []
    for _ in range(rounds):
        plain.append(_do("plain", workspace))
        ours.append(_do("ours", workspace))
        swap(workspace)
        changed.append(_do("again", workspace))
        swap(workspace)
    return _median(ours), _median(plain), _median(changed)


def _median(runs: list[dict[str, Any]]) -> dict[str, float]:
    return {name: statistics.median(run[name] for run in runs) for name in ("cpu_s", "work_cpu_s", "peak_mb")}


def _work_us(count: int, *, rounds: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        _do("make", Path(folder) / "size", str(count))
        return _us(_median([_do("ours", Path(folder) / "size") for _ in range(rounds)]), count)


def _us(run: dict[str, float], count: int) -> float:
    return run["work_cpu_s"] / count * 1e6


def _do(work: str, *arguments: Path | str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.etl_run", work, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
