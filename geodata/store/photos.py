"""Photos in the workspace's own folder: made anew from their pixels, and called by what they hold.

A telephone writes where, when and by whose device a photo was taken into the file. Of what is sent only the
pixels are read; the file that is kept is written anew, and so carries nothing else.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

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

HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"})
"""Brands of the files that a telephone makes where it is set to save room, which are not read here."""

_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    SyntaxError,
    struct.error,
)
"""What Pillow raises of files that are broken, in the picture or in what the telephone wrote beside it."""

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
        ``photo_empty``, ``photo_too_large``, ``photo_too_many_pixels``, ``photo_heic``, ``photo_cut``,
        ``photo_unreadable``; nothing is kept then.
    StoreError
        When the store refuses the write.
    """
    content = sent.read(LARGEST_BYTES + 1)
    if not content:
        raise ParameterError("photo_empty", "The file is empty: the photo was not saved, or not sent whole.")
    if len(content) > LARGEST_BYTES:
        raise ParameterError(
            "photo_too_large",
            f"The photo is larger than {LARGEST_BYTES // 1_000_000} MB.",
            megabytes=LARGEST_BYTES // 1_000_000,
        )
    written, width, height = picture_anew(content, longest_side=LONGEST_SIDE)
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


def picture_anew(content: bytes, *, longest_side: int) -> tuple[bytes, int, int]:
    """Return a picture as a JPEG of its pixels alone, with its width and height.

    Raises
    ------
    ParameterError
        ``photo_too_many_pixels``, ``photo_heic``, ``photo_cut``, ``photo_unreadable``.
    """
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise ParameterError("photo_heic", "The photo is HEIC, which is not read; send it as JPEG.")
    try:
        with Image.open(io.BytesIO(content), formats=READ) as image:
            if image.width * image.height > LARGEST_PIXELS:  # before any pixel is unpacked
                raise _too_many_pixels()
            image.draft("RGB", (longest_side, longest_side))  # a JPEG is then read at a fraction of its size
            _read_pixels(image)
            turned = _upright(image)
            turned.thumbnail((longest_side, longest_side))
            plain = Image.new("RGB", turned.size, "white")
            seen = turned.convert("RGBA")
            plain.paste(seen, mask=seen.getchannel("A"))
    except ParameterError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except _BROKEN as error:
        raise ParameterError(
            "photo_unreadable", "The file is no photo that can be read; send JPEG, PNG or WebP."
        ) from error
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), plain.width, plain.height


def _read_pixels(image: Image.Image) -> None:
    # WeasyPrint lets all of Pillow fill up what is missing of a picture; a photo of half a street is refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image.load()
    except OSError as error:
        raise ParameterError("photo_cut", "The photo ends too early: only a part of it came.") from error


def _upright(image: Image.Image) -> Image.Image:
    """Turn a photo as it was held; as it lies where what the telephone wrote of that can't be read."""
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image.copy()


def _too_many_pixels() -> ParameterError:
    return ParameterError(
        "photo_too_many_pixels",
        f"The photo has more than {LARGEST_PIXELS} pixels.",
        megapixels=LARGEST_PIXELS // 1_000_000,
    )


def _path(store: Path, digest: str) -> Path:
    return store / FOLDER / digest[:2] / f"{digest}.jpg"
