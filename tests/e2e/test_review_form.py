"""A review on a telephone: what is written outlives a reload and a lost line, photos follow, areas are drawn by clicks."""

import re

import pytest
from conftest import serving
from PIL import Image
from playwright.sync_api import expect

from dashboard.map.tiles import cut_tiles
from etl.pipeline import run
from etl.synthetic.town import make_town
from geodata.store.snapshots import open_current

LONG = 60_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A small municipality of its own, since these tests write into it."""
    folder = tmp_path_factory.mktemp("reviews")
    make_town(folder, size="small", seed=1)
    run(folder)
    cut_tiles(open_current(folder / "store"))
    return folder


@pytest.fixture(scope="module")
def desk(workspace, tmp_path_factory):
    with serving(workspace, tmp_path_factory.mktemp("serve") / "log") as address:
        yield address


def choose(page, name, value):
    page.locator(f"label:has(input[name={name}][value={value}])").click()


def test_what_is_written_is_kept_until_it_is_saved_with_its_photos(browser, open_page, desk, tmp_path):
    photo, broken = tmp_path / "foto.jpg", tmp_path / "trasig.jpg"
    Image.new("RGB", (80, 60), "green").save(photo)
    broken.write_bytes(b"hej")
    page = open_page(browser, **PHONE)
    page.goto(f"{desk}/oversyner/ny?som=planerare&plats=1")
    page.locator("#review-form[data-ready]").wait_for(timeout=LONG)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    choose(page, "check-speed", "lacking")
    page.locator("textarea[name=found-speed]").fill("Bilarna kör fort")
    page.reload()
    page.locator("#review-form[data-ready]").wait_for(timeout=LONG)
    expect(page.locator("textarea[name=found-speed]")).to_have_value("Bilarna kör fort")
    expect(page.locator("[data-kept]")).to_have_text(re.compile("finns kvar"))
    page.locator("#review-form button[type=submit]").click()
    expect(page.locator("[data-fault=parties]")).to_have_text("Kryssa för vilka som var med.", timeout=LONG)
    choose(page, "parties", "municipality")
    choose(page, "result", "measures")
    page.locator("input[name=measure-1]").fill("Gupp")
    page.set_input_files("#review-photos", [photo, broken])
    page.locator("#review-form button[type=submit]").click()
    expect(page.locator("#photo-list")).to_contain_text("går inte att läsa", timeout=LONG)
    assert page.evaluate("localStorage.getItem('problembild-oversyn-1')") is None
    page.get_by_role("button", name=re.compile("Gå vidare")).click()
    expect(page.locator(".review h1")).to_have_text(re.compile("^Översyn: "), timeout=LONG)
    expect(page.locator(".photos img")).to_have_count(1)
    page.locator(".review-measures summary").first.click()
    form = page.locator("form[data-act=set-status]").first
    form.locator("select").select_option("rejected")
    form.locator("input[type=date]").fill(page.evaluate("new Date().toLocaleDateString('sv-SE')"))
    form.locator("button").click()
    expect(page.locator(".review .said")).to_have_text("Åtgärdens status är sparad.", timeout=LONG)


def test_corners_are_clicked_typed_and_undone(page, desk):
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{desk}/platser/1/andra?som=samordnare")
    picker = page.locator("#pick-map[data-painted]")
    picker.wait_for(timeout=LONG)
    for x, y in ((120, 120), (260, 120), (260, 240), (120, 240)):
        picker.click(position={"x": x, "y": y})
    area = page.locator("#drawn-area")
    expect(area).to_have_value(re.compile(r"^POLYGON \(\("))
    page.locator("[data-corner=undo]").click()
    expect(page.locator("#drawn-area-said")).to_have_text("3 hörn")
    page.locator("form[data-edit=draw] button").click()
    expect(page.locator(".place-edit .said")).to_have_text("Ytan är bytt.", timeout=LONG)
    area.fill("POLYGON ((0 0")
    page.locator("form[data-edit=draw] button").click()
    expect(page.locator(".place-edit .fault")).to_contain_text("går inte att läsa", timeout=LONG)
