"""The installation's secret: what is masked leaves a digest that nobody can find again by trying."""

from __future__ import annotations

import os
import secrets
from hashlib import blake2b
from typing import TYPE_CHECKING

import pandas as pd

from etl.masking.columns import mask_column
from geodata.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE = "digest.key"
SECRET_BYTES = 32
DIGEST_BYTES = 12


def read_secret(store: Path) -> bytes:
    """Return the key of an installation's digests; it is made once, readable by its owner alone.

    Parameters
    ----------
    store
        The workspace's ``store/`` folder; only one import at a time may call this.

    Raises
    ------
    StoreError
        ``secret_unreadable`` when the file is cut off or damaged: with a new one, records that are known by
        their digest would all come in again as new.
    """
    path = store / KEY_FILE
    try:
        written = path.read_text("ascii").strip()
    except FileNotFoundError:
        return _make(path)
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable() from error
    try:
        secret = bytes.fromhex(written)
    except ValueError as error:
        raise _unreadable() from error
    if len(secret) != SECRET_BYTES:
        raise _unreadable()
    return secret


def keyed(texts: pd.Series[str], secret: bytes) -> pd.Series[str]:
    """Digest texts so that only who holds the secret can tell what they were.

    Returns
    -------
    Series of str
        24 hexadecimal digits a text, shape ``(n,)``.
    """
    digests = [blake2b(text.encode(), key=secret, digest_size=DIGEST_BYTES).hexdigest() for text in texts]
    return pd.Series(digests, index=texts.index, dtype="str")


def mask_ids(ids: pd.Series[str], secret: bytes) -> pd.Series[str]:
    """Return a source's own ids, the digest in place of each that points to a person.

    The record is known again at the next import, and its id can be shown.
    """
    _, points = mask_column(ids)
    return ids.mask(points, keyed(ids[points], secret)) if points.any() else ids


def _make(path: Path) -> bytes:
    secret = secrets.token_bytes(SECRET_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{KEY_FILE}.part")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(secret.hex().encode())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return secret


def _unreadable() -> StoreError:
    return StoreError(
        "secret_unreadable",
        f"{KEY_FILE} in store can't be read; put a backup of it in its place, or remove it to begin anew.",
        file=KEY_FILE,
    )
