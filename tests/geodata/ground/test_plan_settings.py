"""``[plan]`` is refused where it contradicts itself, with the setting and what is wrong."""

import pytest

from geodata.errors import ProjectError
from geodata.plan_settings import since_five
from geodata.project import parse_project


def plan(**values):
    return parse_project({"municipality": {"name": "Prov", "code": "9999"}, "plan": values}).plan


def supply(**values):
    return {"name": "Polisen", "passes_per_week": 2} | values


def test_hours_make_whole_passes():
    (one,) = plan(supply=[{"name": "A", "hours_per_week": 9, "pass_minutes": 120}]).supply
    assert one.passes == 4
    assert plan().supply == ()


def test_the_day_turns_at_five():
    assert [since_five(one) for one in ("05:00", "04:59", "02:00")] == [0, 1439, 1260]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"supply": [supply(hours_per_week=3)]}, "one of them"),
        ({"supply": [{"name": "A"}]}, "one of them"),
        ({"supply": [supply(passes_per_week=-1)]}, "greater than or equal to 0"),
        ({"supply": [supply(between=["22:00", "06:00"])]}, "when the day turns"),
        ({"supply": [supply(between=["08:10", "10:00"])]}, "whole or half hours"),
        ({"supply": [supply(between=["25:00", "10:00"])]}, "pattern"),
        ({"supply": [supply(between=["08:00", "09:00"])]}, "no room"),
        ({"supply": [supply(), supply()]}, "stands twice"),
        ({"supply": [supply(cars=["tank"])]}, "marked"),
        ({"wanted": [{"name": "A"}]}, "asks for nothing"),
        ({"wanted": [{"name": "A", "least": 6, "most": 4}]}, "contradict each other"),
        ({"wanted": [{"name": "A", "least": 6, "between": ["22:00", "06:00"]}]}, "when the day turns"),
        ({"weeks": 0}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_is_refused(values, said):
    with pytest.raises(ProjectError, match=said) as raised:
        plan(**values)
    assert raised.value.code == "project_invalid"
    assert str(raised.value.values["setting"]).startswith("plan")
