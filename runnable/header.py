"""What a program says of itself: inline script metadata (PEP 723), with a `[tool.runnable]` table for the recorder."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from runnable.problem import Problem, ProblemsError, listed, nearest

# The regular expression that PEP 723 gives for inline script metadata.
_METADATA = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")
_OPENING = re.compile(r"(?m)^# /// script[ \t]*$")

PLATFORMS = {"linux": "Linux", "macos": "macOS", "windows": "Windows"}
"""What `platforms` may name, and what people call it."""
_ANY = SpecifierSet(">=3.11")
DEFAULT_TIMEOUT = 10.0
"""Seconds a program may run when its header says nothing."""


@dataclass(frozen=True)
class Header:
    """What a program says of itself."""

    requires_python: SpecifierSet = _ANY
    dependencies: tuple[Requirement, ...] = ()
    timeout: float = DEFAULT_TIMEOUT
    """Seconds after which the program is killed."""
    exit: int = 0
    """The exit status it is meant to end with; -n for a signal n, as in `subprocess`."""
    ports: tuple[int, ...] = ()
    """Fixed TCP ports that it listens on: no two programs that claim one run at the same time."""
    services: tuple[str, ...] = ()
    """Services that it talks to, by their names in pyproject.toml; claimed as ports are."""
    alone: bool = False
    """Whether it measures, so that nothing may disturb it: it runs by itself, after the others, and is not traced."""
    platforms: tuple[str, ...] = ()
    """The systems it can run on, of PLATFORMS; empty where it can run on all."""
    browser: str = ""
    """Why it cannot run in the reader's page, where only people can tell; see `runnable.browser.support`."""


_NONE = Header()


def read_header(source: str, place: str) -> tuple[Header, range]:
    """The header in the text of a program, and its lines, counted from 1. Programs without one share one Header().

    `place` is the program's name in errors. Raises ProblemsError.
    """
    opening = _OPENING.search(source) if "# /// script" in source else None
    if opening is None:
        return _NONE, range(0)
    second = _OPENING.search(source, opening.end())
    if second is not None:
        raise ProblemsError(
            [Problem(place, _line_at(source, second), "there is a second header. Keep one of the two.")]
        )
    first = _line_at(source, opening)
    if opening.group() != "# /// script":
        raise ProblemsError([Problem(place, first, "blanks follow “# /// script”. Delete them.")])
    block = next((match for match in _METADATA.finditer(source) if match["type"] == "script"), None)
    if block is None:
        what = "the header begins here but does not end. Begin each of its lines with “#”, and end it with “# ///”."
        raise ProblemsError([Problem(place, first, what)])
    lines = range(first, first + block.group().count("\n") + 1)
    toml = "".join(f"{text[2:]}\n" for text in block["content"].split("\n")[:-1])
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        reason, _, position = str(error).partition(" (at ")
        at = re.match(r"line (\d+)", position)
        # An error “at end of document” is one of the header's last line.
        number = first + int(at[1]) if at else lines[-1]
        raise ProblemsError([Problem(place, number, f"the header is not TOML: {reason}. Correct it.")]) from None
    return _checked(table, source, place, lines), lines


def line_of_key(source: str, key: str, lines: range) -> int:
    """The line among `lines` that sets `key`; their first where none does."""
    return _line_matching(source, rf"^#\s*{re.escape(key)}\s*=", lines)


def _line_at(source: str, match: re.Match[str]) -> int:
    return source.count("\n", 0, match.start()) + 1


def _line_matching(source: str, pattern: str, lines: range) -> int:
    texts = source.split("\n")
    return next((number for number in lines if re.search(pattern, texts[number - 1])), lines.start)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < math.inf


def _is_exit(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -64 <= value <= 255


def _is_ports(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(port, int) and not isinstance(port, bool) and 0 < port < 65536 for port in value
    )


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and name for name in value)


