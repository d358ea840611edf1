"""The code of a program as HTML, highlighted with the classes that Material has colours for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pygments.lexers.python import PythonLexer
from pygments.token import STANDARD_TYPES, _TokenType

from runnable.literal import attribute, escaped
from runnable.snippet import Snippet

_LEXER = PythonLexer(stripnl=False, ensurenl=False)

Lines = Sequence[tuple[int, str]]
"""Lines of a program, each with its number in the file."""


@dataclass(frozen=True)
class Listing:
    """How lines of one program are shown in one block."""

    snippet: Snippet
    ident: str
    """The block's id; those of lines begin with it."""
    stress: frozenset[int] = frozenset()
    """The lines to stress."""
    numbered: bool = False
    """Whether the lines have their numbers beside them."""
    located: bool = False
    """Whether it says which lines of the file it shows, so that the replay can mark one."""

    def html(self, lines: Lines, name: str, part: str, anchors: frozenset[int] = frozenset()) -> str:
        """`lines`, dedented together, in a region called `name`. Those in `anchors` have an id (see `anchor`).

        `part` tells the regions of one block apart.
        """
        rows = "".join(self._rows(lines, anchors))
        # Material's script puts the id of what its button copies into a selector as it is: no dots. And where spans
        # with an id are right below `code`, it takes all that is there for lines: so they are in one more.
        ident = f"__{self.ident.replace('.', '_')}_{part}"
        return (
            f'<div class="program-code highlight"><pre id="{attribute(ident)}">'
            f'<code tabindex="0" role="group" aria-label="{attribute(name)}">'
            f'<span class="program-lines"{self._located(lines)}>{rows}</span></code></pre></div>'
        )

    def anchor(self, number: int) -> str:
        """The id of a line."""
        return f"{self.ident}-L{number}"

    def _located(self, lines: Lines) -> str:
        """The numbers of the lines as an attribute: `8-11 13-20`."""
        if not self.located:
            return ""
        runs: list[list[int]] = []
        for number, _ in lines:
            if runs and runs[-1][-1] + 1 == number:
                runs[-1][1:] = [number]
            else:
                runs.append([number])
        return f' data-lines="{" ".join("-".join(map(str, run)) for run in runs)}"'

    def _rows(self, lines: Lines, anchors: frozenset[int]) -> Iterator[str]:
        tokens = _tokens(self.snippet.source)
        indent = min((len(text) - len(text.lstrip(" ")) for _, text in lines if text.strip()), default=0)
        width = len(str(lines[-1][0]))
        for number, _ in lines:
            row = "".join(_span(kind, text) for kind, text in _dedented(tokens[number - 1], indent))
            if self.numbered:
                row = f'<span class="program-number" data-number="{number:>{width}}"></span>{row}'
            marks = ' class="hll"' if number in self.stress else ""
            if number in anchors:
                marks += f' id="{attribute(self.anchor(number))}"'
            yield f"<span{marks}>{row}\n</span>" if marks else f"{row}\n"


@lru_cache(maxsize=16)
def _tokens(source: str) -> list[list[tuple[str, str]]]:
    """Each line of a program as pieces: the class that Pygments gives them, and their text.

    The whole program is read, so that a part of it is coloured as it is in its place.
    """
    lines: list[list[tuple[str, str]]] = [[]]
    for kind, text in _LEXER.get_tokens(source):
        short = _short(kind)
        for place, piece in enumerate(text.split("\n")):
            if place:
                lines.append([])
            line = lines[-1]
            if piece and line and line[-1][0] == short:
                line[-1] = (short, line[-1][1] + piece)
            elif piece:
                line.append((short, piece))
    return lines


@cache
def _short(kind: _TokenType) -> str:
    """The class of a token: its own, or that of the nearest more general one that has any.

    Names, signs and blanks have the colour of the text around them, so they need no element: less than half are left.
    """
    short = next(STANDARD_TYPES[part] for part in reversed(kind.split()) if part in STANDARD_TYPES)
    return "" if short in {"n", "o", "p", "w"} else short


def _dedented(tokens: list[tuple[str, str]], indent: int) -> Iterator[tuple[str, str]]:
    for kind, text in tokens:
        bare = text.lstrip(" ")
        blanks = min(indent, len(text) - len(bare))
        # The first that is more than blanks ends the indentation.
        indent = 0 if bare else indent - blanks
        if blanks < len(text):
            yield kind, text[blanks:]


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escaped(text)}</span>' if kind else escaped(text)
