"""The phrases that the gazetteer is measured on are made by rules of their own, and say what can be told."""

import ast
from pathlib import Path

import numpy as np
import pytest

from benchmarks.phrases.pen import Pen
from benchmarks.phrases.spelling import misspell, reshape, shorten

ROOM = Path(__file__).parents[2] / "benchmarks" / "phrases"


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.name)
def test_no_rule_is_taken_from_the_matcher(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name for name in named if name.startswith("etl.gazetteer")} == set()


def test_a_misspelled_name_differs_by_little():
    rng = np.random.default_rng(3)
    written = [misspell("Järnvägsgatan", rng) for _ in range(200)]
    assert len(set(written)) > 60
    assert all(11 <= len(text) <= 15 for text in written)


def test_what_may_as_well_be_another_name_cannot_be_told():
    pen = Pen(["Solvägen", "Skolvägen", "Kvarngatan"], np.random.default_rng(0))
    told = {pen.name("Solvägen")[1] for _ in range(300)}
    assert told == {True, False}
    assert all(pen.name("Kvarngatan")[1] for _ in range(300))


def test_names_are_cut_short_and_reshaped_as_people_do():
    rng = np.random.default_rng(0)
    short = {shorten("Norra Skolgatan", rng) for _ in range(100)}
    assert {"N. Skolgatan", "Norra Skolg.", "Norra Skolg"} <= short
    assert {reshape("Storgatan", rng) for _ in range(50)} == {"Storgata", "Stor gatan"}
    assert shorten("Stortorget", rng) == "Stortorget"
