"""What is done at a desk during the work: planned anew after a question, logged once, saved without a slip."""

import re
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from geodata.analyses.ground import open_ground, open_register
from geodata.targeting.plan import Plan, PlanBasis

sys.path.insert(0, str(Path(__file__).parents[1] / "dashboard" / "field"))
from planned import slot

AHEAD = (2, 3, 4)


@pytest.fixture(scope="module")
def planned(small_town):
    """A plan of three coming visits, one of them locked."""
    plans, places = open_register(small_town).plans, open_ground(small_town).places
    days = [datetime.now(UTC).date() + timedelta(days=number) for number in AHEAD]
    visits = [slot(places[0], 450, day=day, locked=day == days[0]) for day in days]
    plan = Plan(None, days[0], days[-1], PlanBasis.ROTATION, 1, None, "kim", datetime.now(UTC))
    seen = [one for one in plans.slots() if days[0] <= one.day <= days[-1]]
    plans.keep(plan, visits, seen=seen)
    return plan


def test_a_new_plan_asks_before_it_replaces_one_and_tells_how_long_it_takes(page, small_site, planned):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto(f"{small_site}/planen?som=polis")
    make = page.get_by_role("button", name="Gör en ny plan")
    make.click()
    (said,) = asked
    assert "De 2 kommande besök som inte är låsta" in said
    assert "låsta (1) ligger kvar" in said
    assert make.is_enabled()
    assert page.locator(".plan-making .remark:visible").count() == 0
    page.get_by_role("button", name=re.compile("^Lås upp")).first.click()
    page.get_by_text("Besöket är upplåst.").wait_for()
    # a first day that can't be is refused at once, so that nothing has to be worked out here
    page.evaluate("document.querySelector('#plan-first option').value = '2020-01-06'")
    page.evaluate("delete document.querySelector('[data-act=make]').dataset.sure")
    page.get_by_role("button", name="Gör en ny plan").click()
    page.locator(".plan-page .fault:not(:empty)").wait_for()


def test_what_was_just_logged_stands_in_the_list_with_its_answer_above(page, small_site):
    page.goto(f"{small_site}/loggbok?som=polis")
    form = page.locator("#work")
    form.locator("[name=kind]").select_option("meeting")
    form.locator("[name=day]").fill(date(2026, 10, 2).isoformat())
    form.locator("[name=start]").fill("10:00")
    form.locator("[name=end]").fill("11:00")
    form.get_by_label("Polisen").check()
    form.locator("[name=note]").fill("Just nu vid torget")
    form.get_by_role("button", name="Logga").click()
    page.locator("#work-latest .log-note", has_text="Just nu vid torget").wait_for()
    assert form.locator("[data-said]").inner_text().startswith("Loggat.")
    assert page.locator("#work-latest .log-note", has_text="Just nu vid torget").count() == 1


def test_an_activity_is_saved_at_once_after_the_last_letter(page, small_site):
    page.goto(f"{small_site}/loften/skolor-2026/ny-aktivitet?som=samordnare")
    form = page.locator("#promise-activity")
    form.locator("[name=responsible][value=police]").check()
    form.locator("[name=kinds][value=traffic_check]").check()
    form.locator("[name=targets][value=no_number]").check()
    form.locator("[name=activity_name]").fill("Utan dröjsmål")
    form.get_by_role("button", name="Spara aktiviteten").click()
    page.wait_for_url(re.compile("/loften/skolor-2026\\?"))
    page.locator(".promise-activity", has_text="Utan dröjsmål").first.wait_for()
    page.locator(".saved-said", has_text="Sparat.").wait_for()
    page.wait_for_timeout(600)  # what was to be said while one typed would come now


def test_a_dialogue_is_planned_on_without_looking_for_the_form(page, small_site):
    page.goto(f"{small_site}/dialoger/ny?som=samordnare")
    form = page.locator("#dialogue-new")
    form.locator("[name=name]").fill("Samtal vid stationen")
    for name in ("first", "last"):
        form.locator(f"[name={name}]").fill("2026-10-12")
    form.locator("button[type=submit]").click()
    page.wait_for_url(re.compile("/dialoger/samtal-vid-stationen"))
    page.locator(".saved-said", has_text="Sparat.").wait_for()
    adding = page.locator("#dialogue-occasion-new")
    adding.locator("[name=where]").wait_for()  # it stands open
    adding.locator("[name=where]").fill("Perrongen")
    adding.locator("[name=day]").fill("2026-10-12")
    adding.locator("[name=askers]").first.check()
    adding.locator("[name=groups]").first.check()
    adding.locator("button[type=submit]").click()
    page.locator(".dialogue-occasions", has_text="Perrongen").wait_for()
    page.locator(".saved-said", has_text="Sparat.").wait_for()  # the same page, loaded anew
    page.locator("summary", has_text="steg").click()
    box = page.locator("details", has=page.locator("summary", has_text="steg")).last.bounding_box()
    line = page.locator("ul.promise-versions li").last.bounding_box()
    assert line["x"] >= box["x"] + 16
