"""Which passwords will do, and that checking one tells nothing of who has an account."""

import pytest

from dashboard.access.passwords import LONGEST, Passwords, check_password
from geodata.errors import ParameterError

KNOWN = ("anna.andersson", "Säffle")


@pytest.fixture(scope="module")
def passwords():
    return Passwords(memory_kib=32, passes=1)


@pytest.mark.parametrize(
    "password",
    [
        "gatlyktor och en orm",
        "korrekt häst batteri",
        "mississippi river boat",
        "水" * 3 + "abekldwxyz42qp",
        "x7!kPq92mz-vLw4",
    ],
)
def test_length_is_enough_and_no_signs_are_demanded(password):
    check_password(password, known=KNOWN)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("gatlyktor orm", "password_short"),
        ("", "password_short"),
        ("å" * (LONGEST + 1), "password_long"),
        ("lösenordlösenord", "password_guessed"),
        ("Sommar2026Sommar2026", "password_guessed"),
        ("123456789012345678", "password_guessed"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_guessed"),
        ("abcdabcdabcdabcdabcd", "password_guessed"),
        ("qwertyuiopasdfghjkl", "password_guessed"),
        ("Anna.Andersson-2026!", "password_guessed"),
        ("SäffleSäffle-123456", "password_guessed"),
    ],
)
def test_what_is_guessed_soon_is_refused(password, code):
    with pytest.raises(ParameterError) as told:
        check_password(password, known=KNOWN)
    assert told.value.code == code
    assert not password or password not in told.value.sentence


def test_a_hash_is_argon2id_salted_and_holds_no_password(passwords):
    one, other = passwords.hash("gatlyktor och en orm"), passwords.hash("gatlyktor och en orm")
    assert one != other
    assert one.startswith("$argon2id$v=19$m=32,t=1,p=4$")
    assert "gatlyktor" not in one
    assert passwords.fits("gatlyktor och en orm", one)
    assert not passwords.fits("gatlyktor och en orm ", one)


def test_the_same_keys_fit_however_a_machine_writes_them(passwords):
    kept = passwords.hash("sju små grå ankor på rad")
    assert passwords.fits("sju sma\u030a gra\u030a ankor pa\u030a rad", kept)


@pytest.mark.parametrize("kept", [None, "", "damaged"])
def test_without_anything_to_compare_with_nothing_fits(passwords, kept):
    assert not passwords.fits("gatlyktor och en orm", kept)


def test_another_cost_is_seen(passwords):
    kept = passwords.hash("gatlyktor och en orm")
    assert not passwords.is_outdated(kept)
    assert Passwords(memory_kib=64, passes=1).is_outdated(kept)
