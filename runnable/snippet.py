"""A program and its header."""

from __future__ import annotations

import ast
import contextlib
import os
import re
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from packaging.specifiers import SpecifierSet

from runnable.header import Header, line_of_key, read_header
from runnable.memory import Memory
from runnable.problem import Problem, ProblemsError
from runnable.project import Project
from runnable.text import read

# The markers of pymdownx.snippets: `--8<-- [start:name]` … `--8<-- [end:name]`, in a comment.
_MARKER = re.compile(r"^\s*#\s*-{1,}8<-{1,}\s+\[\s*(?P<edge>start|end)\s*:\s*(?P<name>[\w-]+)\s*\]\s*$")
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s")
_FOLDED = re.compile(r"(?:[^\w/]|_)+")
# What stands behind `import` and `from`, to the end of the statement's line or the lines that it goes on in.
_IMPORT = re.compile(r"(?:^|[;:])[ \t]*(?:import|from)\b((?:[^\n\\]|\\.|\\\n)*)", re.MULTILINE)
# Modules that a Python newer than this one has.
_NEWER_MODULES = frozenset({"annotationlib", "compression", "profiling"})
_MODULES = sys.stdlib_module_names | _NEWER_MODULES


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
        """What a reader types in the project's folder to run it; it names the Python where not all will do."""
        return f"python{_needed_python(self.header.requires_python)} {self.place}"

    def header_line(self, key: str) -> int | None:
        """The line of the header that sets `key`."""
        if not self.header_lines:
            return None
        return line_of_key(self.source, key, self.header_lines)

    def visible(self, lines: range | None = None) -> list[tuple[int, str]]:
        """The lines a reader is shown, each with its number in the file: no header, no markers, no blank edges."""
        numbered = [
            (number, text)
            for number, text in enumerate(self.source.split("\n"), 1)
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
        return _from_source(path, project, _text(path, project.relative(path)))


@cache
def _runs_here(needed: SpecifierSet) -> bool:
    """Whether the Python that runs this will do."""
    return ".".join(map(str, sys.version_info[:3])) in needed


@cache
def _needed_python(needed: SpecifierSet) -> str:
    """The version in the name of the Python to run a program with; "" where any that we support will do."""

    def fits(minor: int) -> bool:
        return any(f"3.{minor}.{patch}" in needed for patch in range(30))

    oldest = next(filter(fits, range(11, 40)), None)
    return "" if oldest is None or (oldest == 11 and fits(12)) else f"3.{oldest}"


@lru_cache(maxsize=4096)
def _from_source(path: Path, project: Project, source: str) -> Snippet:
    """The program with the text `source`, checked. A build needs each several times and checks it once."""
    place = project.relative(path)
    if not source.strip():
        raise ProblemsError([Problem(place, None, "the file is empty. Write a program in it, or delete it.")])
    problems: list[Problem] = []
    header, header_lines = Header(), range(0)
    try:
        header, header_lines = read_header(source, place)
    except ProblemsError as error:
        problems.extend(error.problems)
    # A newer Python may accept what this one does not: its own run will tell.
    if _runs_here(header.requires_python):
        problems.extend(_syntax_problems(source, place, Memory.of(project)))
    sections, marker_lines, wrong = _sections(source, place)
    problems.extend(wrong)
    if problems:
        raise ProblemsError(sorted(problems, key=lambda problem: problem.line or 0))
    return Snippet(
        slug=place.removeprefix("snippets/").removesuffix(".py"),
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
    for slug, path in files_by_slug(project).items():
        place = f"snippets/{slug}.py"
        if wrong := _wrong_place(slug, path, project):
            problems.append(Problem(place, None, wrong))
            continue
        try:
            snippet = Snippet.read(path, project)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        # A page's links and anchors are made from slugs, which some file systems and all readers fold.
        folded = _FOLDED.sub("-", slug.casefold())
        if folded in slugs:
            problems.append(
                Problem(place, None, f"{slugs[folded]} has the same slug, “{folded}”. Rename one of the two.")
            )
            continue
        slugs[folded] = place
        found.append(snippet)
    return found, problems


def files_by_slug(project: Project) -> dict[str, Path]:
    """Every file below `snippets/` that is a program, whether or not there is a mistake in it, sorted by slug.

    Parts of programs (`_name.py`) are left out, and what editors and Python keep there (`.name`, `__pycache__`).
    """
    found: dict[str, Path] = {}
    waiting = [(str(project.snippets), "")]
    while waiting:
        folder, before = waiting.pop()
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir():
                    if not entry.is_symlink() and not name.startswith((".", "__")):
                        waiting.append((entry.path, f"{before}{name}/"))
                elif name.endswith(".py") and not name.startswith((".", "_")):
                    found[before + name[:-3]] = Path(entry.path)
    return {slug: found[slug] for slug in sorted(found, key=lambda slug: f"{slug}.py".split("/"))}


def _wrong_place(slug: str, path: Path, project: Project) -> str | None:
    """Why no program may be where this one is, or have its name."""
    if path.is_symlink():
        if not path.exists():
            return "this link leads nowhere. Put the program itself here, or delete the link."
        if leads_out(path, project):
            return "this link leads out of snippets/. Put the program itself here."
    if _SPACE.search(slug):
        return "there is a blank in this name, which neither a link nor a command could hold. Give it another name."
    if path.stem in _MODULES:
        return (
            f"programs beside this file would import it in place of the standard library's module “{path.stem}”. "
            "Give it another name."
        )
    return None


def leads_out(path: Path, project: Project) -> bool:
    """Whether a file below `snippets/` is a link, or in a folder that is one, to somewhere else."""
    place = project.relative(path).split("/")
    steps = (os.path.join(project.root, *place[:count]) for count in range(2, len(place) + 1))  # noqa: PTH118 - as above
    if not any(map(os.path.islink, steps)):
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(project.snippets))


def local_files(snippet: Snippet) -> list[Path]:
    """The files beside a program that it imports or names, and those these import or name, sorted.

    A module counts when an import statement names it. Any other file counts when a string is its path, relative to the
    program's folder or to a folder that another string names: `Path(__file__).parent / "menus" / "lunch.txt"`.
    """
    top = snippet.path.parent
    found: set[Path] = set()
    waiting = [(snippet.source, top)] if _may_name_neighbours(snippet) else []
    while waiting:
        source, folder = waiting.pop()
        words = _Words.of(source)
        for path in (*_imported(words, top, folder), *_named(words, top)):
            if path in found or path == snippet.path:
                continue
            found.add(path)
            if path.suffix == ".py":
                waiting.append((path.read_text("utf-8-sig", errors="replace"), path.parent))
    return sorted(found)


def _may_name_neighbours(snippet: Snippet) -> bool:
    """Whether a look at the words of a program leaves open that it uses files beside it.

    Most programs use none, and parsing is what takes the time where a thousand are to be checked.
    """
    source, folder = snippet.source, snippet.path.parent
    if any(way in source for way in ("../", "..\\", '".."', "'..'")):
        return True
    names, modules = _neighbours(str(folder), folder.stat().st_mtime_ns)
    return any(map(source.__contains__, names)) or not modules.isdisjoint(_imports(source))


@lru_cache(maxsize=4096)
def _imports(source: str) -> tuple[str, ...]:
    """The words of a program's import statements."""
    return tuple(_WORD.findall(" ".join(_IMPORT.findall(source))))


@cache
def _neighbours(folder: str, changed_ns: int) -> tuple[frozenset[str], frozenset[str]]:
    """What a string must hold to name a file in a folder, as it was when it was `changed_ns`, and what an import must.

    Programs and transcripts are named whole; of other files the first word will do, since a string may be in pieces.
    """
    del changed_ns
    whole = {".py", ".out"}
    paths = [path for path in Path(folder).iterdir() if _WORD.search(path.name)]
    names = (path.name if path.suffix in whole else _WORD.findall(path.name)[0] for path in paths)
    return frozenset(names), frozenset(path.stem for path in paths if path.suffix in {".py", ""})


@dataclass(frozen=True)
class _Words:
    """What a module says that may be the name of a file."""

    imports: tuple[tuple[int, tuple[str, ...]], ...]
    """What each import statement names, and how many folders up from its own: 0 where the import is absolute."""
    strings: tuple[str, ...]

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(source: str) -> _Words:
        """Those of a text; none where Python cannot read it: it says so when it imports the file."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                nodes = list(ast.walk(ast.parse(source)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return _Words((), ())
        imports: list[tuple[int, tuple[str, ...]]] = []
        strings: dict[str, None] = {}
        for node in nodes:
            if isinstance(node, ast.Import):
                imports.append((0, tuple(alias.name for alias in node.names)))
            elif isinstance(node, ast.ImportFrom):
                inner = [alias.name for alias in node.names]
                names = [node.module, *(f"{node.module}.{name}" for name in inner)] if node.module else inner
                imports.append((node.level, tuple(names)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _may_be_path(node.value):
                strings[node.value] = None
        return _Words(tuple(imports), tuple(strings))


def _imported(words: _Words, top: Path, folder: Path) -> Iterator[Path]:
    """The files of the modules that a module in `folder` imports, where the program's own folder is `top`."""
    for level, names in words.imports:
        base = folder.joinpath(*[".."] * (level - 1)) if level else top
        for name in names:
            stem = base
            for part in name.split("."):
                stem = stem / part
                for path in (stem / "__init__.py", stem.with_name(f"{part}.py")):
                    if path.is_file():
                        yield Path(os.path.normpath(path))


def _named(words: _Words, top: Path) -> Iterator[Path]:
    """The files that strings name."""
    names = words.strings
    folders = [top, *(top / name for name in names if name.strip("./") and (top / name).is_dir())]
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                yield Path(os.path.normpath(folder / name))


def _may_be_path(text: str) -> bool:
    short = all(0 < len(part) < 200 for part in text.split("/")) and len(text) < 1000
    return short and not text.startswith(("/", "\\")) and not set(text) & set("\n\0:")


def _text(path: Path, place: str) -> str:
    text = read(path, place)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ProblemsError([Problem(place, line, "there is a NUL character. Delete it.")])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _syntax_problems(source: str, place: str, memory: Memory) -> list[Problem]:
    try:
        memory.fact(f"it can be parsed\0{source}", lambda: _parsed(source))
    except SyntaxError as error:
        text = (error.text or "").rstrip("\n")
        indent = len(text) - len(text.lstrip())
        details = f"{text.strip()}\n{' ' * max(0, (error.offset or 1) - 1 - indent)}^" if text.strip() else ""
        return [Problem(place, error.lineno, f"Python cannot read this: {error.msg}. Correct the line.", details)]
    except (RecursionError, MemoryError):
        return [Problem(place, None, "Python cannot read this: it is nested too deeply. Make it flatter.")]
    return []


def _parsed(source: str) -> bool:
    """True, or the error that Python has with it."""
    with warnings.catch_warnings():
        # Python tells the program's own run of them.
        warnings.simplefilter("ignore")
        ast.parse(source)
    return True


def _sections(source: str, place: str) -> tuple[dict[str, range], frozenset[int], list[Problem]]:
    started: dict[str, int] = {}
    sections: dict[str, range] = {}
    markers: set[int] = set()
    problems: list[Problem] = []
    lines = source.split("\n") if "-8<-" in source else []
    for number, text in enumerate(lines, 1):
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
    return sections, frozenset(markers), problems
