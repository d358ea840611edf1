"""Interpreters and environments: which Python runs a program, and what is said when none can."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from runnable import interpreter
from runnable.interpreter import (
    DependencyMissingError,
    Environment,
    EnvironmentMissingError,
    Interpreter,
    choose,
    environment,
    forget,
    installed,
    own,
)
from runnable.project import Project

Make = Callable[[dict[str, str | bytes]], Project]
OTHERS = ["3.98.0", "3.99.1", "3.99.0"]


@pytest.fixture
def project(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.delenv("RUNNABLE_CACHE", raising=False)
    return make_project({"snippets/a.py": "print()\n"})


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget()


@pytest.fixture
def uv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """A uv that knows the Pythons in OTHERS and makes environments of empty files; what it was asked is returned."""
    asked: list[tuple[str, ...]] = []
    for version in OTHERS:
        (tmp_path / version).touch()

    def run(*arguments: str, key: str, env: object = None) -> str:
        asked.append(arguments)
        if arguments[:2] == ("python", "list"):
            found = [
                {"version": version, "path": str(tmp_path / version), "implementation": "cpython", "variant": "default"}
                for version in OTHERS
            ]
            unusable = [
                {**found[0], "version": "3.97.0", "implementation": "pypy"},
                {**found[0], "version": "3.97.0", "variant": "freethreaded"},
                {**found[0], "version": "3.97.0", "path": None},
            ]
            return json.dumps(unusable + found)
        if arguments[0] == "venv":
            python = python_of(Path(arguments[-1]))
            python.parent.mkdir(parents=True)
            python.touch()
        return "aiohttp==3.14.5\nmultidict==6.0\n" if arguments[:2] == ("pip", "freeze") else ""

    monkeypatch.setattr(interpreter, "_run_uv", run)
    return asked


def python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def needs(*requirements: str) -> list[Requirement]:
    return [Requirement(text) for text in requirements]


# Choosing


def test_a_program_runs_on_our_own_python_where_that_will_do(project: Project, uv: list[tuple[str, ...]]) -> None:
    assert choose(SpecifierSet(">=3.11"), project) == own()
    assert uv == []


def test_else_it_runs_on_the_newest_that_does(project: Project, uv: list[tuple[str, ...]]) -> None:
    chosen = {requires: choose(SpecifierSet(requires), project) for requires in (">=3.98", "==3.98.*", "==3.99.0")}
    assert {requires: str(found) for requires, found in chosen.items()} == {
        ">=3.98": "CPython 3.99.1",
        "==3.98.*": "CPython 3.98.0",
        "==3.99.0": "CPython 3.99.0",
    }
    assert choose(SpecifierSet("==3.97.*"), project) is None
    assert choose(SpecifierSet(">=4"), project) is None


def test_where_none_does_it_is_said_what_there_is_and_what_to_do(project: Project, uv: list[tuple[str, ...]]) -> None:
    versions = f"3.99.1, 3.99.0, 3.98.0 and {own().version}"
    for requires, todo in {
        ">=4.1": "Install one: “uv python install 4.1”.",
        "==3.10.*": "Install one: “uv python install 3.10”.",
        "<3": "Correct requires-python.",
    }.items():
        with pytest.raises(EnvironmentMissingError) as caught:
            environment(SpecifierSet(requires), [], project)
        assert str(caught.value) == f"it needs Python {requires}, but this machine has {versions}. {todo}"
        assert caught.value.key == "requires-python"


def test_uv_is_asked_once_until_something_changes(
    project: Project, uv: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def versions() -> list[str]:
        forget()
        return [str(found.version) for found in installed(project)]

    everything = ["3.99.1", "3.99.0", "3.98.0"]
    assert [versions(), versions(), len(uv)] == [everything, everything, 1]

    monkeypatch.setenv("RUNNABLE_PYTHONS", str(tmp_path))
    assert [versions(), len(uv)] == [everything, 2]
    os.utime(tmp_path, (1, 1))  # A Python came into a folder, or went.
    assert [versions(), len(uv)] == [everything, 3]

    for damage in ("", "[]", '{"fingerprint": 1}', "\0"):
        (project.cache / "interpreters.json").write_text(damage)
        assert versions() == everything
    assert len(uv) == 7

    (tmp_path / "3.98.0").unlink()
    os.utime(tmp_path, (1, 1))
    assert [versions(), len(uv)] == [everything, 8]


def test_uv_is_asked_although_the_answer_cannot_be_kept(make_project: Make, uv: list[tuple[str, ...]]) -> None:
    project = make_project({".cache/runnable": "a file where a folder should be"})
    assert len(installed(project)) == 3


def test_without_uv_it_is_said_what_it_is_for(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "uv", lambda: "/no/such/uv")
    with pytest.raises(EnvironmentMissingError) as caught:
        environment(SpecifierSet(">=3.99"), [], project)
    assert str(caught.value).startswith("it needs another Python, and uv, which finds them, cannot be run: ")
    assert str(caught.value).endswith(". Install uv.")


# Our own environment


def test_what_a_program_declares_is_told_with_its_version(project: Project) -> None:
    found = environment(SpecifierSet(">=3.11"), needs("Psutil>=5", "psutil", "nothing; python_version < '3'"), project)
    psutil = metadata.version("psutil")
    assert found == Environment(own(), own().executable, (f"psutil=={psutil}", f"psutil=={psutil}"))
    assert found.is_own


def test_what_our_own_environment_lacks_is_to_be_added_to_the_project(project: Project) -> None:
    psutil = metadata.version("psutil")
    advice = {
        "no-such-thing": ("none is", "Add no-such-thing to the group “snippets” in"),
        "psutil<1": (f"{psutil} is", "Change the version of psutil in the group “snippets” in"),
    }
    for needed, (found, what) in advice.items():
        with pytest.raises(DependencyMissingError) as caught:
            environment(SpecifierSet(">=3.11"), needs(needed), project)
        assert str(caught.value) == (
            f"it needs {needed}, but {found} installed beside {own()}. {what} pyproject.toml and run “make lock”."
        )
        assert caught.value.key == "dependencies"


def test_a_distribution_that_is_installed_later_is_found(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DependencyMissingError):
        environment(SpecifierSet(">=3.11"), needs("no-such-thing"), project)
    monkeypatch.setattr(metadata, "version", lambda name: "2.0")
    forget()
    found = environment(SpecifierSet(">=3.11"), needs("no-such-thing"), project)
    assert found.versions == ("no-such-thing==2.0",)


# Environments for other Pythons


def test_an_environment_is_made_once_with_what_is_declared(project: Project, uv: list[tuple[str, ...]]) -> None:
    lock = project.root / "requirements" / "all.txt"
    lock.parent.mkdir()
    lock.write_text("aiohttp==3.14.5\n")
    found = environment(SpecifierSet(">=3.99"), needs("aiohttp", "old; python_version < '3.99'"), project)
    assert (str(found.interpreter), found.is_own) == ("CPython 3.99.1", False)
    assert found.versions == ("aiohttp==3.14.5", "multidict==6.0")
    assert found.python.exists()
    assert found.python.is_relative_to(project.cache / "environments")
    (install,) = (arguments for arguments in uv if arguments[:2] == ("pip", "install"))
    assert install[-2:] == (f"--constraints={lock}", "aiohttp")

    asked = len(uv)
    forget()
    assert environment(SpecifierSet(">=3.99"), needs("aiohttp"), project) == found
    assert len(uv) == asked

    lock.write_text("aiohttp==3.15.0\n")
    forget()
    assert environment(SpecifierSet(">=3.99"), needs("aiohttp"), project).python != found.python


def test_a_requirement_counts_where_the_python_that_is_chosen_says_so(
    project: Project, uv: list[tuple[str, ...]]
) -> None:
    environment(SpecifierSet(">=3.99"), needs("new; python_version >= '3.99'", "old; python_version < '3.99'"), project)
    (install,) = (arguments for arguments in uv if arguments[:2] == ("pip", "install"))
    assert [argument for argument in install if "python_version" in argument] == ['new; python_version >= "3.99"']


@pytest.mark.parametrize("damage", ["half written", "not complete", "python gone"])
def test_an_environment_that_is_damaged_is_made_again(project: Project, uv: list[tuple[str, ...]], damage: str) -> None:
    def made() -> Environment:
        forget()
        return environment(SpecifierSet(">=3.99"), [], project)

    first = made()
    versions = first.python.parents[1] / "versions.json"
    if damage == "half written":
        versions.write_text(versions.read_text()[:-5])
    elif damage == "not complete":
        versions.unlink()
    else:
        first.python.unlink()
    before = [arguments[0] for arguments in uv].count("venv")
    assert made() == first
    assert first.python.exists()
    assert [arguments[0] for arguments in uv].count("venv") == before + 1


def test_what_uv_says_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Interpreter(Path("/no/python"), "CPython", Version("3.99.1"))
    monkeypatch.setattr(interpreter, "installed", lambda project: (other,))

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        failed = command[1] == "pip"
        return subprocess.CompletedProcess(command, int(failed), "", "error: no index\n" if failed else "")

    monkeypatch.setattr(interpreter.subprocess, "run", run)
    with pytest.raises(EnvironmentMissingError) as caught:
        environment(SpecifierSet(">=3.99"), needs("aiohttp"), project)
    assert str(caught.value) == (
        "uv could not make its environment. Check its header, and that the package index can be reached."
    )
    assert (caught.value.key, caught.value.details) == ("dependencies", "error: no index")


def test_an_environment_that_cannot_be_written_is_told(make_project: Make, uv: list[tuple[str, ...]]) -> None:
    project = make_project({".cache/runnable": "a file where a folder should be"})
    with pytest.raises(EnvironmentMissingError) as caught:
        environment(SpecifierSet(">=3.99"), [], project)
    before, _, after = str(caught.value).partition(": ")
    assert before == "its environment cannot be made in .cache/runnable/environments"
    assert after.partition(". ")[2] == "Make the folder writable, or name another in RUNNABLE_CACHE."


def test_a_real_environment_runs_the_python_that_was_chosen(project: Project) -> None:
    other = next((found for found in installed(project) if found.version != own().version), None)
    if other is None:
        pytest.skip("this machine has no other Python")
    made = environment(SpecifierSet(f"=={other.version}"), [], project)
    command = [made.python, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3], sys.prefix)"]
    version, prefix = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split(maxsplit=1)
    assert version == other.version.base_version
    assert Path(prefix.strip()).resolve() == made.python.parents[1].resolve()
    assert (made.interpreter, made.versions, made.is_own) == (other, (), False)


def test_the_python_of_the_tests_is_our_own() -> None:
    assert str(own()) == f"CPython {sys.version.split()[0].rstrip('+')}"
