"""A paragraph that was meant to be a block and is none: what keeps it from being one, and what to write instead.

Without this it would stand in the page as a plain link, or as text, and nobody would notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from runnable.problem import listed

CAPTION = r"(?: \\. | `[^`]*` | \[ [^\[\]]* \] | [^\[\]\\`] )*"
OPTIONS = r"""\{ (?: "[^"]*" | '[^']*' | [^}"'] )* \}?"""
# A program in this project: an absolute address is a link to another site, even where its path looks like ours.
_PROGRAM = r"""(?![A-Za-z][A-Za-z0-9+.-]*:|//) (?: [^()\s<>"']*? / )? snippets/ [^()\s<>"'#?]*? \.py"""
_LINK = re.compile(
    rf"""
    (?<![\\!]) (?P<picture> ! )? \[ (?P<caption> {CAPTION} ) \]
    (?:
        (?P<gap> \s* ) \( \s* (?P<angle> < )? (?P<target> {_PROGRAM} ) (?P<rest> [#?] [^()\s<>"']* )? >?
        (?P<title> \s+ (?: "[^"\n]*" | '[^'\n]*' | \([^()\n]*\) ) )? \s* (?P<closed> \) )?
        | \s? \[ (?P<name> [^\[\]]* ) \]
    )?
    \s* (?P<options> {OPTIONS} )?
    """,
    re.VERBOSE,
)
_DEFINITION = re.compile(r"(?m)^ {0,3}\[(?P<name>[^\[\]]+)\]:[ ]*\n?[ ]*<?(?P<target>[^\s<>]+)>?.*$")
_IS_PROGRAM = re.compile(_PROGRAM, re.VERBOSE)
_EMPHASIS = "*_"
# What stands in place of a fence: in `paragraphs`, and in Python-Markdown.
_FENCES = ("\0", "\3")
_ENDS = (".", ":", "!", "?", *_FENCES)
_OURS = re.compile(r"\{:?\s*(?:section|stress|collapsed|output|timeline|axis)\b")


@dataclass(frozen=True)
class Almost:
    """What is wrong with such a paragraph, as a sentence of a Problem; its line counts from 1."""

    line: int = field(compare=False)
    what: str


def definitions(texts: Iterable[str]) -> dict[str, str]:
    """The programs to which links lead by a name, as in `[name]: ../../snippets/a/b.py`; names are in small letters."""
    return {
        " ".join(found["name"].lower().split()): found["target"]
        for text in texts
        for found in _DEFINITION.finditer(text)
        if _IS_PROGRAM.fullmatch(found["target"])
    }


def almost(paragraph: str, named: Mapping[str, str]) -> Almost | None:
    """What keeps a paragraph, which is no block, from being one; None where it was not meant to be one.

    It was meant to be one where it holds nothing but links to programs. `named` are `definitions` of the page.
    """
    if "[" not in paragraph:
        return None
    # What is left blank keeps the lines where they are.
    text = _DEFINITION.sub(lambda found: "\n" * found[0].count("\n"), paragraph)
    links = list(_LINK.finditer(text))
    targets = [_target(link, named) for link in links]
    if not links or not any(targets):
        return None
    rest = _LINK.sub("", text).strip()
    if rest.strip(_EMPHASIS):
        return _against_text(text)
    if not all(targets):
        return None
    line = text.count("\n", 0, links[0].start()) + 1
    if len(links) > 1:
        return Almost(line, _told(f"{len(links)} programs are in one paragraph", "Put an empty line between them."))
    reasons = list(_reasons(links[0], rest))
    written = _written(links[0], targets[0])
    return Almost(line, _told(listed(reasons), f"Write “{written}”, alone in a paragraph.")) if reasons else None


def _against_text(text: str) -> Almost | None:
    """A link that has a line to itself, as blocks have: with a block's options, or as the last, below a whole sentence.

    Any other may stand there because the line was full.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        link = _LINK.fullmatch(line.strip())
        if link is None or not link["target"]:
            continue
        above = lines[number - 1].rstrip() if number else ""
        if above.endswith(_ENDS) and number == len(lines) - 1:
            what = "a code fence" if above.endswith(_FENCES) else "other text"
            return Almost(number + 1, _told(f"{what} stands right above it", "Put an empty line between them."))
        if _OURS.match(link["options"] or ""):
            where = "above" if number else "below"
            return Almost(number + 1, _told(f"other text stands right {where} it", "Put an empty line between them."))
    return None


def _reasons(link: re.Match[str], around: str) -> Iterator[str]:
    if link["picture"]:
        yield "“!” stands before it, as before a picture"
    if around:
        yield f"“{around[: (len(around) + 1) // 2]}” stands around it"
    if not link["target"]:
        yield "it names its program by a reference"
        return
    if link["gap"]:
        yield "there is a blank between its caption and its program"
    if link["angle"]:
        yield "“<” stands before its program"
    if link["rest"]:
        yield f"“{link['rest']}” follows its program"
    if link["title"]:
        yield f"{link['title'].strip()} follows its program"
    if not link["closed"]:
        yield "“)” is missing behind its program"


def _told(why: str, advice: str) -> str:
    return f"this is almost a block, but {why}. {advice}"


def _target(link: re.Match[str], named: Mapping[str, str]) -> str:
    """The program to which a link leads; "" where it leads elsewhere."""
    return link["target"] or named.get(" ".join((link["name"] or link["caption"]).lower().split()), "")


def _written(link: re.Match[str], target: str) -> str:
    """The block that was meant."""
    caption = " ".join(link["caption"].split()) or "What it shows"
    return f"[{caption}]({target}){link['options'] or ''}"
