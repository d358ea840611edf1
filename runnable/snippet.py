"""A program and its header."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from runnable.problem import Problem, ProblemsError, listed, nearest
from runnable.project import Project

# The regular expression that PEP 723 gives for inline script metadata.
_METADATA = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")
_OPENING = re.compile(r"(?m)^# /// script\s*$")
# The markers of pymdownx.snippets: `--8<-- [start:name]` … `--8<-- [end:name]`, in a comment.
_MARKER = re.compile(r"^\s*#\s*-{1,}8<-{1,}\s+\[\s*(?P<edge>start|end)\s*:\s*(?P<name>[\w-]+)\s*\]\s*$")

DEFAULT_TIMEOUT = 10.0
"""Seconds a program may run when its header says nothing."""


@dataclass(frozen=True)
class Header:
    """What a program says of itself in its inline script metadata (PEP 723)."""

    requires_python: SpecifierSet = field(default_factory=lambda: SpecifierSet(">=3.11"))
    dependencies: tuple[Requirement, ...] = ()
    timeout: float = DEFAULT_TIMEOUT
    """Seconds after which the program is killed."""
    exit: int = 0
    """The exit status it is meant to end with; -n for a signal n, as in `subprocess`."""
    ports: tuple[int, ...] = ()
    """Fixed TCP ports that it listens on: no two programs that claim one run at the same time."""
    services: tuple[str, ...] = ()
    """Services that it talks to, by their names in pyproject.toml; claimed as ports are."""


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _is_exit(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -64 <= value <= 255


def _is_ports(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(port, int) and not isinstance(port, bool) and 0 < port < 65536 for port in value
    )


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and name for name in value)


# Each key of [tool.runnable]: what it must be, in words, and the check.
_KEYS = {
    "timeout": ("a number of seconds above 0", _is_number),
    "exit": ("a whole number from -64 to 255", _is_exit),
    "ports": ("a list of port numbers", _is_ports),
    "services": ("a list of names of services", _is_names),
}
_PEP723_KEYS = ("requires-python", "dependencies", "tool")


@dataclass(frozen=True)
class Snippet:
    """One program in `snippets/`. `source` is its text with `\\n` line ends and without a byte order mark."""

    slug: str
    """Its path below `snippets/` without `.py`, with `/`: `core-concepts/event-loop/tiny_loop`."""
    path: Path
    place: str
    """Its path as shown to people: `snippets/core-concepts/event-loop/tiny_loop.py`."""
    source: str
    header: Header
    header_lines: range
    """The lines of the header, counted from 1 and without the end; empty where there is none."""
    sections: Mapping[str, range]
    """The lines between the markers of each named section."""
    marker_lines: frozenset[int]

    @property
    def transcript_path(self) -> Path:
        """Where its transcript is committed."""
        return self.path.with_suffix(".out")

    @property
    def command(self) -> str:
        """What a reader types in the project's folder to run it."""
        return f"python {self.place}"

    def header_line(self, key: str) -> int | None:
        """The line of the header that sets `key`."""
        if not self.header_lines:
            return None
        return _line_of(self.source, rf"^#\s*{re.escape(key)}\s*=", self.header_lines)

    def visible(self, lines: range | None = None) -> list[tuple[int, str]]:
        """The lines a reader is shown, each with its number in the file: no header, no markers, no blank edges."""
        numbered = [
            (number, text)
            for number, text in enumerate(self.source.splitlines(), 1)
            if number not in self.header_lines
            and number not in self.marker_lines
            and (lines is None or number in lines)
        ]
        while numbered and not numbered[0][1].strip():
            del numbered[0]
        while numbered and not numbered[-1][1].strip():
            del numbered[-1]
        return numbered

    @classmethod
    def read(cls, path: Path, project: Project) -> Snippet:
        """The program in the file `path`, checked. Raises ProblemsError."""
        place = project.relative(path)
        source = _text(path, place)
        if not source.strip():
            raise ProblemsError([Problem(place, None, "the file is empty. Write a program in it, or delete it.")])
        _check_syntax(source, place)
        header, header_lines = _header(source, place)
        sections, marker_lines = _sections(source, place)
        return cls(
            slug=path.relative_to(project.snippets).with_suffix("").as_posix(),
            path=path,
            place=place,
            source=source,
            header=header,
            header_lines=header_lines,
            sections=sections,
            marker_lines=marker_lines,
        )


