"""What one party does in one day, in driving order; and who may know of it."""

from dataclasses import replace
from datetime import date

import pytest

from geodata.privacy import Audience
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.targeting.openness import known_to, may_know
from geodata.targeting.passes import driving_order, passes, working_day
from geodata.targeting.slot import Slot, SlotStatus, Stand

FRIDAY = date(2026, 11, 27)
SATURDAY = date(2026, 11, 28)
SLOT = Slot(
    slot_id=1,
    plan_id=1,
    place_id=1,
    day=FRIDAY,
    from_minute=450,
    to_minute=465,
    kind=ActivityKind.TRAFFIC_CHECK,
    car=CarType.UNMARKED,
    parties=frozenset({Party.POLICE}),
    stand=Stand("Skolgatan", 0.0, 0.0),
    why=(),
    harm=None,
    locked=False,
    status=SlotStatus.PLANNED,
)
STAFF = {Audience.PLANNER, Audience.COORDINATOR}


def at(slot_id, x, from_minute=450, day=FRIDAY, **more):
    return replace(SLOT, slot_id=slot_id, stand=Stand("", x, 0.0), from_minute=from_minute, day=day, **more)


def test_the_night_belongs_to_its_evening():
    late = at(2, 0.0, from_minute=30, day=SATURDAY)
    assert working_day(late) == FRIDAY
    assert working_day(replace(late, from_minute=300)) == SATURDAY
    (one,) = passes([late, at(1, 0.0, from_minute=23 * 60, to_minute=1395)])
    assert one.day == FRIDAY
    assert [slot.slot_id for slot in one.slots] == [1, 2]


def test_of_those_that_begin_together_the_nearest_comes_first():
    before, near, far = at(1, 0.0, 400), at(3, 100.0), at(2, 900.0)
    assert [slot.slot_id for slot in driving_order([far, near, before])] == [1, 3, 2]
    nowhere = replace(near, slot_id=4, stand=None)
    assert [slot.slot_id for slot in driving_order([nowhere, far, before])] == [1, 2, 4]


def test_a_joint_slot_stands_in_both_passes_and_a_cancelled_one_in_none():
    joint = at(2, 0.0, 500, parties=frozenset({Party.POLICE, Party.MUNICIPALITY}), to_minute=515)
    found = passes([SLOT, joint, at(3, 0.0, status=SlotStatus.CANCELLED)])
    assert {(one.party, tuple(slot.slot_id for slot in one.slots)) for one in found} == {
        (Party.POLICE, (1, 2)),
        (Party.MUNICIPALITY, (2,)),
    }


@pytest.mark.parametrize(
    ("more", "together"),
    [
        ({"from_minute": 500, "to_minute": 515}, True),
        ({"from_minute": 460, "to_minute": 475}, False),  # the other is not over
        (
            {"from_minute": 470, "to_minute": 485, "metres": 9000.0},
            False,
        ),  # nobody gets there in five minutes
        ({"from_minute": 500, "to_minute": 515, "metres": 9000.0}, True),
        ({"from_minute": 500, "to_minute": 515, "car": CarType.MARKED}, False),  # another car
        ({"from_minute": 500, "to_minute": 515, "car": CarType.ON_FOOT}, True),
        ({"from_minute": 700, "to_minute": 715}, False),  # another shift
    ],
)
def test_one_crew_does_what_it_can_get_to(more, together):
    other = at(2, more.pop("metres", 0.0), **more)
    found = passes([SLOT, other])
    assert [(one.number, one.of) for one in found] == ([(1, 1)] if together else [(1, 2), (2, 2)])


def test_a_pass_goes_on_over_midnight():
    late = at(1, 0.0, 1430, to_minute=5)
    after = at(2, 0.0, 20, day=SATURDAY, to_minute=35)
    (one,) = passes([after, late])
    assert [slot.slot_id for slot in one.slots] == [1, 2]


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("status", SlotStatus)
@pytest.mark.parametrize("joint", [False, True])
def test_what_the_police_will_do_is_theirs_until_it_is_done(audience, status, joint):
    parties = {Party.POLICE, Party.MUNICIPALITY} if joint else {Party.POLICE}
    slot = replace(SLOT, status=status, parties=frozenset(parties))
    done = status is SlotStatus.DONE
    assert may_know(slot, audience) == (audience is Audience.POLICE or (done and audience in STAFF))


@pytest.mark.parametrize("audience", Audience)
def test_what_the_municipality_does_alone_its_staff_knows(audience):
    own = replace(SLOT, parties=frozenset({Party.MUNICIPALITY}))
    assert known_to([own], audience) == ((own,) if audience in {Audience.POLICE, *STAFF} else ())
