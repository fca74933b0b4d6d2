"""Photos in the workspace's own folder: made anew from their pixels, and called by what they hold.

A telephone writes where, when and by whose device a photo was taken into the file. Of what is sent only the
pixels are read; the file that is kept is written anew, and so carries nothing else.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from geodata.errors import MissingError, ParameterError
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "photos"
"""Below the workspace's ``store/``."""

LARGEST_BYTES = 15_000_000
LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
"""Pixels of the longer side of what is kept: enough to read a sign across a street."""

QUALITY = 82
READ = ("JPEG", "PNG", "WEBP")

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photo that is kept: the SHA-256 of its file, and its size in pixels."""

    digest: str
    width: int
    height: int


def keep_photo(store: Path, sent: IO[bytes]) -> KeptPhoto:
    """Keep a photo, and return under what; the same one again is the same file.

    Parameters
    ----------
    store
        The workspace's ``store/`` folder.

    Raises
    ------
    ParameterError
        ``photo_too_large``, ``photo_unreadable``.
    StoreError
        When the store refuses the write.
    """
    content = sent.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise _too_large()
    written, width, height = _made_anew(content)
    digest = hashlib.sha256(written).hexdigest()
    path = _path(store, digest)
    if not path.is_file():
        write_whole(path, written)
    return KeptPhoto(digest, width, height)


def photo_file(store: Path, digest: str) -> Path:
    """Return where a photo lies.

    Raises
    ------
    MissingError
        ``no_photo`` when it is not there.
    """
    path = _path(store, digest) if _DIGEST.fullmatch(digest) else None
    if path is None or not path.is_file():
        raise MissingError("no_photo", "The photo is not there.", photo_id=0)
    return path


def drop_photo(store: Path, digest: str) -> None:
    """Remove the file of a photo that no review shows any longer."""
    if _DIGEST.fullmatch(digest):
        _path(store, digest).unlink(missing_ok=True)


def _made_anew(content: bytes) -> tuple[bytes, int, int]:
    try:
        with Image.open(io.BytesIO(content), formats=READ) as image:
            if image.width * image.height > LARGEST_PIXELS:
                raise _too_large()
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is then read at a fraction of its size
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = Image.new("RGB", turned.size, "white")
            seen = turned.convert("RGBA")
            plain.paste(seen, mask=seen.getchannel("A"))
    except ParameterError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, SyntaxError) as error:
        raise ParameterError(
            "photo_unreadable", "The file is no photo that can be read; send JPEG, PNG or WebP."
        ) from error
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), plain.width, plain.height


def _too_large() -> ParameterError:
    return ParameterError(
        "photo_too_large",
        f"The photo is larger than {LARGEST_BYTES // 1_000_000} MB or {LARGEST_PIXELS} pixels.",
        megabytes=LARGEST_BYTES // 1_000_000,
    )


def _path(store: Path, digest: str) -> Path:
    return store / FOLDER / digest[:2] / f"{digest}.jpg"
