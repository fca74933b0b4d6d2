"""What the coordinator does by hand: keying with the keyboard alone, sending files, importing them."""

import csv
import re
from pathlib import Path

import pytest
from conftest import serving
from playwright.sync_api import expect

from dashboard.map.tiles import cut_tiles
from etl.pipeline import run
from etl.synthetic.town import make_town
from geodata.store.snapshots import open_current

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONG = 60_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SOURCES = """
[[source]]
name = "inmatade_svar"
mapping = "paper_survey"
files = ["inbox/inmatning/svar_*.csv"]

[[source]]
name = "inmatade_omgangar"
mapping = "paper_batches"
files = ["inbox/inmatning/omgangar.csv"]
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A small municipality of its own, since these tests write into it."""
    folder = tmp_path_factory.mktemp("by_hand")
    make_town(folder, size="small", seed=1)
    project = folder / "problembild.toml"
    text = project.read_text(encoding="utf-8")
    if "paper_survey" not in text:
        project.write_text(text + SOURCES, encoding="utf-8")
    run(folder)
    cut_tiles(open_current(folder / "store"))
    return folder


@pytest.fixture(scope="module")
def desk(workspace, tmp_path_factory):
    with serving(workspace, tmp_path_factory.mktemp("serve") / "log") as address:
        yield address


def keyed(workspace, batch):
    path = workspace / "inbox" / "inmatning" / f"svar_{batch}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def type_fields(page, *words):
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Enter")


def open_round(page, desk, code):
    page.goto(f"{desk}/inmatning?som=samordnare")
    expect(page.locator("#round-batch")).to_be_focused(timeout=LONG)
    page.keyboard.press("ControlOrMeta+A")
    type_fields(page, code, "Stortorget", "", "40", "3", "")
    page.wait_for_url(re.compile(f"omgang={code}"))
    expect(page.locator("#keying-respondent")).to_be_focused(timeout=LONG)


def test_three_answers_are_keyed_without_a_mouse_and_imported(page, desk, workspace):
    open_round(page, desk, "E2E-A")
    said = page.locator("#keying-said")
    type_fields(page, "1", "3", "Storgatan", "1", "4", "Bilar kör fort", "Farthinder")
    expect(said).to_have_text("Svar 1 är sparat.")
    expect(page.locator("#keying-respondent")).to_be_focused()
    type_fields(page, "6", "", "", "mörkt", "", "", "")
    expect(said).to_have_text("Svar 2 är sparat.")
    type_fields(page, "elev", "", "torget", "99", "", "", "")
    expect(page.locator("#keying-category-fault")).to_have_text(re.compile("inget val 99"))
    expect(page.locator("#keying-category")).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    type_fields(page, "alk", "", "", "Fler vuxna på kvällen")
    expect(said).to_have_text("Svar 3 är sparat.")
    expect(page.locator("h1")).to_have_text("3 av 3 inlämnade svar är inmatade i omgång E2E-A.")
    rows = keyed(workspace, "E2E-A")
    assert [(row["Nr"], row["Svarande"], row["Problem"]) for row in rows] == [
        ("1", "Boende", "För hög fart"),
        ("2", "Elev", "Mörkt"),
        ("3", "Elev", "alkohol"),
    ]
    page.goto(f"{desk}/underlag?som=samordnare")
    expect(page.get_by_text("2 av dem är nya sedan senaste inläsningen.")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="Läs in inkorgen").press("Enter")
    expect(page.locator("#inbox-state .said")).to_have_text(
        re.compile("Inläsningen är klar. Den tog"), timeout=LONG
    )
    account = page.locator(".file", has_text="inmatning/svar_E2E-A.csv")
    expect(account.locator(".sum")).to_have_text(re.compile("^3 lästa rader = "))
    table = open_current(workspace / "store").table("observations")
    ours = table[table["batch"] == "E2E-A"].sort_values("source_record_id")
    assert list(ours["category"]) == ["traffic_speed", "environment_dark", "substance_alcohol"]
    assert list(ours["respondent"]) == ["resident", "pupil", "pupil"]
    assert list(ours["age_group"].fillna("")) == ["25-44", "", ""]
    assert list(ours["said_when"].fillna("")) == ["weekday_evening", "", ""]


def test_an_answer_is_corrected_and_taken_away(page, desk, workspace):
    open_round(page, desk, "E2E-B")
    type_fields(page, "2", "", "Storgatan", "1", "", "fel", "")
    expect(page.locator("#keying-said")).to_have_text("Svar 1 är sparat.")
    page.get_by_role("button", name="Rätta svar 1").press("Enter")
    expect(page.locator("#keying-heading")).to_have_text("Rätta svar 1")
    assert page.locator("#keying-comment").input_value() == "fel"
    page.locator("#keying-comment").fill("rätt")
    page.locator("#keying-proposal").press("Enter")
    expect(page.locator(".latest li")).to_have_text(re.compile("rätt"))
    assert [row["Kommentar"] for row in keyed(workspace, "E2E-B")] == ["rätt"]
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Ta bort svar 1").press("Enter")
    expect(page.get_by_text("Inget svar är inmatat i den här omgången än.")).to_be_visible()
    assert keyed(workspace, "E2E-B") == []


