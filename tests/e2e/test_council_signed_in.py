"""A council member who has signed in finds each of four answers within three clicks, on a desk and on a phone."""

import re
import shutil

import pytest
from conftest import serving

from dashboard.access.account_keeping import AccountKeeper
from dashboard.access.passwords import Passwords
from dashboard.access.roles import Role
from dashboard.demo_promises import plant_promises
from etl.synthetic.promises import write_promises
from geodata.store.register import Register

PASSWORD = "gatlyktor och en orm"
SIZES = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
LONG = 90_000
MOST_CLICKS = 3


@pytest.fixture(scope="module")
def closed(town, tmp_path_factory):
    """The address of a server over the demo that people sign in to."""
    folder = tmp_path_factory.mktemp("council")
    workspace = shutil.copytree(town, folder / "town")
    plant_promises(
        workspace,
        lambda made, schools, squares: write_promises(made, schools=schools, squares=squares, seed=1),
    )
    register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    keeper = AccountKeeper(register.accounts, Passwords(memory_kib=32, passes=1), municipality="Exempelstad")
    keeper.add("anna", Role.ADMINISTRATOR, PASSWORD)  # the first account of a workspace is one
    keeper.add("eva", Role.COUNCIL, PASSWORD)
    register.close()
    with serving(workspace, folder / "log", "--host", "0.0.0.0", scheme="https") as address:
        yield address


class Member:
    """A council member before a page: whatever she does to come on is a click, and counted."""

    def __init__(self, page, address):
        self.page, self.address, self.clicks = page, address, 0

    def begin(self):
        """Come to the start page as one who has just signed in, or comes back."""
        self.page.goto(self.address + "/")
        if self.page.locator("#password").count():
            self.page.locator("#name").fill("eva")
            self.page.locator("#password").fill(PASSWORD)
            self.page.locator("button[type=submit]").click()
        self.page.locator(".overview-question").first.wait_for(timeout=LONG)
        self.clicks = 0

    def click(self, found):
        self.clicks += 1
        found.first.click()

    def card(self, question):
        heading = self.page.get_by_role("heading", name=question, exact=True)
        return self.page.locator(".overview-question", has=heading)

    def reads(self, pattern):
        """Wait until what she was after stands on the page, in what she can see."""
        self.page.locator("#page").get_by_text(re.compile(pattern)).first.wait_for(timeout=LONG)


@pytest.fixture(scope="module", params=SIZES, ids=SIZES)
def member(request, browser, open_shared_page, closed):
    return Member(open_shared_page(browser, ignore_https_errors=True, **SIZES[request.param]), closed)


def is_the_promise_kept(member):
    answer = member.card("Hålls löftena hittills?").locator(".answer").inner_text()
    assert re.match(r"(Alla )?\d+ (av \d+ )?löften hålls hittills", answer)
    member.click(
        member.card("Hålls löftena hittills?").get_by_role("link", name="Säkrare trafik vid skolorna")
    )
    member.reads("Hålls löftet hittills\\?")
    member.reads(r"\d+ av 40")
    member.reads("Fortsätter takten blir det")
    member.reads(r"tertial\s1\s2026")
    # When what was done counts, and when it does not, in words.
    member.click(member.page.locator("summary", has_text="Så räknas det"))
    member.reads("Plats: skolzoner")


def what_residents_say(member):
    card = member.card("Vad säger invånarna nu?")
    assert "Flest svar handlar om" in card.locator(".answer").inner_text()
    assert "Platserna som nämns mest" in card.inner_text()
    member.click(card.get_by_role("link", name="Problembilden"))
    member.reads("svar")
    member.page.go_back()
    member.click(member.card("Vad säger invånarna nu?").get_by_role("link", name="Kartan"))
    member.page.locator("#map-sentence:not(:empty)").wait_for(timeout=LONG)


def did_it_help(member):
    card = member.card("Hjälpte det?")
    assert card.locator(".answer").inner_text()
    member.click(card.get_by_role("link"))
    member.page.locator("h1:not(:empty)").wait_for(timeout=LONG)
    member.page.wait_for_url(re.compile("/effekt|/platser"))
    member.reads("minskade|ökade|För få för att säga|ingen säker|förändring|skillnad")


def where_the_work_goes(member):
    card = member.card("Vart går arbetet?")
    assert re.match(r"\d+ insatser är gjorda de senaste tolv månaderna", card.locator(".answer").inner_text())
    said = card.inner_text()
    for part in ("Mest: trafikkontroll", "Oftast vid", "räknas för ett löfte", "timmar"):
        assert part in said
    member.click(card.get_by_role("link", name="Löftena och deras loggar"))
    member.page.locator(".promise-card").first.wait_for(timeout=LONG)
    member.click(member.page.get_by_role("link", name="Visa löftet: Säkrare trafik vid skolorna"))
    member.reads("Per plats")


@pytest.mark.parametrize(
    "looking_for", [is_the_promise_kept, what_residents_say, did_it_help, where_the_work_goes]
)
def test_every_answer_is_within_three_clicks(member, looking_for):
    member.begin()
    looking_for(member)
    assert 1 <= member.clicks <= MOST_CLICKS
    width = member.page.viewport_size["width"]
    assert member.page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_council_member_is_offered_nothing_to_change(member):
    member.begin()
    member.page.goto(member.address + "/loften/skolor-2026")
    member.reads("Hålls löftet hittills")
    for selector in (
        "form[data-sends]",
        "button[data-withdraw]",
        "#promise-document",
        ".due-sheet",
        ".way-note",
    ):
        assert member.page.locator(selector).count() == 0, selector
    member.page.goto(member.address + "/loften/skolor-2026/ny-aktivitet")
    member.reads("Det här visas inte för dem du ser sidan som")
