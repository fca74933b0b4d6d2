"""What free text is about: by the lexicon, with the words that decided, and what is denied or wished for."""

import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from etl.themes.lexicon import Lexicon, read_lexicon
from etl.themes.reading import AT_ONCE, read_themes
from geodata.errors import ProjectError

GOLD = Path(__file__).parent / "gold" / "what_people_write.txt"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon()


def read(lexicon: Lexicon, text: str | None) -> tuple[str, str]:
    found = read_themes(pd.Series([text], dtype="str"), lexicon)
    return found.themes.fillna("").iloc[0], found.proposals.fillna("").iloc[0]


def gold() -> list[tuple[str, set[str]]]:
    """Every sentence with all that it is about and asks for."""
    lines = [line for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")]
    parts = [line.split("|") for line in lines]
    return [(text.strip(), {*problems.split(), *measures.split()}) for text, problems, measures in parts]


def test_what_people_write_is_understood_where_the_lexicon_was_not_tuned(lexicon):
    held_out = gold()[1::2]
    found = read_themes(pd.Series([text for text, _ in held_out], dtype="str"), lexicon)
    both = found.themes.fillna("") + " " + found.proposals.fillna("")
    codes = [{theme.split(":")[0] for theme in themes.split()} for themes in both]
    right = sum(len(wanted & got) for (_, wanted), got in zip(held_out, codes, strict=True))
    precision = right / sum(map(len, codes))
    recall = right / sum(len(wanted) for _, wanted in held_out)
    print(f"{len(held_out)} sentences held out: precision {precision:.3f}, recall {recall:.3f}")
    assert len(gold()) >= 150
    assert precision >= 0.9
    assert recall >= 0.85


@pytest.mark.parametrize(
    ("text", "themes", "proposals"),
    [
        ("Bilarna kör för fort och det är mörkt", "traffic_speed:för,fort environment_dark:mörkt", ""),
        ("Buskörningen! Bara buskörning.", "traffic_joyriding:buskörningen,buskörning", ""),
        (
            "Mörkt. Skräpigt, sopor överallt.",
            "environment_littered:skräpigt,sopor environment_dark:mörkt",
            "",
        ),
        ("sätt upp farthinder", "", "proposal_speed_bump:farthinder"),
        ("Farthinder!", "", "proposal_speed_bump:farthinder"),
        ("Farthindret är fint", "", ""),
        ("inte mörkt", "", ""),
        ("Mörkt är det inte.", "", ""),
        ("ingen buskörning", "", ""),
        ("har aldrig varit otryggt", "", ""),
        ("Inte mörkt men skräpigt", "environment_littered:skräpigt", ""),
        ("Inte bara mörkt utan också skräpigt", "environment_dark:mörkt environment_littered:skräpigt", ""),
        ("Inget övergångsställe", "traffic_crossing:inget,övergångsställe", ""),
        ("Inga farthinder tack", "", ""),
        ("MÖRKT/SKRÄPIGT", "environment_dark:mörkt environment_littered:skräpigt", ""),
        ("mörkt.Skräpigt", "environment_dark:mörkt environment_littered:skräpigt", ""),
        ("Inte\nmörkt", "environment_dark:mörkt", ""),
        ("", "", ""),
        (None, "", ""),
        ("… – !", "", ""),
    ],
)
def test_text_says(lexicon, text, themes, proposals):
    assert read(lexicon, text) == (themes, proposals)


def test_a_text_says_the_same_alone_and_among_many(lexicon):
    texts = [text for text, _ in gold()][-40:]
    many = pd.Series([None, *texts, "", *texts] * (AT_ONCE // len(texts)), dtype="str")
    found = read_themes(many, lexicon)
    alone = [read(lexicon, text)[0] for text in texts]
    last = found.themes.fillna("").tolist()[-len(texts) :]
    assert len(many) > AT_ONCE
    assert last == alone
    assert found.themes.index.equals(many.index)
    assert found.first.iloc[-1] == "traffic_joyriding"


def test_a_decomposed_letter_is_the_same_letter(lexicon):
    assert read(lexicon, unicodedata.normalize("NFD", "mörkt"))[0] == "environment_dark:mörkt"


def test_nothing_but_empty_texts(lexicon):
    found = read_themes(pd.Series([None, None], dtype="object"), lexicon)
    assert found.themes.isna().all()
    assert read_themes(pd.Series([], dtype="str"), lexicon).first.empty


def test_a_municipality_adds_words_and_takes_words_out(tmp_path):
    (tmp_path / "lexicon.toml").write_text(
        '[problems.snowmobile]\nsays = ["bandvagn"]\n'
        '[problems.environment_dark]\nremoved = ["mörk", "mörker"]\nlacks = ["ljusslinga|ljusslingan"]\n',
        encoding="utf-8",
    )
    own = read_lexicon(tmp_path)
    assert read(own, "Bandvagnar på spåret")[0] == "snowmobile:bandvagnar"
    assert read(own, "Det är mörkt")[0] == ""
    assert read(own, "Ljusslingan är trasig")[0] == "environment_dark:ljusslingan,trasig"


@pytest.mark.parametrize(
    ("content", "code", "setting"),
    [
        ("[problems", "mapping_not_toml", None),
        ('[themes.x]\nsays = ["a"]', "mapping_invalid", "themes"),
        ('[problems.spaceships]\nsays = ["ufo"]', "mapping_invalid", "problems.spaceships"),
        ('[problems.snowmobile]\nasks = ["ufo"]', "mapping_invalid", "problems.snowmobile.asks"),
        ('[problems.snowmobile]\nsays = "ufo"', "mapping_invalid", "problems.snowmobile.says"),
        ('[problems.snowmobile]\nsays = ["*"]', "mapping_invalid", "problems.snowmobile.says"),
        ('[problems.snowmobile]\nsays = [".."]', "mapping_invalid", "problems.snowmobile.says"),
        ('[problems.snowmobile]\nremoved = ["ufo"]', "mapping_invalid", "problems.snowmobile.removed"),
    ],
)
def test_a_lexicon_that_cant_be_followed_is_refused(tmp_path, content, code, setting):
    (tmp_path / "lexicon.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_lexicon(tmp_path)
    assert caught.value.code == code
    assert caught.value.values["file"] == "lexicon.toml"
    assert caught.value.values.get("setting") == setting
