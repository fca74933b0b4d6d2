"""Why an import takes everything in anew, although most of it is known."""

from __future__ import annotations

FILES, LAYERS, DOUBTS, UNEVEN, MUCH, STOPPED, RETENTION, SAID, STORE, PLACES = (
    "files_came_or_went",
    "other_file_changed",
    "layout_in_doubt",
    "lines_uneven",
    "much_changed",
    "file_stopped",
    "files_go",
    "said_of_whole_file",
    "store_changed",
    "coordinates_in_doubt",
)
"""What the journal says; a change of what everything rests on is said by its name in `footing`."""


class AllAnewError(Exception):
    """What changed can't be taken in by itself: everything is imported, as for the first time.

    Attributes
    ----------
    why
        One of the codes above, or of `footing`.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
