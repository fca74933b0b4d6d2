"""The gazetteer of one workspace: phrases in, places out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.gazetteer.candidates import NO_WORDS, Resolution, settle
from etl.gazetteer.entries import gather
from etl.gazetteer.grammar import parse
from etl.gazetteer.index import EXACT, NameIndex
from etl.gazetteer.meaning import Meaning
from etl.gazetteer.normalise import phrase_key
from etl.gazetteer.reading import guesses, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from etl.gazetteer.entries import Entries
    from geodata.project import Project


class Gazetteer:
    """Knows the places of a workspace by their names.

    Parameters
    ----------
    entries
        What a phrase may mean.
    accept
        Confidence (0 … 1) from which a place is taken without a person.
    margin
        How far ahead of the next place it must be.
    """

    def __init__(self, entries: Entries, *, accept: float, margin: float) -> None:
        self._accept = accept
        self._margin = margin
        self._entries = entries
        self._index = NameIndex(entries.entries)
        self._meaning = Meaning(entries)

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Names in the project file that have only aliases, and that no layer knows."""
        return self._entries.unmatched

    def district_of(self, label: str) -> int:
        """Return the id of the one district of a name; -1 where none or several have it."""
        found = {one.area_id for one in self._entries.entries if one.area_id >= 0 and one.name == label}
        return found.pop() if len(found) == 1 else -1

    def resolve(self, phrases: Iterable[str]) -> dict[str, Resolution]:
        """Find what each phrase means.

        Parameters
        ----------
        phrases
            As people wrote them, masked.

        Returns
        -------
        dict
            Phrase key → what was found; a phrase is resolved once however often it is written.
        """
        written: dict[str, str] = {}
        for phrase in phrases:
            written.setdefault(phrase_key(phrase), phrase)
        parsed = {key: parse(phrase) for key, phrase in written.items()}
        self._index.prepare(
            words
            for parts in parsed.values()
            for chunk in parts.chunks
            for words in guesses(chunk.words, self._index)
        )
        found = {}
        for key, parts in parsed.items():
            whole = self._index.as_written(parts.whole)
            if not parts.chunks:
                found[key] = Resolution((), NO_WORDS)
                continue
            if whole and whole[0][0] >= 0 and whole[0][1] == EXACT:
                candidates = self._meaning.of_hits(whole)
            else:
                readings = [read(chunk.words, self._index) for chunk in parts.chunks]
                candidates = self._meaning.candidates(parts, readings)
            found[key] = settle(candidates, accept=self._accept, margin=self._margin)
        return found


def make_gazetteer(
    *, schools: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, streets: gpd.GeoDataFrame, project: Project
) -> Gazetteer:
    """Make the gazetteer of the layers and the project file.

    Parameters
    ----------
    schools, areas, streets
        Tables of ``schema.TABLES``, geometry in the working CRS; each may be empty.
    """
    entries = gather(schools=schools, areas=areas, streets=streets, project=project)
    settings = project.gazetteer
    return Gazetteer(entries, accept=settings.accept, margin=settings.margin)
