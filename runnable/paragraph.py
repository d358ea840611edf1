"""The paragraphs of a page, each line with its number in the file: Markdown text, not code, comments or raw HTML.

It follows Python-Markdown, whose nesting goes by steps of four columns; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NumberedLine = tuple[int, str]

_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FENCE = re.compile(r"(?P<before>[> \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_QUOTED = re.compile(r" {0,3}> ?(.*)")
_HEADING = re.compile(r"#{1,6}(?!#)")
# What is indented below these belongs to them. A list's first paragraph stands beside its marker instead of below it.
_HOLDER = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]?)\s|\[\^[^\]]+\]:|:\s")
_ITEM = re.compile(r"(?:[*+-]|\d+\.)\s")
_RAW = re.compile(
    r" {0,3}<(?P<tag>address|article|aside|blockquote|canvas|center|dd|details|dialog|div|dl|dt|fieldset|figcaption"
    r"|figure|footer|form|h[1-6]|header|hgroup|iframe|li|main|menu|nav|noscript|object|ol|p|pre|script|section|style"
    r"|summary|table|tbody|td|tfoot|th|thead|tr|ul|video)(?P<attributes>\s[^>]*)?>",
    re.IGNORECASE,
)


def paragraphs(text: str) -> Iterator[list[NumberedLine]]:
    """The paragraphs of a page, also those within lists, admonitions, tabs, footnotes and quotations.

    `text` is the whole file, front matter and all. Numbers count from 1.
    """
    return _paragraphs(_shown(text))


def _shown(text: str) -> list[NumberedLine]:
    """The lines of a page with their numbers; those of fences, comments and raw HTML are blanked.

    What is blanked leaves a NUL behind, since it ends what is above it.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    shown: list[NumberedLine] = []
    number = 0
    if front := _FRONT_MATTER.match(text):
        number = front.group().rstrip("\n").count("\n") + 1
    open_tags: list[str] = []
    while number < len(lines):
        line = lines[number].expandtabs(4)
        last = _hidden(line, lines, number, open_tags)
        if last is None:
            shown.append((number + 1, line))
            number += 1
            continue
        before = re.match(r"[> ]*", line)
        rest = (number + 1, f"{before.group() if before else ''}\0")
        # A fence stays in the paragraph that it stands against; HTML does not.
        shown += [rest] if _FENCE.match(line) else [(number + 1, ""), rest, (number + 1, "")]
        number = last + 1
    return shown


def _hidden(line: str, lines: list[str], number: int, open_tags: list[str]) -> int | None:
    """The number of the last line of what begins at `line` and is not Markdown; None where it is.

    `open_tags` are the elements, open at `line`, that say of themselves that Markdown is in them.
    """
    if fence := _FENCE.match(line):
        return _fence_end(fence["before"], fence["fence"], lines, number)
    if re.match(r" {0,3}<!--", line):
        return next((at for at in range(number, len(lines)) if "-->" in lines[at]), None)
    if open_tags and re.match(rf" {{0,3}}</{open_tags[-1]}\s*>", line, re.IGNORECASE):
        open_tags.pop()
        return number
    raw = _RAW.match(line)
    if raw is None:
        return None
    if re.search(r"\bmarkdown\b", raw["attributes"] or ""):
        open_tags.append(raw["tag"])
        return number
    return _element_end(raw["tag"], lines, number)


def _fence_end(before: str, fence: str, lines: list[str], number: int) -> int | None:
    """The line that closes a fence: not indented otherwise than its first, nor is any between. None: it is no fence."""
    for at in range(number + 1, len(lines)):
        line = lines[at].expandtabs(4)
        if not line.strip():
            continue
        if line[: len(before)].strip("> ") or len(line) < len(before):
            return None
        if line[len(before) :].rstrip() == fence:
            return at
    return None


def _element_end(tag: str, lines: list[str], number: int) -> int:
    """The line on which an element ends; one that is not closed takes the rest of the page."""
    tags = re.compile(rf"<(/?){tag}\b", re.IGNORECASE)
    depth = 0
    for at in range(number, len(lines)):
        for found in tags.finditer(lines[at]):
            depth += -1 if found[1] else 1
            if depth == 0:
                return at
    return len(lines) - 1


def _paragraphs(lines: list[NumberedLine]) -> Iterator[list[NumberedLine]]:
    """What is deeper than its surroundings allow is code."""
    strict: list[bool] = []  # for each level, whether what is less indented ends it, even without a blank line
    at = 0
    while at < len(lines):
        _, line = lines[at]
        indent = (len(line) - len(line.lstrip(" "))) // 4
        if not line.strip() or indent > len(strict):  # nothing, or code
            at += 1
            continue
        del strict[indent:]
        chunk = list(_chunk(lines, at, 4 * indent, strict=bool(strict and strict[-1])))
        at += len(chunk)
        first = chunk[0][1][4 * indent :]
        if _HOLDER.match(first):
            strict.append(first[0] in "!?=")
        elif _ITEM.match(first.lstrip(" ")):
            items = [line for _, line in chunk if _ITEM.match(line.lstrip(" "))]
            last = (len(items[-1]) - len(items[-1].lstrip(" "))) // 4
            strict += [False] * (last + 1 - indent)
        elif _QUOTED.match(first):
            yield from _paragraphs(_unquoted(chunk, indent))
        elif not _HEADING.match(first):
            yield chunk


def _chunk(lines: list[NumberedLine], at: int, column: int, *, strict: bool) -> Iterator[NumberedLine]:
    """The lines of what begins at `at`: a paragraph, the items of a list, a heading, or a line that holds others."""
    alone = quoted = False
    for begun, (number, line) in enumerate(lines[at:]):
        outdented = bool(line[:column].strip())
        bare = line if outdented else line[column:]
        special = bool(_HEADING.match(bare) or _HOLDER.match(bare))
        quotes = bool(_QUOTED.match(bare))
        ends = special or alone or (quotes and not quoted) or (strict and outdented)
        if not line.strip() or (begun and ends):
            return
        yield number, line
        alone, quoted = special, quoted or quotes


def _unquoted(chunk: list[NumberedLine], depth: int) -> list[NumberedLine]:
    bare = [(number, line[4 * depth :]) for number, line in chunk]
    return [(number, quoted[1] if (quoted := _QUOTED.match(line)) else line) for number, line in bare]
