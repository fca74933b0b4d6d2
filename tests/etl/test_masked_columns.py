"""Whole columns are masked as each cell by itself would be."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.masking.columns import mask_column, suspects
from etl.masking.mask import mask_texts

PERSONAL = (
    "Ring 070-123 45 67",
    "ring +46 (0)70 123 45 67",
    "0046701234567",
    "46 701234567",
    "(08) 123 456 78",
    "mejla nej@inte.se",
    "se www.exempel.se",
    "https://exempel.se/x",
    "19850709-9805",
    "850709 – 9805",
    "850769+9805",
    "bilen ABC 12D körde",
    "abc123",
    "212-555-1234",
    "070\u00a0123\u00a045\u00a067",
    "٠٧٠-١٢٣ ٤٥ ٦٧",
)
PIECES = st.sampled_from(
    [
        *"0123456789 -–−+()/.:@_",
        *"１٧\u200b\u2011",
        "99",
        "M071",
        "SU3A",
        "AB17",
        "reg ",
        "(at)",
        " . ",
        "070",
        "08",
        "46",
        "+46",
        "(0)",
        "ABC",
        "abc",
        "\u00a0",
        "\x1f",
        "850709",
        "٣",
    ]
)


def test_each_kind_of_identity_is_found() -> None:
    column = pd.Series([*PERSONAL, "Mörkt vid gång 12", "", "2025-03-14", "svar-00000001"], dtype="str")
    masked, changed = mask_column(column)
    assert masked.tolist() == mask_texts(column)
    assert changed.tolist() == [one != other for one, other in zip(masked, column, strict=True)]
    assert changed.sum() >= len(PERSONAL) - 1  # the Arabic digits are not told by every pattern


@settings(max_examples=120, deadline=None)
@given(texts=st.lists(st.lists(PIECES, max_size=16).map("".join), min_size=1, max_size=40))
def test_nothing_that_is_masked_is_passed_over(texts: list[str]) -> None:
    column = pd.Series(texts, dtype="str")
    changed = {
        at for at, (one, other) in enumerate(zip(mask_texts(texts), texts, strict=True)) if one != other
    }
    assert changed <= set(suspects(column).tolist())
    assert mask_column(column)[0].tolist() == mask_texts(texts)


TITLES = "läraren Lärare RANE GRANNE grannen klasskompisen polis min man heter dr hr"
NAMES = "Anna anna ANNA Annas annas von Essen Säffle Norra skola Svensson bo Ek åsa"
NAMED = st.sampled_from(
    [*TITLES.split(), *NAMES.split(), " ", " ", " ", "  ", ". ", ", ", ": ", "-", "\n", "\t", "’", "\u200b"]
)


@settings(max_examples=120, deadline=None)
@given(texts=st.lists(st.lists(NAMED, max_size=12).map("".join), min_size=1, max_size=40))
def test_no_name_that_is_masked_is_passed_over(texts: list[str]) -> None:
    column = pd.Series(texts, dtype="str")
    assert mask_column(column)[0].tolist() == mask_texts(texts)


def test_a_column_that_repeats_itself_is_masked_row_by_row() -> None:
    column = pd.Series(["Ring 070-123 45 67", "Torget"] * 5000, dtype="str")
    masked, changed = mask_column(column)
    assert masked.tolist() == ["Ring ***", "Torget"] * 5000
    assert changed.tolist() == [True, False] * 5000
