"""A page, and the blocks in it: where each stands, which program it pulls in, and what is wrong with it.

A block is a paragraph that is nothing but one Markdown link to a program, with options behind it where they help:

    [Two waits, one after the other](../../snippets/getting-started/in-sequence/in_sequence.py){ stress="4 7-9" }

The same link within a sentence stays a link. What was meant to be a block and is none is told: see `runnable.almost`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from runnable.almost import CAPTION, OPTIONS, Almost, almost, definitions
from runnable.paragraph import NumberedLine, paragraphs
from runnable.problem import Problem, ProblemsError, listed, nearest
from runnable.project import Project
from runnable.snippet import Snippet, files_by_slug, leads_out
from runnable.text import read

_BLOCK = re.compile(
    rf"""
    \[ (?P<caption> {CAPTION} ) \]
    \( \s* (?P<target> (?: [^()\s<>"]*? / )? snippets/ [^()\s<>"]*? \.py ) \s* \)
    \s* (?P<options> {OPTIONS} )?
    """,
    re.VERBOSE,
)
# An absolute address is a link to another site, even where its path looks like ours.
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|[A-Za-z][A-Za-z0-9+.-]*:[^\\]")
_OPTION = re.compile(r"""(?P<name>[^\s="'“”{}]+)(?:=(?P<value>"[^"]*"|'[^']*'|[^\s"'“”{}]+))?(?:\s+|$)""")
_TAIL = re.compile(r"(?:^|/)snippets/(.*)")
_STRESS = re.compile(r"(\d+)(?:-(\d+))?")


HOME = ""
"""The section of the home page."""
_WITH_TIMELINES = frozenset({
    "understanding-concurrency",
    "getting-started",
    "core-concepts",
    "first-programs",
    "synchronization",
    "concurrent-io",
    "errors-and-debugging",
    "production-patterns",
})  # fmt: skip


@dataclass(frozen=True)
class Options:
    """What a block says of how its program is shown."""

    section: str | None = None
    """The part to show."""
    stress: frozenset[int] = frozenset()
    """The lines to stress, numbered as in the file."""
    collapsed: bool = False
    """Whether the code is folded."""
    output: bool = True
    """Whether the output is shown."""
    timeline: bool | None = None
    """Whether the timeline is shown; None leaves it to the page's section and to what the program did."""
    axis: tuple[str, ...] = ()
    """The programs with whose timelines this one shares its axis, as written: names in the same folder, or slugs."""


@dataclass(frozen=True)
class Reference:
    """One block as it stands in a page: its line there (from 1), and its parts, unchecked."""

    line: int
    caption: str
    target: str
    options: str = ""
    """The text between the braces."""
    closed: bool = field(default=True, compare=False)
    """Whether the closing brace is there."""


def matched(paragraph: str) -> Reference | None:
    """The block that a paragraph is, or None where it is another. Its line is 1."""
    found = _BLOCK.fullmatch(paragraph.strip())
    if found is None or _ADDRESS.match(found["target"]):
        return None
    options = found["options"] or "{}"
    return Reference(
        line=1,
        caption=" ".join(found["caption"].split()),
        target=found["target"],
        options=" ".join(options.removeprefix("{").removesuffix("}").removeprefix(":").split()),
        closed=options.endswith("}"),
    )


def find_blocks(text: str) -> list[Reference]:
    """All blocks of a page, in its order, each with its line in the file; `text` is the whole file."""
    return list(_found(text)[0])


def find_almost(text: str) -> list[Almost]:
    """All paragraphs of a page that are almost blocks, in its order; `text` is the whole file."""
    return list(_found(text)[1])


@lru_cache(maxsize=1024)
def _found(text: str) -> tuple[tuple[Reference, ...], tuple[Almost, ...]]:
    blocks, others = [], []
    numbered = [([number for number, _ in each], "\n".join(line for _, line in each)) for each in paragraphs(text)]
    named = definitions(paragraph for _, paragraph in numbered)
    for numbers, paragraph in numbered:
        if reference := matched(paragraph):
            blocks.append(replace(reference, line=numbers[0]))
        elif close := almost(paragraph, named):
            others.append(replace(close, line=numbers[close.line - 1]))
    return tuple(blocks), tuple(others)


def parse_options(reference: Reference) -> tuple[Options, list[str]]:
    """The options of a block, and what is wrong with them, each as a sentence of a Problem."""
    wrong: list[str] = []
    values: dict[str, object] = {}
    if not reference.closed:
        return Options(), ["the options are not closed. Add “}” behind the last one."]
    position = 0
    text = reference.options.strip()
    while position < len(text):
        option = _OPTION.match(text, position)
        if option is None:
            what = f"the options cannot be read from “{text[position:]}” on."
            return Options(), [*wrong, f'{what} Write them as in {{ section="name" collapsed }}.']
        position = option.end()
        name, value = option["name"], option["value"]
        if value is not None and value[0] in "\"'":
            value = value[1:-1]
        if name not in _OPTIONS:
            meant = nearest(name, list(_OPTIONS), most=1)
            hint = f"Did you mean “{meant[0]}”? " if meant else ""
            wrong.append(f"unknown option “{name}”. {hint}Known: {listed(_OPTIONS)}.")
            continue
        if name in values:
            wrong.append(f"the option {name} is given twice. Keep one of the two.")
            continue
        meaning, read = _OPTIONS[name]
        values[name] = read(value)
        if values[name] is None:
            given = f"{name} is “{value}”" if value else f"{name} has no value"
            wrong.append(f"{given}. {meaning}.")
    if wrong:
        return Options(), wrong
    return Options(**values), []  # type: ignore[arg-type]


