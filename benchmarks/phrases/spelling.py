"""How people misspell and cut short, as rules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.phrases.words import words

if TYPE_CHECKING:
    import numpy as np

TWO_EDITS_FROM = 10
"""Letters; shorter names get one edit."""
ALIKE = (("ck", "k"), ("k", "c"), ("ä", "e"), ("v", "w"), ("sj", "sch"), ("j", "gj"), ("å", "o"), ("x", "ks"))
"""Letters, and what sounds like them."""
WITHOUT_DOTS = str.maketrans("åäöÅÄÖé", "aaoAAOe")


def misspell(name: str, rng: np.random.Generator) -> str:
    """Return `name` with one edit, a long one with up to two."""
    for _ in range(2 if len(name) >= TWO_EDITS_FROM and rng.random() < 0.35 else 1):
        name = _EDITS[int(rng.choice(len(_EDITS), p=_SHARES))](name, rng)
    return name


def without_dots(name: str) -> str:
    """Return `name` as it is typed without a Swedish keyboard."""
    return name.translate(WITHOUT_DOTS)


def shorten(name: str, rng: np.random.Generator) -> str:
    """Return `name` with its first word or its end cut short; as it is where neither can be."""
    writing = words()["writing"]
    first, _, rest = name.partition(" ")
    if rest and first in writing["fronts"] and rng.random() < 0.7:
        name = f"{rng.choice(writing['fronts'][first])} {rest}"
        if rng.random() < 0.5:
            return name
    for end, short in writing["ends"].items():
        if name.endswith(end) and len(name) > len(end) + 2:
            return name.removesuffix(end) + str(rng.choice(short))
    return name


def reshape(name: str, rng: np.random.Generator) -> str:
    """Return `name` without its article, or written apart, where that can be done."""
    writing = words()["writing"]
    for end, bare in writing["bare"].items():
        if name.endswith(end) and rng.random() < 0.5:
            return name.removesuffix(end) + str(bare)
    for end in writing["apart"]:
        if name.endswith(end) and len(name) > len(end) + 2 and not name.endswith(f" {end}"):
            return f"{name.removesuffix(end)} {end}"
    return name


def genitive(name: str) -> str:
    """Return the genitive of a name."""
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def case(text: str, rng: np.random.Generator) -> str:
    """Return `text` as people use capitals: as it is, none, all, or at the beginning."""
    chance = rng.random()
    if chance < 0.6:
        return text
    if chance < 0.85:
        return text.lower()
    return text.upper() if chance < 0.92 else text[:1].upper() + text[1:]


def _letters(name: str) -> list[int]:
    """Return where an edit may be: at a letter."""
    return [at for at, letter in enumerate(name) if letter.isalpha()]


def _swap(name: str, rng: np.random.Generator) -> str:
    places = [at for at in _letters(name)[:-1] if name[at + 1].isalpha() and name[at] != name[at + 1]]
    if not places:
        return name
    at = int(rng.choice(places))
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _drop(name: str, rng: np.random.Generator) -> str:
    at = int(rng.choice(_letters(name)))
    return name[:at] + name[at + 1 :]


def _double(name: str, rng: np.random.Generator) -> str:
    at = int(rng.choice(_letters(name)))
    return name[: at + 1] + name[at].lower() + name[at + 1 :]


def _halve(name: str, rng: np.random.Generator) -> str:
    twins = [at for at in range(len(name) - 1) if name[at] == name[at + 1] and name[at].isalpha()]
    if not twins:
        return _double(name, rng)
    at = int(rng.choice(twins))
    return name[:at] + name[at + 1 :]


def _slip(name: str, rng: np.random.Generator) -> str:
    """Hit the key beside the right one."""
    at = int(rng.choice(_letters(name)))
    letter = name[at].lower()
    for row in words()["writing"]["keys"]:
        if letter in row:
            beside = [row[n] for n in (row.index(letter) - 1, row.index(letter) + 1) if 0 <= n < len(row)]
            hit = str(rng.choice(beside))
            return name[:at] + (hit.upper() if name[at].isupper() else hit) + name[at + 1 :]
    return name


def _sound(name: str, rng: np.random.Generator) -> str:
    """Write what sounds alike."""
    pairs = [
        ("ck", "k"),
        ("k", "c"),
        ("ä", "e"),
        ("v", "w"),
        ("sj", "sch"),
        ("j", "gj"),
        ("å", "o"),
        ("x", "ks"),
    ]
    usable = [(one, other) for one, other in pairs if one in name]
    if not usable:
        return _drop(name, rng)
    one, other = usable[int(rng.integers(len(usable)))]
    return name.replace(one, other, 1)


def _undot(name: str, _rng: np.random.Generator) -> str:
    return without_dots(name)


_EDITS = (_swap, _drop, _double, _halve, _slip, _sound, _undot)
_SHARES = (0.18, 0.2, 0.14, 0.12, 0.12, 0.08, 0.16)
