"""When events begin and end: local days and clocks, or moments with an offset, into UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.dates import moments
from etl.times import to_utc

if TYPE_CHECKING:
    from etl.context import Context
    from etl.mapping import Mapping
    from etl.validate import Findings

CLOCK = r"[T ][0-9]{1,2}[.:][0-9]{2}"
"""What a cell holds that says an hour; without it a day is meant, whole."""


def put_event_times(frame: pd.DataFrame, mapping: Mapping, context: Context, findings: Findings) -> None:
    """Turn the text of ``starts`` and ``ends`` into instants; a day alone is that day, whole.

    An hour that comes twice is its first coming at the start and its second at the end; one that does not
    exist, and an end before the start, are rejected.
    """
    both = []
    for at, target in enumerate(("starts", "ends")):
        rule = mapping.fields[target]
        text = frame[target].fillna("")
        read = moments(text, rule.formats)
        findings.reject(read.unreadable, code="date_unreadable", columns=rule.columns)
        findings.reject(read.impossible, code="date_impossible", columns=rule.columns)
        whole_day = ~text.str.contains(CLOCK, regex=True).to_numpy(dtype=bool)
        local = np.where(whole_day, read.local + at * np.timedelta64(1, "D"), read.local)
        instant = to_utc(local.astype("datetime64[us]"), context.project.zone)[at]
        findings.reject(np.isnat(instant) & ~np.isnat(local), code="clock_skipped", columns=rule.columns)
        both.append(np.where(np.isnat(read.utc), instant, read.utc))
        frame[target] = pd.Series(both[at].astype("datetime64[us]")).dt.tz_localize("UTC")
    columns = [column for target in ("starts", "ends") for column in mapping.fields[target].columns]
    findings.reject(both[1] <= both[0], code="period_backwards", columns=columns)
