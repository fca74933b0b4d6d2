"""A slot is done while an entry of the log answers it, and is again what it was when none does."""

from dataclasses import replace

import pytest
import shapely
from test_log import ENTRY, NOW
from test_plans import a_plan, a_slot, seen

from geodata.places.place import PlaceCandidate
from geodata.schema import PlaceKind
from geodata.store.register import Register
from geodata.targeting.slot import SlotStatus


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    opened.propose([PlaceCandidate(PlaceKind.SQUARE, "Torget", shapely.box(0, 0, 9, 9), "areas:1")])
    opened.plans.keep(a_plan(), [a_slot()], seen=())
    yield opened
    opened.close()


def status(register):
    return register.plans.slots(cancelled=True)[0].status


def answer(register, key):
    return register.log.add(replace(ENTRY, entry_key=key, slot_id=1), now=NOW)


@pytest.mark.parametrize("before", [SlotStatus.PLANNED, SlotStatus.MISSED, SlotStatus.CANCELLED])
def test_withdrawing_the_only_entry_gives_the_slot_back_what_it_was(register, before):
    if before is not SlotStatus.PLANNED:
        register.plans.mark(seen(register.plans.slots()[0]), before, by="kim")
    assert answer(register, "a")
    assert status(register) is SlotStatus.DONE
    assert register.log.withdraw("a", by="kim", why="Fel pass")
    assert status(register) is before


def test_a_slot_stays_done_while_another_entry_answers_it(register):
    answer(register, "a")
    answer(register, "b")
    register.log.withdraw("a", by="kim", why="Dubbel")
    assert status(register) is SlotStatus.DONE
    register.log.withdraw("b", by="kim", why="Inte heller")
    assert status(register) is SlotStatus.PLANNED


def test_what_is_sent_again_after_it_was_withdrawn_leaves_the_slot_open(register):
    answer(register, "a")
    register.log.withdraw("a", by="kim", why="Fel pass")
    assert not answer(register, "a")
    assert status(register) is SlotStatus.PLANNED


def test_what_was_said_of_the_slot_after_it_was_done_stands(register):
    answer(register, "a")
    register.plans.mark(seen(register.plans.slots()[0]), SlotStatus.MISSED, by="lo")
    register.log.withdraw("a", by="kim", why="Fel pass")
    assert status(register) is SlotStatus.MISSED
