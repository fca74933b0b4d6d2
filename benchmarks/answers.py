"""A made-up file of survey answers of any size, with the twelve columns that the import is timed on.

Every third answer has 120 characters of free text, one in fifty stands there twice, one in a hundred has no
point. The words are put together here, and never looked up in the lexicon that the import reads by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyarrow import csv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

TEXT_LENGTH = 120
TEXT_SHARE = 1 / 3
TWICE_SHARE = 0.02
WAITING_SHARE = 0.01
CHUNK = 250_000
NEAR_DEGREES = 0.01
"""How far from one of the drawn points an answer lies: about a kilometre."""

CATEGORIES = ("fart", "buskörning", "övergång", "parkering", "mörkt", "skräp", "gäng", "klotter", "annat")
RESPONDENTS = ("boende", "besökare", "personal", "elev")
PLACES = ("Torget", "Stationen", "Biblioteket", "Ishallen", "Vårdcentralen", "Kommunhuset")
STREETS = ("Storgatan", "Skolgatan", "Kyrkogatan", "Järnvägsgatan", "Parkvägen", "Ängsvägen", "Hamngatan")
FRAGMENTS = (
    "Det är {} vid {} nästan varje {}",
    "Bilarna kör {} förbi {} en vanlig {}",
    "Mina barn tycker att det är {} på {} om {}",
    "Vi har sagt till om {} och {} sedan i {}",
    "Lamporna är {} längs {} hela {}",
    "Någon borde göra något åt {} nära {} i {}",
)
MANNERS = ("för fort", "mörkt", "otryggt", "stökigt", "trångt", "halt", "bullrigt", "inte bra", "lugnt nog")
SPOTS = ("skolan", "torget", "gångtunneln", "busshållplatsen", "rondellen", "affären", "parken", "ån")
TIMES = ("kväll", "morgon", "helg", "vinter", "natt", "vecka", "höst", "eftermiddag")


def write_answers(path: Path, rows: int, *, inside: NDArray[np.object_], seed: int) -> None:
    """Write a file of answers.

    Parameters
    ----------
    inside
        Polygons in longitude and latitude that the answers lie in.
    """
    random = np.random.default_rng(seed)
    spots = _spots(inside, random)
    texts = _texts(random)
    first = next(tables := _tables(rows, spots, texts, random))
    options = csv.WriteOptions(delimiter=";", quoting_style="none", quoting_header="none")
    with csv.CSVWriter(path, first.schema, write_options=options) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)


def change_answers(path: Path, changed: Path, *, share: float, seed: int) -> None:
    """Copy a file of answers with a share of its rows changed: the day, which moves the answer."""
    random = np.random.default_rng(seed)
    with path.open("rb") as lines, changed.open("wb") as out:
        out.write(next(lines))
        for line in lines:
            if random.random() < share:
                cells = line.split(b";")
                cells[1] = b"2023-02-%02d" % random.integers(1, 29)
                out.write(b";".join(cells))
            else:
                out.write(line)


def _tables(
    rows: int, spots: NDArray[np.float64], texts: pa.Array, random: np.random.Generator
) -> Iterator[pa.Table]:
    for start in range(0, rows, CHUNK):
        count = min(CHUNK, rows - start)
        table = _table(start, count, spots, texts, random)
        at = np.arange(count)
        twice = random.random(count) < TWICE_SHARE
        at[twice] = np.maximum(at[twice] - random.integers(1, 1000, int(twice.sum())), 0)
        yield table.take(pa.array(at))


def _table(
    start: int, count: int, spots: NDArray[np.float64], texts: pa.Array, random: np.random.Generator
) -> pa.Table:
    def chosen(words: tuple[str, ...]) -> pa.Array:
        return pa.array(words).take(pa.array(random.integers(0, len(words), count)))

    spot = spots[random.integers(0, len(spots), count)] + random.uniform(-1, 1, (count, 2)) * NEAR_DEGREES
    nowhere = pa.array(random.random(count) < WAITING_SHARE)
    numbers = pc.utf8_lpad(pa.array(np.arange(start, start + count)).cast("string"), 8, "0")
    day = np.datetime64("2021-01-01") + random.integers(0, 5 * 365, count)
    minute = random.integers(0, 24 * 60, count)
    clock = np.array([f"{one // 60:02d}:{one % 60:02d}" for one in range(24 * 60)])[minute]
    house = pa.array(random.integers(1, 80, count)).cast("string")
    silent = pa.array(random.random(count) >= TEXT_SHARE)
    pieces = [texts.take(pa.array(random.integers(0, len(texts), count))) for _ in range(4)]
    text = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*pieces, ". "), 0, TEXT_LENGTH)
    return pa.table(
        {
            "nummer": pc.binary_join_element_wise("svar", numbers, "-"),
            "datum": pa.array(day).cast("string"),
            "klockslag": pa.array(clock),
            "problem": chosen(CATEGORIES),
            "longitud": pc.if_else(nowhere, "", pc.round(pa.array(spot[:, 0]), 6).cast("string")),
            "latitud": pc.if_else(nowhere, "", pc.round(pa.array(spot[:, 1]), 6).cast("string")),
            "plats": pc.binary_join_element_wise(chosen(STREETS), house, " "),
            "insamlingsplats": chosen(PLACES),
            "svarande": chosen(RESPONDENTS),
            "omgang": pc.binary_join_element_wise(
                "omgång", pa.array(random.integers(1, 40, count)).cast("string"), " "
            ),
            "ansvarig": chosen(("Gatukontoret", "Parkförvaltningen", "Trafikverket", "")),
            "kommentar": pc.if_else(silent, "", text),
        }
    )


def _spots(inside: NDArray[np.object_], random: np.random.Generator) -> NDArray[np.float64]:
    """Draw points within the polygons, some in each, shape ``(n, 2)``."""
    found = []
    shapely.prepare(inside)
    for polygon, (west, south, east, north) in zip(inside, shapely.bounds(inside), strict=True):
        drawn = np.column_stack([random.uniform(west, east, 300), random.uniform(south, north, 300)])
        found.append(drawn[shapely.contains_xy(polygon, drawn[:, 0], drawn[:, 1])])
    return np.concatenate(found)


def _texts(random: np.random.Generator) -> pa.Array:
    """Put sentences together, a few with a telephone number or an address of electronic mail."""
    made = []
    for number in range(20_000):
        words = [str(random.choice(choice)) for choice in (MANNERS, SPOTS, TIMES)]
        sentence = str(random.choice(FRAGMENTS)).format(*words)
        if number % 100 == 0:
            sentence = f"Ring 070-{number:07d} {sentence}"
        made.append(sentence)
    return pa.array(made)
