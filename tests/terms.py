"""The words of the guide: which we do not use, which link to the glossary, and where a page's running text is.

It needs nothing but the standard library, so that it can also be loaded by itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

GLOSSARY = "reference/glossary.md"

# What we do not write, and what we write instead. In these patterns a “~” is the space between two words, or the end
# of a line; and case counts where there is a capital.
INSTEAD = {
    r"async~?io(?<!asyncio)|AsyncIO|Async~IO": "asyncio",
    r"eventloops?|event-loops?": "event loop",
    r"async(hronous)?~functions?": "coroutine function",
    r"co-routines?": "coroutine",
    r"race~conditions?": "race",
    r"backpressure|back-pressure": "back pressure",
    r"mutex(es)?": "lock",
    r"thread~?safe": "thread-safe",
    r"free[ -]threading|free~threaded|no-?gil": "free-threaded",
    r"time-outs?": "timeout",
    r"sub-process(es)?": "subprocess",
    r"callback~functions?": "callback",
    r"websockets?|Websockets?": "WebSocket",
    r"stdlib": "the standard library",
    r"ctrl-[a-z]|Ctrl-[A-Z]": "Ctrl+C",
    r"canceled|canceling": "cancelled, cancelling",
    r"behaviors?": "behaviour",
    r"colors?": "colour",
    r"e\.g\.": "for example",
    r"i\.e\.": "that is",
    r"utili[sz]es?|leverages?": "use",
    r"simply|obviously|of~course|merely|trivial(ly)?|needless~to~say": "nothing: the reader decides what is plain",
    r"just": "nothing, or “only”",
}

# The terms of the glossary whose first use on a page links there: the name of each, and how it may stand in a text.
LINKED = {
    "awaitable": r"awaitables?(?= |[,.;:)])",
    "back pressure": r"back~pressure",
    "callback": r"callbacks?",
    "cancellation": r"cancellations?",
    "context variable": r"context~variables?",
    "coroutine": r"coroutines?(?!~functions?)",
    "coroutine function": r"coroutine~functions?",
    "eager task": r"eager~tasks?",
    "event loop": r"event~loops?",
    "exception group": r"exception~groups?",
    "executor": r"executors?",
    "free-threaded": r"free-threaded",
    "future": r"futures?",
    "GIL": r"GIL",
    "lock": r"(?<!interpreter )locks?",
    "race": r"races?",
    "semaphore": r"semaphores?",
    "task": r"(?<!eager )tasks?(?!~groups?)",
    "task group": r"task~groups?",
    "thread-safe": r"thread-safe",
}
# Where these words come before it, a term is a word like any other.
NOT_AFTER = {"future": "in the"}
# On these pages a task is something to do, as everywhere in life.
OF_EVERYDAY = {"exercises.md": {"task"}}
# These define the terms, or have no room for links.
WITHOUT_LINKS = {GLOSSARY, "reference/cheat-sheet.md"}

_NOTHING = "\0"
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FENCE = re.compile(
    r"^(?P<indent>[ >]*)(?P<marks>`{3,}|~{3,})[^\n]*\n.*?^[ >]*(?P=marks)[ \t]*$", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_BLOCK = re.compile(
    r"^[ ]*\[[^\n]*(?:\n[^\n]+)?\]\((?:\.\./)*(?:snippets|pictures)/[^)\s]+\.py\)(?:\{[^}]*\})?[ ]*$", re.MULTILINE
)
_TABLE = re.compile(r"^ *\|.*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
_TITLE = re.compile(r"^ *(?:!!!|\?\?\?\+?|===) .*$", re.MULTILINE)
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\](?P<target>\((?P<to>[^()\s]*(?:\([^()]*\)[^()\s]*)?)\))",
    re.DOTALL,
)
_TAG = re.compile(r"<[A-Za-z/][^>]*>")
_ATTRIBUTES = re.compile(r"\{:? ?[#.][^}]*\}")


@dataclass(frozen=True)
class Entry:
    """One entry of the glossary."""

    term: str
    anchor: str
    text: str
    page: str
    """The page that shows it, as its path below docs/."""


def entries(glossary: str) -> list[Entry]:
    """The entries of the glossary, in its order."""
    found = []
    for match in re.finditer(r"^(\S[^\n]*?) \{ #([\w-]+) \}\n:   (.*?)\n(?=\n)", glossary, re.DOTALL | re.MULTILINE):
        term, anchor, text = match.groups()
        links = re.findall(r"\]\(([^)\s]+)\)", text)
        page = posixpath.normpath(posixpath.join("reference", links[-1].partition("#")[0])) if links else ""
        found.append(Entry(term, anchor, " ".join(text.split()), page))
    return found


@dataclass(frozen=True)
class Use:
    """A term where it stands in a page."""

    start: int
    end: int
    line: int
    term: str
    words: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """A page, told apart into running text and the rest. `path` is its path below docs/."""

    path: str
    source: str

    @cached_property
    def _parts(self) -> tuple[str, str, list[tuple[int, int, str]]]:
        text = self.source
        for pattern in (_FRONT_MATTER, _FENCE, _COMMENT, _BLOCK, _CODE):
            text = pattern.sub(_blank, text)
        links = []
        for match in _LINK.finditer(text):
            if match["image"]:
                continue
            links.append((match.start("text"), match.end("text"), match["to"]))
        text = _LINK.sub(_blank_target, text)
        for pattern in (_TAG, _ATTRIBUTES):
            text = pattern.sub(_blank, text)
        running = text
        for pattern in (_TABLE, _HEADING, _TITLE):
            running = pattern.sub(_blank, running)
        return text, running, links

    @property
    def words(self) -> str:
        """The page with all that is not words of ours blanked: of the same length, with the same lines."""
        return self._parts[0]

    @property
    def running(self) -> str:
        """The same without headings, titles and tables."""
        return self._parts[1]

    def line(self, place: int) -> int:
        """The line, from 1, of a place in the source."""
        return self.source.count("\n", 0, place) + 1

    def misused(self) -> Iterator[tuple[int, str, str]]:
        """Words that we do not use: the line of each, the word, and what we use instead."""
        for pattern, instead in INSTEAD.items():
            for match in _compiled(pattern).finditer(self.words):
                yield self.line(match.start()), " ".join(match.group().split()), instead

    def unlinked(self, glossary: list[Entry]) -> Iterator[Use]:
        """The first use of each term that is to link to the glossary, where it does not.

        A link to the page that shows the term does as well, and on that page itself there need be none.
        """
        if self.path in WITHOUT_LINKS:
            return
        known = {entry.term: entry for entry in glossary}
        for term, pattern in LINKED.items():
            entry = known[term]
            if entry.page == self.path or term in OF_EVERYDAY.get(posixpath.basename(self.path), ()):
                continue
            for match in _compiled(pattern).finditer(self.running):
                before = " ".join(self.running[: match.start()][-40:].split())
                if term in NOT_AFTER and before.lower().endswith(NOT_AFTER[term]):
                    continue
                target = next((to for start, end, to in self._parts[2] if start <= match.start() < end), None)
                if target is None:
                    yield Use(match.start(), match.end(), self.line(match.start()), term, match.group(), entry.anchor)
                elif not self._explains(target, entry):
                    continue
                break

    def link(self, anchor: str) -> str:
        """Where a link from this page to an entry of the glossary leads."""
        return f"{posixpath.relpath(GLOSSARY, posixpath.dirname(self.path) or '.')}#{anchor}"

    def _explains(self, target: str, entry: Entry) -> bool:
        if "://" in target or target.startswith("#"):
            return False
        path, _, fragment = target.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path))
        return path == entry.page or (path == GLOSSARY and fragment == entry.anchor)


def _compiled(pattern: str) -> re.Pattern[str]:
    flags = re.IGNORECASE if pattern == pattern.lower() else 0
    spaced = pattern.replace("~?", r"\s?").replace("~", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])", flags)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _NOTHING, match.group())


def _blank_target(match: re.Match[str]) -> str:
    if match["image"]:
        return _blank(match)
    hidden = re.sub(r"[^\n]", _NOTHING, match["target"])
    return f"{_NOTHING}{match['text']}{_NOTHING}{hidden}"
