"""Files that begin with the checksum of the rest, and take their places by being renamed.

So whoever is killed while writing, or two at once, leave either the old file or the new one, and a damaged one is known
for that.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


def write(file: Path, body: bytes) -> str:
    """Makes `body` the content of the file, and returns its checksum. Raises OSError; then the old file is left."""
    checksum = hashlib.sha256(body).hexdigest()
    file.parent.mkdir(parents=True, exist_ok=True)
    fd, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(fd, "wb") as new:
            new.write(checksum.encode() + b"\n" + body)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return checksum


def read(file: Path) -> tuple[str, bytes]:
    """The checksum of what was written into the file, and that. Raises OSError, ValueError where it is damaged."""
    checksum, _, body = file.read_bytes().partition(b"\n")
    told = hashlib.sha256(body).hexdigest()
    if told.encode() != checksum:
        raise ValueError("the checksum is wrong")
    return told, body
