"""Paths in a program's output, as a reader sees them on every machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import PurePath

# The folder of an interpreter's library, whichever it is, wherever it lies.
_LIBRARY = re.compile(r"(?:(?<=\W)|^)/(?:[^\s\"'/:<>]{1,255}/){0,40}(?=lib/python3\.\d+/)")
_WINDOWS_LIBRARY = re.compile(
    r"(?:[A-Za-z]:)?\\(?:[^\\\"'/:<>|\n]{1,255}\\){0,40}?Lib\\(?P<rest>[^\s\"':<>|]+)", re.IGNORECASE
)


def shortener(project: PurePath, own: PurePath, version: str) -> Callable[[str], str]:
    """What cuts from a text the folders that differ between machines.

    Those are the program's `own` working directory, that of the `project`, and the interpreter's library, of which
    `lib/python3.11/…` remains; `version` is its `3.11`. On Windows what remains is written with `/`.
    """
    windows = "\\" in str(project)
    folders = (str(own), str(project))

    def rest(found: re.Match[str]) -> str:
        inner = found["rest"]
        if inner is None:
            return "."
        return inner.replace("\\", "/") if windows else inner

    def shorten(text: str) -> str:
        if windows:
            text = _WINDOWS_LIBRARY.sub(lambda found: f"lib/python{version}/{rest(found)}", text)
        elif "/lib/python3." in text:
            text = _LIBRARY.sub("", text)
        for folder in folders:
            if folder in text:
                text = _below(folder).sub(rest, text)
        return text

    return shorten


@lru_cache(maxsize=4)
def _below(folder: str) -> re.Pattern[str]:
    """The folder, or what is in it: `rest` is that, and None where it is the folder itself."""
    return re.compile(rf"{re.escape(folder)}(?:[\\/](?P<rest>[^\s\"':<>|]*)|(?![\w-]|\.\w))")
