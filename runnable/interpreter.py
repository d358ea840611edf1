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
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from runnable.problem import listed
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


class MissingError(Exception):
    """What a program needs is not there; the message says what that is and how to get it.

    `key` is the key of the header that asks for it, `details` what a tool said.
    """

    def __init__(self, message: str, key: str, details: str = "") -> None:
        super().__init__(message)
        self.key, self.details = key, details


class EnvironmentMissingError(MissingError):
    """This machine has no Python that can run the program."""


class DependencyMissingError(MissingError):
    """The project's own environment lacks what the program declares."""


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
    arguments = ("--only-installed", "--all-versions", "--no-python-downloads", "--output-format=json")
    listing = _run_uv("python", "list", *arguments, key="requires-python", env={**os.environ, "PATH": path})
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


TRACER_VARIABLE = "RUNNABLE_TRACER"
_PTH = f'import os; exec(os.environ.pop("{TRACER_VARIABLE}", ""))\n'


@cache
def can_be_traced(environment: Environment) -> bool:
    """Whether a plain process of this environment, when it starts, executes what is in TRACER_VARIABLE.

    It does so where a file of one line lies among its packages. It is put there, unless that would be a Python that
    does not belong to the project alone.
    """
    if environment.is_own:
        if sys.prefix == sys.base_prefix:
            return False
        folder: Path | None = Path(sysconfig.get_path("purelib"))
    else:
        root = environment.python.parent.parent
        folder = next(
            (found for pattern in ("lib/python3*", "Lib") for found in root.glob(f"{pattern}/site-packages")), None
        )
    if folder is None:
        return False
    file = folder / "runnable_tracer.pth"
    try:
        if not file.exists() or file.read_text("utf-8") != _PTH:
            new = file.with_name(f"{file.name}.{os.getpid()}")
            new.write_text(_PTH, "utf-8")
            new.replace(file)
    except OSError:
        return False
    return True


def environment(requires_python: SpecifierSet, dependencies: Iterable[Requirement], project: Project) -> Environment:
    """The environment for a program that declares these. Made by uv when the project's own will not do.

    Raises EnvironmentMissingError where this machine lacks something, DependencyMissingError where the project does.
    """
    interpreter = choose(requires_python, project)
    if interpreter is None:
        raise EnvironmentMissingError(_no_interpreter(requires_python, project), "requires-python")
    needed = {str(requirement) for requirement in dependencies if _applies(requirement, interpreter)}
    return _environment(interpreter, tuple(sorted(needed)), project)


def forget() -> None:
    """Looks at the machine again: in a server that lives long, a Python or a distribution may have come."""
    for remembered in (_installed, _environment, _installed_version, can_be_traced):
        remembered.cache_clear()


def _applies(requirement: Requirement, interpreter: Interpreter) -> bool:
    full = str(interpreter.version)
    versions = {"python_version": f"{interpreter.version.major}.{interpreter.version.minor}"}
    return requirement.marker is None or requirement.marker.evaluate({**versions, "python_full_version": full})


@cache
def _environment(interpreter: Interpreter, needed: tuple[str, ...], project: Project) -> Environment:
    if interpreter == own():
        versions = []
        for text in needed:
            requirement = Requirement(text)
            version = _installed_version(requirement.name)
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                found = f"{version} is" if version else "none is"
                advice = f"Change the version of {requirement.name}" if version else f"Add {requirement.name}"
                where = "in the group “snippets” in" if version else "to the group “snippets” in"
                raise DependencyMissingError(
                    f"it needs {text}, but {found} installed beside {interpreter}. "
                    f"{advice} {where} pyproject.toml and run “make lock”.",
                    "dependencies",
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
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = (
            f"its environment cannot be made in {project.relative(folder.parent)}: {error.strerror}. "
            "Make the folder writable, or name another in RUNNABLE_CACHE."
        )
        raise EnvironmentMissingError(what, "requires-python") from None
    from filelock import FileLock  # noqa: PLC0415 - it imports asyncio, and most programs need no other environment

    with FileLock(f"{folder}.lock"):
        versions = _kept_versions(ready) if python.exists() else None
        if versions is None:
            shutil.rmtree(folder, ignore_errors=True)
            key = "dependencies" if needed else "requires-python"
            make = ("venv", "--quiet", "--no-python-downloads", f"--python={interpreter.executable}", str(folder))
            _run_uv(*make, key="requires-python")
            if needed:
                constraints = [f"--constraints={lock}"] if lock.exists() else []
                pip = ["pip", "install", "--quiet", "--compile-bytecode", f"--python={python}", *constraints]
                _run_uv(*pip, *needed, key=key)
            versions = tuple(_run_uv("pip", "freeze", "--quiet", f"--python={python}", key=key).splitlines())
            ready.write_text(json.dumps(versions), "utf-8")
    return Environment(interpreter, python, versions)


def _kept_versions(ready: Path) -> tuple[str, ...] | None:
    """What an environment holds, from the file that is written when it is complete; None where it is not."""
    try:
        return tuple(map(str, json.loads(ready.read_text("utf-8"))))
    except (OSError, ValueError, TypeError):
        return None


def _run_uv(*arguments: str, key: str, env: Mapping[str, str] | None = None) -> str:
    try:
        done = subprocess.run([uv(), *arguments], capture_output=True, text=True, check=False, env=env)
    except OSError as error:
        message = f"it needs another Python, and uv, which finds them, cannot be run: {error.strerror}. Install uv."
        raise EnvironmentMissingError(message, key) from None
    if done.returncode:
        raise EnvironmentMissingError(
            "uv could not make its environment. Check its header, and that the package index can be reached.",
            key,
            done.stderr.strip() or done.stdout.strip(),
        )
    return done.stdout


@cache
def _installed_version(name: str) -> str | None:
    from importlib import metadata  # noqa: PLC0415 - it imports half of the library, and most programs declare nothing

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _no_interpreter(requires_python: SpecifierSet, project: Project) -> str:
    here = {own().version, *(found.version for found in installed(project))}
    versions = listed(map(str, sorted(here, reverse=True)))
    wanted = next((item.version for item in requires_python if item.operator in {">=", "~=", "==", ">"}), "")
    wanted = wanted.removesuffix(".*")
    install = f" Install one: “uv python install {wanted}”." if wanted else " Correct requires-python."
    return f"it needs Python {requires_python}, but this machine has {versions}.{install}"


def _glob(pattern: str) -> Iterable[Path]:
    path = Path(pattern).expanduser()
    return Path(path.anchor).glob(str(path.relative_to(path.anchor)))
