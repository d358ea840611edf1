"""The text of a file that people write."""

from __future__ import annotations

from pathlib import Path

from runnable.problem import Problem, ProblemsError


def read(path: Path, place: str) -> str:
    """The text of the file, line ends and all, without a byte order mark; `place` is what the file is called in errors.

    Raises ProblemsError where it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        what = f"it cannot be read: {error.strerror}. Make it readable, or delete it."
        raise ProblemsError([Problem(place, None, what)]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start} is not UTF-8. Save the file as UTF-8."
        raise ProblemsError([Problem(place, line, what)]) from None
