"""One piece of work in a process of its own, timed: ``python -m benchmarks.etl_run WORK FOLDER …``.

The time is that of the work, without starting Python; the peak is of the whole process.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
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

    started = time.perf_counter()
    rows = other.plain(folder / ANSWERS, folder / AREAS, folder / "plain.parquet")
    return {"rows": rows, **_spent(started)}


def ours(folder: Path) -> dict[str, object]:
    """Import the workspace as for the first time."""
    shutil.rmtree(folder / "store", ignore_errors=True)
    return again(folder)


def again(folder: Path) -> dict[str, object]:
    """Import the workspace as it stands."""
    from etl.pipeline import run

    started = time.perf_counter()
    report = run(folder)
    spent = _spent(started)
    if report.stopped or not report.adds_up:
        raise RuntimeError(report.to_json())
    return {"rows": report.read, "fates": {str(fate): many for fate, many in report.fates.items()}, **spent}


def swap(folder: Path) -> dict[str, object]:
    """Put the other file of answers in the inbox."""
    (folder / ANSWERS).replace(folder / "aside.csv")
    (folder / CHANGED).replace(folder / ANSWERS)
    (folder / "aside.csv").replace(folder / CHANGED)
    return {}


def _spent(started: float) -> dict[str, float]:
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


WORK = {"make": make, "plain": plain, "ours": ours, "again": again, "swap": swap}

if __name__ == "__main__":
    done = WORK[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])  # type: ignore[operator]
    json.dump(done, sys.stdout)