def check(reference: Reference, snippet: Snippet, known: Collection[str]) -> list[str]:
    """What is wrong with a block that pulls in `snippet`, each as a sentence of a Problem. `known` are all slugs."""
    options, wrong = parse_options(reference)
    wrong += axis_slugs(options, snippet.slug, known)[1]
    if not reference.caption:
        wrong.append("the block has no caption. Write between the brackets what the program shows.")
    section = options.section
    if section is not None and section not in snippet.sections:
        return [*wrong, _no_section(section, snippet)]
    lines = shown_lines(options, snippet)
    if not lines:
        what = f"section “{section}” of {snippet.place}" if section is not None else snippet.place
        return [*wrong, f"{what} has no lines to show. Put at least one there."]
    last = snippet.source.count("\n") + (not snippet.source.endswith("\n"))
    numbers = {number for number, _ in lines}
    beyond = sorted(number for number in options.stress if not 1 <= number <= last)
    hidden = sorted(options.stress - numbers - set(beyond))
    if beyond:
        wrong.append(f"stress names line {beyond[0]}, but {snippet.place} has {last} lines. Correct the number.")
    if hidden:
        wrong.append(
            f"stress names line {hidden[0]} of {snippet.place}, which this block does not show. "
            f"It shows lines {lines[0][0]} to {lines[-1][0]}."
        )
    return wrong


def section_of(place: str | None, slug: str) -> str:
    """The section of the page `place`, or, where nobody knows the page, of the program `slug`."""
    parts = slug.split("/") if place is None else place.split("/")[1:]
    return HOME if len(parts) == 1 or parts[0] == "index" else parts[0]


def has_timelines(section: str) -> bool:
    """Whether the programs of a section have a timeline unless a block says otherwise."""
    return section in _WITH_TIMELINES


def axis_slugs(options: Options, slug: str, known: Collection[str]) -> tuple[list[str], list[str]]:
    """The slugs of the programs that `axis` names in a block of the program `slug`, and what is wrong with it.

    A name is that of a program in the same folder, or a whole slug. `known` are all slugs there are.
    """
    found: list[str] = []
    wrong: list[str] = []
    folder = posixpath.dirname(slug)
    for name in options.axis:
        bare = name.removesuffix(".py")
        beside = posixpath.join(folder, bare)
        other = beside if beside in known else bare
        if other not in known:
            beside_it = {posixpath.basename(one): one for one in known if posixpath.dirname(one) == folder}
            meant = nearest(bare, [*beside_it, *known], most=1)
            hint = f"Did you mean “{meant[0]}”?" if meant else "Name one in the same folder, or give its whole slug."
            wrong.append(f"axis names “{name}”, but there is no such program. {hint}")
        elif other == slug:
            wrong.append(f"axis names “{name}”, which is the program itself. Name the one it is compared with.")
        else:
            found.append(other)
    if options.axis and options.timeline is False:
        wrong.append("axis is given, but timeline=false. Keep one of the two.")
    return found, wrong


def shown_lines(options: Options, snippet: Snippet) -> list[NumberedLine]:
    """The lines that a block shows, each with its number in the file."""
    return snippet.visible(None if options.section is None else snippet.sections.get(options.section, range(0)))


def check_pages(project: Project, snippets: Iterable[Snippet]) -> list[Problem]:
    """What is wrong with the blocks of all pages. `snippets` are the programs without a mistake of their own."""
    known = {snippet.slug: snippet for snippet in snippets}
    files = files_by_slug(project)
    problems: list[Problem] = []
    for path in _pages(project):
        place = project.relative(path)
        try:
            text = read(path, place)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        problems.extend(Problem(place, close.line, close.what) for close in find_almost(text))
        for reference in find_blocks(text):
            slug, what = located(reference.target, place, project, files)
            if what is not None:
                problems.append(Problem(place, reference.line, what))
            elif slug in known:
                problems.extend(Problem(place, reference.line, what) for what in check(reference, known[slug], files))
    return sorted(set(problems), key=lambda problem: (problem.place, problem.line or 0, problem.what))


def used_by(project: Project) -> dict[str, list[tuple[str, int]]]:
    """Where each program is shown: its slug → the pages and lines, in their order."""
    uses: dict[str, list[tuple[str, int]]] = {}
    for path in _pages(project):
        try:
            text = read(path, project.relative(path))
        except ProblemsError:
            continue  # `check_pages` tells.
        for reference in find_blocks(text):
            if slug := slug_of(reference.target):
                uses.setdefault(slug, []).append((project.relative(path), reference.line))
    return uses


