"""A phrase brought to one way of writing, so that two ways of writing the same compare equal."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from etl.gazetteer.words import place_words

KEY_LENGTH = 160
"""Characters of a phrase key; what is longer ends in a digest of the whole."""

_DASHES = re.compile(r"\s*[–—−‐‑]\s*")
_TOKEN = re.compile(r"[^\W_]+(?:[:'’\-][^\W_]+)*\.?|[,;()/&+|]|(?<=\s)-(?=\s)")
_FOLD = str.maketrans("åäáàâãöóòôøéèêëüúùûíìîïñçæ", "aaaaaaoooooeeeeuuuuiiiinca")


def plain(text: str) -> str:
    """Return `text` composed, in small letters, without characters that are not seen."""
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(one for one in composed if unicodedata.category(one) not in {"Cf", "Cc"} or one.isspace())
    return " ".join(_DASHES.sub(" - ", unicodedata.normalize("NFKC", seen.casefold())).split())


def tokens(text: str) -> tuple[str, ...]:
    """Divide a phrase into words and the signs between them; an abbreviation keeps its full stop."""
    return tuple(_TOKEN.findall(plain(text)))


def phrase_key(text: str) -> str:
    """Return what makes two phrases the same: letter case, spaces and signs at the ends don't matter."""
    key = " ".join(token.rstrip(".") for token in tokens(text))
    if len(key) <= KEY_LENGTH:
        return key
    digest = hashlib.blake2b(key.encode(), digest_size=6).hexdigest()
    return f"{key[:KEY_LENGTH]}~{digest}"


def fold(text: str) -> str:
    """Return `text` with letters as they are typed without a Swedish keyboard."""
    return text.translate(_FOLD)


def squeeze(words: tuple[str, ...]) -> str:
    """Join words as if they were written together: people divide compounds as they like."""
    return "".join(word.rstrip(".").replace("-", "").replace("'", "").replace("’", "") for word in words)


@lru_cache(maxsize=1)
def _definite() -> tuple[tuple[str, str], ...]:
    ends = place_words().names.definite
    return tuple(sorted(ends.items(), key=lambda pair: -len(pair[0])))


def indefinite(words: tuple[str, ...]) -> str:
    """Join words without genitives and without the article of the last: "Storgatans" is "storgata"."""
    bare = [_without_s(word.rstrip(".")) for word in words]
    if bare:
        bare[-1] = _without_article(bare[-1])
    return squeeze(tuple(bare))


def _without_s(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _without_article(word: str) -> str:
    for end, base in _definite():
        if word.endswith(end):
            return word[: -len(end)] + base
    return word
