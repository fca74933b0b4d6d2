"""How sure it is that two records are of one event, 0 to 1, for each reason that there can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from etl.merge.blocking import near_pairs
from geodata.precision import HOTSPOT_LOCATION, TimePrecision
from geodata.schema import Severity, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

ACCIDENT = "traffic_accident"
ACCIDENT_M, ACCIDENT_HOURS, ACCIDENT_SCORE = 150.0, 1.0, 0.6
"""Police and hospital place one accident on two sides of a crossing, and one of them knows the hour alone."""
EVENT_M, EVENT_SCORE, EVENT_IDS_SCORE = 50.0, 0.8, 0.95
"""A source that gives two records an id each says that they are two: only the same words speak against it."""
COMPLAINT_M, COMPLAINT_DAYS, COMPLAINT_SCORE = 75.0, 14.0, 0.9
TELLING = 40
"""Characters from which a text alone tells a record from others: "Bil i hög fart" is many a driver's."""
FORM_PLACES = 3
"""Blocks at which a text may stand and still be a person's; one that stands at more is a form's."""

_SIGNS = ".,;:!?()\"'”"
_DIGIT = re.compile(r"\d")
_MINUTES = 24 * 60.0
_SEVERITIES = [str(one) for one in (Severity.NONE, Severity.SLIGHT, Severity.SERIOUS, Severity.DEATH)]


@dataclass(frozen=True)
class Pairs:
    """Pairs of records that are of one event.

    Attributes
    ----------
    first, second
        Positions of the records, shape ``(n,)``.
    score
        How sure, 0 to 1, shape ``(n,)``.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    score: NDArray[np.float64]


def same_accident(records: pd.DataFrame, told: pd.DataFrame | None = None) -> Pairs:  # noqa: ARG001  only words need it
    """Find accidents that two sources tell of, such as police and hospital.

    Notes
    -----
    The score is the product of nearness in place (1 at 0 m, ¼ at 150 m), in time (1 where the intervals
    meet, ½ at an hour between; 0.7 where one of them is a day or more) and in severity (1 where it is the
    same, 0.9 where one does not say, 0.8 a step apart, else 0.5).
    """
    which = np.flatnonzero(
        (records["category"] == ACCIDENT)
        & (records["stream"] == str(Stream.INCIDENT))
        & records["x"].notna()
        & records["location_precision"].isin([str(known) for known in HOTSPOT_LOCATION])
    )
    some = records.iloc[which]
    if some["source"].nunique() < 2:
        return _none()
    start, end = _days(some["occurred_from"]), _days(some["occurred_to"])
    x, y = some["x"].to_numpy(), some["y"].to_numpy()
    known = start + 0.0
    pairs = near_pairs(np.zeros(len(some), np.int64), x, y, known, metres=ACCIDENT_M, days=1.0 + 1 / 24)
    one, other = pairs[:, 0], pairs[:, 1]
    source = pd.factorize(some["source"])[0]
    gap = np.maximum(np.maximum(start[one], start[other]) - np.minimum(end[one], end[other]), 0.0) * 24
    apart = np.hypot(x[one] - x[other], y[one] - y[other])
    vague = np.maximum(end[one] - start[one], end[other] - start[other]) > 0.5
    severity = pd.Index(_SEVERITIES).get_indexer(pd.Index(some["severity"]))
    step = np.abs(severity[one] - severity[other])
    alike = np.select(
        [(severity[one] < 0) | (severity[other] < 0), step == 0, step == 1], [0.9, 1.0, 0.8], 0.5
    )
    score = (1 - apart / (ACCIDENT_M / 0.75)) * (1 - gap / (2 * ACCIDENT_HOURS)) * alike
    score *= np.where(vague, 0.7, 1.0)
    kept = (source[one] != source[other]) & (gap <= ACCIDENT_HOURS) & (score >= ACCIDENT_SCORE)
    return Pairs(which[one[kept]], which[other[kept]], score[kept])


def same_event(records: pd.DataFrame, told: pd.DataFrame | None = None) -> Pairs:  # noqa: ARG001  only complaints need it
    """Find events that one source tells of twice: same minute, same place, nearly the same words.

    Notes
    -----
    The same numbers, too: damage in a row of cars is registered with one time and one text, and "våning 1"
    and "våning 2" are two burglaries. Where both records have an id of their source's own, the words must
    be all but the same.
    """
    minute = records["time_precision"] == str(TimePrecision.MINUTE)
    text = records["text"].fillna("")
    placed_in_words = records["x"].isna() & (records["location_text"].fillna("") != "")
    telling = (text != "") & (placed_in_words | (text.str.len() >= TELLING))
    which = np.flatnonzero((records["stream"] == str(Stream.INCIDENT)) & minute & telling)
    some = records.iloc[which]
    kind = _kinds(some, ["source", "category", "location_text", "location_precision"])
    pairs = _shared_moment(some, kind)
    pairs = pairs[_same_numbers(some, pairs)]
    known = some["source_record_id"].fillna("").to_numpy(dtype=object)
    one, other = known[pairs[:, 0]], known[pairs[:, 1]]
    two_ids = np.asarray((one != "") & (other != "") & (one != other), dtype=bool)
    return _by_words(which, some, pairs, np.where(two_ids, EVENT_IDS_SCORE, EVENT_SCORE))


def same_complaint(records: pd.DataFrame, told: pd.DataFrame | None = None) -> Pairs:
    """Find complaints that were handed in twice: near in place and time, in nearly the same words.

    Parameters
    ----------
    told
        The complaints in which the places of a text are counted, where `records` are some of them only.
    """
    which = np.flatnonzero(complaints(records))
    some = records.iloc[which]
    day = _days(some["published_at"].fillna(some["occurred_from"]))
    kind = _kinds(some, ["category"])
    x, y = some["x"].to_numpy(), some["y"].to_numpy()
    pairs = near_pairs(kind, x, y, day, metres=COMPLAINT_M, days=COMPLAINT_DAYS)
    pairs = pairs[_persons_own(some, pairs, some if told is None else told)]
    return _by_words(which, some, pairs, np.full(len(pairs), COMPLAINT_SCORE))


def complaints(records: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which records are complaints that may be told twice: with a point, in words that tell."""
    told = records["text"].str.len().fillna(0) >= TELLING
    found = (records["stream"] == str(Stream.SURVEY)) & told & records["x"].notna()
    return np.asarray(found, dtype=bool)


