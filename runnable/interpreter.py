"""The Pythons on this machine, and which of them runs a program."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from filelock import FileLock
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from runnable.project import Project

# Where people keep Pythons that are not on PATH. RUNNABLE_PYTHONS adds folders, separated as PATH is.
_FOLDERS = ("~/.pyenv/versions/*/bin", "/opt/python3.*/bin", "~/.local/share/uv/python/*/bin")


@dataclass(frozen=True)
class Interpreter:
    """One Python: the file that runs it, and its version."""

    executable: Path
    implementation: str
    version: Version

    def __str__(self) -> str:
        return f"{self.implementation} {self.version}"


class EnvironmentMissingError(Exception):
    """No Python here can run the program; the message says what is missing and how to get it."""


class DependencyMissingError(Exception):
    """The project's own environment lacks what the program declares; the message says what to do."""


@cache
def own() -> Interpreter:
    """The Python that runs this."""
    version = platform.python_version().rstrip("+")
    return Interpreter(Path(sys.executable), platform.python_implementation(), Version(version))


def installed(project: Project) -> tuple[Interpreter, ...]:
    """The CPythons on this machine, newest first, as uv finds them.

    Asking them all takes seconds, so the answer is kept until a folder in which one may lie changes.
    """
    path = _search_path()
    folders = [Path(folder) for folder in path.split(os.pathsep) if folder]
    return _installed(project, path, tuple((str(folder), _changed(folder)) for folder in folders))


@cache
def _installed(project: Project, path: str, folders: tuple[tuple[str, int], ...]) -> tuple[Interpreter, ...]:
    kept = project.cache / "interpreters.json"
    fingerprint = hashlib.sha256(repr((path, folders)).encode()).hexdigest()
    entries: list[tuple[str, str]] = []
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        answer = json.loads(kept.read_text("utf-8"))
        if answer["fingerprint"] == fingerprint and all(Path(executable).exists() for _, executable in answer["found"]):
            entries = answer["found"]
    if not entries:
        entries = _asked(path)
        with contextlib.suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            new = kept.with_name(f"{kept.name}.{os.getpid()}")
            new.write_text(json.dumps({"fingerprint": fingerprint, "found": entries}), "utf-8")
            new.replace(kept)
    found: dict[Version, Interpreter] = {}
    for version, executable in entries:
        found.setdefault(Version(version), Interpreter(Path(executable), "CPython", Version(version)))
    return tuple(found[version] for version in sorted(found, reverse=True))


def _asked(path: str) -> list[tuple[str, str]]:
    """The version and the file of every CPython that uv finds in `path` and among its own."""
    listing = subprocess.run(
        [uv(), "python", "list", "--only-installed", "--all-versions", "--no-python-downloads", "--output-format=json"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [
        (entry["version"], entry["path"])
        for entry in json.loads(listing)
        if entry["path"] and entry["implementation"] == "cpython" and entry.get("variant", "default") == "default"
    ]


def _search_path() -> str:
    known = [str(found) for pattern in _FOLDERS for found in sorted(_glob(pattern))]
    added = os.environ.get("RUNNABLE_PYTHONS", "").split(os.pathsep)
    return os.pathsep.join([*filter(None, added), os.environ.get("PATH", ""), *known])


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def choose(requires_python: SpecifierSet, project: Project) -> Interpreter | None:
    """The Python for a program that needs `requires_python`: our own if it will do, else the newest that does."""
    if own().version in requires_python:
        return own()
    return next((found for found in installed(project) if requires_python.contains(found.version)), None)


def uv() -> str:
    """The uv that is installed beside this Python, so that its version is the pinned one."""
    beside = Path(sys.executable).parent / ("uv.exe" if os.name == "nt" else "uv")
    return str(beside) if beside.exists() else shutil.which("uv") or "uv"


@dataclass(frozen=True)
class Environment:
    """A Python with the distributions that a program declares. `versions` are those, as `name==version`."""

    interpreter: Interpreter
    python: Path
    versions: tuple[str, ...]

    @property
    def is_own(self) -> bool:
        """Whether it is the environment this runs in."""
        return self.python == own().executable


def environment(requires_python: SpecifierSet, dependencies: Iterable[Requirement], project: Project) -> Environment:
    """The environment for a program that declares these. Made by uv when the project's own will not do.

    Raises EnvironmentMissingError where this machine lacks something, DependencyMissingError where the project does.
    """
    needed = tuple(sorted({str(requirement) for requirement in dependencies if _applies(requirement)}))
    interpreter = choose(requires_python, project)
    if interpreter is None:
        raise EnvironmentMissingError(_no_interpreter(requires_python, project))
    return _environment(interpreter, needed, project)


def _applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate()


@cache
def _environment(interpreter: Interpreter, needed: tuple[str, ...], project: Project) -> Environment:
    if interpreter == own():
        versions = []
        for text in needed:
            requirement = Requirement(text)
            version = _installed_version(requirement.name)
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                found = f"{version} is" if version else "none is"
                raise DependencyMissingError(
                    f"it needs {text}, but {found} installed beside {interpreter}. "
                    f"Add {requirement.name} to the group “snippets” in pyproject.toml and run “make lock”."
                )
            versions.append(f"{canonicalize_name(requirement.name)}=={version}")
        return Environment(interpreter, interpreter.executable, tuple(versions))
    return _made_by_uv(interpreter, needed, project)


def _made_by_uv(interpreter: Interpreter, needed: tuple[str, ...], project: Project) -> Environment:
    lock = project.root / "requirements" / "all.txt"
    pins = lock.read_bytes() if lock.exists() and needed else b""
    name = hashlib.sha256(repr((str(interpreter), str(interpreter.executable), needed, pins)).encode()).hexdigest()[:12]
    folder = project.cache / "environments" / f"{interpreter.version}-{name}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "versions.json"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _run_uv("venv", "--quiet", "--no-python-downloads", f"--python={interpreter.executable}", str(folder))
            if needed:
                constraints = [f"--constraints={lock}"] if lock.exists() else []
                pip = ["pip", "install", "--quiet", "--compile-bytecode", f"--python={python}", *constraints]
                _run_uv(*pip, *needed)
            listing = _run_uv("pip", "freeze", "--quiet", f"--python={python}")
            ready.write_text(json.dumps(listing.splitlines()), "utf-8")
        versions = tuple(json.loads(ready.read_text("utf-8")))
    return Environment(interpreter, python, versions)


def _run_uv(*arguments: str) -> str:
    done = subprocess.run([uv(), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise EnvironmentMissingError(
            f"uv could not make its environment: {done.stderr.strip() or done.stdout.strip()}. "
            "Check the dependencies in its header, and that the package index can be reached."
        )
    return done.stdout


@cache
def _installed_version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _no_interpreter(requires_python: SpecifierSet, project: Project) -> str:
    versions = ", ".join(str(found.version) for found in installed(project))
    wanted = next((item.version for item in requires_python if item.operator in {">=", "~=", "==", ">"}), None)
    install = f" Install one: “uv python install {wanted}”." if wanted else " Correct requires-python."
    return f"it needs Python {requires_python}, but this machine has {versions}.{install}"


def _glob(pattern: str) -> Iterable[Path]:
    path = Path(pattern).expanduser()
    return Path(path.anchor).glob(str(path.relative_to(path.anchor)))
