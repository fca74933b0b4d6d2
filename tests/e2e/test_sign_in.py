"""Signing in over TLS as people do: on a phone, without scripts, with a session that ends under their hands."""

import re
from pathlib import Path

import pytest
from conftest import SWEDISH, serving

from dashboard.access.account_keeping import AccountKeeper
from dashboard.access.passwords import Passwords
from dashboard.access.roles import Role
from dashboard.map.tiles import cut_tiles
from etl.pipeline import run
from etl.synthetic.town import make_town
from geodata.store.register import Register
from geodata.store.snapshots import open_current

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PASSWORD = "gatlyktor och en orm"
PEOPLE = {"anna": Role.ADMINISTRATOR, "kim": Role.POLICE, "eva": Role.COUNCIL, "sam": Role.COORDINATOR}
THUMB_PX = 44
LONG = 90_000
TRUSTING = {"ignore_https_errors": True}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    made = tmp_path_factory.mktemp("closed")
    make_town(made, size="small", seed=1)
    run(made)
    cut_tiles(open_current(made / "store"))
    register = Register(made / "store", municipality_code="9999", working_crs=3006)
    keeper = AccountKeeper(register.accounts, Passwords(memory_kib=32, passes=1), municipality="Exempelstad")
    for name, role in PEOPLE.items():
        keeper.add(name, role, PASSWORD)
    register.close()
    return made


@pytest.fixture(scope="module")
def closed(workspace, tmp_path_factory):
    """The address of a server that people sign in to, with a certificate made here."""
    log = tmp_path_factory.mktemp("serve") / "log"
    with serving(workspace, log, "--host", "0.0.0.0", scheme="https") as address:
        said = log.read_text(encoding="utf-8")
        assert re.search(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", said)
        yield address


def sign_in(page, name):
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("button[type=submit]").click()


def come_in(page, closed, name, path="/platser"):
    page.goto(closed + path)
    sign_in(page, name)
    page.locator("h1:not(:empty)").first.wait_for(timeout=LONG)
    page.locator(".person").wait_for(timeout=LONG)
    return page


def axe(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # What is still on its way has no words yet, and on a busy machine it is on its way for long.
    page.wait_for_function("() => !document.querySelector('[data-dash-is-loading]')")
    told = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in told["violations"]]


def test_the_form_needs_no_scripts(browser, open_page, closed):
    page = open_page(browser, java_script_enabled=False, **TRUSTING)
    page.goto(closed + "/konto")
    assert page.url.endswith("/logga-in?till=/konto")
    sign_in(page, "kim")
    assert page.url == closed + "/konto"
    assert "kim – Polis" in page.locator("main").inner_text()
    page.get_by_role("button", name="Logga ut", exact=True).click()
    assert page.url == closed + "/logga-in?sprak=sv"
    page.goto(closed + "/konto")
    assert "/logga-in" in page.url


def test_on_a_phone_one_comes_back_to_where_one_was_going_and_goes_by_the_menu(browser, open_page, closed):
    page = come_in(open_page(browser, **PHONE, **TRUSTING), closed, "eva", "/platser?typ=torg")
    assert page.url == closed + "/platser?typ=torg"
    assert page.locator(".menu:not(.person) summary strong").inner_text() == "Nämnd"
    assert page.locator(".menu:not(.person) .way").all_text_contents() == ["Nämnd", "Allmänhet"]
    page.locator(".person summary").click()
    assert "eva" in page.locator(".person .menu-sheet").inner_text()
    assert min(one.bounding_box()["height"] for one in page.locator(".menu-way").all()) >= THUMB_PX
    page.locator(".person button").click()
    page.wait_for_url(re.compile("/logga-in"))
    page.goto(closed + "/platser")
    assert "/logga-in" in page.url


def test_a_file_is_sent_with_the_pages_own_word(browser, open_page, closed, workspace, tmp_path):
    page = come_in(open_page(browser, **TRUSTING), closed, "sam", "/underlag")
    file = tmp_path / "okand.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    page.locator("#upload").set_input_files(file)
    page.locator("#upload-list li", has_text="okand.csv ligger i inkorgen").wait_for()
    assert (workspace / "inbox" / "okand.csv").read_text(encoding="utf-8") == "a;b\n1;2\n"


def test_a_session_that_ends_leads_to_the_form_and_back(browser, closed, workspace):
    # With a context of its own: the browser itself logs a refusal as an error.
    context = browser.new_context(**SWEDISH, **TRUSTING)
    page = come_in(context.new_page(), closed, "kim")
    register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    register.accounts.sign_out_everywhere(register.accounts.find("kim").account_id)
    register.close()
    with page.expect_navigation(url=re.compile("/logga-in"), timeout=LONG):
        page.locator(".ways a", has_text="Underlag").click()
    sign_in(page, "kim")
    page.wait_for_url(closed + "/underlag")
    page.locator("h1:not(:empty)").first.wait_for(timeout=LONG)
    context.close()


def test_a_review_that_is_begun_is_shown_to_nobody_else_and_erased_at_signing_out(browser, open_page, closed):
    page = come_in(open_page(browser, **TRUSTING), closed, "kim", "/oversyner/ny")
    asked, answers = [], [False, True]
    page.on(
        "dialog", lambda one: (asked.append(one.message), one.accept() if answers.pop(0) else one.dismiss())
    )
    page.locator("#review-form[data-ready]").wait_for(timeout=LONG)
    page.locator("textarea[name=note]").fill("Bara min")
    kept = "Object.keys(localStorage).filter((one) => one.startsWith('problembild-oversyn-'))"
    assert page.evaluate(kept) == ["problembild-oversyn-kim-"]

    def sign_out():
        page.locator(".person summary").click()
        page.locator(".person button[type=submit]").click()

    sign_out()  # and think better of it
    assert page.evaluate(kept) == ["problembild-oversyn-kim-"]
    page.evaluate("localStorage.setItem('problembild-oversyn-sam-', JSON.stringify({ note: 'Sams' }))")
    with page.expect_navigation(url=re.compile("/logga-in"), timeout=LONG):
        page.locator(".person button[type=submit]").click()
    assert len(asked) == 2
    assert "inte är sparad" in asked[0]
    assert page.evaluate(kept) == ["problembild-oversyn-sam-"]
    page.goto(closed + "/oversyner/ny")
    sign_in(page, "kim")
    page.locator("#review-form[data-ready]").wait_for(timeout=LONG)
    assert page.locator("textarea[name=note]").input_value() == ""


@pytest.mark.parametrize("settings", [{}, {**PHONE, "color_scheme": "dark"}], ids=["wide", "phone, dark"])
def test_axe_has_nothing_to_say(browser, open_page, closed, settings):
    page = open_page(browser, **settings, **TRUSTING)
    page.goto(closed + "/logga-in")
    assert axe(page) == []
    come_in(page, closed, "kim")
    page.locator(".person summary").click()
    assert axe(page) == []
    page.goto(closed + "/konto")
    assert axe(page) == []
