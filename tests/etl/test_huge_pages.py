import sys
from pathlib import Path

import pytest

from etl import huge_pages
from etl.huge_pages import no_huge_pages

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has huge pages of this sort")


def enabled():
    """Return what the system says of this process; None where it does not say it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next((line.split()[1] for line in lines if line.startswith("THP_enabled")), None)


@pytest.mark.skipif(enabled() != "1", reason="they are off, or the system does not say")
def test_off_within_and_on_again_behind_even_after_an_error():
    with no_huge_pages():
        assert enabled() == "0"
        with no_huge_pages():
            assert enabled() == "0"
        assert enabled() == "0"
    assert enabled() == "1"
    with pytest.raises(ValueError, match="within"), no_huge_pages():
        raise ValueError("within")
    assert enabled() == "1"


def test_a_system_that_refuses_changes_nothing(monkeypatch):
    asked = []

    def refuse(option, value=0):
        asked.append((option, value))
        return -1

    monkeypatch.setattr(huge_pages, "_prctl", refuse)
    with no_huge_pages():
        pass
    assert asked == [(huge_pages._GET, 0)]
