"""From texts to themes: what is said, what is only denied, what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.text_columns import repeats
from etl.themes.hits import Hits, claims, find, together, unrivalled
from etl.themes.lexicon import CODES
from etl.themes.tokens import cut
from etl.themes.wording import first_codes, with_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.themes.lexicon import Lexicon
    from etl.themes.occurrences import Occurrences
    from etl.themes.tokens import Tokens

AT_ONCE = 100_000
"""Texts that are read in one go: enough to be fast, few enough to need little memory."""

DENIED_WITHIN = 5
"""Words after a negation that it reaches, in the same clause; and words before one that stands last."""
DENIED_THING_WITHIN = 3
LACKING_WITHIN = 5
ASKED_WITHIN = 9
"""Words between a thing and what says that it is lacking (in the clause) or wanted (in the sentence)."""
BARE_WORDS = 2
"""Words of a sentence that asks by naming the thing alone: "Farthinder!"."""

PROBLEMS, MEASURES = CODES["problems"], CODES["proposals"]


@dataclass(frozen=True)
class Themes:
    """What texts are about.

    Attributes
    ----------
    themes, proposals
        ``code:word,word code:word``, the strongest first; null where there is none, shape ``(n,)``.
    first
        The code of the strongest theme; null where there is none, shape ``(n,)``.
    """

    themes: pd.Series[str]
    proposals: pd.Series[str]
    first: pd.Series[str]


def read_themes(texts: pd.Series[str], lexicon: Lexicon) -> Themes:
    """Read what texts are about and what they ask for.

    Parameters
    ----------
    texts
        Masked free text, null where there is none, shape ``(n,)``.

    Returns
    -------
    Themes
        With the index of `texts`.

    Notes
    -----
    A problem is what an entry of ``says`` names, or a thing of ``lacks`` that is denied or lacking, unless a
    negation reaches it. A proposal is what ``says`` asks for by itself, or a thing of ``asks`` near a word
    that asks; what a proposal is worded with is no problem besides.
    """
    if not repeats(texts):
        return _read_all(texts, lexicon)
    number, distinct = pd.factorize(texts, use_na_sentinel=False)
    once = _read_all(pd.Series(distinct, dtype="str"), lexicon)
    columns = (once.themes, once.proposals, once.first)
    return Themes(*(column.iloc[number].set_axis(texts.index) for column in columns))


def _read_all(texts: pd.Series[str], lexicon: Lexicon) -> Themes:
    if texts.empty:
        nothing = pd.Series([], dtype="str", index=texts.index)
        return Themes(nothing, nothing, nothing)
    parts = [_read(texts.iloc[at : at + AT_ONCE], lexicon) for at in range(0, len(texts), AT_ONCE)]
    if len(parts) == 1:
        return parts[0]
    return Themes(
        pd.concat([part.themes for part in parts]),
        pd.concat([part.proposals for part in parts]),
        pd.concat([part.first for part in parts]),
    )


def _read(texts: pd.Series[str], lexicon: Lexicon) -> Themes:
    tokens = cut(texts)
    problems, measures = find_hits(tokens, lexicon)
    themes, order = with_words(problems, tokens, PROBLEMS, texts=len(texts))
    proposals, _ = with_words(measures, tokens, MEASURES, texts=len(texts))
    return Themes(
        pd.Series(themes, index=texts.index, dtype="str"),
        pd.Series(proposals, index=texts.index, dtype="str"),
        pd.Series(first_codes(order, PROBLEMS, texts=len(texts)), index=texts.index, dtype="str"),
    )


def find_hits(tokens: Tokens, lexicon: Lexicon) -> tuple[Hits, Hits]:
    """Return where problems and where measures are named in earnest."""
    occurrences = lexicon.vocabulary.find(tokens)
    occurrences.index(lexicon.every)
    clause = _clauses(tokens, lexicon, occurrences)
    number = {name: {code: at for at, code in enumerate(CODES[name])} for name in CODES}

    def rules(table: str, name: str) -> Hits:
        entries = ((number[table][code], entry) for code, entry in lexicon.rules(table, name))
        return find(entries, occurrences, clause)

    def grammar(name: str) -> Hits:
        return find(((0, entry) for entry in lexicon.grammar(name)), occurrences, clause)

    negators = _in_order(grammar("negators").first, tokens, but=grammar("excused").first - 1)
    lacking, asking = grammar("lacking"), grammar("asking")
    # Of equals, what is said to be lacking goes before what is asked for, and that before a plain word.
    lacks = _lacking(rules("problems", "lacks"), _in_order(lacking.first, tokens), negators, clause).stronger(
        3
    )
    measures = together(
        [rules("proposals", "says"), _asked(rules("proposals", "asks"), asking, grammar("places"), tokens)]
    )
    measures = measures.stronger(2)
    says = rules("problems", "says")
    every = together([grammar("nothing").stronger(1), lacks, measures, says])
    claimed = claims(every, tokens=len(tokens.word))
    spent = claims(together([every, lacking, asking]), tokens=len(tokens.word)) > 4
    free = negators[~spent[negators]]
    being = _in_order(grammar("being").first, tokens)
    said = together(
        [
            lacks.where(unrivalled(lacks, claimed)),
            _asserted(says.where(unrivalled(says, claimed)), free, being, clause),
        ]
    )
    return said, _asserted(measures.where(unrivalled(measures, claimed)), free, being, clause)


def _clauses(tokens: Tokens, lexicon: Lexicon, occurrences: Occurrences) -> NDArray[np.int32]:
    """Give each token the number of its clause: those end before some words too, not at signs alone."""
    before = find(((0, entry) for entry in lexicon.grammar("breaks")), occurrences, tokens.clause).first
    starts = np.zeros(len(tokens.word), dtype=np.int32)
    starts[before] = 1
    return tokens.clause + np.cumsum(starts, dtype=np.int32)


def _in_order(
    at: NDArray[np.int64], tokens: Tokens, *, but: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Return tokens in their order, each once, without some."""
    here = np.zeros(len(tokens.word) + 1, dtype=bool)
    here[at] = True
    if but is not None:
        here[but] = False
    return np.flatnonzero(here[:-1])


