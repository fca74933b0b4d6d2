"""What the kernels cost before their first call: compiled anew, and read from the cache."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.frame import Row
from geodata.kernels.warming import KERNELS

PROBLEMBILD = str(Path(sys.executable).with_name("problembild"))
COMPILE_S, READ_S = 60.0, 3.0


def starting_rows(*, quick: bool) -> list[Row]:
    """Run ``problembild warm`` in processes of their own, with an empty cache and with a full one."""
    if quick:
        _seconds(None)
        return [_row("read from the cache", _seconds(None), READ_S)]
    with tempfile.TemporaryDirectory() as folder:
        return [
            _row("compiled, once an install", _seconds(folder), COMPILE_S),
            _row("read from the cache", _seconds(folder), READ_S),
        ]


def _seconds(cache: str | None) -> float:
    """Return the CPU seconds of one process, Python and numba themselves among them."""
    environment = os.environ if cache is None else {**os.environ, "NUMBA_CACHE_DIR": cache}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([PROBLEMBILD, "warm"], check=True, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _row(task: str, seconds: float, most: float) -> Row:
    return Row(
        task=f"{len(KERNELS)} files of kernels {task}, CPU-s of a whole process",
        ours=seconds,
        bar=f"at most {most:g}",
        holds=seconds <= most,
    )