REASONS: dict[str, Callable[[pd.DataFrame, pd.DataFrame | None], Pairs]] = {
    "same_event": same_event,
    "same_accident": same_accident,
    "same_complaint": same_complaint,
}
"""Reason → what finds its pairs."""


def _none() -> Pairs:
    nobody = np.zeros(0, dtype=np.int64)
    return Pairs(nobody, nobody, np.zeros(0))


def _days(moments: pd.Series) -> NDArray[np.float64]:
    """Return moments as days since 1970, NaN where null."""
    known: NDArray[np.float64] = (moments - pd.Timestamp(0, tz="UTC")).dt.total_seconds().to_numpy(
        float
    ) / 86400
    return known


def _kinds(records: pd.DataFrame, columns: list[str]) -> NDArray[np.int64]:
    """Give each record the number of what it holds in some columns."""
    numbers: NDArray[np.int64] = np.zeros(len(records), dtype=np.int64)
    for column in columns:
        number, distinct = pd.factorize(records[column], use_na_sentinel=False)
        numbers = numbers * (len(distinct) + 1) + number
    return numbers


def _shared_moment(records: pd.DataFrame, kind: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return pairs of one kind, one minute and, where there are points, one place."""
    x, y = records["x"].to_numpy(), records["y"].to_numpy()
    day = _days(records["occurred_from"])
    minute = np.round(day * _MINUTES).astype(np.int64)
    # The minute is part of the kind, so that only records of the same one are put beside each other.
    number = pd.factorize(minute)[0]
    number = pd.factorize(kind * (number.max(initial=0) + 1) + number)[0]
    alone = np.bincount(number)[number] < 2 if len(number) else np.zeros(0, dtype=bool)
    at = np.flatnonzero(~alone)
    pairs = near_pairs(number[at], x[at], y[at], day[at], metres=EVENT_M, days=1.0)
    return at[pairs]


def _persons_own(records: pd.DataFrame, pairs: NDArray[np.int64], told: pd.DataFrame) -> NDArray[np.bool_]:
    """Say of which pairs neither text is one that stands at many places: a form writes so, no person."""
    text = records["text"]
    some = told[told["text"].isin(text.iloc[np.unique(pairs)])]
    place = some[["x", "y"]] // COMPLAINT_M
    places = place.assign(text=some["text"]).drop_duplicates()["text"].value_counts()
    formal = text.iloc[pairs.ravel()].map(places).to_numpy().reshape(pairs.shape) > FORM_PLACES
    own: NDArray[np.bool_] = np.asarray(~formal.any(axis=1))
    return own


def _same_numbers(records: pd.DataFrame, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of which pairs both texts hold the same numbers, whatever their order and how often."""
    text = records["text"].to_numpy(dtype=object)
    numbers = {at: frozenset(re.findall(r"\d+", text[at])) for at in np.unique(pairs).tolist()}
    same = (numbers[one] == numbers[other] for one, other in pairs.tolist())
    return np.fromiter(same, dtype=bool, count=len(pairs))


def _by_words(
    which: NDArray[np.int64],
    records: pd.DataFrame,
    pairs: NDArray[np.int64],
    least: NDArray[np.float64],
) -> Pairs:
    """Keep the pairs whose words are at least so alike, shape ``(len(pairs),)``, whatever their order."""
    if not len(pairs):
        return _none()
    given = records["text"].to_numpy(dtype=object)
    text = records["text"].str.lower().to_numpy(dtype=object)
    one, other = pairs[:, 0], pairs[:, 1]
    found = process.cpdist(
        text[one], text[other], scorer=fuzz.token_sort_ratio, score_cutoff=least.min() * 100
    )
    score = np.asarray(found, dtype=np.float64) / 100
    kept = score >= least
    for at in np.flatnonzero(kept & (score < 1.0)):
        kept[at] = _names_agree(given[one[at]], given[other[at]])
    return Pairs(which[one[kept]], which[other[kept]], score[kept])


def _names_agree(one: str, other: str) -> bool:
    """Say whether two texts name the same: a street or a number in one of them alone parts them."""
    return _telling(one) == _telling(other)


def _telling(text: str) -> set[str]:
    """Return the words of a text that hold a number, or a capital letter where no text begins."""
    words = list(enumerate(text.split()))
    return {word.strip(_SIGNS) for at, word in words if _DIGIT.search(word) or (at and word[0].isupper())}
