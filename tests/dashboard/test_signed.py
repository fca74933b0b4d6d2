"""Who did something is said in words, never by a code."""

from __future__ import annotations

import pytest

from dashboard.console import logged_in
from dashboard.views.signed import signed
from geodata.privacy import Audience


def test_an_audience_is_named_and_an_account_keeps_its_name(swedish):
    assert signed(swedish, "police") == "polisen"
    assert signed(swedish, "kim.lind") == "kim.lind"
    assert signed(swedish, "") == ""


def test_what_nobody_did_by_name_was_done_at_the_command_line(swedish, monkeypatch):
    for user, said in (("root", "kommandoraden"), ("kim", "kim")):
        monkeypatch.setattr("dashboard.console.getuser", lambda user=user: user)
        assert signed(swedish, logged_in()) == said

    def nameless():
        raise KeyError

    monkeypatch.setattr("dashboard.console.getuser", nameless)
    assert signed(swedish, logged_in()) == "kommandoraden"


@pytest.mark.parametrize("audience", list(Audience))
def test_every_audience_has_its_words(swedish, english, audience):
    for texts in (swedish, english):
        assert signed(texts, str(audience)) != str(audience)
