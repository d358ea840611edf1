"""Where things are: the folders of one project, and what its pyproject.toml says to the recorder."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit


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

    @property
    def snippets(self) -> Path:
        """The programs."""
        return self.root / "snippets"

    @property
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
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services that pyproject.toml declares under [tool.runnable.services]."""
        file = self.root / "pyproject.toml"
        if not file.is_file():
            return {}
        table = tomllib.loads(file.read_text("utf-8")).get("tool", {}).get("runnable", {}).get("services", {})
        found = {}
        for name, entry in table.items():
            ways = {where: str(entry[where]) for where in ("debian", "macos", "compose") if where in entry}
            known = {key: str(entry[key]) for key in ("variable", "embedded", "start") if key in entry}
            found[name] = Service(name, str(entry.get("url") or entry["address"]), ways=ways, **known)
        return found


def in_ci() -> bool:
    """Whether this is a CI run, where nothing may be missing."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
