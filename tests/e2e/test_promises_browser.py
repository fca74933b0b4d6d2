"""Promises in a browser: three clicks for a council member, logging on a desktop, and what axe says of the pages."""

import re
from pathlib import Path

import pytest
from pypdf import PdfWriter

from dashboard.demo_promises import plant_promises
from etl.synthetic.promises import write_promises

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = 390


@pytest.fixture(scope="module")
def planted(town, site):
    plant_promises(
        town,
        lambda folder, schools, squares: write_promises(folder, schools=schools, squares=squares, seed=1),
    )
    return site


@pytest.mark.parametrize(
    "address",
    [
        "/?som=namnd",
        "/loften?som=samordnare",
        "/loften/skolor-2026?som=samordnare",
        "/loften/nytt?som=samordnare",
        "/loften/skolor-2026/ny-aktivitet?som=samordnare",
        "/loften/skolor-2026/andra?som=samordnare",
        "/loggbok?som=polis",
    ],
)
def test_axe_has_nothing_to_say_and_nothing_runs_out_at_the_side(page, planted, address):
    page.goto(planted + address)
    page.locator("h1:not(:empty)").first.wait_for()
    page.evaluate("() => document.querySelectorAll('#page details').forEach(one => { one.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1440, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        told = page.evaluate("rules => axe.run(document, rules)", RULES)
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in told["violations"]] == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        page.evaluate("document.getElementById('dark').click()")  # on a phone it lies behind a button


def test_a_council_member_has_every_answer_within_three_clicks(page, planted):
    page.goto(f"{planted}/?som=namnd")
    for question in (
        "Hålls löftena hittills?",
        "Vad säger invånarna nu?",
        "Hjälpte det?",
        "Vart går arbetet?",
    ):
        page.get_by_role("heading", name=question).wait_for()
    page.get_by_role("link", name="Säkrare trafik vid skolorna").click()
    page.wait_for_url(re.compile(r"/loften/skolor-2026"))
    page.get_by_text("Hålls löftet hittills?").wait_for()
    page.locator("summary", has_text="Loggen").first.click()
    assert page.locator("details.withdraw").count() == 0
    assert "Civil bil" not in page.locator(".promise-log").first.inner_text()


def test_work_is_logged_and_withdrawn_on_a_desktop(page, planted):
    page.goto(f"{planted}/loggbok?som=polis")
    form = page.locator("#work")
    form.get_by_role("button", name="Logga").click()
    form.locator(".fault:not(:empty)").wait_for()
    form.locator("[name=kind]").select_option("premises_inspection")
    form.locator("[name=day]").fill("2026-10-02")
    form.locator("[name=start]").fill("22:00")
    form.locator("[name=end]").fill("00:30")
    form.get_by_label("Polisen").check()
    form.get_by_role("button", name="Logga").click()
    form.get_by_text("Räknas för: Tryggare kvällar för unga: Krogtillsyn").wait_for()
    page.goto(f"{planted}/loften/riskkvallar-2026?som=polis")
    log = page.locator(".promise-activity", has_text="Krogtillsyn").last
    log.locator("summary", has_text="Loggen: 6 insatser").click()
    row = log.locator("tr", has_text="2 oktober 2026").filter(has=page.locator("details.withdraw"))
    row.locator("details.withdraw summary").click()
    row.locator("[name=why]").fill("Fel dag")
    row.get_by_role("button", name="Dra tillbaka").click()
    page.locator("summary", has_text="Loggen: 5 insatser").wait_for()


def test_a_promise_of_many_kinds_is_written_by_form(page, planted):
    page.goto(f"{planted}/loften/nytt?som=samordnare")
    form = page.locator("#promise-new")
    for name, said in {
        "name": "Lugnare vid skolorna",
        "focus_area": "Trafik",
        "first": "2026-01-01",
        "last": "2026-12-31",
        "agreement": "Samverkansöverenskommelsen 2026",
        "text": "Trafikkontroller vid skolor, främst vid skolstart, lunch och skolslut.",
        "signed_by_1": "Polisen",
        "signed_on_1": "2025-12-10",
    }.items():
        form.locator(f"[name={name}]").fill(said)
    form.get_by_role("button", name="Spara löftet").click()
    page.wait_for_url(re.compile("/loften/lugnare-vid-skolorna"))
    page.get_by_role("link", name="Lägg till aktivitet").click()
    page.wait_for_url(re.compile("/ny-aktivitet"))
    said = page.locator("#promise-says")
    said.get_by_text("Det här saknas än").wait_for()
    form = page.locator("#promise-activity")
    form.get_by_role("button", name="Spara aktiviteten").click()
    form.locator("[data-fault=activity_name]:not(:empty)").wait_for()
    form.locator("[name=activity_name]").fill("Trafikkontroller vid skolor")
    form.locator("[name=responsible][value=police]").check()
    form.locator("[name=kinds][value=traffic_check]").check()
    form.locator("[name=where]").select_option("kinds")
    form.locator("[name=place_kinds][value=school_zone]").check()
    assert not form.locator("[name=balance_share]").is_visible()
    for kind in ("no_number", "preference", "balance", "way"):
        form.locator(f"[name=targets][value={kind}]").check()
    for hour in ("school_start", "school_lunch", "school_end"):
        form.locator(f"[name=preference_school][value={hour}]").check()
    form.locator("[name=way_known][value=low_tolerance]").check()
    said.get_by_text("Målet: Inget antal är avtalat; främst vid skolstart, lunch och skolslut").wait_for()
    said.get_by_text("av dem räknas").wait_for()
    assert said.get_by_text("Det här saknas än").count() == 0
    form.get_by_role("button", name="Spara aktiviteten").click()
    page.wait_for_url(re.compile("/loften/lugnare-vid-skolorna"))
    page.locator(".promise-activity").get_by_text("Främst vid skolstart, lunch och skolslut").wait_for()


def test_a_signed_document_is_attached_shown_and_taken_away(page, planted, tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    file = tmp_path / "undertecknat.pdf"
    writer.write(file)
    broken = tmp_path / "avklippt.pdf"
    broken.write_bytes(file.read_bytes()[:-9])
    page.goto(f"{planted}/loften/skolor-2026?som=samordnare")
    page.locator("summary", has_text="Lägg till dokument").click()
    sheet = page.locator("#promise-document")
    sheet.get_by_role("button", name="Lägg till").click()
    sheet.get_by_text("Välj en fil.").wait_for()
    sheet.locator("[name=file]").set_input_files(broken)
    sheet.get_by_role("button", name="Lägg till").click()
    sheet.get_by_text("PDF-filen är avklippt").wait_for()
    sheet.locator("[name=file]").set_input_files(file)
    sheet.locator("[name=name]").fill("Undertecknat löfte")
    sheet.locator("[name=public]").check()
    sheet.get_by_role("button", name="Lägg till").click()
    page.locator(".promise-documents a", has_text="Undertecknat löfte").wait_for()
    page.goto(f"{planted}/loften/skolor-2026?som=allmanhet")
    page.locator(".promise-documents a", has_text="Undertecknat löfte").wait_for()
    page.goto(f"{planted}/loften/skolor-2026?som=samordnare")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Ta bort Undertecknat löfte").click()
    page.locator("summary", has_text="Ett borttaget dokument").wait_for()
