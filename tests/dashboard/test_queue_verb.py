"""``problembild queue``: the list, an answer, what is refused."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.command import app

FINE, UNUSABLE = 0, 2
ANSWERS = "Svar;Datum;Plats;Vad är problemet?;Beskriv\n1;2025-05-12;vid skolan;Mörkt;\n2;2025-05-12;hemma;;\n"


@pytest.fixture(scope="module")
def waiting(small_workspace, tmp_path_factory):
    """A town with two answers on paper whose places nobody knows yet."""
    folder = Path(shutil.copytree(small_workspace, tmp_path_factory.mktemp("waiting") / "workspace"))
    (folder / "inbox" / "svar.csv").write_text(ANSWERS, encoding="utf-8")
    with (folder / "problembild.toml").open("a", encoding="utf-8") as project:
        project.write('\n[[source]]\nname = "papper"\nmapping = "plain_survey"\nfiles = ["inbox/svar.csv"]\n')
    assert run("import", "-w", folder).exit_code == FINE
    return folder


@pytest.fixture
def workspace(waiting, tmp_path):
    """A copy that a test may answer in."""
    return Path(shutil.copytree(waiting, tmp_path / "workspace"))


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def listed(workspace):
    answer = run("queue", "-w", workspace, "--json")
    assert answer.exit_code == FINE, answer.stderr
    return {one["phrase_key"]: one for one in json.loads(answer.stdout)}


def test_the_list_says_the_words_why_they_wait_and_what_they_may_be(workspace):
    answer = run("queue", "-w", workspace)
    assert answer.exit_code == FINE
    assert "vid skolan" in answer.stdout
    assert "Orden passar lika bra på flera platser." in answer.stdout
    assert "hemma" in answer.stdout
    assert "--candidate NUMMER" in answer.stderr
    school = listed(workspace)["vid skolan"]
    assert school["reason"] == "ambiguous"
    assert len(school["choices"]) > 1
    assert f"1 {school['choices'][0]['label']}" in answer.stdout


def test_an_answer_holds_from_the_next_import_on_until_it_is_withdrawn(workspace):
    label = listed(workspace)["vid skolan"]["choices"][1]["label"]
    kept = run("queue", "-w", workspace, "--answer", "vid skolan", "--candidate", 2, "--by", "Kim")
    assert kept.exit_code == FINE
    assert "vid skolan" not in listed(workspace)
    assert run("queue", "-w", workspace, "--answer", "hemma", "--nowhere").exit_code == FINE
    assert run("import", "-w", workspace).exit_code == FINE
    assert not {"vid skolan", "hemma"} & listed(workspace).keys()
    answers = json.loads(run("queue", "-w", workspace, "--answered", "--json").stdout)
    by_words = {one["phrase_key"]: one for one in answers}
    assert (by_words["vid skolan"]["label"], by_words["vid skolan"]["decided_by"]) == (label, "Kim")
    assert "Kim" in run("queue", "-w", workspace, "--answered").stdout
    assert run("queue", "-w", workspace, "--withdraw", "vid skolan").exit_code == FINE
    assert run("import", "-w", workspace).exit_code == FINE
    assert "vid skolan" in listed(workspace)


def test_other_words_for_what_no_layer_has_are_told(workspace):
    with (workspace / "problembild.toml").open("a", encoding="utf-8") as project:
        project.write('\n[[gazetteer.place]]\nname = "Gasverket"\naliases = ["Gasen"]\n')
    assert run("import", "-w", workspace).exit_code == FINE
    assert "Inget kartlager har Gasverket" in run("queue", "-w", workspace).stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--answer", "hemma"), "Säg en sak om platsen"),
        (("--answer", "hemma", "--candidate", 1), "ingen sådan kandidat"),
        (("--answer", "borta", "--candidate", 1), "Ingen uppgift säger borta"),
        (("--answer", "borta", "--nowhere"), "Ingen uppgift säger borta"),
        (("--answer", "hemma", "--lonlat", "0", "0"), "utanför kommunen"),
        (("--withdraw", "hemma"), "Ingen har sagt"),
    ],
)
def test_what_cannot_be_kept_is_said_and_changes_nothing(waiting, arguments, said):
    before = listed(waiting)
    answer = run("queue", "-w", waiting, *arguments)
    assert answer.exit_code == UNUSABLE
    assert said in answer.stderr
    assert listed(waiting) == before
