"""One piece of work in a process of its own, measured: ``python -m benchmarks.etl_run WORK FOLDER …``.

CPU time is given of the whole process and, once what it needs is imported, of the work alone; the peak is of
the whole process.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from pathlib import Path

AREAS = Path("inbox") / "granser.parquet"
ANSWERS = Path("inbox") / "svar.csv"
CHANGED = "changed.csv"
CHANGED_SHARE = 0.01
LIKE_A_PERSON = Path(__file__).parent / "answers_workspace"


def make(folder: Path, rows: str) -> dict[str, object]:
    """Make a workspace with a file of answers, and beside it the same file with a share changed."""
    import geopandas as gpd

    from benchmarks.answers import change_answers, write_answers
    from benchmarks.country import put_municipalities

    shutil.copytree(LIKE_A_PERSON, folder)
    (folder / "inbox").mkdir()
    which = put_municipalities(folder / AREAS)
    inside = gpd.read_parquet(folder / AREAS).geometry.to_numpy()
    write_answers(folder / ANSWERS, int(rows), inside=inside, seed=1)
    change_answers(folder / ANSWERS, folder / CHANGED, share=CHANGED_SHARE, seed=2)
    return {"municipalities": which}


def plain(folder: Path) -> dict[str, object]:
    """Run the plain pipeline."""
    from benchmarks import plain as other

    started = _cpu_s()
    rows = other.plain(folder / ANSWERS, folder / AREAS, folder / "plain.parquet")
    return {"rows": rows, **_spent(started)}


def ours(folder: Path) -> dict[str, object]:
    """Import the workspace as for the first time."""
    shutil.rmtree(folder / "store", ignore_errors=True)
    return again(folder)


def again(folder: Path) -> dict[str, object]:
    """Import the workspace as it stands."""
    from etl.pipeline import run

    started = _cpu_s()
    report = run(folder)
    spent = _spent(started)
    if report.stopped or not report.adds_up:
        raise RuntimeError(report.to_json())
    return {"rows": report.read, "fates": {str(fate): many for fate, many in report.fates.items()}, **spent}


def swap(folder: Path) -> None:
    """Put the other file of answers in the inbox."""
    (folder / ANSWERS).replace(folder / "aside.csv")
    (folder / CHANGED).replace(folder / ANSWERS)
    (folder / "aside.csv").replace(folder / CHANGED)


def _spent(started: float) -> dict[str, float]:
    cpu = _cpu_s()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu_s": cpu, "work_cpu_s": cpu - started, "peak_mb": peak}


def _cpu_s() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


WORK = {"make": make, "plain": plain, "ours": ours, "again": again}

if __name__ == "__main__":
    done = WORK[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])  # type: ignore[operator]
    json.dump(done, sys.stdout)
