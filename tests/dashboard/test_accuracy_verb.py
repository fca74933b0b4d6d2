"""``problembild accuracy`` and ``rank``: what is printed, and what is refused."""

import json
from itertools import product

import pytest
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.texts.catalogue import catalogue
from geodata.analyses.past import UNITS

FINE, UNUSABLE = 0, 2


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(("unit", "language"), list(product(UNITS, ("sv", "en"))))
def test_every_method_and_unit_has_its_words(unit, language):
    texts = catalogue(language)
    assert texts(f"cli.accuracy.basis_{unit}", n=2, periods=2, first="2024-01-01", last="2024-12-31")
    assert all(texts(f"cli.accuracy.name.{name}") for name in ("count", *UNITS[unit].methods))


def test_the_answer_says_what_it_rests_on_or_why_there_is_none(small_workspace):
    answer = run("accuracy", "-w", small_workspace, "--unit", "streets", "--language", "en")
    assert answer.exit_code == FINE, answer.stderr
    assert "Forecast" in answer.stdout or "too short" in answer.stdout
    assert run("accuracy", "-w", small_workspace, "--method", "tea_leaves").exit_code == UNUSABLE


def test_weights_are_shown_and_can_be_moved(small_workspace):
    plain = json.loads(run("rank", "-w", small_workspace, "--json").stdout)
    moved = json.loads(run("rank", "-w", small_workspace, "--weight", "survey=3", "--json").stdout)
    assert moved["weights"] == plain["weights"] | {"survey": 3.0}
    table = run("rank", "-w", small_workspace, "--weight", "survey=3", "--language", "en")
    assert table.exit_code == FINE, table.stderr
    assert "says 3.0" in table.stdout
    assert f"Based on {plain['used']} records" in table.stdout.replace(",", "")
    assert "Among the first ten" in table.stdout


@pytest.mark.parametrize("weight", ["survey", "survey=-1", "tea=2", "survey=much", "survey=²", "survey=1000"])
def test_a_weight_that_is_none_is_refused(small_workspace, weight):
    answer = run("rank", "-w", small_workspace, "--weight", weight)
    assert answer.exit_code == UNUSABLE
    assert "--weight" in answer.stderr
    assert weight in answer.stderr


def test_places_are_held_against_their_kind(small_workspace):
    rates = json.loads(run("rank", "-w", small_workspace, "--own", "--json").stdout)
    for one in rates:
        assert one["amount"] > 0
        assert one["denominator"] in {"pupils", "population", "flow", "street"}
    answer = run("rank", "-w", small_workspace, "--own", "--language", "en")
    assert answer.exit_code == FINE, answer.stderr
    assert "Held against" in answer.stdout
    withheld = json.loads(run("rank", "-w", small_workspace, "--own", "--as", "public", "--json").stdout)
    assert all(one["ratio"] is None for one in withheld if one["count"] is None)
