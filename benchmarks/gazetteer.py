"""Whether words for places are understood: right where they can be, and not at all where they can't."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from benchmarks.frame import Row
from benchmarks.phrases.ground import made_ground
from benchmarks.phrases.real import real_grounds
from benchmarks.phrases.writing import Writer
from benchmarks.plain_names import plain_lookup
from etl.gazetteer.gazetteer import make_gazetteer
from etl.gazetteer.normalise import phrase_key

if TYPE_CHECKING:
    from benchmarks.phrases.ground import Ground
    from benchmarks.phrases.writing import Truth, Written
    from etl.gazetteer.candidates import Candidate

SEEDS = (1, 2)
"""Never looked at when the matcher's words and costs were chosen; those were chosen on 101 and 102."""
PHRASES = 12_000
"""A town."""
REAL_PHRASES = 500
"""A municipality."""

RIGHT_BAR = 0.97
WRONG_BAR = 0.005
NEAR_M = 50.0


def rows(*, quick: bool) -> list[Row]:
    """Write phrases about made-up towns and real schools, and hold what is understood against the truth."""
    tally: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    took = 0.0
    for number, ground in enumerate(grounds(SEEDS[:1] if quick else SEEDS)):
        rng = np.random.default_rng([number, 4711])
        count = REAL_PHRASES if not ground.streets else PHRASES // (4 if quick else 1)
        written = Writer(ground, rng).phrases(count)
        started = time.perf_counter()
        found = understood(ground, written)
        took += time.perf_counter() - started
        for phrase, candidate in zip(written, found, strict=True):
            tally[outcome(phrase.truth, candidate)] += 1
        for phrase, candidate in zip(written, plain_lookup(ground, written), strict=True):
            plain[outcome(phrase.truth, candidate)] += 1
    return _said(tally, plain, took)


def grounds(seeds: tuple[int, ...]) -> list[Ground]:
    """Return the towns, and the real schools of five municipalities where they are at hand."""
    made = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            made.append(made_ground(Path(folder) / "exempelstad", seed=seed))
    return made + real_grounds()


def understood(ground: Ground, written: list[Written]) -> list[Candidate | None]:
    """Return what the gazetteer takes each phrase for; None where it would ask a person."""
    gazetteer = make_gazetteer(
        schools=ground.schools, areas=ground.areas, streets=ground.links, project=ground.project
    )
    found = gazetteer.resolve(phrase.text for phrase in written)
    return [found[phrase_key(phrase.text)].accepted for phrase in written]


def outcome(truth: Truth | None, candidate: Candidate | None) -> str:
    """Return ``right``, ``wrong`` or ``asked`` for what can be told, ``taken`` or ``left`` for the rest."""
    if truth is None:
        return "left" if candidate is None else "taken"
    if candidate is None:
        return "asked"
    return "right" if is_right(truth, candidate) else "wrong"


def is_right(truth: Truth, candidate: Candidate) -> bool:
    """Say whether a candidate is where the phrase is, and as precise."""
    if str(candidate.precision) != truth.precision:
        return False
    away = np.hypot(candidate.x - truth.point[0], candidate.y - truth.point[1])
    if truth.line is None:
        return bool(away <= NEAR_M)
    on_street = shapely.distance(truth.line, shapely.Point(candidate.x, candidate.y)) <= NEAR_M
    return bool(on_street and away <= truth.reach_m)


def _said(tally: Counter[str], plain: Counter[str], took: float) -> list[Row]:
    every = sum(tally.values())
    told = sum(tally[name] for name in ("right", "wrong", "asked"))
    right, plain_right = tally["right"] / told, plain["right"] / told
    wrong, plain_wrong = ((one["wrong"] + one["taken"]) / every for one in (tally, plain))
    return [
        Row(
            task=f"of {told} phrases that can be told: share taken and right",
            ours=right,
            other=plain_right,
            bar=f"at least {RIGHT_BAR:g}",
            holds=right >= RIGHT_BAR,
        ),
        Row(
            task=f"of all {every} phrases: share taken and wrong",
            ours=wrong,
            other=plain_wrong,
            bar=f"at most {WRONG_BAR:g}",
            holds=wrong <= WRONG_BAR,
        ),
        Row(
            task=f"of {every - told} phrases that nobody can tell: share left to a person",
            ours=tally["left"] / max(1, every - told),
            other=plain["left"] / max(1, every - told),
            bar="told",
            holds=True,
        ),
        Row(task="phrases a second, gazetteer made anew", ours=every / took, bar="told", holds=True),
    ]
