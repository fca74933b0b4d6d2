"""Every page as people use it: links, filters, languages, audiences, a phone, a keyboard."""

import re
from pathlib import Path

import pytest

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ["/?svg=1", "/platser", "/platser/1", "/underlag"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
THUMB_PX = 44
LONG = 90_000
SETTLE_MS = 700

WATCH_PAINTS = """() => {
    window.paints = [];
    const paint = window.problembild.paint;
    window.problembild.paint = (...all) => { window.paints.push(performance.now()); return paint(...all); };
}"""


def open_ready(page, address):
    """Open a page and wait until it says its sentence, and until the map is painted where there is one."""
    page.goto(address)
    page.locator("h1:not(:empty)").first.wait_for(timeout=LONG)
    if page.locator("#map").count():
        page.locator(".map-stage[data-painted]").wait_for(timeout=LONG)
    return page


def without_space(text):
    return re.sub(r"\s", "", text)


def pick(page, label):
    page.locator(".filter-sheet label", has_text=re.compile(f"^{label}$")).click()


@pytest.fixture
def map_page(page, site):
    """The map page with the drawn map, which stands sooner than the one in WebGL and says the same."""
    return open_ready(page, site + "/?svg=1")


def test_a_filter_changes_address_sentence_and_list_without_a_reload(map_page):
    map_page.evaluate("() => { window.sameDocument = true; }")
    before = map_page.locator("#map-basis").inner_text()
    map_page.locator(".filters > summary").click()
    pick(map_page, "Trafik")
    map_page.wait_for_url(re.compile(r"[?&]vad=traffic\b"))
    map_page.wait_for_function("text => document.getElementById('map-basis').innerText !== text", arg=before)
    assert map_page.locator("#map-summary").inner_text() == "Hela tiden · trafik"
    assert map_page.evaluate("() => window.sameDocument")


def test_a_change_of_filter_reaches_the_map(map_page):
    """How fast it does is measured by ``python -m benchmarks first``."""
    map_page.evaluate(WATCH_PAINTS)
    map_page.locator(".filters > summary").click()
    map_page.get_by_label("Trafik", exact=True).check()
    map_page.wait_for_function("() => window.paints.length > 0", timeout=LONG)


def test_a_link_reopens_the_same_view(page, site):
    search = "?fran=2025-01-01&till=2025-12-31&strom=sager,hander&vad=traffic&dagar=0-4&tid=7-9&svg=1"
    open_ready(page, f"{site}/{search}")
    assert page.locator("#map-summary").inner_text() == (
        "2025 · enkätsvar och händelser · trafik · vardagar kl.\xa007–09"
    )
    page.locator(".filters > summary").click()
    chosen = page.locator(".filter-sheet input:checked").evaluate_all(
        "all => all.map(one => one.closest('label').innerText.trim())"
    )
    assert chosen == [
        "Säger – enkätsvar",
        "Händer – händelser",
        "Trafik",
        "vardagar",
        "skolmorgon 07–09",
        "allt",
    ]
    assert page.url == f"{site}/{search}"


def test_back_takes_the_last_choice_back(map_page):
    map_page.locator(".filters > summary").click()
    pick(map_page, "Trafik")
    map_page.wait_for_url(re.compile(r"[?&]vad=traffic\b"))
    map_page.go_back()
    map_page.wait_for_function(
        "() => document.getElementById('map-summary').innerText.includes('alla källor')"
    )
    assert (
        not map_page.locator(".filter-sheet label", has_text=re.compile("^Trafik$"))
        .locator("input")
        .is_checked()
    )


def test_own_days_are_taken_when_they_run_forwards(map_page):
    map_page.locator(".filters > summary").click()
    map_page.locator(".filter-sheet summary", has_text="Egna dagar").click()
    first, last = map_page.locator(".dates input").all()
    first.fill("2025-04-01")
    last.fill("2025-03-31")
    map_page.wait_for_timeout(500)
    assert "fran" not in map_page.url
    first.fill("2025-03-01")
    map_page.wait_for_url(re.compile(r"fran=2025-03-01&till=2025-03-31"))


def test_everything_can_be_shown_again(page, site):
    open_ready(page, f"{site}/?vad=traffic&tid=7-9&svg=1")
    page.locator(".filters > summary").click()
    page.get_by_role("button", name="Visa allt").click()
    page.wait_for_url(f"{site}/?svg=1")
    page.wait_for_function("() => document.getElementById('map-summary').innerText.includes('alla källor')")


def test_a_place_in_the_list_opens_beside_the_map_and_closes_again(map_page):
    row = map_page.locator(".ranked a.wide-only").first
    name = row.locator(".name").inner_text()
    row.click()
    panel = map_page.locator(".panel")
    panel.wait_for()
    assert panel.locator("h2").inner_text() == name
    assert panel.locator("h3").all_inner_texts() == [
        "Säger, ser och händer",
        "När på veckan",
        "När svaren säger att det är så",
        "Över tid",
        "Vad det gäller",
        "Vad folk skriver",
        "Översyner",
        "Det som gjorts här",
        "Om platsen",
        "Gör",
    ]
    map_page.get_by_role("link", name="Till listan").click()
    map_page.locator(".ranked").first.wait_for()


def test_a_click_on_the_map_opens_the_panel(map_page):
    map_page.evaluate("() => dash_clientside.set_props('map-click', {data: {kind: 'place', id: 1, at: 1}})")
    map_page.wait_for_url(re.compile(r"plats=1$"))
    map_page.locator(".panel h2").wait_for()


def test_an_area_in_the_list_is_marked(map_page):
    area = map_page.locator(".areas a").first
    area.click()
    map_page.wait_for_url(re.compile(r"omrade=1\b"))
    map_page.locator("#area-1 a.selected").wait_for()


def test_the_language_is_one_click_away_and_stands_in_the_address(map_page, site):
    map_page.get_by_role("link", name="English").click()
    map_page.wait_for_url(re.compile(r"sprak=en"))
    map_page.get_by_role("heading", name="Places in order").wait_for()
    map_page.locator("html[lang=en]").wait_for()
    assert map_page.title() == "Map – Exempelstad – Problembild"
    map_page.get_by_role("link", name="Places", exact=True).click()
    map_page.wait_for_url(re.compile(r"/platser\?sprak=en"))
    map_page.get_by_role("heading", name="How sure is the order?").wait_for()


def test_dark_mode_is_kept(page, site):
    open_ready(page, f"{site}/underlag")
    page.get_by_role("button", name="Mörkt läge").click()
    page.locator("html[data-theme=dark]").wait_for()
    page.reload()
    page.locator("h1:not(:empty)").first.wait_for()
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    assert page.locator("#dark").get_attribute("aria-pressed") == "true"


def test_looking_as_the_council_leaves_only_fixed_periods(page, site):
    open_ready(page, f"{site}/?vad=traffic&svg=1")
    page.locator(".menu > summary").click()
    page.get_by_role("link", name="Nämnd").click()
    page.wait_for_url(re.compile(r"som=namnd"))
    page.get_by_text("Områden visas bara för dem som arbetar med uppgifterna.").wait_for()
    page.locator(".filters > summary").click()
    assert page.locator(".filter-sheet select").count() == 1
    assert page.locator(".filter-sheet input").count() == 0


def test_the_places_page_draws_how_sure_the_order_is(page, site):
    open_ready(page, f"{site}/platser")
    page.locator("#places-forest .js-plotly-plot").wait_for(timeout=LONG)
    names = page.locator("#places-forest .ytick").all_text_contents()
    ranked = page.locator(".ranking tbody th a").all_inner_texts()
    # A long name stands on several lines in the chart, with nothing between them.
    assert [without_space(name) for name in names] == [without_space(name) for name in ranked[: len(names)]]
    assert page.locator(".modebar").count() == 0


def test_kinds_are_ranked_among_themselves(page, site):
    open_ready(page, f"{site}/platser")
    page.get_by_role("link", name="Skolzoner").click()
    page.wait_for_url(re.compile(r"/platser\?typ=skolzon"))
    page.wait_for_function(
        "() => [...document.querySelectorAll('#places-table .ranking th .small')].every(one => one.innerText === 'Skolzon')"
    )


def test_the_account_of_every_file_adds_up_on_the_page(page, site):
    open_ready(page, f"{site}/underlag")
    lines = page.locator(".file .sum").all_inner_texts()
    assert len(lines) > 8
    for line in lines:
        read, parts = re.sub(r"(?<=\d)\s(?=\d)", "", line).split("=")
        assert int(re.search(r"\d+", read)[0]) == sum(int(number) for number in re.findall(r"\d+", parts))


def test_rejected_rows_come_as_a_file(page, site):
    open_ready(page, f"{site}/underlag")
    page.locator(".file", has=page.locator("a[download]")).first.locator("summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Ladda ner avvisade rader (CSV)").first.click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("Fil;Rad;Kolumn;Värde;Orsak")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_asks_another_host_for_anything(page, site, foreign_requests, address):
    open_ready(page, site + address)
    page.wait_for_timeout(1000)
    assert foreign_requests == []


def test_the_map_page_does_not_load_the_chart_library(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_ready(page, site + "/")
    assert not [url for url in asked if "plotly" in url]


@pytest.mark.parametrize("address", PAGES)
def test_axe_has_nothing_to_say_wide_or_narrow_light_or_dark(page, site, address):
    open_ready(page, site + address)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    if page.locator(".filters").count():
        page.locator(".filters > summary").click()
    page.evaluate("() => document.querySelectorAll('#page details').forEach(one => { one.open = true; })")
    assert faults(page) == []
    page.locator("#dark").click()
    page.locator(":root[data-theme=dark]").wait_for()
    page.wait_for_timeout(SETTLE_MS)
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(SETTLE_MS)
    assert faults(page) == []


def faults(page):
    """What axe says of everything but the map, which has tests of its own."""
    told = page.evaluate("rules => axe.run({exclude: ['#map']}, rules)", RULES)
    assert len(told["passes"]) > 20
    return [
        (fault["id"], fault["help"], [node["html"][:200] for node in fault["nodes"][:3]])
        for fault in told["violations"]
    ]


@pytest.mark.parametrize("address", [*PAGES, "/?sprak=en&svg=1", "/platser?sprak=en"])
def test_on_a_phone_nothing_runs_out_at_the_side(open_page, browser, site, address):
    page = open_ready(open_page(browser, **PHONE), site + address)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


def test_on_a_phone_the_list_comes_before_the_map_and_a_place_is_a_page(open_page, browser, site):
    page = open_ready(open_page(browser, **PHONE), site + "/?svg=1")
    assert page.locator(".map-list").bounding_box()["y"] < page.locator("#map").bounding_box()["y"]
    row = page.locator(".ranked a.narrow-only").first
    name = row.locator(".name").inner_text()
    row.tap()
    page.wait_for_url(re.compile(r"/platser/\d+"))
    page.get_by_role("heading", name=name, level=1).wait_for()


@pytest.mark.parametrize("address", PAGES)
def test_on_a_phone_what_is_pressed_is_thumb_sized(open_page, browser, site, address):
    page = open_ready(open_page(browser, **PHONE), site + address)
    if page.locator(".filters").count():
        page.locator(".filters > summary").tap()
    small = page.evaluate(
        """least => [...document.querySelectorAll('#header a:not(.skip), button, #page summary, .pills label,'
              + ' .ranked a, .areas a, .pill, .button')]
            .filter(one => one.offsetParent && !one.closest('#map'))
            .map(one => [one.innerText || one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
            .filter(([_, height]) => height < least)""",
        THUMB_PX,
    )
    assert small == []


def test_the_keyboard_reaches_the_content_first(page, site):
    open_ready(page, f"{site}/underlag")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.innerText") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "page"


def test_a_page_that_is_not_there_shows_the_way_on(page, site):
    open_ready(page, f"{site}/hej")
    page.get_by_role("link", name="Gå till kartan").click()
    page.wait_for_url(f"{site}/")


def test_an_address_that_can_not_be_read_says_so_and_shows_the_way_on(page, site):
    open_ready(page, f"{site}/?tid=sju")
    assert "Adressen säger tid=sju" in page.locator("#page").inner_text()
    page.get_by_role("link", name="Visa allt i stället").click()
    page.wait_for_url(f"{site}/")
    page.locator("#map").wait_for()


def test_the_list_says_the_same_as_the_map(page, site):
    open_ready(page, f"{site}/?svg=1")
    rows = page.locator(".ranked a.wide-only").all()
    listed = [" ".join(row.locator(part).inner_text() for part in (".rank", ".name")) for row in rows]
    drawn = page.locator(".map-drawn-badge").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label').split(',')[0])"
    )
    assert len(listed) == 10
    assert set(listed) <= set(drawn)
