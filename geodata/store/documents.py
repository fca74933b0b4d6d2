"""Signed documents in the workspace: PDF as it was sent, pictures made anew, called by what they hold.

What a file is is told by its content and never by its name. A PDF is kept byte for byte, for it is what was
signed; that it is whole and can be opened by everybody is seen from its end, where its table of contents and
its lock stand (ISO 32000-2, 7.5).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from geodata.errors import MissingError, ParameterError
from geodata.store.photos import picture_anew
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "documents"
"""Below the workspace's ``store/``."""

LARGEST_BYTES = 20_000_000
LONGEST_SIDE = 2400
"""Pixels of the longer side of a picture that is kept: a page of A4 at 200 dots an inch."""

PDF, JPEG = "application/pdf", "image/jpeg"
ENDING = {PDF: "pdf", JPEG: "jpg"}

START_WITHIN, END_WITHIN = 1024, 2048
"""Bytes in which readers look for a PDF's first and last marks."""

NOTHING, TABLE, STREAM = 0, b"xref", re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document that is kept: the SHA-256 of its file, what it is, and its size in bytes."""

    digest: str
    media: str
    size: int


def keep_document(store: Path, sent: IO[bytes]) -> KeptDocument:
    """Keep a document, and return under what; the same one again is the same file.

    Parameters
    ----------
    store
        The workspace's ``store/`` folder.

    Raises
    ------
    ParameterError
        ``document_empty``, ``document_too_large``, ``document_not_pdf``, ``document_broken``,
        ``document_locked``; of a picture as `geodata.store.photos.picture_anew`.
    StoreError
        When the store refuses the write.
    """
    content = sent.read(LARGEST_BYTES + 1)
    if not content:
        raise ParameterError("document_empty", "The file is empty.")
    if len(content) > LARGEST_BYTES:
        raise ParameterError(
            "document_too_large",
            f"The document is larger than {LARGEST_BYTES // 1_000_000} MB.",
            megabytes=LARGEST_BYTES // 1_000_000,
        )
    if _is_pdf(content):
        media = PDF
        _require_whole(content)
    else:
        media, content = JPEG, _picture(content)
    digest = hashlib.sha256(content).hexdigest()
    path = _path(store, digest, media)
    if not path.is_file():
        write_whole(path, content)
    return KeptDocument(digest, media, len(content))


def document_file(store: Path, digest: str, media: str) -> Path:
    """Return where a document lies.

    Raises
    ------
    MissingError
        ``no_document`` when it is not there.
    """
    known = _DIGEST.fullmatch(digest) and media in ENDING
    path = _path(store, digest, media) if known else None
    if path is None or not path.is_file():
        raise MissingError("no_document", "The document is not there.")
    return path


def drop_document(store: Path, digest: str, media: str) -> None:
    """Remove the file of a document that nothing shows any longer."""
    if _DIGEST.fullmatch(digest) and media in ENDING:
        _path(store, digest, media).unlink(missing_ok=True)


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:START_WITHIN]


def _require_whole(content: bytes) -> None:
    """Refuse a PDF that was cut off, or that opens with a password."""
    end = _STARTXREF.search(content[-END_WITHIN:])
    begins = content.find(b"%PDF-")
    at = int(end.group(1)) + begins if end else NOTHING
    if at == NOTHING or at >= len(content):
        # Files that were linearised may name 0 and keep the true place at their start: then the first counts.
        at = _first_table(content)
    contents = content[at:]
    if at == NOTHING or not (contents.startswith(TABLE) or STREAM.match(contents)):
        raise ParameterError("document_broken", "The PDF ends before its end; it was not sent whole.")
    if b"/Encrypt" in _dictionary(contents):
        raise ParameterError("document_locked", "The PDF is locked by a password or a right.")


def _first_table(content: bytes) -> int:
    if b"%%EOF" not in content[-END_WITHIN:]:
        return NOTHING
    return max(content.rfind(b"\nxref"), content.rfind(b"\rxref")) + 1


def _dictionary(contents: bytes) -> bytes:
    """Return what stands in the trailer, or in the head of the stream that a newer PDF has instead."""
    if contents.startswith(TABLE):
        begins = contents.find(b"trailer")
        ends = contents.find(b"startxref", begins)
        return contents[begins:ends] if begins >= 0 else b""
    return contents[: contents.find(b"stream")]


def _picture(content: bytes) -> bytes:
    try:
        written, _, _ = picture_anew(content, longest_side=LONGEST_SIDE)
    except ParameterError as error:
        if error.code != "photo_unreadable":
            raise
        raise ParameterError(
            "document_not_pdf", "The file is no PDF, and no picture that can be read."
        ) from error
    return written


def _path(store: Path, digest: str, media: str) -> Path:
    return store / FOLDER / digest[:2] / f"{digest}.{ENDING[media]}"