def find_snippets(project: Project) -> tuple[list[Snippet], list[Problem]]:
    """All programs below `snippets/`, sorted by slug, and what is wrong with those that cannot be used.

    A file whose name begins with `_` is a part of other programs, not a program.
    """
    found: list[Snippet] = []
    problems: list[Problem] = []
    slugs: dict[str, str] = {}
    for path in program_files(project):
        place = project.relative(path)
        if not path.resolve().is_relative_to(project.snippets.resolve()):
            problems.append(Problem(place, None, "this link leads out of snippets/. Put the program itself here."))
            continue
        if path.stem in sys.stdlib_module_names:
            problems.append(
                Problem(
                    place,
                    None,
                    f"programs beside this file would import it in place of the standard library's module "
                    f"“{path.stem}”. Give it another name.",
                )
            )
            continue
        try:
            snippet = Snippet.read(path, project)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        # A page's links and anchors are made from slugs, which some file systems and all readers fold.
        folded = re.sub(r"[^a-z0-9/]+", "-", snippet.slug.lower())
        if folded in slugs:
            problems.append(
                Problem(place, None, f"{slugs[folded]} has the same slug, “{folded}”. Rename one of the two.")
            )
            continue
        slugs[folded] = place
        found.append(snippet)
    return found, problems


def program_files(project: Project) -> list[Path]:
    """Every file below `snippets/` that is a program, sorted; parts of programs (`_name.py`) left out."""
    return sorted(
        path
        for path in project.snippets.rglob("*.py")
        if not path.name.startswith("_") and "__pycache__" not in path.parts
    )


def local_files(snippet: Snippet) -> list[Path]:
    """The files beside a program that it imports or names, and those these import, sorted.

    A module counts when an import statement names it; any file counts when a string in the program is its path,
    relative to the program's folder.
    """
    folder = snippet.path.parent
    found: set[Path] = set()
    waiting = [snippet.source]
    while waiting:
        try:
            tree = ast.parse(waiting.pop())
        except SyntaxError:
            continue  # Python says so when it imports the file.
        for path in _mentioned(tree, folder):
            if path in found or path == snippet.path:
                continue
            found.add(path)
            if path.suffix == ".py":
                waiting.append(path.read_text("utf-8-sig", errors="replace"))
    return sorted(found)


def _mentioned(tree: ast.AST, folder: Path) -> Iterator[Path]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            stem = folder.joinpath(*name.split("."))
            yield from (path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file())
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and 0 < len(node.value) < 200:
            if "\n" in node.value or "\0" in node.value:
                continue
            path = folder / node.value
            try:
                if path.is_file():
                    yield path.resolve()
            except OSError:
                continue


