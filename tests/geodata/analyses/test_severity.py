"""Records weighed by severity: by the municipality's scale, where a method weighs, and said in the answer."""

import tomllib
from pathlib import Path

import pytest
from provstad import EAST, NORTH, planned_town

from geodata.analyses.hotspots import find_hotspots
from geodata.hotspots.methods import METHODS
from geodata.privacy import Audience
from geodata.project import parse_project
from geodata.selection import Selection

POLICE = Selection(Audience.POLICE)
SCALE = {"weights": {"death": 30, "serious": 10, "none": 0}, "source": "a report"}
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "albany" / "problembild.toml"


def two_streets(workspace, **settings):
    """Make many slight crashes on one street, fewer but serious ones on another, and damage on a third."""
    town = planned_town()
    town.settings = {**town.settings, **settings}
    town.add(EAST + 600, NORTH + 400, count=40, severity="slight")
    town.add(EAST + 600, NORTH + 1600, count=15, severity="serious")
    town.add(EAST + 1400, NORTH + 1000, count=60, severity="none")
    town.add(EAST + 1400, NORTH + 400, count=3, severity="unknown")
    town.add(EAST + 1450, NORTH + 400, count=2)
    return town.publish(workspace)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return two_streets(tmp_path_factory.mktemp("plain") / "provstad")


@pytest.fixture(scope="module")
def weighed(tmp_path_factory):
    return two_streets(tmp_path_factory.mktemp("weighed") / "provstad", severity=SCALE)


WEIGHING = [name for name, method in METHODS.items() if method.weighs]


def test_these_methods_weigh():
    assert WEIGHING == ["kde_quartic", "kde_gaussian", "network_kde", "sliding_windows"]


# Gauss's kernel runs through the same lines as the quartic one; here it is too wide for an area of a dozen.
@pytest.mark.parametrize("method", ["kde_quartic", "network_kde", "sliding_windows"])
def test_few_grave_records_come_before_many_slight_ones_only_where_the_scale_says_so(plain, weighed, method):
    before, after = (find_hotspots(one, POLICE, method=method).areas for one in (plain, weighed))
    assert before[0].count == 60
    assert after[0].count == 15
    assert 60 not in {area.count for area in after}


@pytest.mark.parametrize("method", WEIGHING)
def test_the_answer_names_the_weights_their_source_and_what_weighs_one(plain, weighed, method):
    said = dict(find_hotspots(weighed, POLICE, method=method).parameters)
    assert {name: value for name, value in said.items() if name.startswith("weigh")} == {
        "weight_death": "30",
        "weight_serious": "10",
        "weight_none": "0",
        "weights_source": "a report",
        "weighs_one_unlisted": "45",
    }
    unsaid = dict(find_hotspots(plain, POLICE, method=method).parameters)
    assert not [name for name in unsaid if name.startswith("weigh")]


def test_a_method_that_counts_is_not_moved_by_weights(plain, weighed):
    there, here = (find_hotspots(one, POLICE, method="count") for one in (weighed, plain))
    assert [area.count for area in there.areas] == [area.count for area in here.areas] != []
    assert there.parameters == here.parameters


def test_the_shipped_example_is_a_valid_scale_with_its_source():
    scale = parse_project(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))).severity
    assert scale.weights == {"death": 3, "serious": 3, "slight": 1, "none": 0}
    assert "Safer Streets Priority Finder" in scale.source
