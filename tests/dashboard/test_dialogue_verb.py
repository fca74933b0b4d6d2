"""``problembild dialogue``: a dialogue from its file to its result, and what is wrong in one clear sentence."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.command import app

FINE, UNUSABLE = 0, 2
SAFFLE = Path(__file__).parents[2] / "docs" / "examples" / "saffle"
WEEK = SAFFLE / "dialoger" / "vecka-17-2016.toml"
KEY = "vecka-17-2016"


@pytest.fixture
def workspace(tmp_path):
    shutil.copytree(SAFFLE, tmp_path / "saffle")
    return tmp_path / "saffle"


def run(workspace, *arguments, language="sv"):
    command = ["dialogue", *map(str, arguments), "-w", str(workspace), "--language", language]
    return CliRunner().invoke(app, command)


def said(answer):
    return " ".join((answer.stdout + answer.stderr).split())


def test_saffles_week_is_kept_and_owes_its_result_until_both_have_it(workspace):
    answer = run(workspace, "add", WEEK, "--by", "kim")
    assert answer.exit_code == FINE, answer.output
    assert "Medborgardialog vecka 17, 2016, version 1. Planerad. Den är inte öppnad än." in said(answer)
    assert run(workspace, "open", KEY).exit_code == FINE
    given = run(workspace, "record", KEY, "stortorget", "--talks", 40, "--note", "Ring Anna på 070-123 45 67")
    assert given.exit_code == FINE, given.output
    assert run(workspace, "close", KEY).exit_code == FINE
    listed = run(workspace, "list", "--day", "2019-05-01")
    assert "Dialogen slutade 1\u00a0maj\u00a02016, för 1\u00a0095 dagar sedan" in listed.stdout.replace(
        "\n", " "
    ) or ("1 095 dagar sedan" in said(listed).replace("\u00a0", " "))
    assert run(workspace, "due", KEY, "2016-06-01").exit_code == FINE
    owed = json.loads(run(workspace, "list", "--day", "2016-06-03", "--json").stdout)[0]["lapse"]
    assert (owed["code"], owed["days"], owed["untold"]) == ("result_overdue", 2, ["residents", "staff"])
    for reader in ("residents", "staff"):
        told = run(workspace, "publish", KEY, "--to", reader, "--day", "2016-09-01", "--where", "Rådet")
        assert told.exit_code == FINE, told.output
    assert "återfört till både invånare och personal" in said(told)
    assert json.loads(run(workspace, "list", "--json").stdout)[0]["lapse"] is None
    shown = run(workspace, "show", KEY).stdout
    assert "070" not in shown
    assert "40 samtal" in shown
    assert "skrev in vad Stortorget gav" in shown


def test_what_will_not_do_is_one_sentence_and_keeps_nothing(workspace, tmp_path):
    faults = {
        ("last = 2016-05-01", "last = 2016-04-01"): "slutar 1 april 2016 innan den börjar 25 april 2016",
        ('where = "Stortorget"', 'place = "Stortorget"'): "det finns ingen plats som heter Stortorget",
        ('where = "Stortorget"', 'where = "Stortorget"\nday = 2016-05-09'): "utanför dialogens tid",
        ('key = "systembolaget"', 'key = "stortorget"'): "två tillfällen har nyckeln stortorget",
        ('kind = "citizen"', 'kind = "citizen"\nstate = "published"'): "hör inte hemma i filen",
        ('kind = "citizen"', "kind = "): "går inte att läsa som TOML",
    }
    file = tmp_path / "fel.toml"
    for (before, after), words in faults.items():
        file.write_text(WEEK.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
        answer = run(workspace, "add", file)
        assert answer.exit_code == UNUSABLE
        assert words in said(answer).replace("\u00a0", " ")
    assert "Inga dialoger" in run(workspace, "list").stdout
    run(workspace, "add", WEEK)
    early = run(workspace, "publish", KEY, "--to", "staff", "--day", "2016-05-09", "--where", "x")
    assert (early.exit_code, "Stäng dialogen först" in early.stderr) == (UNUSABLE, True)
    assert (
        "invånarna"
        in run(workspace, "publish", KEY, "--to", "all", "--day", "2016-05-09", "--where", "x").stderr
    )
    assert "There is a dialogue with the key" in said(run(workspace, "add", WEEK, language="en"))
    assert "Dialogen okand finns inte" in run(workspace, "open", "okand").stderr