def _lacking(
    things: Hits, marks: NDArray[np.int64], negators: NDArray[np.int64], clause: NDArray[np.int32]
) -> Hits:
    """Keep the things that are denied or said to be lacking, with the word that says so."""
    denied, at = _near(things.first, negators, clause, ahead=False, within=DENIED_THING_WITHIN)
    before, at_before = _near(things.first, marks, clause, ahead=False, within=LACKING_WITHIN)
    after, at_after = _near(things.last, marks, clause, ahead=True, within=LACKING_WITHIN)
    mark = np.where(denied, at, np.where(before, at_before, at_after))
    kept = denied | before | after
    return things.where(kept).with_tokens(np.arange(int(kept.sum())), mark[kept])


def _asked(things: Hits, asking: Hits, places: Hits, tokens: Tokens) -> Hits:
    """Keep the things that are asked for: near a word that asks, or a sentence by themselves."""
    marks = _in_order(asking.first, tokens)
    before, _ = _near(things.first, marks, tokens.sentence, ahead=False, within=ASKED_WITHIN)
    after, _ = _near(things.first, marks, tokens.sentence, ahead=True, within=ASKED_WITHIN)
    length = np.bincount(tokens.sentence) if len(tokens.sentence) else np.zeros(1, dtype=np.int64)
    bare = length[tokens.sentence[things.first]] <= BARE_WORDS
    where, _ = _near(things.first, _in_order(places.last, tokens), tokens.sentence, ahead=False, within=1)
    return things.where((before | after | bare) & ~where)


def _asserted(
    hits: Hits, negators: NDArray[np.int64], being: NDArray[np.int64], clause: NDArray[np.int32]
) -> Hits:
    """Leave out what a negation reaches: "inga problem med klotter", "mörkt är det inte"."""
    before, _ = _near(hits.first, negators, clause, ahead=False, within=DENIED_WITHIN)
    after, at = _near(hits.last, negators, clause, ahead=True, within=DENIED_WITHIN)
    verb, between = _near(hits.last, being, clause, ahead=True, within=DENIED_WITHIN)
    return hits.where(~(before | (after & verb & (between < at))))


def _near(
    at: NDArray[np.int64],
    marks: NDArray[np.int64],
    stretch: NDArray[np.int32],
    *,
    ahead: bool,
    within: int,
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Say whether the nearest mark behind or ahead is close and in the same stretch, and which it is."""
    if not len(marks):
        return np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=np.int64)
    index = np.searchsorted(marks, at, side="right" if ahead else "left") - (0 if ahead else 1)
    there = (index >= 0) & (index < len(marks))
    mark = marks[np.clip(index, 0, len(marks) - 1)]
    return there & (np.abs(mark - at) <= within) & (stretch[mark] == stretch[at]), mark
