"""The meter of a target about each of several things shows what is done beside what is decided."""

from dashboard.components.promises import measure_markup
from dashboard.views.promise_measure import begun, meter
from dashboard.views.promises import MeasureLine
from geodata.promises.targets.measure import Measure, State


def measure(**more):
    given = {"kind": "each", "unit": "items", "done": 1, "target": 3, "state": State.ON_COURSE}
    return Measure(**{**given, **more})


def test_what_is_done_and_not_decided_is_a_part_of_its_own():
    two_of_three = measure(parts=(("done", 2), ("decided", 1)))
    full, _ = meter(two_of_three)
    assert round(full) == 33
    assert round(begun(two_of_three)) == 33
    line = MeasureLine("on_course", "", "", (), meter(two_of_three), begun(two_of_three))
    assert 'class="begun"' in measure_markup(line, notes=False)


def test_where_all_that_is_done_is_decided_or_nothing_is_asked_of_it_there_is_none():
    for one in (
        measure(parts=(("done", 1), ("decided", 1))),
        measure(),
        measure(unit="count", parts=(("done", 3),)),
        measure(target=None, parts=(("done", 2), ("decided", 1))),
    ):
        assert begun(one) == 0.0
    assert 'class="begun"' not in measure_markup(MeasureLine("late", "", "", (), (33.0, None)), notes=False)
