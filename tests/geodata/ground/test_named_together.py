"""Which kinds may be named beside their whole: an onlooker who goes through every town that looks the same."""

from collections import defaultdict
from itertools import product

import pytest

from geodata.disclosure import named_together, rounded

MINIMUM = 5


def by_threshold(counts, *, of, minimum):
    """Name every kind from the threshold up, whatever is left."""
    return sum(count >= minimum for count in counts)


def determined(rule, *, kinds, most, minimum=MINIMUM):
    """Return what is shown where some kind that is not named can be one count alone, and that is small.

    The attacker knows the rule, which kinds there are, and the whole, rounded.
    """
    alike = defaultdict(list)
    for town in product(range(most), repeat=kinds):
        if sum(town) < minimum:
            continue
        order = sorted(range(kinds), key=lambda at: (-town[at], at))
        named = order[: rule([town[at] for at in order], of=sum(town), minimum=minimum)]
        shown = (int(rounded(sum(town))), tuple((at, int(rounded(town[at]))) for at in named))
        alike[shown].append(town)
    found = []
    for shown, towns in alike.items():
        if shown[0] > most - 3:
            continue  # towns that look the same were not all gone through
        named = {at for at, _ in shown[1]}
        for at in set(range(kinds)) - named:
            counts = {town[at] for town in towns}
            if len(counts) == 1 and 0 < counts.pop() < minimum:
                found.append(shown)
    return found


@pytest.mark.parametrize(
    ("kinds", "most", "minimum"), [(1, 60, 5), (2, 40, 5), (3, 30, 5), (1, 60, 10), (2, 60, 10), (3, 42, 10)]
)
def test_no_small_kind_follows_from_the_whole(kinds, most, minimum):
    assert determined(named_together, kinds=kinds, most=most, minimum=minimum) == []


def test_the_threshold_alone_lets_a_small_kind_follow():
    assert (20, ((0, 5), (1, 5))) in determined(by_threshold, kinds=3, most=30)


@pytest.mark.parametrize(
    ("counts", "of", "named"),
    [
        ([], 0, 0),
        ([20], 20, 1),
        ([20, 4, 3], 27, 1),
        ([20, 9, 4], 33, 1),
        ([20, 9, 9, 4], 42, 1),
        ([20, 9, 6, 4], 39, 2),
        ([20], 22, 0),
        ([4, 3], 7, 0),
        ([20, 5, 0], 25, 2),
    ],
)
def test_what_is_named_leaves_nothing_or_enough(counts, of, named):
    assert named_together(counts, of=of, minimum=MINIMUM) == named
