"""What an import costs against the plain pipeline: time, memory, many rows, few changes.

Every run is a process of its own, ours and the plain one by turns; of several runs the quickest counts, since
whatever else the machine does can only add. This process stays small: what it holds would count as its
children's peak.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.frame import Row

ROWS, MANY, FEW = 1_000_000, 5_000_000, 100_000
QUICK_ROWS, QUICK_MANY, QUICK_FEW = 100_000, 150_000, 50_000
ROUNDS = 3

TIME_BAR, MEMORY_BAR, GROWTH_BAR, CHANGE_BAR = 3.0, 1.5, 1.15, 0.6


def rows(*, quick: bool) -> list[Row]:
    """Time the import of a file of answers, of larger and smaller ones, and of one that changed a little."""
    size, many, few = (QUICK_ROWS, QUICK_MANY, QUICK_FEW) if quick else (ROWS, MANY, FEW)
    rounds = 1 if quick else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        made = _do("make", Path(folder) / "size", str(size))
        ours, plain, changed = _compare(Path(folder) / "size", rounds=rounds)
    per_row = {count: _per_row_us(count, rounds=1 if count == MANY else rounds) for count in (few, many)}
    where = f"{size:,} rows, {made['municipalities']} municipalities"
    return [
        _row(f"import of {where}, s", ours["seconds"], plain["seconds"], TIME_BAR),
        _row(f"import of {where}, peak MB", ours["peak_mb"], plain["peak_mb"], MEMORY_BAR),
        _row(f"microseconds a row of {many:,} against {few:,} rows", per_row[many], per_row[few], GROWTH_BAR),
        _row(f"import after 1 % changed of {where}, s", changed["seconds"], plain["seconds"], CHANGE_BAR),
    ]


def _row(task: str, ours: float, other: float, bar: float) -> Row:
    return Row(task=task, ours=ours, other=other, bar=f"at most {bar:g} times", holds=ours <= bar * other)


def _compare(workspace: Path, *, rounds: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return the quickest full import, the quickest plain run, the quickest import of a changed file."""
    ours, plain, changed = [], [], []
    for _ in range(rounds):
        plain.append(_do("plain", workspace))
        ours.append(_do("ours", workspace))
        _do("swap", workspace)
        changed.append(_do("again", workspace))
        _do("swap", workspace)
    return _quickest(ours), _quickest(plain), _quickest(changed)


def _quickest(runs: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: min(run[name] for run in runs) for name in ("seconds", "peak_mb")}


def _per_row_us(count: int, *, rounds: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        _do("make", Path(folder) / "size", str(count))
        runs = [_do("ours", Path(folder) / "size") for _ in range(rounds)]
    return float(_quickest(runs)["seconds"]) / count * 1e6


def _do(work: str, *arguments: Path | str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.etl_run", work, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
