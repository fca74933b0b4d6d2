"""The printed survey: what stands on it, that it opens from disk alone, and the verb that writes it."""

import re

import pytest
from typer.testing import CliRunner

from dashboard.app import create_app
from dashboard.command import app
from dashboard.print.survey import survey_page
from dashboard.settings import Settings
from geodata.analyses.ground import open_ground
from geodata.codelists import RESPONDENTS
from geodata.project import parse_project, read_project

LOCAL = "http://127.0.0.1:8050"


@pytest.fixture(scope="module")
def page(small_workspace):
    ground = open_ground(small_workspace)
    return survey_page(read_project(small_workspace), ground, language="sv", batch="261122-A")


def test_it_holds_purpose_privacy_questions_map_and_whom_to_ask(page, swedish):
    for words in ("261122-A", "frivilligt att svara", "Vad gör platsen otrygg?", "Frågor:", "Lämna enkäten"):
        assert words in page
    for code in RESPONDENTS:
        assert swedish(f"respondent.{code}") in page
    assert page.count('class="box"') > 20
    assert page.count('class="line"') == 8
    assert re.search(r'<svg [^>]*viewBox="0 0 178.0 132.0"', page)
    assert re.search(r"<text [^>]*rotate[^>]*>[^<]+(gatan|vägen)</text>", page)


def test_it_asks_nothing_of_any_network_and_runs_nothing(page):
    assert re.findall(r'(?:src|href)="|url\(|@import|<script|<link', page) == []
    assert set(re.findall(r"https?://[^\"]+", page)) == {"http://www.w3.org/2000/svg"}


def test_the_map_stays_on_its_sheet(page):
    drawing = page[page.index("<svg") : page.index("</svg>")]
    roads = [path for path in re.findall(r' d="(M[^"]+)"', drawing) if len(path) > 200]
    numbers = [float(number) for path in roads for number in re.findall(r"-?[0-9]+\.[0-9]", path)]
    assert len(numbers) > 500
    assert min(numbers) >= -0.1
    assert max(numbers) <= 178.1


def test_the_municipality_says_it_in_its_own_words():
    project = parse_project(
        {
            "municipality": {"name": "Säffle", "code": "1785"},
            "survey": {
                "title": "Trygg i Säffle?",
                "purpose": "Vi vill <veta>.",
                "privacy_notice": "Frivilligt.",
                "contact": "Samordnaren, 0533-68 10 00",
                "question": [
                    {
                        "name": "problem",
                        "text": "Vad?",
                        "kind": "choice",
                        "choices": {"Mörkt & tyst": "environment_dark"},
                    }
                ],
            },
        }
    )
    page = survey_page(project, None, language="sv")
    assert "Vi vill &lt;veta&gt;." in page
    assert "Mörkt &amp; tyst" in page
    assert "Samordnaren, 0533-68 10 00" in page
    assert "Kartan ritas när gator och kartlager är inlästa." in page
    assert "Vem är du?" not in page


def test_english_is_english(small_workspace):
    page = survey_page(read_project(small_workspace), None, language="en")
    assert '<html lang="en">' in page
    assert "Where do you feel unsafe?" in page


def test_the_server_shows_it_and_lets_it_be_saved(small_workspace):
    client = create_app(Settings(workspace=small_workspace)).server.test_client()
    shown = client.get("/enkat?omgang=A-1", base_url=LOCAL)
    assert shown.status_code == 200
    assert "A-1" in shown.text
    saved = client.get("/enkat?spara=1", base_url=LOCAL)
    assert "filename=enkat.html" in saved.headers["Content-Disposition"]
    template = client.get("/inmatning/mall.csv", base_url=LOCAL)
    assert template.data.startswith("\ufeffOmgång;Nr;Insamlingsplats".encode())


def test_the_verb_writes_it(small_workspace, tmp_path):
    out = tmp_path / "papper" / "enkat.html"
    done = CliRunner().invoke(
        app, ["survey", "--workspace", str(small_workspace), "--out", str(out), "--batch", "B-2"]
    )
    assert done.exit_code == 0, done.output
    assert "B-2" in out.read_text(encoding="utf-8")