def test_a_place_is_pointed_out_by_a_click_or_by_keys(page, desk, workspace):
    open_round(page, desk, "E2E-C")
    drawing = page.locator("#pick-map[data-painted] svg.map-drawn")
    drawing.wait_for(timeout=LONG)
    box = drawing.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#point")).to_be_visible()
    expect(page.locator("#keying-place")).to_be_focused()
    type_fields(page, "", "1", "", "", "")
    expect(page.locator("#keying-said")).to_have_text("Svar 1 är sparat.")
    expect(page.locator("#point")).to_be_hidden()
    drawing.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    type_fields(page, "", "2", "", "", "")
    expect(page.locator("#keying-said")).to_have_text("Svar 2 är sparat.")
    first, second = (
        tuple(float(row[name].replace(",", ".")) for name in ("Longitud", "Latitud"))
        for row in keyed(workspace, "E2E-C")
    )
    assert first[0] < second[0] < first[0] + 0.1
    assert first[1] == pytest.approx(second[1], abs=1e-4)


def test_a_place_is_settled_with_a_key_and_the_answer_is_remembered(page, desk, workspace):
    open_round(page, desk, "E2E-D")
    type_fields(page, "1", "", "Tomteverkstaden", "1", "", "", "")
    expect(page.locator("#keying-said")).to_have_text("Svar 1 är sparat.")
    run(workspace)
    page.goto(f"{desk}/ko?som=samordnare")
    page.get_by_role("button", name="Tomteverkstaden").or_(page.locator("#queue-phrase")).first.wait_for(
        timeout=LONG
    )
    if "Tomteverkstaden" not in page.locator("#queue-phrase").inner_text():
        page.get_by_role("button", name="Tomteverkstaden").press("Enter")
    expect(page.locator("#queue-phrase")).to_have_text("”Tomteverkstaden”")
    page.keyboard.press("0")
    expect(page.get_by_text("Svaret om ”tomteverkstaden” är sparat.")).to_be_visible(timeout=LONG)
    page.reload()
    undo = page.get_by_role("button", name="Ångra svaret om Tomteverkstaden")
    undo.wait_for(timeout=LONG)
    undo.press("Enter")
    expect(page.get_by_text("är tillbakataget")).to_be_visible(timeout=LONG)


def test_a_file_is_sent_and_never_replaced_without_a_word(page, desk, workspace):
    page.goto(f"{desk}/underlag?som=samordnare")
    sent = {"name": "../okänd.csv", "mimeType": "text/csv", "buffer": b"a;b\n1;2\n"}
    field = page.locator("#upload")
    field.wait_for(timeout=LONG)
    field.set_input_files(sent)
    expect(page.locator("#upload-list li")).to_have_text("okänd.csv ligger i inkorgen.")
    expect(page.get_by_text("1 fil som ingen källa läser")).to_be_visible()
    field.set_input_files({**sent, "buffer": b"c\n"})
    expect(page.locator("#upload-list .bad")).to_have_text(re.compile("Det finns redan en fil okänd.csv"))
    path = workspace / "inbox" / "okänd.csv"
    assert path.read_bytes() == b"a;b\n1;2\n"
    page.get_by_role("button", name="Ersätt filen").press("Enter")
    expect(page.locator("#upload-list li")).to_have_text("okänd.csv ligger i inkorgen.")
    assert path.read_bytes() == b"c\n"


def faults(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    told = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        (fault["id"], fault["help"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in told["violations"]
    ]


WORK = [
    "/inmatning?som=samordnare",
    "/inmatning?som=samordnare&omgang=AXE",
    "/underlag?som=samordnare",
    "/ko?som=samordnare",
    "/dubbletter?som=samordnare",
]


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("address", WORK)
def test_axe_has_nothing_to_say_of_the_pages_of_work(browser, open_page, desk, workspace, address, settings):
    if "AXE" in address and not (workspace / "inbox" / "inmatning" / "svar_AXE.csv").exists():
        first = open_page(browser)
        open_round(first, desk, "AXE")
        type_fields(first, "1", "", "Storgatan", "1", "", "Fort", "Gupp")
        expect(first.locator("#keying-said")).to_have_text("Svar 1 är sparat.")
    page = open_page(browser, **settings)
    page.goto(desk + address)
    page.locator("h1:not(:empty)").first.wait_for(timeout=LONG)
    page.wait_for_timeout(700)
    assert faults(page) == []
    page.evaluate("document.getElementById('dark').click()")  # on a phone it lies behind a button
    page.wait_for_timeout(300)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_printed_survey_has_no_faults_either(page, desk):
    page.goto(f"{desk}/enkat")
    assert faults(page) == []
