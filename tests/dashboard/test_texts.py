"""Both languages say everything, with the same values, and every code has its words."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from dashboard.texts.catalogue import Catalogue, catalogue
from dashboard.texts.formats import FORMATS
from etl.codes import CODES
from geodata.codes import CHANCES, CHOSEN, CLASSES, COUNTING_RULES, LEFT_OUT, WARNINGS
from geodata.errors import ParameterError
from geodata.evidence.windows import Window
from geodata.hotspots.methods import METHODS
from geodata.periods import ALWAYS, Period, TimeWindow, tertial, year
from geodata.precision import LocationPrecision
from geodata.privacy import Audience
from geodata.schema import CATEGORIES, GROUP_OF, PlaceKind, Severity, Stream

ROOT = Path(__file__).parents[2]
SWEDISH, ENGLISH = catalogue("sv"), catalogue("en")


def placeholders(texts: Catalogue, key: str) -> set[str]:
    entry = texts.entry(key)
    parts = entry.values() if isinstance(entry, dict) else [entry]
    return {name for part in parts for _, name, _, _ in Formatter().parse(part) if name}


def raised() -> Iterator[tuple[str, tuple[str, ...] | None, str]]:
    """Every error made anywhere in the packages: its code, its values (None: opened from a dict), where."""
    for package in ("geodata", "etl", "dashboard"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id.endswith("Error")
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                    and len(node.args) == 2
                ):
                    names = [keyword.arg for keyword in node.keywords]
                    values = tuple(sorted(name for name in names if name))
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield node.args[0].value, None if None in names else values, where


def test_both_languages_hold_the_same_keys() -> None:
    assert SWEDISH.keys == ENGLISH.keys


@pytest.mark.parametrize("key", sorted(SWEDISH.keys))
def test_both_languages_use_the_same_values(key: str) -> None:
    assert placeholders(SWEDISH, key) - {"n"} == placeholders(ENGLISH, key) - {"n"}


@pytest.mark.parametrize("key", sorted(CODES))
def test_every_code_of_an_import_has_its_words(key: str) -> None:
    assert key in SWEDISH
    known = {name for _, name, _, _ in Formatter().parse(CODES[key]) if name}
    assert placeholders(SWEDISH, key) <= known
    if key.startswith("errors."):  # a rejection's place stands in columns of its own beside the words
        assert known & {"file", "row", "column", "value"} <= placeholders(SWEDISH, key)


@pytest.mark.parametrize(("code", "values", "where"), list(raised()))
def test_every_error_has_its_words_and_the_values_they_need(
    code: str, values: tuple[str, ...] | None, where: str
) -> None:
    key = f"errors.{code}"
    assert key in SWEDISH, where
    assert values is None or placeholders(SWEDISH, key) <= set(values), where


def test_every_code_of_an_answer_has_its_words() -> None:
    kinds = {"warning": WARNINGS, "rule": COUNTING_RULES, "not_used": LEFT_OUT, "hotspot_class": CLASSES}
    assert {f"{kind}.{code}" for kind, codes in kinds.items() for code in codes} <= SWEDISH.keys
    said = ("method", "method_choice", "method_reference", "map.found")
    assert {f"{part}.{method}" for part in said for method in METHODS} <= SWEDISH.keys
    assert {
        f"{part}.{code}" for part in ("hotspot_symbol", "hotspot_word") for code in CLASSES
    } <= SWEDISH.keys
    assert {f"chance.{code}" for code in CHANCES} <= SWEDISH.keys
    settings = {one.name for method in METHODS.values() for one in fields(method.parameters())}
    assert {f"setting.{code}" for code in settings | set(CHOSEN)} <= SWEDISH.keys
    assert {f"severity.{one}" for one in Severity} <= SWEDISH.keys


def test_every_code_of_the_schema_has_its_words() -> None:
    wanted = {
        *(f"audience.{one}" for one in Audience),
        *(f"stream.{one}.{part}" for one in Stream for part in ("verb", "source", "choice", "count")),
        *(f"{group}.{one}" for one in PlaceKind for group in ("kind", "kinds")),
        *(f"group.{one}" for one in CATEGORIES),
        *(f"category.{one}" for one in GROUP_OF),
        *(f"precision.{one}" for one in LocationPrecision if one not in {"exact", "address"}),
    }
    assert wanted <= SWEDISH.keys


def test_an_error_is_said_in_the_language_asked_for() -> None:
    error = ParameterError("period_backwards", "Backwards.", first="2025-02-01", last="2025-01-01")
    assert SWEDISH.error(error).startswith("Perioden slutar (2025-01-01)")
    assert ENGLISH.error(error).startswith("The period ends (2025-01-01)")


def test_an_error_that_nobody_has_words_for_still_says_what_happened() -> None:
    assert (
        SWEDISH.error(ParameterError("brand_new", "Something new went wrong.")) == "Something new went wrong."
    )


def test_plural_follows_the_count() -> None:
    assert SWEDISH("stream.survey.count", n=1) == "1 svar"
    assert SWEDISH("stream.review.count", n=12) == "12 brister"


@pytest.mark.parametrize(
    ("language", "value", "decimals", "written"),
    [
        ("sv", 1234.5, 1, "1\xa0234,5"),
        ("en", 1234.5, 1, "1,234.5"),
        ("sv", -3, 0, "−3"),
        ("sv", 0.05, 2, "0,05"),
    ],
)
def test_numbers(language: str, value: float, decimals: int, written: str) -> None:
    assert FORMATS[language].number(value, decimals=decimals) == written


def test_days_hours_shares_and_ranges_in_swedish() -> None:
    form = FORMATS["sv"]
    assert form.day(date(2026, 3, 3)) == "3\xa0mars\xa02026"
    assert form.time("17:30") == "17.30"
    assert form.share(0.453) == "45\xa0%"
    assert form.span(1.24, 3.5, decimals=1) == "1,2–3,5"
    assert form.span(2, 2) == "2"
    assert form.listing(["A", "B", "C"]) == "A, B och C"
    assert form.listing(["A"]) == "A"


@pytest.mark.parametrize(
    ("period", "written"),
    [
        (year(2025), "2025"),
        (tertial(2, 2025), "tertial\xa02 2025"),
        (Period(date(2025, 3, 3), date(2025, 3, 3)), "3\xa0mars\xa02025"),
        (Period(date(2025, 3, 3), date(2025, 4, 1)), "3\xa0mars\xa02025 – 1\xa0april\xa02025"),
    ],
)
def test_periods_in_swedish(period: Period, written: str) -> None:
    assert FORMATS["sv"].period(period) == written


@pytest.mark.parametrize(
    ("window", "written"),
    [
        (ALWAYS, "hela dygnet, alla dagar"),
        (TimeWindow(frozenset(range(5)), 7, 9), "vardagar kl.\xa007–09"),
        (TimeWindow(frozenset({4, 5, 6})), "fredag–söndag"),
        (TimeWindow(frozenset({4, 5}), 22, 3), "fredag och lördag kl.\xa022–03"),
        (TimeWindow(from_hour=7, to_hour=16), "alla dagar kl.\xa007–16"),
    ],
)
def test_windows_in_swedish(window: TimeWindow, written: str) -> None:
    assert FORMATS["sv"].window(window) == written


@pytest.mark.parametrize(
    ("window", "written"),
    [
        (Window((0, 1, 2, 3, 4), 450, 510), "vardagar kl.\xa007.30–08.30"),
        (Window((1, 2, 3), 450, 510), "tisdag–torsdag kl.\xa007.30–08.30"),
        (Window((6, 0, 1, 2), 1260, 60), "söndag–onsdag kl.\xa021.00–01.00"),
        (Window((6, 0), 1260, 1440), "måndag och söndag kl.\xa021.00–24.00"),
    ],
)
def test_passes_in_swedish(window, written):
    assert FORMATS["sv"].pass_window(window) == written
