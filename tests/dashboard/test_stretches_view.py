"""How stretches are said, and the verb that lists them."""

import json
from dataclasses import replace

import pytest
import shapely
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.components.stretch_table import stretch_table
from dashboard.views.stretches import ratio_words, stretch_name, stretches_view
from geodata.analyses.ranking import StreamEvidence
from geodata.analyses.stretches import Stretch, StretchAnswer
from geodata.evidence.agreement import Agreement
from geodata.schema import Stream

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


ANSWER = StretchAnswer(
    stretches=(
        replace(
            STRETCH,
            streams=(
                StreamEvidence(Stream.SURVEY, 12, 3.0, 3.6, 2.4, 5.1, tellable=True),
                StreamEvidence(Stream.REVIEW, 1, 0.4, 1.1, 0.3, 2.9, tellable=False),
                StreamEvidence(Stream.INCIDENT, 18, 5.2, 3.1, 2.1, 4.2, tellable=True),
            ),
            agreement=Agreement.FELT_AND_RECORDED,
            agreement_sureness=0.998,
        ),
        replace(STRETCH, rank=None, tellable=False),
    ),
    found=2, window_m=400.0, step_m=100.0, used=31, off_street=2, left_out={}, counting_rule="along_street", warnings=(),
)  # fmt: skip


def test_three_streams_stand_side_by_side_on_a_stretch_with_how_sure_they_agree(swedish):
    view = stretches_view(swedish, ANSWER)
    (item,) = view.stretches  # too little is known of the other for any order
    assert [bar.short for bar in item.bars] == [
        "3,6 gånger (2,4–5,1)",
        "för få för att säga",
        "3,1 gånger (2,1–4,2)",
    ]
    assert (item.agreement, item.sureness) == ("Upplevt och anmält", "99\N{NO-BREAK SPACE}% säkert")
    assert view.basis[1].startswith("Bygger på 31 uppgifter")
    markup = stretch_table(swedish, view)
    assert "Storgatan mellan Skolgatan och Torggatan" in markup
    assert "18 händelser, väntat 5,2" in markup


def test_stretches_are_not_there_for_who_sees_no_cells(swedish):
    assert stretches_view(swedish, replace(ANSWER, stretches=(), warnings=("stretches_withheld",))) is None


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
