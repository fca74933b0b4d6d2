"""What is written in some layout is read back as it was, or the file stops: never read as something else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trips import context, outcome, quick, table, text

from etl.convert import convert
from etl.dates import moments
from etl.doubts.date_layouts import CLOCKS, DAYS
from etl.doubts.dates import settle_dates
from etl.doubts.decimals import settle_decimals
from etl.mapping import SHIPPED, Mapping, read_mapping
from etl.parse import clocks, numbers

STOCKHOLM = ZoneInfo("Europe/Stockholm")
REVIEWS = read_mapping(SHIPPED / "traffic_reviews.toml")
EVENTS = read_mapping(SHIPPED / "police_events.toml")


def written(value: float, *, decimals: int, sign: str, thousands: str) -> str:
    """Write a number as a program of some country does."""
    return f"{value:,.{decimals}f}".replace(",", "\0").replace(".", sign).replace("\0", thousands)


styles = st.sampled_from(
    [
        (",", ""),
        (",", "."),
        (",", " "),
        (",", "\u00a0"),
        (",", "\u202f"),
        (".", ""),
        (".", ","),
        (".", " "),
        (".", "'"),
    ]
)


@quick
@given(st.lists(st.floats(-1e7, 1e7), min_size=1, max_size=6), styles, st.integers(0, 4))
def test_a_number_in_a_settled_style_comes_back(
    values: list[float], style: tuple[str, str], decimals: int
) -> None:
    sign, thousands = style
    cells = [written(value, decimals=decimals, sign=sign, thousands=thousands) for value in values]
    read, unreadable = numbers(text(*cells), decimal=sign)
    assert read.tolist() == [round(float(f"{value:.{decimals}f}"), decimals) for value in values]
    assert not unreadable.any()


@quick
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8), styles, st.integers(0, 4))
def test_a_column_of_numbers_is_read_as_it_was_written_or_stops(
    values: list[float], style: tuple[str, str], decimals: int
) -> None:
    sign, thousands = style
    cells = [written(value, decimals=decimals, sign=sign, thousands=thousands) for value in values]
    nothing = [""] * len(cells)
    raw = table(ÅDT=cells, V85=nothing, Latitud=nothing, Longitud=nothing)
    settled, fault = outcome(lambda: settle_decimals(raw, REVIEWS, context()))
    if settled is None:
        assert fault is not None
        assert (fault.code, fault.values["value"] in cells) == ("decimal_undecided", True)
        return
    raw, mapping, _ = settled
    read, unreadable = numbers(raw.cells["ÅDT"], decimal=mapping.fields["flow_adt"].decimal)
    assert read.tolist() == [float(f"{value:.{decimals}f}") for value in values]
    assert not unreadable.any()


days = st.dates(date(1970, 1, 1), date(2026, 11, 21))
SWEDISH = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


def write_day(day: date | datetime, layout: str) -> str:
    return day.strftime(layout.replace("%B", SWEDISH[day.month - 1]))


@quick
@given(days, st.sampled_from(DAYS))
def test_a_day_in_any_layout_comes_back(day: date, layout: str) -> None:
    read = moments(text(write_day(day, layout)), (layout,))
    assert str(read.local[0].astype("datetime64[D]")) == day.isoformat()
    assert not read.has_clock[0]


@quick
@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2026, 11, 21)), st.sampled_from(DAYS), st.sampled_from(CLOCKS)
)
def test_a_moment_in_any_layout_comes_back(moment: datetime, day: str, clock: str) -> None:
    whole = moment.replace(microsecond=0, second=moment.second if "%S" in clock else 0)
    read = moments(text(write_day(whole, day + clock)), (day + clock,))
    assert read.local[0].astype("datetime64[s]").item() == whole
    assert read.has_clock[0]


@quick
@given(st.datetimes(datetime(1970, 1, 1), datetime(2026, 11, 21)), st.integers(-12 * 4, 14 * 4))
def test_a_moment_with_its_offset_is_that_instant(moment: datetime, quarters: int) -> None:
    instant = moment.replace(microsecond=0, tzinfo=UTC)
    offset = f"{'-' if quarters < 0 else '+'}{abs(quarters) // 4:02d}:{abs(quarters) % 4 * 15:02d}"
    local = (moment + timedelta(minutes=15 * quarters)).replace(microsecond=0)
    for written_, layout in (
        (f"{local.isoformat()}{offset}", "ISO8601"),
        (f"{local:%d/%m/%Y %H:%M:%S} {offset}", "%d/%m/%Y %H:%M:%S %z"),
    ):
        assert moments(text(written_), (layout,)).utc[0].astype("datetime64[s]").item() == instant.replace(
            tzinfo=None
        )


@quick
@given(st.lists(days, min_size=1, max_size=6), st.sampled_from(DAYS))
def test_auto_reads_a_column_as_it_was_written_or_stops(wanted: list[date], layout: str) -> None:
    cells = [write_day(day, layout) for day in wanted]
    mapping = with_formats(("auto",))
    settled, fault = outcome(lambda: settle_dates(table(Datum=cells), mapping, context()))
    if settled is None:
        assert fault is not None
        assert (fault.code, fault.values["value"] in cells) == ("date_order_undecided", True)
        assert fault.values["first"] != fault.values["second"]
        return
    time_rule = settled[0].time
    assert time_rule is not None
    read = moments(text(*cells), time_rule.date_formats)
    assert [str(day) for day in read.local.astype("datetime64[D]")] == [day.isoformat() for day in wanted]


@quick
@given(st.lists(days, min_size=1, max_size=6), st.sampled_from([("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y")]))
def test_the_setting_always_settles(wanted: list[date], stated: tuple[str, str]) -> None:
    order, layout = stated
    cells = [write_day(day, layout) for day in wanted]
    decided = replace(context(), date_order=order)
    settled, _ = settle_dates(table(Datum=cells), with_formats(("auto",)), decided)
    assert settled.time is not None
    read = moments(text(*cells), settled.time.date_formats)
    assert [str(day) for day in read.local.astype("datetime64[D]")] == [day.isoformat() for day in wanted]


def with_formats(formats: tuple[str, ...]) -> Mapping:
    assert REVIEWS.time is not None
    return REVIEWS.model_copy(update={"time": REVIEWS.time.model_copy(update={"date_formats": formats})})


@quick
@given(st.times(), st.sampled_from(["%H:%M", "%H.%M", "%H%M", "%H:%M:%S", "%H.%M.%S"]))
def test_a_clock_in_any_layout_comes_back(clock: time, layout: str) -> None:
    start, width, unreadable, impossible = clocks(text(clock.strftime(layout)))
    seconds = clock.hour * 3600 + clock.minute * 60 + (clock.second if "%S" in layout else 0)
    assert (start[0], width[0]) == (seconds, 0.0)
    assert not (unreadable | impossible).any()


@quick
@given(st.integers(0, 23), st.integers(1, 23))
def test_a_group_of_hours_comes_back(first: int, length: int) -> None:
    start, width, unreadable, impossible = clocks(text(f"{first}-{(first + length) % 24}"))
    assert (start[0], width[0]) == (first * 3600.0, length * 3600.0)
    assert not (unreadable | impossible).any()


@settings(deadline=None, max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2025, 12, 1), datetime(2026, 11, 20)),
            st.sampled_from(["Trafikolycka", "Trafikolycka, vilt", "Stöld, försök", "Rån", "Brand, a, b"]),
            st.sampled_from(["Säffle", "Kil", "Upplands Väsby", "Åmål"]),
            st.integers(0, 30 * 60),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_an_event_s_name_is_divided_into_what_it_was_made_of(
    events: list[tuple[datetime, str, str, int]],
) -> None:
    cells: dict[str, list[str]] = {"id": [], "name": [], "datetime": [], "summary": [], "location.name": []}
    wanted = []
    for number, (moment, kind, place, late) in enumerate(events):
        local = moment.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(STOCKHOLM)
        cells["id"].append(str(number))
        cells["name"].append(
            f"{local.day} {SWEDISH[local.month - 1]} {local.hour:02d}.{local.minute:02d}, {kind}, {place}"
        )
        published = (local.astimezone(UTC) + timedelta(minutes=late)).astimezone(STOCKHOLM)
        cells["datetime"].append(f"{published:%Y-%m-%d} {published.hour}:{published:%M:%S %z}")
        cells["summary"].append("")
        cells["location.name"].append("Säffle")
        wanted.append(local)
    converted = convert(table(**cells), EVENTS, context(None))
    assert converted.rejections == ()
    for local, start, end in zip(
        wanted, converted.frame["occurred_from"], converted.frame["occurred_to"], strict=True
    ):
        assert start <= pd.Timestamp(local) <= end
        # The hour that comes twice is both; any other is the minute itself.
        assert (end - start) in {pd.Timedelta(0), pd.Timedelta(hours=1)}
