"""Where things are: the folders of one project, and what its pyproject.toml says to the recorder."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from runnable.problem import Problem, ProblemsError
from runnable.text import read

_SETTINGS = "pyproject.toml"


@dataclass(frozen=True)
class Service:
    """A server that programs may need, by its `name` in their headers."""

    name: str
    url: str
    """Where programs look for it when nobody tells them; with the documented defaults of a local test server."""
    variable: str = ""
    """The environment variable that tells programs where it is. "" where none does."""
    embedded: str = ""
    """The module of ours that runs it for one recording (see `runnable.embedded`). "" where none does."""
    start: str = ""
    """One sentence that says how to start it."""
    ways: Mapping[str, str] = field(default_factory=dict)
    """How to start it, by where: a command for each of `debian`, `macos`, `compose`."""

    @property
    def address(self) -> tuple[str, int]:
        """The host and the port in `url`."""
        return address(self.url)


def address(url: str) -> tuple[str, int]:
    """The host and the port of a server, from a URL or from `host:port`. Raises ValueError where there is no port."""
    parts = urlsplit(url if "://" in url else f"//{url}")
    if parts.port is None:
        raise ValueError(f"there is no port in “{url}”")
    return parts.hostname or "127.0.0.1", parts.port


@dataclass(frozen=True)
class Project:
    """A folder that holds `docs/`, `snippets/` and `pyproject.toml`. All paths are absolute."""

    root: Path

    @classmethod
    def at(cls, root: Path | str = ".") -> Project:
        """The project in folder `root`, with symbolic links resolved."""
        return cls(Path(root).resolve())

    @cached_property
    def snippets(self) -> Path:
        """The programs."""
        return self.root / "snippets"

    @cached_property
    def docs(self) -> Path:
        """The pages."""
        return self.root / "docs"

    @property
    def cache(self) -> Path:
        """Recordings and environments. Ignored by git; may be deleted at any time.

        RUNNABLE_CACHE in the environment moves it.
        """
        return Path(os.environ.get("RUNNABLE_CACHE") or self.root / ".cache" / "runnable")

    def relative(self, path: Path) -> str:
        """`path` as a contributor would type it in the project's folder, with `/` on every platform."""
        # What pathlib has for this takes ten times as long, which counts where there are a thousand.
        place, root = path.as_posix(), self._start
        return place.removeprefix(root) if place.startswith(root) else "." if path == self.root else place

    @cached_property
    def _start(self) -> str:
        """How the path of everything in it begins, with `/` on every platform."""
        return f"{self.root.as_posix().rstrip('/')}/"

    @cached_property
    def in_browser(self) -> bool:
        """Whether readers can run programs in their browser: `browser = true` under [tool.runnable]."""
        return self._settings.get("browser", False) is True

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services that pyproject.toml declares under [tool.runnable.services]. Raises ProblemsError."""
        entries = self._settings.get("services", {})
        if not isinstance(entries, dict):
            raise _wrong(
                f"tool.runnable.services is {entries!r}. Write a table for each: “[tool.runnable.services.name]”."
            )
        return {name: _service(name, entry) for name, entry in entries.items()}

    @cached_property
    def _settings(self) -> dict[str, Any]:
        file = self.root / _SETTINGS
        if not file.is_file():
            return {}
        try:
            settings = tomllib.loads(read(file, _SETTINGS)).get("tool", {}).get("runnable", {})
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"\(at line (\d+)", str(error))
            raise _wrong(f"this is not TOML: {error}. Correct it there.", int(line[1]) if line else None) from None
        if not isinstance(settings, dict):
            raise _wrong(f"tool.runnable is {settings!r}. It must be a table: write “[tool.runnable]”.")
        return settings


def _service(name: str, entry: object) -> Service:
    table = f"[tool.runnable.services.{name}]"
    if not isinstance(entry, dict) or not isinstance(entry.get("url"), str):
        raise _wrong(f"{table} has no url. Write where the server listens by default, as in url = “127.0.0.1:6379”.")
    try:
        address(entry["url"])
    except ValueError as error:
        raise _wrong(f"the url of {table} is of no use: {error}. Write where the server listens.") from None
    ways = {where: str(entry[where]) for where in ("debian", "macos", "compose") if where in entry}
    known = {key: str(entry[key]) for key in ("variable", "embedded", "start") if key in entry}
    return Service(name, entry["url"], ways=ways, **known)


def _wrong(what: str, line: int | None = None) -> ProblemsError:
    return ProblemsError([Problem(_SETTINGS, line, what)])


def in_ci() -> bool:
    """Whether this is a CI run, where nothing may be missing."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
