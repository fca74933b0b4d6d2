"""Passes are counted as they are driven: not by a grid of the clock, and one for each crew and area."""

from dataclasses import replace

import numpy as np
import pytest
from village import random_harm, team, village

from geodata.targeting.planned_passes import passes_taken
from geodata.targeting.problem import Stop
from geodata.targeting.schedule import solve


@pytest.mark.parametrize(
    ("stops", "passes"),
    [
        ((), 0),
        ((Stop(0, 0, 1, 7), Stop(0, 1, 1, 8)), 1),  # over the border of a grid of two half hours
        ((Stop(0, 0, 1, 7), Stop(0, 1, 1, 9)), 2),  # farther apart than a pass is long
        ((Stop(0, 0, 1, 7), Stop(0, 1, 1, 7)), 2),  # nobody is at two places
        ((Stop(0, 0, 1, 7), Stop(0, 2, 1, 8)), 2),  # another area
        ((Stop(0, 0, 1, 7), Stop(0, 1, 2, 8)), 2),  # another day
        ((Stop(0, 0, 1, 7), Stop(0, 0, 1, 7)), 1),
    ],
)
def test_stops_are_of_one_pass_when_one_crew_can_drive_them_so(stops, passes):
    problem = village(random_harm(3, 7), area=np.array([0, 0, 1]))
    assert passes_taken(problem, stops) == passes


def test_a_locked_pass_gives_no_pass_more_than_there_is():
    problem = village(random_harm(4, 7, seed=3), teams=(team(passes_per_week=1),), fades=2.0)
    locked = (Stop(0, 0, 2, 5), Stop(0, 1, 2, 6))
    found = solve(replace(problem, standing=locked))
    assert set(locked) <= set(found.stops)
    assert {one.day for one in found.stops} == {2}
