"""The saved map: whole in itself, safe against what names hold, and no more than its reader may see."""

import json
import re
from dataclasses import replace

import pytest

from dashboard.map.tiles import cut_tiles
from dashboard.print import offline_map as module
from dashboard.print.offline_map import offline_map
from dashboard.print.offline_records import MOST, newest_records
from dashboard.texts.catalogue import catalogue
from etl.pipeline import run
from etl.synthetic.town import make_town
from geodata.analyses.ground import Ground, open_ground
from geodata.errors import MissingError
from geodata.privacy import Audience
from geodata.selection import Selection

HOSTILE = '</script><img src=x onerror="alert(1)">{{ 7*7 }}Torget'
REFERENCE = re.compile(
    r"""(?:src|href)\s*=\s*["']?(?!data:|#)[^"'\s>]+|@import|url\((?!["']?data:|#)[^)]+\)"""
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    workspace = tmp_path_factory.mktemp("saved")
    make_town(workspace, size="small", seed=3)
    run(workspace)
    opened = open_ground(workspace)
    cut_tiles(opened.snapshot)
    return opened


@pytest.fixture(scope="module")
def staff_page(ground):
    return offline_map(ground, Selection(audience=Audience.POLICE), language="sv")


def markup(page: str) -> str:
    """The page without what stands inside its scripts and styles."""
    return re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)


def test_it_refers_to_nothing_outside_itself(staff_page):
    assert REFERENCE.findall(markup(staff_page)) == []
    styles = "".join(re.findall(r"<style[^>]*>(.*?)</style>", staff_page, re.DOTALL))
    assert REFERENCE.findall(styles) == []
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=", staff_page) == []
    assert "sourceMappingURL" not in staff_page


def test_it_says_in_swedish_what_it_shows(staff_page, ground):
    assert '<html lang="sv">' in staff_page
    for said in (ground.project.municipality.name, "Uppgifter per ruta", "Upplevt och anmält", "Sparad"):
        assert said in staff_page
    for place in ground.places:
        assert json.dumps(place.name) in staff_page


def test_it_says_the_same_in_english(ground):
    page = offline_map(ground, Selection(audience=Audience.POLICE), language="en")
    assert '<html lang="en">' in page
    assert "What do the colours mean?" in page
    assert "Uppgifter per ruta" not in page


def test_made_up_data_says_that_it_is_made_up(staff_page):
    assert "Påhittade data" in staff_page


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_onlookers_get_no_single_record_and_no_cell(ground, audience):
    page = offline_map(ground, Selection(audience=audience), language="sv")
    assert '"records": []' in page
    assert "Enskilda uppgifter" not in page
    assert "Uppgifter per ruta" not in page
    assert newest_records(ground, Selection(audience=audience), catalogue("sv")) is None


def test_staff_get_the_newest_records_and_are_told_how_many(ground, monkeypatch):
    selection = Selection(audience=Audience.POLICE)
    everything = newest_records(ground, selection, catalogue("sv"))
    assert 0 < everything.of <= MOST
    assert len(everything.rows) == everything.of
    monkeypatch.setattr("dashboard.print.offline_records.MOST", 5)
    few = newest_records(ground, selection, catalogue("sv"))
    assert few.rows == everything.rows[:5]
    assert few.of == everything.of


def test_no_name_becomes_markup_or_a_template(ground):
    # Folium renders its data as a template: a name from a file could otherwise run on the server.
    places = tuple(replace(place, name=HOSTILE) for place in ground.places)
    page = offline_map(
        Ground(ground.workspace, ground.snapshot, places), Selection(audience=Audience.POLICE), language="sv"
    )
    assert "<img src=x" not in page
    assert "</script><img" not in page
    assert "49Torget" not in page
    assert "{{ 7*7 }}" in page


def test_a_missing_bundle_says_what_to_run(ground, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "LEAFLET", tmp_path)
    with pytest.raises(MissingError, match="npm run build") as caught:
        offline_map(ground, Selection(audience=Audience.POLICE), language="sv")
    assert caught.value.code == "bundle_missing"
