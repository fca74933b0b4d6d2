"""Run one benchmark by name: ``python -m benchmarks NAME [--json] [--quick] [--only TASK]``."""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import TYPE_CHECKING

from benchmarks.frame import show

if TYPE_CHECKING:
    from types import ModuleType

BENCHMARKS = {
    "accuracy": "whether the ranking would have caught what came next, on real towns, beside plain counts",
    "calibration": "whether chances, ranges and probabilities mean what they say, where the truth is known",
    "effect": "whether fell and rose are said when they should be, and what too few events could have shown",
    "etl": "what an import costs against the plain pipeline, when it is large and when little changed",
    "first": "how long the demo takes to stand, and whether it stays on this machine",
    "gazetteer": "whether words for places are understood, and no place is taken for another",
    "hotspots": "how fast the hotspot methods are beside others' programs; --only takes one task",
    "places": "whether schools, joyriding and squares are found, named and timed, and quiet ones left alone",
    "planted": "whether the planted hotspots of Exempelstad are found, and little else",
    "targeting": "whether the plan covers the planted harm, beside the best, the greedy and an even plan",
}


def main() -> int:
    """Read the command line, run one benchmark, print its rows."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        epilog="; ".join(f"{name}: {question}" for name, question in BENCHMARKS.items()),
    )
    parser.add_argument("name", choices=sorted(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.add_argument("--quick", action="store_true", help="a smaller run, under a minute")
    parser.add_argument("--only", metavar="TASK", help="one task of a benchmark that has TASKS")
    arguments = parser.parse_args()
    module = importlib.import_module(f"benchmarks.{arguments.name}")
    chosen = {} if arguments.only is None else {"only": _task(parser, module, arguments.only)}
    return show(module.rows(quick=arguments.quick, **chosen), as_json=arguments.json)


def _task(parser: argparse.ArgumentParser, module: ModuleType, task: str) -> str:
    """Return the task's name, or end with the names that there are."""
    tasks = getattr(module, "TASKS", {})
    if task not in tasks:
        parser.error(f"--only {task}: {module.__name__} has {', '.join(tasks) or 'no tasks'}")
    return task


if __name__ == "__main__":
    sys.exit(main())
