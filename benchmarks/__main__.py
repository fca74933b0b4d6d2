"""Run one benchmark by name: ``python -m benchmarks NAME [--json] [--quick]``."""

from __future__ import annotations

import argparse
import importlib
import sys

from benchmarks.frame import show

BENCHMARKS = {
    "etl": "what an import costs against the plain pipeline, when it is large and when little changed",
    "first": "how long the demo takes to stand, and whether it stays on this machine",
    "gazetteer": "whether words for places are understood, and no place is taken for another",
    "planted": "whether the planted hotspots of Exempelstad are found, and little else",
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
    arguments = parser.parse_args()
    module = importlib.import_module(f"benchmarks.{arguments.name}")
    return show(module.rows(quick=arguments.quick), as_json=arguments.json)


if __name__ == "__main__":
    sys.exit(main())