def slug_of(target: str) -> str | None:
    """The slug of the program a link leads to, told by the part after `snippets/`; None where it leads out of there."""
    found = _TAIL.search(target)
    tail = posixpath.normpath(found[1]) if found else ".."
    return None if tail.startswith(("..", "/")) else tail.removesuffix(".py")


def on_site(target: str) -> str:
    """Where a page's link to a program leads on the site, relative to the page's file.

    The site's root is docs/, and programs are published at snippets/ below it: one step less up.
    """
    return re.sub(r"^(?:\./)*\.\./(?=(?:\.\./)*snippets/)", "", target)


def located(target: str, place: str | None, project: Project, files: Mapping[str, Path]) -> tuple[str, str | None]:
    """The slug of the program that a link in the page `place` leads to, and what is wrong with the link, as a sentence.

    `files` are the programs there are, by slug. Where `place` is None, nobody knows in which page the link is, and the
    way up from its folder is not checked.
    """
    slug = slug_of(target)
    if slug is None:
        return "", f"“{target}” is outside snippets/. Pages show programs from there only: move the file into it."
    return slug, _wrong_program(slug, place, project, files) or (_wrong_way(slug, target, place) if place else None)


def _wrong_program(slug: str, place: str | None, project: Project, files: Mapping[str, Path]) -> str | None:
    name = f"snippets/{slug}.py"
    if posixpath.basename(slug).startswith("_"):
        return f"{name} is a part of other programs: its name begins with “_”. Link to a program, or rename it."
    if slug not in files:
        near = [f"{_up(place)}snippets/{other}.py" for other in _near(slug, list(files))]
        advice = f"Did you mean {listed(near, last='or')}?" if near else "Write it, or correct the link."
        return f"there is no {name}. {advice}"
    if leads_out(files[slug], project):
        return f"{name} is a link that leads out of snippets/. Put the program itself there."
    return None


def _wrong_way(slug: str, target: str, place: str) -> str | None:
    name = f"snippets/{slug}.py"
    if target.startswith("/"):
        return f"“{target}” is absolute. Write it relative to this page: {_up(place)}{name}."
    led = posixpath.normpath(posixpath.join(posixpath.dirname(place), target))
    if led != name:
        where = "out of the project" if led.startswith("../") else f"to {led}"
        return f"“{target}” leads {where}. From this page the program is {_up(place)}{name}."
    return None


def _up(place: str | None) -> str:
    """The way from a page's folder to the project's."""
    return "../" * place.count("/") if place else ""


def _near(slug: str, slugs: list[str]) -> list[str]:
    """The slugs someone who wrote `slug` may have meant: the same file elsewhere first, then those spelled alike."""
    name = posixpath.basename(slug)
    moved = [other for other in slugs if posixpath.basename(other) == name]
    return list(dict.fromkeys([*moved, *nearest(slug, slugs)]))[:3]


def _no_section(section: str, snippet: Snippet) -> str:
    if not snippet.sections:
        return (
            f"{snippet.place} has no sections. Put “# --8<-- [start:{section}]” and “# --8<-- [end:{section}]” "
            f"around the lines to show."
        )
    meant = nearest(section, list(snippet.sections), most=1)
    hint = f"Did you mean “{meant[0]}”? " if meant else ""
    return f"{snippet.place} has no section “{section}”. {hint}Known: {listed(snippet.sections)}."


def _pages(project: Project) -> list[Path]:
    return sorted(project.docs.rglob("*.md"))


def _name(value: str | None) -> str | None:
    return value or None


def _lines(value: str | None) -> frozenset[int] | None:
    numbers: set[int] = set()
    for part in (value or "").replace(",", " ").split():
        lines = _STRESS.fullmatch(part)
        if lines is None or int(lines[1]) > int(lines[2] or lines[1]) or len(part) > 12:
            return None
        # A range without end would take all memory; no program has so many lines.
        numbers.update(range(int(lines[1]), min(int(lines[2] or lines[1]), int(lines[1]) + 100_000) + 1))
    return frozenset(numbers) or None


def _names(value: str | None) -> tuple[str, ...] | None:
    return tuple((value or "").replace(",", " ").split()) or None


def _flag(value: str | None) -> bool | None:
    return True if value is None else None


def _truth(value: str | None) -> bool | None:
    return {"true": True, "false": False}.get(value or "")


# Each option: what to write, and what reads its value (None where it has none) and returns None where that is wrong.
_OPTIONS: dict[str, tuple[str, Callable[[str | None], object]]] = {
    "section": ('Name a section of the program, as in section="client"', _name),
    "stress": ('Give line numbers of the file, as in stress="4 7-9"', _lines),
    "collapsed": ("It is a flag: write it without a value", _flag),
    "output": ("Write output=true or output=false", _truth),
    "timeline": ("Write timeline=true or timeline=false", _truth),
    "axis": ('Name programs that share the time axis, as in axis="in_sequence"', _names),
}
