"""How stretches are said, and the verb that lists them."""

import json
from dataclasses import replace

import pytest
import shapely
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.views.stretches import ratio_words, stretch_name
from geodata.analyses.stretches import Stretch
from geodata.evidence.agreement import Agreement

STRETCH = Stretch(
    rank=1,
    street="Storgatan",
    from_cross="Skolgatan",
    to_cross="Torggatan",
    road_class="primary",
    line=shapely.LineString([(12.9, 59.1), (12.91, 59.1)]),
    length_m=400.0,
    count=31,
    expected=8.2,
    ratio=3.06,
    low=2.2,
    high=4.1,
    tellable=True,
    top_category="traffic_speed",
    streams=(),
    agreement=Agreement.TOO_FEW,
    agreement_sureness=None,
)


def run(*arguments):
    return CliRunner().invoke(app, ["stretches", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize(
    ("parts", "swedish_name", "english_name"),
    [
        ({}, "Storgatan mellan Skolgatan och Torggatan", "Storgatan between Skolgatan and Torggatan"),
        ({"to_cross": None}, "Storgatan vid Skolgatan", "Storgatan at Skolgatan"),
        ({"from_cross": None}, "Storgatan vid Torggatan", "Storgatan at Torggatan"),
        ({"from_cross": "Torggatan"}, "Storgatan vid Torggatan", "Storgatan at Torggatan"),
        ({"from_cross": None, "to_cross": None}, "Storgatan", "Storgatan"),
        (
            {"street": None, "to_cross": None},
            "Väg utan namn vid Skolgatan",
            "Road without a name at Skolgatan",
        ),
    ],
)
def test_a_stretch_is_named_by_what_is_known(swedish, english, parts, swedish_name, english_name):
    stretch = replace(STRETCH, **parts)
    assert stretch_name(swedish, stretch) == swedish_name
    assert stretch_name(english, stretch) == english_name


def test_a_ratio_is_said_with_its_range_or_not_at_all(swedish):
    assert ratio_words(swedish, STRETCH) == "3,1 (2,2–4,1)"
    assert ratio_words(swedish, replace(STRETCH, tellable=False)) == "för få för att säga"


def test_stretches_are_listed_with_what_they_rest_on(small_workspace):
    answer = run("-w", small_workspace, "--limit", 3)
    assert answer.exit_code == 0
    assert "Sträcka" in answer.stdout
    assert "sträckor till" in answer.stdout
    assert "uppgifter som ligger på en gata." in answer.stdout


def test_stretches_as_json(small_workspace):
    told = json.loads(run("-w", small_workspace, "--json", "--limit", 1000).stdout)
    assert len(told["stretches"]) == told["found"] > 3
    assert sum(one["count"] for one in told["stretches"]) == told["used"] > 0
    assert {one["line"]["type"] for one in told["stretches"]} == {"LineString"}


def test_the_council_gets_no_stretches_from_the_command_either(small_workspace):
    told = json.loads(run("-w", small_workspace, "--json", "--as", "council").stdout)
    assert (told["stretches"], told["warnings"]) == ([], ["stretches_withheld"])
    assert "Gatusträckor visas inte" in run("-w", small_workspace, "--as", "council").stdout


def test_a_length_that_is_no_stretch_is_refused_in_words(small_workspace):
    answer = run("-w", small_workspace, "--length", 20)
    assert answer.exit_code == 2
    assert "En sträcka är minst 50 meter, inte 20." in answer.stderr
