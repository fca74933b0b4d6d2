"""Numbers, clocks, code words, masks and remains of markup."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.markup import clean_markup
from etl.masking.mask import CUT, mask_text, mask_value
from etl.parse import clocks, code_words, decimal_sign, numbers


def text(*cells: str) -> "pd.Series[str]":
    return pd.Series(list(cells), dtype="str")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("6578123,4", 6578123.4),
        ("6 578 123,4", 6578123.4),
        ("6\u00a0578\u00a0123,4", 6578123.4),
        ("1.234.567,5", 1234567.5),
        ("1,234,567.5", 1234567.5),
        ("12.5", 12.5),
        ("-0,5", -0.5),
        ("\u22125", -5.0),
        ("1e3", 1000.0),
        ("1,234", 1.234),
    ],
)
def test_numbers_as_files_write_them(written: str, value: float) -> None:
    values, unreadable = numbers(text(written))
    assert values[0] == value
    assert not unreadable[0]


@pytest.mark.parametrize("written", ["inf", "nan", "0x10", "1_000", "12 km/h", "1,2,3", "--5", "½"])
def test_what_is_no_number_is_said(written: str) -> None:
    values, unreadable = numbers(text(written))
    assert np.isnan(values[0])
    assert unreadable[0]


def test_an_empty_cell_is_no_number_and_no_fault() -> None:
    values, unreadable = numbers(text(""))
    assert np.isnan(values[0])
    assert not unreadable[0]


@settings(deadline=None)
@given(st.lists(st.floats(-1e7, 1e7), min_size=1, max_size=5))
def test_every_number_comes_back_with_a_comma_or_a_point(wanted: list[float]) -> None:
    for sign in ",.":
        values, unreadable = numbers(text(*(f"{value:.4f}".replace(".", sign) for value in wanted)))
        assert np.allclose(values, np.round(wanted, 4))
        assert not unreadable.any()


def test_the_decimal_sign_is_found() -> None:
    assert decimal_sign(text("1", "2,5")) == "comma"
    assert decimal_sign(text("1", "2.5")) == "point"
    assert decimal_sign(text("1", "2")) is None


def test_clocks_are_seconds_and_how_wide_they_are() -> None:
    start, width, unreadable, impossible = clocks(text("17.59", "7", "07-08", "24:00", "17:60", "tolv", ""))
    assert start[:3].tolist() == [64740, 25200, 25200]
    assert clocks(text("22-03", "00-24", "7-7"))[1].tolist() == [5 * 3600, 24 * 3600, 3600]
    assert width[:3].tolist() == [0, 3600, 3600]
    assert unreadable.tolist() == [False, False, False, False, False, True, False]
    assert impossible.tolist() == [False, False, False, True, True, False, False]


def test_code_words_do_not_mind_letter_case() -> None:
    assert code_words(text("ÖVERGÅNG", "Sikt "), {"Övergång": "a"}).fillna("-").tolist() == ["a", "-"]


@pytest.mark.parametrize(
    "secret",
    [
        "070-123 45 67",
        "0701234567",
        "+46 70 123 45 67",
        "08-123 456 78",
        "0550-123 45",
        "617-555-0123",
        "850101-1234",
        "19850101-1234",
        "198501011234",
        "anna.berg@example.se",
        "https://example.se/anna",
        "www.example.se",
        "8501011234",
        "850161-1234",
        "198501611234",
        "850101–1234",
        "(070) 123 45 67",
        "070/1234567",
        "070–123 45 67",
        "46701234567",
        "0046701234567",
        "ABC 123",
        "ABC12D",
        "abc123",
    ],
)
def test_what_points_to_a_person_is_masked(secret: str) -> None:
    assert mask_text(f"Jag såg {secret} där.").startswith("Jag såg ***")
    assert secret not in mask_text(f"Jag såg {secret} där.")


@pytest.mark.parametrize(
    "plain",
    [
        "kl 07.30-08.30",
        "2025-05-12 17:59",
        "väg 45 och E18",
        "30 km/h",
        "6578123,4; 412345,6",
        "22 augusti 2026",
        "0000-00-00",
        "0900-01-01",
        "0730-0815",
        "14/03/2025 0800",
        "12.9301011234",
        "5000-K000140-25",
        "TMÖ 123",
        "väg123, buss 123 och 110 km/h",
    ],
)
def test_what_points_to_nobody_stays(plain: str) -> None:
    assert mask_text(plain) == plain


def test_a_value_in_a_message_is_one_short_line() -> None:
    assert mask_value("a\n b") == "a b"
    assert len(mask_value("x" * 500)) == CUT


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('" src="images/06 - Speeding.png"></span>&nbsp;people speed', "people speed"),
        ("<b>Mörkt</b> &amp; otäckt", "Mörkt & otäckt"),
        ("slutar mitt i <span clas", "slutar mitt i"),
        ("mer än > 30 km/h", "mer än > 30 km/h"),
        ("5 < 6", "5 < 6"),
        ("två\nrader", "två\nrader"),
    ],
)
def test_remains_of_markup_are_taken_out_and_nothing_else(dirty: str, clean: str) -> None:
    assert clean_markup(dirty) == clean