def _is_platforms(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(each in PLATFORMS for each in value)


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and len(value.split()) > 1 and value == value.strip() and value.endswith(".")


# Each key of [tool.runnable]: what it must be, in words, and the check.
_KEYS = {
    "timeout": ("a number of seconds above 0", _is_number),
    "exit": ("a whole number from -64 to 255", _is_exit),
    "ports": ("a list of port numbers", _is_ports),
    "services": ("a list of names of services", _is_names),
    "alone": ("true or false", _is_truth),
    "platforms": ("a list of some of “linux”, “macos” and “windows”", _is_platforms),
    "browser": ("the reason why it cannot run in a page, a sentence as in “It measures threads.”", _is_sentence),
}
_PEP723_KEYS = ("requires-python", "dependencies", "tool")


class _Checks:
    """The problems of one header, each with the line to open."""

    def __init__(self, source: str, place: str, lines: range) -> None:
        self._source, self._place, self._lines = source, place, lines
        self.problems: list[Problem] = []

    def wrong(self, pattern: str, what: str) -> None:
        """Something is wrong in the line that `pattern` finds."""
        self.problems.append(Problem(self._place, _line_matching(self._source, pattern, self._lines), what))

    def unknown(self, key: str, known: list[str], where: str) -> None:
        """There is no such key."""
        meant = nearest(key, known, most=1)
        hint = f"Did you mean “{meant[0]}”? " if meant else ""
        # A key may be that of a table: `[tool.runnable.key]`.
        pattern = rf"^#\s*(\[[^\]]*)?[\"']?{re.escape(key)}\b"
        self.wrong(pattern, f"unknown key “{key}” in {where}. {hint}Known: {listed(known)}.")


def _checked(table: dict[str, Any], source: str, place: str, lines: range) -> Header:
    checks = _Checks(source, place, lines)
    for key in table.keys() - set(_PEP723_KEYS):
        checks.unknown(key, list(_PEP723_KEYS), "the header")

    requires = table.get("requires-python", ">=3.11")
    specifiers = SpecifierSet()
    try:
        specifiers = SpecifierSet(requires if isinstance(requires, str) else "not a string")
    except InvalidSpecifier:
        checks.wrong(r"^#\s*requires-python\b", f"requires-python is {requires!r}. Write versions as in “>=3.15”.")

    dependencies: list[Requirement] = []
    entries = table.get("dependencies", [])
    if not _is_names(entries):
        checks.wrong(
            r"^#\s*dependencies\b", f"dependencies is {entries!r}. It must be a list of requirements, as [“aiohttp”]."
        )
        entries = []
    for text in entries:
        try:
            dependencies.append(Requirement(text))
        except InvalidRequirement:
            what = f"“{text}” in dependencies is not a requirement. Write one as in “aiohttp>=3.14”."
            checks.wrong(rf"[\"']{re.escape(text)}[\"']", what)

    ours = _our_table(table, checks)
    for key, value in ours.items():
        if key not in _KEYS:
            checks.unknown(key, list(_KEYS), "[tool.runnable]")
            continue
        meaning, fits = _KEYS[key]
        if not fits(value):
            checks.wrong(rf"^#\s*(\[tool\.runnable\.)?{key}\b", f"{key} is {value!r}. It must be {meaning}.")
    if checks.problems:
        raise ProblemsError(sorted(checks.problems))
    return Header(
        requires_python=specifiers,
        dependencies=tuple(dependencies),
        timeout=float(ours.get("timeout", DEFAULT_TIMEOUT)),
        exit=ours.get("exit", 0),
        ports=tuple(ours.get("ports", ())),
        services=tuple(ours.get("services", ())),
        alone=ours.get("alone", False),
        platforms=tuple(ours.get("platforms", ())),
        browser=ours.get("browser", ""),
    )


def _our_table(table: dict[str, Any], checks: _Checks) -> dict[str, Any]:
    tool = table.get("tool", {})
    if not isinstance(tool, dict):
        checks.wrong(r"^#\s*tool\b", f"tool is {tool!r}. It must be a table: write “[tool.runnable]”.")
        return {}
    for other in tool:
        if other != "runnable" and nearest(other, ["runnable"], most=1):
            what = f"tool.{other} is no table of ours. Did you mean “[tool.runnable]”?"
            checks.wrong(rf"^#\s*\[?(tool\.)?{re.escape(other)}\b", what)
    ours = tool.get("runnable", {})
    if not isinstance(ours, dict):
        checks.wrong(
            r"^#\s*(tool\.)?runnable\b", f"tool.runnable is {ours!r}. It must be a table: write “[tool.runnable]”."
        )
        return {}
    return ours
