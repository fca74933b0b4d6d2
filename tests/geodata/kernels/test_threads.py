import threading

import pytest

from geodata.kernels.threads import available, chunks, over_chunks


def test_chunks_cover_everything_once_and_do_not_depend_on_threads():
    assert chunks(10, size=4) == [(0, 4), (4, 8), (8, 10)]
    assert chunks(0, size=4) == []
    assert chunks(3, size=4) == [(0, 3)]


@pytest.mark.parametrize("threads", [1, 2, None])
def test_results_stand_in_the_order_of_the_chunks(threads):
    assert over_chunks(lambda first, last: (first, last), 9, size=2, threads=threads) == chunks(9, size=2)
    assert available() >= 1


def test_two_threads_are_at_work_at_once():
    both = threading.Barrier(2, timeout=5)
    assert over_chunks(lambda first, last: both.wait() in {0, 1}, 2, size=1, threads=2) == [True, True]


def test_what_goes_wrong_in_a_chunk_is_said():
    def fail(first, last):
        raise ValueError(f"chunk {first}")

    with pytest.raises(ValueError, match="chunk 0"):
        over_chunks(fail, 3, size=1, threads=2)
