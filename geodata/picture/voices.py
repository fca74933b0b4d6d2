"""Who says something of a problem: residents, staff, visitors, the local council for crime prevention."""

from __future__ import annotations

from enum import StrEnum

from geodata.codelists import RESPONDENTS


class Who(StrEnum):
    """Who answered, as the picture parts them."""

    RESIDENTS = "residents"
    STAFF = "staff"
    VISITORS = "visitors"
    LOCAL_BRA = "local_bra"


WHO_OF: dict[str, Who] = {
    "resident": Who.RESIDENTS,
    "pupil": Who.RESIDENTS,
    "visitor": Who.VISITORS,
    "staff_municipality": Who.STAFF,
    "staff_police": Who.STAFF,
    "staff_other": Who.STAFF,
    "local_bra": Who.LOCAL_BRA,
}
"""Each of ``RESPONDENTS``; where neither the file nor its source says, an answer is a resident's."""


def who_answered(respondent: object, *, asks: str | None) -> Who:
    """Say whose an answer is.

    Parameters
    ----------
    respondent
        What the record says, one of ``RESPONDENTS``; anything else is no word.
    asks
        Whom its source asks where a record does not say; None where it says nothing.
    """
    if isinstance(respondent, str) and respondent in RESPONDENTS:
        return WHO_OF[respondent]
    return WHO_OF[asks] if asks is not None else Who.RESIDENTS
