"""What 45,075 real summaries of the police's events look like to who masks and reads them."""

import pandas as pd
from real_data import real

from etl.masking.columns import mask_column
from etl.themes.lexicon import shipped_lexicon
from etl.themes.reading import read_themes

# How an event's kind begins, what its summary is about, and in how many of them at least that is read.
KINDS = (
    ("Trafikolycka", "traffic_accident", 0.8),
    ("Inbrott", "theft_burglary", 0.85),
    ("Rån", "violence_threat", 0.65),
)


def test_the_police_s_words_hold_hardly_a_name_and_none_is_made_of_a_place() -> None:
    events = pd.read_parquet(real("polisen_events", "events_2022_2024.parquet"))
    masked, changed = mask_column(events["summary"].astype("str"))
    # "lokalpolisområde Torsby" and "området Norelund" are places: 502 of them were taken for names once.
    assert changed.sum() < 40
    assert not masked[changed].str.contains("område ***", regex=False).any()


def test_the_police_s_words_say_what_kind_of_event_it_was() -> None:
    events = pd.read_parquet(real("polisen_events", "events_2022_2024.parquet"))
    found = read_themes(events["summary"].astype("str"), shipped_lexicon()).themes.fillna("")
    for kind, code, least in KINDS:
        these = found[events["type"].str.startswith(kind)].str.contains(code)
        print(f"{kind}: {code} in {these.mean():.2f} of {len(these)}")
        assert these.mean() >= least
