"""Names of persons after titles: "läraren ***", "min granne ***"."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_DATA = Path(__file__).parents[1] / "lexicon" / "titles.toml"
_ENDINGS = "(?:n|en|t|et|a|an|na)?"
_VOWELS = "ae"
"""What an ending may take the place of: granne, grannar; maka, makan."""
_CAPITAL = "A-ZÅÄÖÉÜ"
_NAME = re.compile(rf"[{_CAPITAL}][a-zåäöéèüáíóøæ'’]*(?:-[{_CAPITAL}]?[a-zåäöéèüáíóøæ'’]+)*")
_MOST_PARTS = 3
_PARTICLES = frozenset({"von", "af", "de", "la", "van", "der", "bin", "el", "al"})
_PATRONYMIC = "sson"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BEFORE = r"(?<!\w)(?P<title>[^\W\d_]+(?:[-'’][^\W\d_]+)*)(?P<sign>[.,:]?)[ \t]+[(\[\"'“”«»]?"
_BEFORE_ANY = re.compile(_BEFORE + r"(?=[^\W\d_])")


class TitleWords(BaseModel):
    """The words of ``lexicon/titles.toml``, which says what each list is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titles: frozenset[str]
    doubtful: frozenset[str]
    no_titles: frozenset[str]
    introductions: frozenset[str]
    never: frozenset[str]
    places: tuple[str, ...]
    given: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def title_words() -> TitleWords:
    """Read the words once."""
    return TitleWords.model_validate(tomllib.loads(_DATA.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def candidates() -> tuple[str, str]:
    """Return patterns (RE2) of texts that may hold a name after a title; they fit too many, never too few.

    Two, each unbounded on its left: as one, or with boundaries, RE2 leaves its fast automaton and takes a
    hundred times as long.
    """
    words = title_words()
    titles = {title.strip("*.").rstrip(_VOWELS) for title in words.titles | words.doubtful}
    titles |= {phrase.split()[-1] for phrase in words.introductions}
    either = "|".join(
        f"[{title[0]}{title[0].upper()}]{title[1:]}|{title.upper()}" for title in sorted(titles)
    )
    small = "|".join(sorted(name.lower() for name in words.given - words.words))
    particles = "|".join(sorted(_PARTICLES))
    return (
        rf"(?:{either})\pL{{0,4}}[.,:]?[ \t]+[(\[\"'“”«»]?(?:[{_CAPITAL}]|(?:{particles}) )",
        rf"[ \t(\[\"'“”«»](?:{small})s?(?:[^\pL]|$)",
    )


def name_spans(text: str) -> list[tuple[int, int]]:
    """Return where names after titles begin and end in `text`."""
    patterns = [_before_capital()]
    if not _small_names().isdisjoint(_WORD.findall(text)):
        patterns.append(_BEFORE_ANY)
    spans: list[tuple[int, int]] = []
    for pattern in patterns:
        for found in pattern.finditer(text):
            end = _titled_end(text, found)
            if end > found.end():
                spans.append((found.end(), end))
    return sorted(set(spans))


def _titled_end(text: str, found: re.Match[str]) -> int:
    """Return where the name behind a word and a space ends, if the word is a title; else where it begins."""
    title, sign = found["title"].lower(), found["sign"]
    before = text[: found.start()].rsplit(None, 1)[-1:]
    kind = _title(title + ("." if sign == "." else ""), before[0].lower() if before else "")
    if not kind:
        return found.end()
    return _name_end(text, found.end(), doubtful=kind == "doubtful" or sign in {",", ":"})


@lru_cache(maxsize=1)
def _before_capital() -> re.Pattern[str]:
    particles = "|".join(sorted(_PARTICLES))
    return re.compile(rf"{_BEFORE}(?=[{_CAPITAL}]|(?:{particles})[ ])")


@lru_cache(maxsize=1)
def _small_names() -> frozenset[str]:
    """Return given names in small letters that are no words besides."""
    words = title_words()
    return frozenset(name.lower() + end for name in words.given - words.words for end in ("", "s"))


@lru_cache(maxsize=100_000)
def _title(word: str, before: str) -> str:
    """Say whether a word is a title (``sure``, ``doubtful``), or an empty text."""
    words = title_words()
    if word in _introductions() or f"{before} {word}" in _introductions():
        return "sure"
    if _forms(words.no_titles).fullmatch(word):
        return ""
    if _forms(words.titles).fullmatch(word):
        return "sure"
    return "doubtful" if _forms(words.doubtful).fullmatch(word) else ""


@lru_cache(maxsize=1)
def _introductions() -> frozenset[str]:
    """Return the last words of introductions, at most two of each."""
    return frozenset(" ".join(phrase.split()[-2:]) for phrase in title_words().introductions)


@lru_cache(maxsize=4)
def _forms(titles: frozenset[str]) -> re.Pattern[str]:
    within = [title.strip("*").rstrip(_VOWELS) for title in titles if title.startswith("*")]
    alone = [title.rstrip(_VOWELS) for title in titles if not title.startswith("*")]
    stems = "|".join([*(f".*{re.escape(stem)}" for stem in within), *map(re.escape, alone)])
    return re.compile(f"(?:{stems})[{_VOWELS}]?{_ENDINGS}")


def _name_end(text: str, start: int, *, doubtful: bool) -> int:
    """Return where the name that begins at `start` ends; `start` where there is none."""
    parts: list[str] = []
    at = end = start
    while len(parts) < _MOST_PARTS and (word := _WORD.match(text, at)) is not None:
        written, at = word.group(), _behind_space(text, word.end())
        if written in _PARTICLES and at > word.end():
            continue
        if not _may_be_name(written, after=parts):
            break
        parts.append(written)
        if len(written) == 1 and text[at : at + 1] == ".":  # "A. Svensson", "Anna S."
            at = _behind_space(text, at + 1)
        end = word.end()
        if at == end:
            break
    if not parts or _is_place(text, end):
        return start
    known = _given(parts[0]) in title_words().given
    return end if known or not doubtful or len(parts) > 1 else start


def _behind_space(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] == " " else at


def _may_be_name(word: str, *, after: list[str]) -> bool:
    """Say whether a word may be part of a name, after the parts that there are."""
    words = title_words()
    if word in words.never or word.lower().endswith(words.places):
        return False
    if _NAME.fullmatch(word) is not None:
        return True
    if after:  # "anna svensson", "ANNA SVENSSON"
        return word.endswith(_PATRONYMIC) or (after[0].isupper() and word.isupper())
    given = _given(word)
    return given in words.given and (word[0].isupper() or given not in words.words)


def _given(word: str) -> str:
    """Return a word as a given name is written, without the genitive's s where that makes one."""
    written = word.capitalize()
    bare = written.removesuffix("s")
    return bare if written not in title_words().given and bare in title_words().given else written


def _is_place(text: str, end: int) -> bool:
    """Say whether what follows makes a place of it: "Anna skola"."""
    following = _WORD.match(text, _behind_space(text, end))
    return following is not None and following.group().lower() in title_words().places
