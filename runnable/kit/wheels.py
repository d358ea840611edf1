"""The distributions that programs in the page may import: wheels without machine code, and all that they need."""

from __future__ import annotations

import email.parser
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from runnable.browser.support import PYTHON, WHEELS
from runnable.kit.node import Report
from runnable.kit.problem import KitError
from runnable.kit.stage import stage
from runnable.project import Project

# What decides there whether a requirement applies.
_ENVIRONMENT = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_python_implementation": "CPython",
    "platform_system": "Emscripten",
    "python_full_version": f"{PYTHON}.0",
    "python_version": PYTHON,
    "sys_platform": "emscripten",
    "extra": "",
}


@dataclass(frozen=True)
class Wheel:
    """One file."""

    path: Path

    @property
    def name(self) -> str:
        """The distribution's, normalized."""
        return canonicalize_name(self.path.name.partition("-")[0])

    @cached_property
    def requires(self) -> frozenset[str]:
        """The distributions that it needs in the page."""
        with zipfile.ZipFile(self.path) as archive:
            (name,) = [each for each in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", each)]
            lines = email.parser.BytesParser().parsebytes(archive.read(name)).get_all("Requires-Dist") or []
        needed = map(Requirement, lines)
        return frozenset(
            canonicalize_name(each.name) for each in needed if not each.marker or each.marker.evaluate(_ENVIRONMENT)
        )

    @cached_property
    def imports(self) -> list[str]:
        """The modules and packages at its top."""
        with zipfile.ZipFile(self.path) as archive:
            found = [re.fullmatch(r"(\w+)(\.py|/__init__\.py)", name) for name in archive.namelist()]
        return sorted(match[1] for match in found if match)


def wheels(project: Project, cache: Path, report: Report = lambda _: None) -> list[Wheel]:
    """All of them, in the order of their names. Fetches what is not there yet; pip verifies its hash."""
    lock = project.root / "requirements" / "all.txt"
    if not lock.is_file():
        raise KitError("there is no requirements/all.txt, which pins what programs in the page may import")
    pins = pinned(lock.read_text("utf-8"))

    def fetch(folder: Path) -> None:
        report(f"getting what programs in the page may import: {', '.join(sorted(WHEELS))}, and what these need")
        wanted, had = set(WHEELS), set[str]()
        while wanted:
            download(sorted(wanted), pins, folder)
            had |= wanted
            wanted = {name for wheel in _in(folder) for name in wheel.requires} - had
        if missing := had - {wheel.name for wheel in _in(folder)}:
            raise KitError(f"pip brought no {', no '.join(sorted(missing))}")

    return _in(stage(cache, "wheels", [PYTHON, *sorted(WHEELS), lock.read_bytes()], fetch))


def pinned(lock: str) -> dict[str, str]:
    """The lines of a file of requirements with hashes, by the names of the distributions."""
    entries = re.findall(r"^([\w.-]+)(==[^\n]*(?:(?<=\\)\n[^\n]*)*)$", lock.replace("\r\n", "\n"), re.MULTILINE)
    return {canonicalize_name(name): f"{name}{_without_marker(rest)}" for name, rest in entries}


def _without_marker(rest: str) -> str:
    # Whether it is needed here is not the question.
    return re.sub(r" ;[^\\\n]*", " ", rest, count=1)


def download(names: Sequence[str], pins: dict[str, str], folder: Path) -> None:
    """Has pip put the wheels of these distributions into the folder, and verify their hashes. Raises KitError.

    `pins` is what `pinned` makes of a lock; what they need in turn is not fetched.
    """
    if missing := [name for name in names if name not in pins]:
        raise KitError(f"requirements/all.txt does not pin {', '.join(missing)}; run “make lock”")
    file = folder / "requirements.txt"
    file.write_text("".join(f"{pins[name]}\n" for name in names), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
         "--require-hashes", "--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none",
         "--python-version", PYTHON, "--dest", folder, "--requirement", file],
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    file.unlink()
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()[-5:]
        raise KitError(f"pip could not get {', '.join(names)}", "\n".join(line[:300] for line in said))


def _in(folder: Path) -> list[Wheel]:
    return [Wheel(path) for path in sorted(folder.glob("*.whl"))]


def index(found: Iterable[Wheel]) -> str:
    """What `wheels.json` says of them."""
    by_name = {wheel.name: wheel for wheel in found}

    def needs(name: str, seen: set[str]) -> set[str]:
        for each in by_name[name].requires - seen:
            seen.add(each)
            needs(each, seen)
        return seen

    table = {
        name: {"file": wheel.path.name, "imports": wheel.imports, "needs": sorted(needs(name, set()))}
        for name, wheel in sorted(by_name.items())
    }
    return json.dumps(table, indent=1) + "\n"