def _text(path: Path, place: str) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start} is not UTF-8. Save the file as UTF-8."
        raise ProblemsError([Problem(place, line, what)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_syntax(source: str, place: str) -> None:
    try:
        ast.parse(source)
    except SyntaxError as error:
        text = (error.text or "").rstrip("\n")
        details = f"{text.strip()}\n{' ' * max(0, (error.offset or 1) - 1 - (len(text) - len(text.lstrip())))}^"
        # A newer Python may accept what this one does not: its own run will tell.
        if _METADATA.search(source) and not _own_python_allowed(source):
            return
        what = f"Python cannot read this: {error.msg}. Correct the line."
        raise ProblemsError([Problem(place, error.lineno, what, details)]) from None


def _own_python_allowed(source: str) -> bool:
    try:
        header, _ = _header(source, "")
    except ProblemsError:
        return True
    return ".".join(map(str, sys.version_info[:3])) in header.requires_python


def _line_of(source: str, pattern: str, lines: range) -> int:
    for number, text in enumerate(source.splitlines(), 1):
        if number in lines and re.search(pattern, text):
            return number
    return lines.start


def _header(source: str, place: str) -> tuple[Header, range]:
    blocks = [match for match in _METADATA.finditer(source) if match["type"] == "script"]
    if not blocks:
        opening = _OPENING.search(source)
        if opening is None:
            return Header(), range(0)
        line = source.count("\n", 0, opening.start()) + 1
        what = "the header is not closed: every line of it begins with “#”, and the last is “# ///”."
        raise ProblemsError([Problem(place, line, what)])
    first = source.count("\n", 0, blocks[0].start()) + 1
    lines = range(first, first + blocks[0].group().count("\n") + 1)
    if len(blocks) > 1:
        line = source.count("\n", 0, blocks[1].start()) + 1
        raise ProblemsError([Problem(place, line, "there is a second header. Keep one of the two.")])
    toml = "".join(
        text[2:] if text.startswith("# ") else text[1:] for text in blocks[0]["content"].splitlines(keepends=True)
    )
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = first + (int(at[1]) if at else 1)
        what = f"the header is not TOML: {error}. Correct it."
        raise ProblemsError([Problem(place, line, what)]) from None
    return _checked(table, source, place, lines), lines


def _checked(table: dict[str, Any], source: str, place: str, lines: range) -> Header:
    problems: list[Problem] = []

    def wrong(pattern: str, what: str) -> None:
        problems.append(Problem(place, _line_of(source, pattern, lines), what))

    def unknown(key: str, known: list[str], where: str) -> None:
        meant = nearest(key, known, most=1)
        hint = f"Did you mean “{meant[0]}”? " if meant else ""
        wrong(
            rf"^#\s*\[?(tool\.)?{re.escape(key)}\b",
            f"unknown key “{key}” in {where}. {hint}Known: {listed(known)}.",
        )

    for key in table.keys() - set(_PEP723_KEYS):
        unknown(key, list(_PEP723_KEYS), "the header")

    requires = table.get("requires-python", ">=3.11")
    specifiers = SpecifierSet()
    try:
        specifiers = SpecifierSet(requires if isinstance(requires, str) else "not a string")
    except InvalidSpecifier:
        wrong("requires-python", f"requires-python is {requires!r}. Write a range of versions, as in “>=3.15”.")

    dependencies: list[Requirement] = []
    listed_dependencies = table.get("dependencies", [])
    if not _is_names(listed_dependencies):
        wrong("dependencies", "dependencies must be a list of requirements, as in [“aiohttp”].")
    else:
        for text in listed_dependencies:
            try:
                dependencies.append(Requirement(text))
            except InvalidRequirement:
                wrong(re.escape(text), f"“{text}” is not a requirement. Write one as in “aiohttp>=3.14”.")

    tool = table.get("tool", {})
    ours = tool.get("runnable", {}) if isinstance(tool, dict) else {}
    if not isinstance(ours, dict):
        wrong("tool", "[tool.runnable] must be a table.")
        ours = {}
    for key, value in ours.items():
        if key not in _KEYS:
            unknown(key, list(_KEYS), "[tool.runnable]")
            continue
        meaning, fits = _KEYS[key]
        if not fits(value):
            wrong(rf"^#\s*{key}\b", f"{key} is {value!r}. It must be {meaning}.")
    if problems:
        raise ProblemsError(sorted(problems))
    return Header(
        requires_python=specifiers,
        dependencies=tuple(dependencies),
        timeout=float(ours.get("timeout", DEFAULT_TIMEOUT)),
        exit=ours.get("exit", 0),
        ports=tuple(ours.get("ports", ())),
        services=tuple(ours.get("services", ())),
    )


def _sections(source: str, place: str) -> tuple[dict[str, range], frozenset[int]]:
    started: dict[str, int] = {}
    sections: dict[str, range] = {}
    markers: set[int] = set()
    problems: list[Problem] = []
    for number, text in enumerate(source.splitlines(), 1):
        marker = _MARKER.match(text)
        if marker is None:
            continue
        markers.add(number)
        name = marker["name"]
        if marker["edge"] == "start":
            if name in started or name in sections:
                problems.append(Problem(place, number, f"section “{name}” starts twice. Rename one of the two."))
            started.setdefault(name, number)
        elif name in started:
            sections[name] = range(started.pop(name) + 1, number)
        else:
            what = f"section “{name}” ends here but does not start above. Add “# --8<-- [start:{name}]”."
            problems.append(Problem(place, number, what))
    for name, number in started.items():
        if name not in sections:
            what = f"section “{name}” does not end. Add “# --8<-- [end:{name}]” below its last line."
            problems.append(Problem(place, number, what))
    if problems:
        raise ProblemsError(sorted(problems))
    return sections, frozenset(markers)
